"""Functions whose bodies are copied without a closer look: which names they need is known, and
not where these stand."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.codegen.link.fragments.cuts import body_start
from assetgen.codegen.link.fragments.fragment import SOMEWHERE, Edit, Fragment, LinkedUse
from assetgen.codegen.link.modules.annotations import (
    annotating,
    annotations_of,
    dotted,
    dotted_names,
)
from assetgen.codegen.link.modules.resolver import Resolver
from assetgen.codegen.link.modules.source_module import FunctionNode, SourceModule
from assetgen.codegen.link.modules.targets import (
    Builtin,
    Failure,
    Imported,
    Made,
    Submodules,
    Symbol,
    Target,
    Text,
)
from assetgen.codegen.link.names.function_globals import Mentioned, names_used
from assetgen.codegen.link.names.uses import Use
from assetgen.codegen.link.names.words_in_lines import may_bind_at
from assetgen.codegen.link.text.places import places_of

# Imports in functions are cut out or noted, and what is declared global is bound at module level.
_CHANGES = ("import ", "import(", "import\\", "global ", "global\\")
_NOTHING: frozenset[str] = frozenset()
_LOAD = ast.Load()
_NOWHERE = ast.Name("", _LOAD)
_CHAIN = re.compile(r"\w+((?:\.\w+)*)")


@dataclass(frozen=True, slots=True)
class Nested:
    """What a function inside of others is given: variables, and the name of what it becomes, if it
    does not stay inside of a function."""

    given: frozenset[str]
    made: Made | None


class Sketches:
    """Makes sketches of functions at module level, where nothing in them may have to change.

    That their names stay as they are is for the linker to see to.
    """

    def __init__(
        self,
        resolver: Resolver,
        link: Callable[[SourceModule, Use], LinkedUse],
        is_declared: Callable[[Symbol], bool],
    ) -> None:
        """`link` says what a use refers to, `is_declared` whether something is a definition of
        the API that is replaced."""
        self._resolver = resolver
        self._link = link
        self._is_declared = is_declared
        self._mentions: dict[str, dict[str, tuple[LinkedUse, bool | None]]] = {}
        self._targets: dict[str, dict[str, tuple[Target, int] | None]] = {}
        self._annotations: dict[str, dict[str, LinkedUse | None]] = {}
        self._used: dict[str, set[str]] = {}

    def sketch(
        self,
        module: SourceModule,
        node: FunctionNode,
        extent: tuple[int, int],
        edits: list[Edit],
        nested: Nested | None = None,
    ) -> Fragment | None:
        """What is between two places of a module, a function with its comments and without
        decorators. None if it has to be examined."""
        start, end = extent
        whole = module.text
        text = whole[start:end]
        if module.stars or (
            ("import" in text or "global" in text) and any(each in text for each in _CHANGES)
        ):
            return None
        given = nested.given if nested is not None else _NOTHING
        annotated = self._annotated(module, node, given)
        if annotated is None:
            return None
        stop = body_start(module, node)
        own = module.extent(node)[0]
        # What another function of the project is known to use has not to be looked for again.
        needed = self._used.setdefault(module.name, set()) if nested is None else ()
        mentioned = names_used(whole, (own, stop, end), node, module.words, given, needed)
        if mentioned is None:
            return None
        if nested is not None and node.name in text[stop - start :]:
            return None
        found = self._found(module, mentioned, (start, stop, end), is_nested=nested is not None)
        if found is None:
            return None
        mentions, dotted_uses = found
        return Fragment(
            module,
            start,
            end,
            _binding(module, node, nested),
            tuple(edits),
            mentions=tuple(mentions),
            dotted=tuple(dotted_uses),
            inside=mentioned,
            body=stop,
            annotated=annotated,
            signature=node,
        )

    def _found(
        self,
        module: SourceModule,
        mentioned: Mentioned,
        extent: tuple[int, int, int],
        *,
        is_nested: bool,
    ) -> tuple[list[LinkedUse], list[tuple[LinkedUse, tuple[int, ...]]]] | None:
        """What a body mentions, and the dotted names among that with their places."""
        start, body, end = extent
        whole = module.text
        mentions: list[LinkedUse] = []
        dotted: list[tuple[LinkedUse, tuple[int, ...]]] = []
        places = mentioned.places
        names = self._mentions.setdefault(module.name, {})
        used = self._used.setdefault(module.name, set())
        is_library = self._resolver.is_library(module.name)
        for name in mentioned.outer:
            linked, stays = names.get(name) or self._mention(module, name)
            is_final = stays is True
            if stays is None:
                stays = whole.find(f"{name}.", start, end) < 0
            if (is_nested or not stays) and name not in places:
                more = places_of(whole, body, end, frozenset({name}))
                if more is None:
                    return None
                places[name] = [place for place, _ in more]
            if stays:
                mentions.append(linked)
                if is_final and not is_library:
                    used.add(name)
                continue
            uses = self._dotted(module, name, places[name])
            if uses is None:
                return None
            dotted += uses
        return mentions, dotted

    def _dotted(
        self, module: SourceModule, name: str, places: Sequence[int]
    ) -> list[tuple[LinkedUse, tuple[int, ...]]] | None:
        """What is taken of a module at some places; None if it has to be looked at closely."""
        text = module.text
        found: dict[str, list[int]] = {}
        for place in places:
            chain = _CHAIN.match(text, place)
            if chain is None or not chain.group(1):
                return None
            end = chain.end()
            if text[end : end + 1] not in ("(", "[") and may_bind_at(text, place, end):
                return None
            found.setdefault(chain.group(), []).append(place)
        uses: list[tuple[LinkedUse, tuple[int, ...]]] = []
        for dots, starts in found.items():
            attributes = dots.split(".")[1:]
            chain_nodes = tuple(ast.Attribute(_NOWHERE, each, _LOAD) for each in attributes)
            use = Use(name, SOMEWHERE, chain_nodes, False, False, None, _NOTHING)
            target = self._plain_target(module, use, dots)
            if target is None or (isinstance(target[0], Symbol) and self._is_declared(target[0])):
                return None
            uses.append((LinkedUse(use, *target), tuple(starts)))
        return uses

    def _annotated(
        self, module: SourceModule, node: FunctionNode, hidden: frozenset[str]
    ) -> tuple[LinkedUse, ...] | None:
        """The names in the annotations of a signature; None if it has more than these and
        constants."""
        arguments = node.args
        if arguments.defaults or arguments.kw_defaults:
            for default in (*arguments.defaults, *arguments.kw_defaults):
                if default is not None and type(default) is not ast.Constant:
                    return None
        if getattr(node, "type_params", None):
            return None
        known = self._annotations.get(module.name)
        if known is None:
            known = self._annotations[module.name] = {}
        found: dict[str, LinkedUse] = {}
        for annotation in annotations_of(node):
            if type(annotation) is ast.Name and annotation.id in known and not hidden:
                names: Sequence[str] | None = (annotation.id,)
            else:
                names = dotted_names(annotation)
            if names is None:
                return None
            for name in names:
                if name not in known:
                    self._note_annotations(module, annotation, known)
                linked = known[name]
                if linked is None or linked.use.name in hidden:
                    return None
                found[name] = linked
        return (*found.values(),)

    def _note_annotations(
        self, module: SourceModule, annotation: ast.expr, known: dict[str, LinkedUse | None]
    ) -> None:
        """Take note of what the names in an annotation refer to, if there is no more to be said."""
        for use in annotating(annotation) or ():
            target = self._plain_target(module, use, dotted(use))
            known[dotted(use)] = None if target is None else LinkedUse(use, *target)

    def _plain_target(
        self, module: SourceModule, use: Use, dotted: str
    ) -> tuple[Target, int] | None:
        """What a dotted name of a module refers to, and how much of it; None if there is more to
        be said of it."""
        known = self._targets.setdefault(module.name, {})
        if dotted not in known:
            found = self._link(module, use)
            is_plain = not isinstance(found.target, (Failure, Text))
            known[dotted] = (found.target, found.taken) if is_plain else None
        return known[dotted]

    def _mention(self, module: SourceModule, name: str) -> tuple[LinkedUse, bool | None]:
        """A name that functions of a module use somewhere, and whether it stays as it is there."""
        target = self._resolver.of_name(module, name)
        use = Use(name, SOMEWHERE, (), False, False, None, _NOTHING)
        known = LinkedUse(use, target, 0), self._stays_as_it_is(module, target)
        self._mentions[module.name][name] = known
        return known

    def _stays_as_it_is(self, module: SourceModule, target: Target) -> bool | None:
        """Whether each mention of a name can be left, if what it means keeps that name; None if
        that depends on what is taken of it."""
        if isinstance(target, Symbol):
            if self._resolver.is_library(target.module):
                return True if self._resolver.is_library(module.name) else None
            return not self._is_declared(target)
        return isinstance(target, (Imported, Submodules, Builtin))


def _binding(
    module: SourceModule, node: FunctionNode, nested: Nested | None
) -> tuple[LinkedUse, ...]:
    """What a definition binds, unless it stays inside of a function."""
    target = Symbol(module.name, node.name) if nested is None else nested.made
    if target is None:
        return ()
    return (LinkedUse(Use(node.name, node, (), True, True, None, _NOTHING), target, 0),)
