"""Functions whose bodies are copied without a closer look: which names they need is known, and
not where these stand."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from assetgen.codegen.link.bound_names import argument_names
from assetgen.codegen.link.cuts import after_signature
from assetgen.codegen.link.fragment import SOMEWHERE, Edit, Fragment, LinkedUse
from assetgen.codegen.link.function_globals import names_used
from assetgen.codegen.link.resolve import Resolver
from assetgen.codegen.link.source_module import SourceModule
from assetgen.codegen.link.targets import (
    Builtin,
    Failure,
    Imported,
    Submodules,
    Symbol,
    Target,
    Text,
)
from assetgen.codegen.link.uses import Use
from assetgen.codegen.link.words import Words

# Imports in functions are cut out or noted, and what is declared global is bound at module level.
_CHANGED = ("import ", "import(", "import\\", "global ", "global\\")
_NOTHING: frozenset[str] = frozenset()
_Function = ast.FunctionDef | ast.AsyncFunctionDef


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
        self._annotations: dict[str, dict[str, tuple[Target, int] | None]] = {}

    def sketch(
        self,
        module: SourceModule,
        node: _Function,
        extent: tuple[int, int],
        edits: list[Edit],
        words: Words,
    ) -> Fragment | None:
        """What is between two places of a module, a function with its comments; `words` are
        those of that text. None if it has to be examined."""
        start, end = extent
        text = module.parsed.text[start:end]
        if module.stars or any(each in text for each in _CHANGED):
            return None
        head = self._head(module, node)
        if head is None:
            return None
        stop = after_signature(module, node)
        own, last = module.extent(node)
        mentioned = names_used(module.parsed.text, (own, stop, last), node, module.names, words)
        if mentioned is None:
            return None
        mentions: list[LinkedUse] = []
        for name in mentioned.outer:
            found = self._mention(module, name, text)
            if found is None:
                return None
            mentions.append(found)
        return Fragment(
            module,
            start,
            end,
            tuple(head),
            tuple(edits),
            mentions=tuple(mentions),
            inside=mentioned,
            body=stop,
        )

    def _head(self, module: SourceModule, node: _Function) -> list[LinkedUse] | None:
        """The uses in a signature; None if it has more than constants and annotations of names."""
        arguments = node.args
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default is not None and type(default) is not ast.Constant:
                return None
        if node.decorator_list or getattr(node, "type_params", None):
            return None
        binder = Use(node.name, node, (), True, True, None, _NOTHING)
        uses = [LinkedUse(binder, Symbol(module.name, node.name), 0)]
        annotations = [each.annotation for _, each in argument_names(arguments)]
        for annotation in (*annotations, node.returns):
            for name, chain in _names_of(annotation) if annotation is not None else ():
                if name is None:
                    return None
                found = self._annotation(module, name, chain, annotation)
                if found is None:
                    return None
                uses.append(found)
        return uses

    def _annotation(
        self,
        module: SourceModule,
        node: ast.Name,
        chain: tuple[ast.Attribute, ...],
        annotation: ast.expr | None,
    ) -> LinkedUse | None:
        use = Use(node.id, node, chain, True, False, annotation, _NOTHING)
        known = self._annotations.setdefault(module.name, {})
        dotted = ".".join([node.id, *[each.attr for each in chain]]) if chain else node.id
        if dotted not in known:
            found = self._link(module, use)
            is_plain = not isinstance(found.target, (Failure, Text))
            known[dotted] = (found.target, found.taken) if is_plain else None
        linked = known[dotted]
        return None if linked is None else LinkedUse(use, *linked)

    def _mention(self, module: SourceModule, name: str, text: str) -> LinkedUse | None:
        """A name that functions of a module use somewhere; None if it may have to change in one
        with this text."""
        names = self._mentions.setdefault(module.name, {})
        known = names.get(name)
        if known is None:
            target = self._resolver.of_name(module, name)
            use = Use(name, SOMEWHERE, (), False, False, None, _NOTHING)
            known = LinkedUse(use, target, 0), self._stays_as_it_is(module, target)
            names[name] = known
        linked, stays = known
        return linked if stays or (stays is None and f"{name}." not in text) else None

    def _stays_as_it_is(self, module: SourceModule, target: Target) -> bool | None:
        """Whether each mention of a name can be left, if what it means keeps that name; None if
        that depends on what is taken of it."""
        if isinstance(target, Symbol):
            if self._resolver.is_library(target.module):
                return True if self._resolver.is_library(module.name) else None
            return not self._is_declared(target)
        return isinstance(target, (Imported, Submodules, Builtin))


def _names_of(node: ast.expr) -> Iterator[tuple[ast.Name | None, tuple[ast.Attribute, ...]]]:
    """The dotted names in an annotation, in source order; None for what is not known to be some."""
    kind = type(node)
    if kind is ast.Name:
        yield node, ()  # type: ignore[misc]
    elif isinstance(node, ast.Attribute):
        chain: list[ast.Attribute] = []
        inner: ast.expr = node
        while isinstance(inner, ast.Attribute):
            chain.append(inner)
            inner = inner.value
        yield (inner, tuple(chain[::-1])) if isinstance(inner, ast.Name) else (None, ())
    elif isinstance(node, ast.Subscript):
        yield from _names_of(node.value)
        yield from _names_of(node.slice)
    elif isinstance(node, ast.BinOp):
        yield from _names_of(node.left)
        yield from _names_of(node.right)
    elif isinstance(node, (ast.Tuple, ast.List)):
        for each in node.elts:
            yield from _names_of(each)
    elif kind is not ast.Constant:
        yield None, ()
