"""Data tests in YAML: their names in dbt, and what they test."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Final

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.model.dataclass import dataclass

_CONFIGS: Final = frozenset(
    (
        *("severity", "tags", "enabled", "where", "limit", "warn_if", "error_if", "fail_calc"),
        *("store_failures", "store_failures_as", "meta", "database", "schema", "alias"),
    )
)
_NAME: Final = re.compile(r"(?:([A-Za-z_]\w*)\.)?([A-Za-z_]\w*)")
_LONG: Final = 64  # characters from which on a table's name is cut and hashed
_CALL: Final = re.compile(r"\b(?:ref|source)\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class GenericTest:
    """A test of a column or table: its name, its configuration, the templates in its arguments."""

    name: str
    kind: str
    package: str | None
    config: dict[str, Any]
    arguments: Mapping[str, Any]
    description: str
    alias: str | None = None

    @property
    def references(self) -> str:
        """The calls of `ref` and `source` in its arguments, as templates."""
        found = [call for text in _texts(self.arguments) for call in _CALL.findall(text)]
        return " ".join(f"{{{{ {call} }}}}" for call in found)


def read_test(
    data: object, subject: str, column: str | None, is_source: bool = False
) -> GenericTest | Lost:
    """One entry of `data_tests`; `subject` is what dbt writes for the table in a name."""
    if isinstance(data, str):
        data = {data: {}}
    if not isinstance(data, dict):
        return Lost("a test that is neither a name nor a mapping")
    if "test_name" in data:
        written, given = data["test_name"], {k: v for k, v in data.items() if k != "test_name"}
    elif len(data) == 1:
        written, given = next(iter(data.items()))
    else:
        return Lost("a test with more than one name")
    match = _NAME.match(written) if isinstance(written, str) else None
    if match is None or not isinstance(given or {}, dict):
        return Lost("a test without a name")
    arguments = dict(given or {})
    nested = arguments.pop("arguments", None)
    if isinstance(nested, dict):
        arguments.update(nested)
    if column is not None:
        arguments["column_name"] = column
    config = {key: value for key in _CONFIGS if (value := arguments.pop(key, None)) is not None}
    further = arguments.pop("config", None)
    if isinstance(further, dict):
        config.update(further)
    description = arguments.pop("description", None)
    package, kind = match[1], match[2]
    name = arguments.pop("name", None)
    alias = None
    if name is None:
        identifier = f"source_{kind}" if is_source else kind
        identifier = f"{package}_{identifier}" if package else identifier
        name = _synthesised(identifier, subject, arguments)
        if len(name) >= _LONG:
            start = f"{identifier}_{subject}"[:30]
            alias = f"{start}_{hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()}"
    return GenericTest(str(name), kind, package, config, arguments, str(description or ""), alias)


def _synthesised(kind: str, subject: str, arguments: Mapping[str, Any]) -> str:
    """The name that dbt gives a test, from its kind, table and arguments, in the arguments'
    order."""
    flat: list[str] = []
    for key in sorted(arguments):
        value = arguments[key]
        if key == "model":
            continue
        if isinstance(value, dict):
            flat += [str(item) for item in value.values()]
        elif isinstance(value, (list, tuple)):
            flat += [str(item) for item in value]
        else:
            flat.append(str(value))
    cleaned = "__".join(re.sub(r"[^0-9a-zA-Z_]+", "_", text) for text in flat)
    return f"{kind}_{subject}_{cleaned}"


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in _texts(item)]
    return []
