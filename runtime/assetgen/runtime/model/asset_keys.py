"""The names of assets."""

from collections.abc import Iterable

Parts = tuple[str, ...]
"""A key by its parts."""


class AssetKey:
    """An asset's name: one or more parts. ``AssetKey("a/b")`` has one part."""

    __slots__ = ("_parts",)

    def __init__(self, path: "str | Iterable[str]") -> None:
        """`path` is the only part, or all parts in order."""
        self._parts = (path,) if isinstance(path, str) else tuple(path)

    @property
    def path(self) -> list[str]:
        """The parts, as a new list."""
        return list(self._parts)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts."""
        return self._parts

    @staticmethod
    def from_user_string(text: str) -> "AssetKey":
        """The key whose parts are joined by slashes in `text`."""
        return AssetKey(text.split("/"))

    @staticmethod
    def from_coercible(key: object) -> "AssetKey":
        """The key meant by a key, a string, a sequence of parts or anything with one ``.key``."""
        return AssetKey(key_parts(key))

    def to_user_string(self) -> str:
        """The parts joined by slashes."""
        return "/".join(self._parts)

    def to_python_identifier(self, suffix: "str | None" = None) -> str:
        """The name of the op that makes the asset."""
        return op_name(self._parts if suffix is None else (*self._parts, suffix))

    def has_prefix(self, prefix: "Iterable[str]") -> bool:
        """Whether the first parts are those of `prefix`."""
        start = tuple(prefix)
        return self._parts[: len(start)] == start

    def with_prefix(self, prefix: "str | Iterable[str]") -> "AssetKey":
        """The key with the parts of `prefix` put before its own."""
        return AssetKey((*key_parts(prefix), *self._parts))

    def __eq__(self, other: object) -> bool:
        """Keys are equal if their parts are."""
        return isinstance(other, AssetKey) and other._parts == self._parts

    def __lt__(self, other: "AssetKey") -> bool:
        """Keys are sorted by their parts."""
        return self._parts < other._parts

    def __hash__(self) -> int:
        """Equal keys have one hash."""
        return hash(self._parts)

    def __repr__(self) -> str:
        """The call that makes the key."""
        return f"AssetKey({list(self._parts)!r})"


def key_parts(key: object) -> tuple[str, ...]:
    """The parts of a key in any of the forms in which one is written.

    Raises TypeError for what is no key.
    """
    if isinstance(key, str):
        return (key,)
    if isinstance(key, AssetKey):
        return key.parts
    if isinstance(key, (tuple, list)):
        return tuple(key)
    inner = getattr(key, "key", None)
    if isinstance(inner, (AssetKey, str)):
        return key_parts(inner)
    raise TypeError(f"{key!r} is not an asset key")


def op_name(parts: tuple[str, ...]) -> str:
    """The name of a step or output made for an asset key."""
    return "__".join(parts).replace("-", "_").replace(".", "_")
