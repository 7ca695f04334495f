"""What the descriptions of packages cannot say in Python: the module `_described` that they import
from."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final
from xml.parsers import expat

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.python.plain import lost


def _not_followed(call: Call) -> Value:
    """What a package does that its description leaves out."""
    name = call.first
    shown = name.value if isinstance(name, Constant) else "a part of a package"
    return call.unknown("unsupported", f"{shown} is not followed")


def _parsed_xml(call: Call) -> Value:
    """The elements of an XML document: tag, attributes, text, children and what follows each."""
    text = call.first
    if not isinstance(text, Constant) or not isinstance(text.value, (str, bytes)):
        return text if isinstance(text, Unknown) else lost(call, text)
    tree = _Tree()
    try:
        tree.read(text.value)
    except expat.ExpatError as error:
        raise Raised("builtins.ValueError", str(error)) from None
    call.machine.step(tree.count)
    return tree.roots.items[0]


class _Tree:
    """Elements as they are read; each is a list of its five parts."""

    def __init__(self) -> None:
        self.roots = Sequence("list", [])
        self.open: list[Sequence] = []
        self.last: Sequence | None = None
        self.count = 0

    def read(self, text: str | bytes) -> None:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(text, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        pairs = Mapping()
        for key, value in attributes.items():
            named = Constant(_qualified(key))
            pairs.entries[("constant", named.value)] = (named, Constant(value))
        element = Sequence(
            "list", [Constant(_qualified(name)), pairs, NONE, Sequence("list", []), NONE]
        )
        siblings = self.open[-1].items[3] if self.open else self.roots
        assert isinstance(siblings, Sequence)
        siblings.items.append(element)
        self.open.append(element)
        self.last = None

    def _end(self, name: str) -> None:
        self.last = self.open.pop()

    def _text(self, data: str) -> None:
        owner, place = (self.last, 4) if self.last is not None else (self.open[-1], 2)
        before = owner.items[place]
        known = before.value if isinstance(before, Constant) and before != NONE else ""
        owner.items[place] = Constant(f"{known}{data}")


def _qualified(name: str) -> str:
    return f"{{{name}" if "}" in name else name


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "_described.not_followed": _not_followed,
    "_described.parsed_xml": _parsed_xml,
}
