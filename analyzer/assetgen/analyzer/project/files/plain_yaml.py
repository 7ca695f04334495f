"""YAML as plain data, as PyYAML's safe loader gives it, in two fifths of its time.

Nearly all files hold nothing but mappings, lists and scalars: their events are read as libyaml
gives them, and each plain scalar is resolved once. Everything else (anchors, tags, merge keys, keys
that are not scalars) is left to PyYAML.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final


def load_yaml(text: str | bytes) -> Any:
    """The only document of a stream, or None. Raises what `yaml.safe_load` raises."""
    import yaml

    documents = plain_documents(text)
    if documents is not None and len(documents) < 2:
        return documents[0] if documents else None
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def plain_documents(text: str | bytes, limit: int | None = None) -> list[Any] | None:
    """The documents of a stream of plain data; None if it holds anything else, or is not YAML.

    Raises `ValueError` for a date that does not exist, and `TooLarge` if there are more than
    `limit` scalars and collections.
    """
    import yaml

    try:
        from yaml._yaml import CParser
    except ImportError:
        return None
    reader = _Reader(CParser(text).get_event, limit)
    try:
        return reader.documents()
    except (_NotPlain, yaml.YAMLError):
        return None


class TooLarge(Exception):
    """There are more scalars and collections than are asked for."""


class _NotPlain(Exception):
    pass


class _Reader:
    """Builds data from events; `left` is how many more nodes it may build."""

    def __init__(self, get_event: Callable[[], Any], limit: int | None) -> None:
        import yaml

        self._next = get_event
        self._left = float("inf") if limit is None else limit
        self._scalar, self._alias = yaml.ScalarEvent, yaml.AliasEvent
        self._mapping, self._mapping_end = yaml.MappingStartEvent, yaml.MappingEndEvent
        self._sequence, self._sequence_end = yaml.SequenceStartEvent, yaml.SequenceEndEvent
        self._start, self._stream_end = yaml.DocumentStartEvent, yaml.StreamEndEvent

    def documents(self) -> list[Any]:
        found: list[Any] = []
        self._next()  # the start of the stream
        while not isinstance(event := self._next(), self._stream_end):
            if isinstance(event, self._start):
                found.append(self._value(self._next()))
        return found

    def _value(self, event: Any) -> Any:
        kind = type(event)
        if kind is self._alias or event.tag is not None or event.anchor is not None:
            raise _NotPlain
        self._left -= 1
        if self._left < 0:
            raise TooLarge
        if kind is self._scalar:
            return _plain(event.value) if event.implicit[0] else event.value
        return self._table() if kind is self._mapping else self._list()

    def _table(self) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        get, scalar, end = self._next, self._scalar, self._mapping_end
        while type(event := get()) is not end:
            if type(event) is not scalar or event.tag is not None or event.anchor is not None:
                raise _NotPlain
            value = event.value
            if event.implicit[0]:
                if value in _SPECIAL:
                    raise _NotPlain
                value = _plain(value)
            found[value] = self._value(get())
        return found

    def _list(self) -> list[Any]:
        found: list[Any] = []
        get, end = self._next, self._sequence_end
        while type(event := get()) is not end:
            found.append(self._value(event))
        return found


_SPECIAL: Final = frozenset(("<<", "="))


@lru_cache(maxsize=8192)
def _plain(text: str) -> Any:
    """The value of an unquoted scalar; PyYAML is asked, so that both readers agree."""
    import yaml

    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    candidates = (*resolvers.get(text[:1], ()), *resolvers.get(None, ()))
    if not any(pattern.match(text) for _, pattern in candidates):
        return text
    loader = yaml.SafeLoader("")
    tag = loader.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    node = yaml.ScalarNode(tag, text)
    return loader.construct_object(node)
