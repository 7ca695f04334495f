"""Asset keys."""

from __future__ import annotations

from typing import NamedTuple


class AssetKey(NamedTuple):
    """The identity of an asset: one or more parts, such as `("raw", "orders")`.

    It is a tuple because keys are hashed and compared all the time, which tuples do in C.
    """

    parts: tuple[str, ...]

    def __str__(self) -> str:
        """The parts joined by `/`; a slash inside a part is written `\\/`, as Dagster does."""
        text = "/".join(self.parts)
        if text.count("/") < len(self.parts):
            return text
        return "/".join(part.replace("/", "\\/") for part in self.parts)

    @property
    def name(self) -> str:
        """The last part; empty for a key without parts, which Dagster refuses later."""
        return self.parts[-1] if self.parts else ""

    def with_prefix(self, prefix: tuple[str, ...]) -> AssetKey:
        return AssetKey((*prefix, *self.parts))


def key_shown_as(text: str) -> AssetKey:
    """The key that is written like that: parts joined by `/`, a slash inside a part as `\\/`."""
    parts = text.replace("\\/", "\0").split("/")
    return AssetKey(tuple(part.replace("\0", "/") for part in parts))


def op_name_of(key: AssetKey) -> str:
    """The name of the op that computes the asset: parts joined by `__`, `-` and `.` as `_`."""
    return "__".join(key.parts).replace("-", "_").replace(".", "_")
