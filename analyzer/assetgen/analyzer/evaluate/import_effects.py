"""What importing a file may do to other modules, from its bytes: plugins that register themselves,
by calls, decorators, or by what they derive from or instantiate.

The answers may name too many modules: one that does nothing to others is then evaluated for
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.patterns import late
from assetgen.analyzer.project.files.source_bytes import searchable


@dataclass(frozen=True, slots=True)
class ImportEffects:
    """The modules, as they are imported, whose names are called or changed at module level
    (`acted_on`), or are derived from and instantiated (`derived`); and whether classes of this file
    may notice that (`takes_note`)."""

    acted_on: frozenset[str] = frozenset()
    derived: frozenset[str] = frozenset()
    takes_note: bool = False


def import_effects(data: bytes) -> ImportEffects:
    """What a file may do when it is imported."""
    data = searchable(data)
    bound = dict(_bound(data))
    return ImportEffects(*_effects_on(bound, data), takes_note(data))


def effects_on(data: bytes, counts: Callable[[str], bool]) -> tuple[frozenset[str], frozenset[str]]:
    """The same, but only for the modules that count: which are acted on, and which are derived
    from."""
    data = searchable(data)
    bound = {name: module for name, module in _bound(data) if counts(module)}
    return _effects_on(bound, data)


def takes_note(data: bytes) -> bool:
    """Whether classes of a file may notice what derives from them or is made of them."""
    return _HOOKS.search(data) is not None


def _effects_on(bound: Mapping[bytes, str], data: bytes) -> tuple[frozenset[str], frozenset[str]]:
    if not bound:
        return frozenset(), frozenset()
    return (
        frozenset(bound[name] for name in _acting(data) if name in bound),
        frozenset(bound[name] for name in _deriving(data) if name in bound),
    )


_FROM: Final = late(rb"^from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#(]+)", re.MULTILINE)
_IMPORT: Final = late(rb"^import[ \t]+([^\n#;]+)", re.MULTILINE)
_COMMENT: Final = late(rb"#[^\n]*")


def _bound(data: bytes) -> Iterator[tuple[bytes, str]]:
    """The names that imports at module level bind, and the modules that they come from."""
    for found in _FROM.finditer(data):
        module = found.group(1).decode("utf-8", "replace")
        for member in _COMMENT.sub(b"", found.group(2)).strip(b"() \t\r\n").split(b","):
            words = member.split()
            if words:
                yield words[-1], module
    for found in _IMPORT.finditer(data):
        for member in found.group(1).split(b","):
            words = member.split()
            if words:
                module = words[0].decode("utf-8", "replace")
                yield words[-1].partition(b".")[0], module


_STATEMENT: Final = late(
    rb"^(?:@[ \t]*(\w+)|(\w+)[\w.]*[ \t]*(?:\(|\[[^\n=]*\][ \t]*[|+]?=(?!=))"
    rb"|(\w+)(?:\.\w+)+[ \t]*[|+]?=(?!=))",
    re.MULTILINE,
)
_BLOCK: Final = late(
    rb"^(?:for|if(?![ \t]+(?:__name__|TYPE_CHECKING|typing\.))|with|try|while)\b"
    rb"[^\n]*\n(?:(?:[ \t][^\n]*)?\n)+",
    re.MULTILINE,
)
_CALL: Final = late(rb"(?<![\w.])(\w+)[\w.]*[ \t]*[(\[]")


def _acting(data: bytes) -> Iterator[bytes]:
    """The names that decorate, are called for their effects, or are changed."""
    for found in _STATEMENT.finditer(data):
        yield found.group(1) or found.group(2) or found.group(3)
    for found in _BLOCK.finditer(data):
        for called in _CALL.finditer(found.group()):
            yield called.group(1)


_CLASS: Final = late(rb"^class[ \t]+\w+[ \t]*\(([^)]*)\)", re.MULTILINE)
_WORD: Final = late(rb"(?<![\w.])\w+")
_MADE: Final = late(rb"^\w+[ \t]*(?::[^\n=]+)?=[ \t]*(\w+)[\w.]*\(", re.MULTILINE)
_HOOKS: Final = late(
    rb"__init_subclass__|__set_name__|\bmetaclass\b|class[ \t]+\w+\([ \t]*type\b"
    rb"|\.\w+\([^\n]*\bself[ \t]*[,)]|\][ \t]*=[ \t]*self\b"
)


def _deriving(data: bytes) -> Iterator[bytes]:
    """The names that classes derive from, and those that are called for their result."""
    for found in _CLASS.finditer(data):
        yield from _WORD.findall(found.group(1))
    for found in _MADE.finditer(data):
        yield found.group(1)
