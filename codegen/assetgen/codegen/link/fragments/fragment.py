"""A piece of source text whose names are known by what they refer to."""

from __future__ import annotations

import ast
import re
from collections.abc import Hashable, Iterator, Mapping, Sequence

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.codegen.link.modules.annotations import annotating, annotations_of, dotted
from assetgen.codegen.link.modules.source_module import FunctionNode, SourceModule
from assetgen.codegen.link.modules.targets import Submodules, Target, Text
from assetgen.codegen.link.names.function_globals import Mentioned, places_used
from assetgen.codegen.link.names.uses import Use
from assetgen.codegen.link.text.literals import string_text
from assetgen.codegen.link.text.places import Part, long_strings, places_of
from assetgen.codegen.link.text.quotes import written_string


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the linked module. `late` are definitions that stand further down.

    Called with a target it gives its name; None for what stays as it is written.
    """

    by_target: Mapping[Hashable, str]
    late: frozenset[Target] = frozenset()

    def __call__(self, target: Target) -> str | None:
        known = self.by_target.get(target)
        if known is None and isinstance(target, Submodules):
            return self.by_target.get(target.package)
        return known


SOMEWHERE = ast.Pass()
"""What stands for the place of a use in a function's body that nobody has looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class LinkedUse:
    """A use, what it refers to, and how many attributes of its chain that takes in."""

    use: Use
    target: Target
    taken: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in place of the characters from `start` to `end` of a module's text.

    `is_certain`: what it does to the syntax is known to be harmless.
    """

    start: int
    end: int
    text: str
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Bridge:
    """Put assignments, of other definitions to names of this module, in place of some text."""

    start: int
    end: int
    pairs: tuple[tuple[Target, Target], ...]


@dataclass(frozen=True, slots=True)
class Fragment:
    """The text of `module` from `start` to `end`, with edits that do not depend on names.

    `own` are names that a loop or `with` at module level binds before it reads them, `inner`
    the dotted names that are imported inside of functions, and stay so. In a sketch it is only
    known which names the body of the function uses, and not where: those are its `mentions`, which
    all functions of a module share; the body begins at `body`, and `inside` tells of all other
    names in it. Of `dotted` names, of what is in modules, the places are known too. `annotated`
    are the names in the annotations of its `signature`, shared in the same way.
    """

    module: SourceModule
    start: int
    end: int
    uses: tuple[LinkedUse, ...]
    edits: tuple[Edit, ...] = ()
    bridges: tuple[Bridge, ...] = ()
    own: frozenset[str] = frozenset()
    inner: tuple[str, ...] = ()
    mentions: tuple[LinkedUse, ...] = ()
    dotted: tuple[tuple[LinkedUse, tuple[int, ...]], ...] = ()
    inside: Mentioned | None = None
    body: int = -1
    annotated: tuple[LinkedUse, ...] = ()
    signature: FunctionNode | None = None

    @property
    def is_certain(self) -> bool:
        """Whether the text is Python for sure, as its source was."""
        return not self.bridges and all(edit.is_certain for edit in self.edits)

    def places_of(self, name: str) -> Sequence[int]:
        """Where the body of a sketch mentions a name, if that is known."""
        return self.inside.places.get(name, ()) if self.inside is not None else ()

    def renaming(self, names: Mapping[str, str]) -> tuple[Edit, ...] | None:
        """Edits that give names in the body of a sketch others; None if it has to be parsed."""
        assert self.inside is not None
        text = self.module.text
        edits: list[Edit] = []
        wanted: set[str] = set()
        unsure: Part | None = None
        code = ""
        for name, new in names.items():
            found = self.inside.places.get(name)
            if found is not None:
                edits += [_renamed(text, at, at + len(name), new) for at in found]
                continue
            if name not in self.inside.unseen:
                wanted.add(name)
                continue
            if unsure is None:
                code = text[self.body : self.end]
                unsure = long_strings(code)
            used = places_used(code, name, unsure)
            if used is None:
                return None
            if used is True:
                wanted.add(name)
            elif used:
                body, length = self.body, len(name)
                edits += [_renamed(text, body + at, body + at + length, new) for at in used]
        if wanted and unsure is not None:
            unsure = unsure[0] + self.body, unsure[1] + self.body
        places = places_of(text, self.body, self.end, wanted, unsure) if wanted else ()
        if places is None:
            return None
        edits += [_renamed(text, at, at + len(name), names[name]) for at, name in places]
        return tuple(edits)

    def text(self, name_of: Names, renamed: tuple[Edit, ...] | None = None) -> str:
        """The fragment with every name as it is called in the linked module.

        Annotations of functions that mention what stands further down become strings. `renamed`
        are the edits of names in its body, if these are known.
        """
        edits = [*self.edits]
        if renamed is not None:
            edits += renamed
        elif self.mentions:
            edits += self._renaming_of_known(name_of)
        for linked, starts in self.dotted:
            new = name_of(linked.target)
            if new is not None:
                dots = [linked.use.name, *(each.attr for each in linked.use.chain[: linked.taken])]
                length = len(".".join(dots))
                text = self.module.text
                edits += [_renamed(text, at, at + length, new) for at in starts]
        quoted: dict[ast.expr, None] = {}
        for linked in (*self.uses, *self._in_signature(name_of)):
            edit = self._edit(linked, name_of)
            if edit is not None:
                edits.append(edit)
            if linked.use.annotation is not None and linked.target in name_of.late:
                quoted.setdefault(linked.use.annotation)
        for annotation in quoted:
            start, end = self.module.extent(annotation)
            inside = [edit for edit in edits if start <= edit.start and edit.end <= end]
            text = _edited(self.module.text, start, end, inside)
            edits.insert(0, Edit(start, end, quoted_annotation(text)))
        for bridge in self.bridges:
            lines = (f"{name_of(left)} = {name_of(right)}" for left, right in bridge.pairs)
            edits.append(Edit(bridge.start, bridge.end, "; ".join(lines) or "pass"))
        return _edited(self.module.text, self.start, self.end, edits)

    def _renaming_of_known(self, name_of: Names) -> Iterator[Edit]:
        """Edits of the names in the body of which it is known where they stand."""
        for linked in self.mentions:
            name = linked.use.name
            new = name_of(linked.target)
            if new is not None and new != name:
                for place in self.places_of(name):
                    yield _renamed(self.module.text, place, place + len(name), new)

    def _in_signature(self, name_of: Names) -> Iterator[LinkedUse]:
        """The names in the annotations of a sketch, if one of them has to change."""
        if self.signature is None or not any(
            linked.target in name_of.late
            or (linked.taken and name_of(linked.target) is not None)
            or name_of(linked.target) not in (None, linked.use.name)
            for linked in self.annotated
        ):
            return
        known = {dotted(linked.use): linked for linked in self.annotated}
        for annotation in annotations_of(self.signature):
            for use in annotating(annotation) or ():
                linked = known[dotted(use)]
                yield LinkedUse(use, linked.target, linked.taken)

    def _edit(self, linked: LinkedUse, name_of: Names) -> Edit | None:
        use = linked.use
        module = self.module
        given = linked.target.text if isinstance(linked.target, Text) else None
        new = given or name_of(linked.target)
        if new is None or (use.name == new and not linked.taken):
            return None
        if isinstance(use.node, ast.Name):
            start, end = module.extent(use.node)
            if linked.taken:
                end = module.extent(use.chain[linked.taken - 1])[1]
            if given is not None:
                first, last, new = written_string(given, module.text, start, end, self.start)
                is_name = (first, last) == (start, end)
                return _renamed(module.text, start, end, new) if is_name else Edit(first, last, new)
            written = module.text[start:end]
            return None if written == new else _renamed(module.text, start, end, new)
        if isinstance(use.node, ast.alias):
            start, end = module.extent(use.node)
            return Edit(start, end, f"{use.node.name} as {new}")
        place = binder_place(module, use)
        return Edit(*place, new) if place else None


def quoted_annotation(text: str) -> str:
    """An annotation as a string, on one line."""
    return string_text(" ".join(text.split()) if "\n" in text else text)


def _edited(text: str, start: int, end: int, edits: Sequence[Edit]) -> str:
    """The text with edits made; of edits that overlap the outer one counts."""
    if not edits:
        return text[start:end]
    parts: list[str] = []
    position = start
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if edit.start < position or edit.end > end:
            continue
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*parts, text[position:end]])


_SHOWN = re.compile(r" *= *(?=([}!:]))")


def _renamed(text: str, start: int, end: int, new: str) -> Edit:
    """A name in place of another; a field that shows the name, `{x=}`, goes on to show it."""
    shown = _SHOWN.match(text, end) if text[end : end + 1] in (" ", "=") else None
    opening = start - 1
    while shown is not None and text[opening] == " ":
        opening -= 1
    if shown is None or text[opening] != "{":
        return Edit(start, end, new)
    conversion = "!r" if shown.group(1) == "}" else ""
    field = f"{text[opening + 1 : shown.end()]}{{{new}{conversion}"
    return Edit(opening, shown.end(), field)


def binder_place(module: SourceModule, use: Use) -> tuple[int, int] | None:
    """Where a definition, a handler, a pattern or a `global` statement spells the name."""
    start, end = module.extent(use.node)
    if isinstance(use.node, ast.ExceptHandler) and use.node.type is not None:
        start = module.extent(use.node.type)[1]
    if isinstance(use.node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        start = module.text.index(_KEYWORDS[type(use.node)], start) + 3
    found = re.compile(rf"(?<!\w){re.escape(use.name)}(?!\w)").search(module.text, start, end)
    return found.span() if found else None


_KEYWORDS = {ast.FunctionDef: "def", ast.AsyncFunctionDef: "def", ast.ClassDef: "class"}
