"""Metadata: facts attached to what a run makes."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assetgen.runtime.model.asset_keys import AssetKey


@dataclass(slots=True, unsafe_hash=True)
class MetadataFact:
    """A fact and how to show it: `kind` is ``"text"``, ``"int"``, ``"md"`` and so on.

    Nobody changes one. It is not frozen because that would make it several times as slow to make.
    """

    kind: str
    value: Any


class MetadataValue(MetadataFact):
    """A fact whose kind is said, and not taken from its type: ``MetadataValue.md("# Title")``."""

    __slots__ = ()

    @staticmethod
    def text(text: str) -> "MetadataValue":
        """Plain text."""
        return MetadataValue("text", text)

    @staticmethod
    def url(url: str) -> "MetadataValue":
        """A web address."""
        return MetadataValue("url", url)

    @staticmethod
    def path(path: Any) -> "MetadataValue":
        """A place in a file system, given as a string or a path."""
        return MetadataValue("path", str(path))

    @staticmethod
    def notebook(path: Any) -> "MetadataValue":
        """The path of a notebook."""
        return MetadataValue("notebook", str(path))

    @staticmethod
    def json(data: Any) -> "MetadataValue":
        """Anything that JSON can say."""
        return MetadataValue("json", data)

    @staticmethod
    def md(data: str) -> "MetadataValue":
        """Markdown."""
        return MetadataValue("md", data)

    @staticmethod
    def python_artifact(artifact: Any) -> "MetadataValue":
        """A Python object, by its qualified name."""
        return MetadataValue("python_artifact", f"{artifact.__module__}.{artifact.__name__}")

    @staticmethod
    def float(value: Any) -> "MetadataValue":
        """A number."""
        return MetadataValue("float", value)

    @staticmethod
    def int(value: Any) -> "MetadataValue":
        """A whole number."""
        return MetadataValue("int", value)

    @staticmethod
    def bool(value: Any) -> "MetadataValue":
        """Yes or no."""
        return MetadataValue("bool", value)

    @staticmethod
    def timestamp(value: Any) -> "MetadataValue":
        """A moment: a number of seconds since 1970 in UTC, or an aware datetime."""
        seconds = value.timestamp() if hasattr(value, "timestamp") else value
        return MetadataValue("timestamp", seconds)

    @staticmethod
    def asset(asset_key: AssetKey) -> "MetadataValue":
        """The key of an asset."""
        return MetadataValue("asset", asset_key)

    @staticmethod
    def job(job_name: str, location_name: str = "", **_: object) -> "MetadataValue":
        """The name of a job."""
        return MetadataValue("job", job_name)

    @staticmethod
    def null() -> "MetadataValue":
        """Nothing."""
        return MetadataValue("null", None)

    @staticmethod
    def dagster_run(run_id: str) -> "MetadataValue":
        """The id of a run."""
        return MetadataValue("dagster_run", run_id)

    @staticmethod
    def table(records: Any, schema: Any = None) -> "MetadataValue":
        """Rows, each a record or a mapping by column."""
        return MetadataValue("table", tuple(getattr(row, "data", row) for row in records))

    @staticmethod
    def table_schema(schema: Any) -> "MetadataValue":
        """The columns of a table."""
        return MetadataValue("table_schema", schema)

    @staticmethod
    def column_lineage(lineage: Any) -> "MetadataValue":
        """Which columns a table's columns come from."""
        return MetadataValue("column_lineage", lineage)


def normalize_metadata(metadata: Mapping[str, Any] | None) -> dict[str, MetadataFact]:
    """The same facts, each as a `MetadataFact`; TypeError for a value that cannot be shown."""
    if not metadata:
        return {}
    return {name: normalize_metadata_value(name, value) for name, value in metadata.items()}


def normalize_metadata_value(name: str, value: Any) -> MetadataFact:
    """`value` as the kind of metadata that its type stands for."""
    if isinstance(value, MetadataFact):
        return value
    for accepted, kind in KIND_BY_TYPE:
        if isinstance(value, accepted):
            return MetadataFact(kind, value)
    if isinstance(value, os.PathLike):
        return MetadataFact("path", str(value))
    kind = getattr(value, "metadata_kind", "")
    if kind:
        return MetadataFact(kind, value)
    raise TypeError(f'metadata "{name}" has a value of {type(value)}, which has no metadata kind')


KIND_BY_TYPE: tuple[tuple[type, str], ...] = (
    (str, "text"),
    (float, "float"),
    (bool, "bool"),
    (int, "int"),
    (list, "json"),
    (dict, "json"),
    (AssetKey, "asset"),
    (type(None), "null"),
)
