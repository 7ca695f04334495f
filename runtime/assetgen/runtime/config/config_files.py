"""Configuration in YAML."""

import glob
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assetgen.runtime.model.failures import DagsterInvariantViolationError

MAX_RUNTIME_SECONDS_TAG = "dagster/max_runtime"


def config_from_files(config_files: Sequence[str] | None) -> dict[str, Any]:
    """The configuration in the files that some patterns find; what later files say counts."""
    texts = []
    for pattern in config_files or ():
        found = glob.glob(pattern)  # noqa: PTH207
        if not found:
            raise DagsterInvariantViolationError(f'"{pattern}" finds no files')
        texts += [Path(each).read_bytes() for each in found]
    return config_from_yaml_strings([text for text in texts if read_yaml(text)])


def config_from_yaml_strings(yaml_strings: Sequence["str | bytes"]) -> dict[str, Any]:
    """The configuration in some texts; what later ones say counts."""
    config: dict[str, Any] = {}
    for text in yaml_strings:
        said = read_yaml(text)
        if not isinstance(said, dict):
            raise DagsterInvariantViolationError(f"a configuration is {said!r}, and no mapping")
        config = merged(config, said)
    return config


def read_yaml(text: "str | bytes") -> Any:
    """What a text in YAML says; times stay texts."""
    import yaml

    class Loader(yaml.SafeLoader):
        """Knows of no times."""

        yaml_implicit_resolvers = {  # noqa: RUF012 -- a copy of PyYAML's own
            sign: [each for each in known if each[0] != TIMES]
            for sign, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    return yaml.load(text, Loader)


TIMES = "tag:yaml.org,2002:timestamp"


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Two mappings in one, also where both hold mappings; the second one counts."""
    made = {**below, **above}
    for name in below.keys() & above.keys():
        if isinstance(below[name], dict) and isinstance(above[name], dict):
            made[name] = merged(below[name], above[name])
    return made
