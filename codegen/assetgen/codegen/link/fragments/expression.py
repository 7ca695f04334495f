"""Source text put together from text, names and fragments, before names are settled."""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.codegen.link.fragments.fragment import Fragment, Names
from assetgen.codegen.link.modules.targets import Imported, Made, Submodules, Symbol

Part = str | Symbol | Imported | Submodules | Made | Fragment


@dataclass(frozen=True, slots=True)
class Expression:
    """Parts that make up Python source when they are written one after another."""

    parts: tuple[Part, ...]

    def text(self, name_of: Names) -> str:
        """The source, with the names of the linked module."""
        parts = self.parts
        if len(parts) == 1:
            return _written(parts[0], name_of)
        return "".join([_written(part, name_of) for part in parts])


def joined(*parts: Part | Expression) -> Expression:
    """One expression of several, in order."""
    flat: list[Part] = []
    for part in parts:
        if isinstance(part, Expression):
            flat.extend(part.parts)
        else:
            flat.append(part)
    return Expression(tuple(flat))


def listed(items: list[Expression], opening: str, closing: str) -> Expression:
    """Items between brackets, divided by commas; a tuple of one gets its comma."""
    parts: list[Part | Expression] = [opening]
    for index, item in enumerate(items):
        parts += [", ", item] if index else [item]
    return joined(
        *parts, ",)" if closing == ")" and len(items) == 1 and opening == "(" else closing
    )


def _written(part: Part, name_of: Names) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Fragment):
        return part.text(name_of)
    name = name_of(part)
    assert name is not None, f"{part} was never needed"
    return name
