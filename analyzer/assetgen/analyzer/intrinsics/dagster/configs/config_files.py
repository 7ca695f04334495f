"""`config_from_files` and `config_from_yaml_strings`: configuration in YAML, merged deeply."""

from __future__ import annotations

from collections.abc import Iterable

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Mapping, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why
from assetgen.analyzer.intrinsics.python.documents.yaml_documents import (
    DAGSTER_LOADER,
    load_yaml,
)
from assetgen.analyzer.intrinsics.python.system.files import not_read, path_of
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.project.disk import Refused

_FILES = Parameters("config_files")
_STRINGS = Parameters("yaml_strings")


def _from_files(call: Call) -> Value:
    doubts = Doubts()
    patterns = doubts.texts(call, _FILES.bind(call)["config_files"])
    if doubts.found:
        return call.unknown("file", "which files of configuration are read", *doubts.found)
    texts: list[str] = []
    for pattern in patterns:
        for text in _texts(call, pattern):
            if isinstance(text, Refused):
                unknown = not_read(call, text)
                call.report("unresolved-job", f"the configuration is not known: {why(unknown)}")
                return unknown
            texts.append(text)
    return _merged(call, texts)


def _from_strings(call: Call) -> Value:
    doubts = Doubts()
    texts = doubts.texts(call, _STRINGS.bind(call)["yaml_strings"])
    if doubts.found:
        return call.unknown("unsupported", "the configuration in YAML", *doubts.found)
    return _merged(call, texts)


def _texts(call: Call, pattern: str) -> Iterable[str | Refused]:
    files = call.machine.files
    if not any(character in pattern for character in "*?["):
        return (files.read_text(pattern),)
    found = files.glob(".", pattern)
    return (found,) if isinstance(found, Refused) else [files.read_text(path) for path in found]


def _merged(call: Call, texts: Iterable[str]) -> Value:
    result = Mapping()
    for text in texts:
        documents = load_yaml(call, text, DAGSTER_LOADER)
        if isinstance(documents, Unknown):
            return documents
        for document in documents:
            if isinstance(document, Mapping):
                _merge(result, document)
    return result


def _merge(result: Mapping, other: Mapping) -> None:
    """Values of later files replace those of earlier ones."""
    result.losses.extend(other.losses)
    for key, (name, value) in other.entries.items():
        known = result.entries.get(key)
        if known is not None and isinstance(known[1], Mapping) and isinstance(value, Mapping):
            _merge(known[1], value)
        else:
            result.entries[key] = (name, value)


def _from_globs(call: Call) -> Value:
    """`load_yaml_from_globs("a/*.yaml", ...)`: as `config_from_files`, for files that need not be a
    configuration."""
    return _from_files(replace(call, args=(Sequence("list", list(call.args)),), kwargs={}))


_PATH = Parameters("path, loader=None")


def _from_path(call: Call) -> Value:
    """`load_yaml_from_path`: the document in a file."""
    path = path_of(call, _PATH.bind(call)["path"])
    if isinstance(path, Unknown):
        return path
    text = call.machine.files.read_text(path)
    if isinstance(text, Refused):
        return not_read(call, text)
    documents = load_yaml(call, text, DAGSTER_LOADER)
    if isinstance(documents, Unknown):
        return documents
    return documents[0] if documents else NONE


_FUNCTIONS: dict[str, Intrinsic] = {
    "load_yaml_from_globs": _from_globs,
    "load_yaml_from_path": _from_path,
    "merge_yaml_strings": _from_strings,
    "merge_yamls": _from_files,
}
TABLE: dict[str, Intrinsic] = {
    "dagster.config_from_files": _from_files,
    "dagster.config_from_yaml_strings": _from_strings,
    **{
        f"{module}.{name}": row
        for module in ("dagster", "dagster_shared.yaml_utils")
        for name, row in _FUNCTIONS.items()
    },
}
"""The intrinsics of configuration in files."""
