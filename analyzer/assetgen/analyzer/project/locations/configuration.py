"""The settings of a project: `[tool.assetgen]` of its pyproject.toml, or its assetgen.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.closeness import nearest
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.project.disk import Disk, absolute
from assetgen.analyzer.project.files.repository import repository_root
from assetgen.analyzer.project.files.settings_file import SettingsFile, read_toml

SEVERITIES: Final = ("error", "warning", "info", "off")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the author of a project told assetgen about it.

    `folder` holds the `file` that says it: relative source roots and exclusions start there.
    `exclude` are patterns in the syntax of `.gitignore`. `select` and `ignore` are names or codes
    of rules, or prefixes of codes; an empty `select` means the default ones. `external_assets` are
    keys, `/` between their parts, `*` standing for any text, that exist outside of the project.
    `env` are variables with their values, sorted; `unset` are those that are not set, `*` standing
    for any text. `severity` pairs names or codes of rules with
    "error", "warning", "info" or "off", in the order of the file.
    """

    folder: Path
    source_roots: tuple[Path, ...] = ()
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    external_assets: tuple[str, ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    unset: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()
    file: Path | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def load_configuration(start: Path, disk: Disk) -> Configuration:
    """The settings in force for `start`: those of the nearest file at or above it.

    An `assetgen.toml` takes precedence over a pyproject.toml beside it; nothing above the
    repository's root counts. Mistakes in the file are reported in `diagnostics`, and the rest of it
    applies.
    """
    folder = start if disk.is_folder(start) else start.parent
    top = repository_root(folder, disk)
    broken: list[Diagnostic] = []
    for current in (folder, *folder.parents):
        for name, keys in (("assetgen.toml", ()), ("pyproject.toml", ("tool", "assetgen"))):
            file = read_toml(current / name, disk)
            if file.problem is not None:
                broken.append(file.problem)
            table = file.get(*keys)
            if isinstance(table, Mapping) and (keys or file.text):
                return _configuration(file, keys, table, tuple(broken))
            if table is not None and not isinstance(table, Mapping):
                broken.append(_bad(file, keys, f"`{'.'.join(keys)}` must be a table"))
        if current == top:
            break
    return Configuration(folder, diagnostics=tuple(broken))


def _configuration(
    file: SettingsFile,
    keys: tuple[str, ...],
    table: Mapping[str, object],
    before: tuple[Diagnostic, ...],
) -> Configuration:
    configuration = Configuration(file.path.parent, file=file.path)
    diagnostics = list(before)
    for name, value in table.items():
        reader = _SETTINGS.get(name)
        if reader is None:
            diagnostics.append(_unknown(file, keys, name))
            continue
        read = reader(configuration, value)
        if isinstance(read, str):
            diagnostics.append(_bad(file, (*keys, name), f"`{name}` must be {read}"))
        else:
            configuration = read
    return replace(configuration, diagnostics=tuple(diagnostics))


def _source_roots(configuration: Configuration, value: object) -> Configuration | str:
    texts = _texts(value)
    if texts is None:
        return 'a list of folders, such as ["src"]'
    roots = tuple(absolute(text, configuration.folder) for text in texts)
    return replace(configuration, source_roots=roots)


def _texts_for(name: str, expected: str) -> _Reader:
    """The reader of a setting that is a list of texts, kept as it is."""

    def read(configuration: Configuration, value: object) -> Configuration | str:
        texts = _texts(value)
        given: dict[str, Any] = {name: texts}
        return expected if texts is None else replace(configuration, **given)

    return read


def _external_assets(configuration: Configuration, value: object) -> Configuration | str:
    texts = _texts(value)
    if texts is None or not all(texts):
        return 'a list of asset keys, such as ["warehouse/orders", "crm/*"]'
    return replace(configuration, external_assets=texts)


def _env(configuration: Configuration, value: object) -> Configuration | str:
    if not isinstance(value, Mapping) or not all(isinstance(v, str) for v in value.values()):
        return 'a table of strings, such as { DAGSTER_ENV = "prod" }'
    return replace(configuration, env=tuple(sorted((str(k), str(v)) for k, v in value.items())))


def _severity(configuration: Configuration, value: object) -> Configuration | str:
    if not isinstance(value, Mapping) or not all(v in SEVERITIES for v in value.values()):
        return f'a table of {", ".join(SEVERITIES)}, such as {{ unknown-dependency = "error" }}'
    return replace(configuration, severity=tuple((str(k), str(v)) for k, v in value.items()))


def _texts(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return None
    return tuple(value)


def _unknown(file: SettingsFile, keys: tuple[str, ...], name: str) -> Diagnostic:
    near = nearest(name.replace("_", "-"), _SETTINGS)
    hint = f"did you mean `{near}`?" if near else f"known ones: {', '.join(_SETTINGS)}"
    return diagnostic(
        "unknown-setting", f"Unknown setting `{name}`; {hint}", file.span(*keys, name)
    )


def _bad(file: SettingsFile, keys: tuple[str, ...], message: str) -> Diagnostic:
    return diagnostic("bad-configuration", message, file.span(*keys))


_Reader = Callable[[Configuration, object], Configuration | str]
"""Gives the configuration with the value of a setting, or says what was expected."""

_SETTINGS: Final[Mapping[str, _Reader]] = {
    "source-roots": _source_roots,
    "exclude": _texts_for("exclude", 'a list of patterns, such as ["legacy/", "*_old.py"]'),
    "select": _texts_for("select", 'a list of rules, such as ["unknown-dependency", "G"]'),
    "ignore": _texts_for("ignore", 'a list of rules, such as ["unreached-definition"]'),
    "external-assets": _external_assets,
    "env": _env,
    "unset": _texts_for("unset", 'a list of environment variables, such as ["DEBUG", "CI_*"]'),
    "severity": _severity,
}
