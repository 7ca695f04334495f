"""What some functions need, transitively, and how it all is called in one module."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from functools import partial

from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.syntax.problem import SyntaxProblem
from assetgen.codegen.link.assembly.early import early_pieces, makers_of, too_early
from assetgen.codegen.link.assembly.free_steps import free_steps
from assetgen.codegen.link.assembly.linked import LinkedModules, LinkedPiece
from assetgen.codegen.link.assembly.local_names import LocalNames
from assetgen.codegen.link.assembly.naming import Wanted, named
from assetgen.codegen.link.assembly.unused_methods import UnusedMethods
from assetgen.codegen.link.fragments.examine import Examined, Examiner
from assetgen.codegen.link.fragments.fragment import Edit, Fragment, LinkedUse, Names
from assetgen.codegen.link.fragments.problems import UNLINKABLE_NAME, problem
from assetgen.codegen.link.modules.effects import Effects, is_active
from assetgen.codegen.link.modules.members import Members
from assetgen.codegen.link.modules.modules import Modules, is_within
from assetgen.codegen.link.modules.order import module_order
from assetgen.codegen.link.modules.resolver import Resolver
from assetgen.codegen.link.modules.source_module import Piece, SourceModule
from assetgen.codegen.link.modules.targets import (
    Builtin,
    Imported,
    Made,
    Submodules,
    Symbol,
    Target,
    own_name,
)
from assetgen.codegen.link.text.words import as_words

_BUILTIN_NAMES = frozenset(dir(builtins))


class Linker:
    """Collects what is needed; `link` then gives everything its name and its place."""

    def __init__(
        self, modules: Modules, resolver: Resolver, library: str, members: Members | None = None
    ) -> None:
        """`library` is the module (with its submodules) whose names give way to all others',
        `members` knows what its classes have."""
        self.modules = modules
        self.resolver = resolver
        self.examiner = Examiner(modules, resolver, members)
        self._is_library = partial(is_within, library)
        self._effects = Effects(modules, resolver)
        self._unused = UnusedMethods()
        self._kept: dict[Piece, Fragment] = {}
        self._needed: dict[Symbol, None] = {}
        self._bound: dict[Symbol, None] = {}
        self._imported: dict[Imported, None] = {}
        self._submodules: set[str] = set()
        self._inner: set[str] = set()
        self._made: dict[Made, None] = {}
        self._builtin: set[str] = set()
        self._written_as: dict[Target, set[str]] = {}
        self._mentioned: dict[LinkedUse, None] = {}
        self._fragments: list[Fragment] = []
        self._others = LocalNames(self._fragments, self._is_library, self._unused)
        self._steps: dict[Symbol, None] = {}
        self._roles: dict[Symbol, str] = {}
        self._work: list[Symbol] = []
        self._loose: list[Fragment] = []
        self._fixed: set[Target] = set()
        self._early: dict[Target, None] = {}
        self._changes: dict[Piece, frozenset[Symbol]] = {}
        self._renamed: dict[Piece, tuple[Edit, ...]] = {}
        self.problems: list[Diagnostic] = []

    def step_function(self, symbol: Symbol, *, captured: bool = False) -> None:
        """Need a function that a step runs, or that a function which one runs holds on to."""
        self._roles.setdefault(symbol, "captured" if captured else "step")
        if not captured:
            self._steps.setdefault(symbol)
        self.need(symbol)

    def need(self, target: Target) -> None:
        """Need a definition or an import."""
        if isinstance(target, Symbol):
            if target not in self._needed:
                self._needed[target] = None
                self._work.append(target)
        elif isinstance(target, Imported):
            self._imported.setdefault(target)
        elif isinstance(target, Submodules):
            self._imported.setdefault(target.package)
            self._submodules.update(target.dotted)

    def need_at_once(self, target: Target) -> None:
        """Need something that the statements of the caller use when they are executed."""
        self._early.setdefault(target)
        self.need(target)

    def need_loose(self, examined: Examined) -> Fragment:
        """Need what a fragment refers to that the caller writes among the project's code."""
        self._loose.append(examined.fragment)
        return self.need_all(examined)

    def need_all(self, examined: Examined) -> Fragment:
        """Need whatever a fragment refers to, and take note of what is wrong with it."""
        self.problems.extend(examined.problems)
        fragment = examined.fragment
        if not self._is_library(fragment.module.name):
            if fragment.inside is None:
                self._unused.hear(fragment.module.text[fragment.start : fragment.end])
            else:
                self._unused.hear(fragment.module.text[fragment.start : fragment.body])
                self._unused.hear_words(fragment.inside.take_words())
        self._inner.update(fragment.inner)
        for bridge in fragment.bridges:
            for _, target in bridge.pairs:
                self.need(target)
        self._fragments.append(fragment)
        for linked in fragment.uses:
            if linked.use.binds or linked.use.name in fragment.own:
                if isinstance(linked.target, Symbol):
                    self._bound.setdefault(linked.target)
            else:
                self.need(linked.target)
            if linked.use.soft:
                self._fixed.add(linked.target)
            self._note(linked)
        for linked, _ in fragment.dotted:
            self.need(linked.target)
            self._note(linked)
        for linked in (*fragment.mentions, *fragment.annotated):
            if linked not in self._mentioned:
                self._mentioned[linked] = None
                self.need(linked.target)
                self._note(linked)
        return fragment

    def _note(self, linked: LinkedUse) -> None:
        """Take note of the name that something is mentioned by."""
        if isinstance(linked.target, Builtin):
            self._builtin.add(linked.use.name)
        else:
            self._written_as.setdefault(own_name(linked.target), set()).add(linked.use.name)

    def mention(self, text: str) -> None:
        """Let methods of the library stay whose names are words of a text of the caller."""
        self._unused.hear(text)

    def is_mentioned(self, names: Iterable[str]) -> bool:
        """Whether any of the names is a word of what is needed by now, however far away."""
        self._close()
        return self._unused.has_mentioned(as_words(names))

    def make(self, made: Made) -> None:
        """Reserve a name for a definition that the caller writes."""
        self._made.setdefault(made)

    def link(self, reserved: Iterable[str] = ()) -> LinkedModules:
        """Close over all needs, and write out what is kept."""
        self._close()
        self._cut_methods()
        wanted = tuple(self._wanted())
        by_target = named(wanted, {*reserved, *self._used_builtins({w.name for w in wanted})})
        self._look_closely(Names(by_target))
        rank = module_order(self.modules, {piece.module for piece in self._kept})
        ranked = sorted(self._kept, key=lambda piece: (rank[piece.module], piece.index))
        free = free_steps(self._kept, self._steps)
        future = self._future()
        makers = makers_of(self.modules, self._kept, {**self._needed, **self._bound}, self._changes)
        early = early_pieces(self._kept, makers, self._loose, self._early, self._is_library)
        late = [piece for piece in ranked if self._is_library(piece.module) and piece not in early]
        after = {*late}
        names = Names(
            by_target,
            frozenset()
            if "annotations" in future
            else frozenset(
                symbol for symbol, pieces in makers.items() if after.intersection(pieces)
            ),
        )
        own = [piece for piece in ranked if not self._is_library(piece.module)]
        stepping = {*free.values()}
        order = (
            *(piece for piece in ranked if piece in early),
            *(piece for piece in own if piece not in stepping),
            *(free[symbol] for symbol in self._steps if symbol in free),
            *late,
        )
        self.problems += too_early(order, makers, self._kept)
        return LinkedModules(
            imports=tuple((each, by_target[each]) for each in self._imports()),
            submodules=tuple(sorted(self._submodules)),
            inner=tuple(sorted(self._inner)),
            future=tuple(sorted(future)),
            early=tuple(self._written(piece, names) for piece in ranked if piece in early),
            pieces=tuple(self._written(piece, names) for piece in own if piece not in stepping),
            steps=tuple(
                self._written(free[symbol], names) for symbol in self._steps if symbol in free
            ),
            late=tuple(self._written(piece, Names(by_target)) for piece in late),
            name_of=names,
            is_newer=any(each.parsed.may_be_newer for each in self.modules.loaded()),
        )

    def _used_builtins(self, names: set[str]) -> set[str]:
        """The names of Python's own that what is kept uses; of functions only those among `names`
        are looked for, which might take their place."""
        used = self._builtin & _BUILTIN_NAMES
        wanted = (names & _BUILTIN_NAMES) - used
        for fragment in self._fragments if wanted else ():
            if fragment.inside is not None:
                for name in wanted - used:
                    if name not in fragment.module.bindings and fragment.inside.may_use(name):
                        used.add(name)
        return used

    def _close(self) -> None:
        while self._work:
            while self._work:
                while self._work:
                    self._define(self._work.pop())
                self._add_methods()
            self._keep_effects()
            self._add_methods()

    def _define(self, symbol: Symbol) -> None:
        module = self.modules[symbol.module]
        if isinstance(module, SyntaxProblem) or module is None:
            return
        for binding in module.bindings.get(symbol.name, ()):
            self._keep(module, binding.piece)

    def _keep(self, module: SourceModule, piece: Piece) -> None:
        if piece in self._kept:
            return
        examined = self._examined(module, piece)
        self._kept[piece] = examined.fragment
        self.need_all(examined)

    def _examined(self, module: SourceModule, piece: Piece, *, closely: bool = False) -> Examined:
        name = getattr(piece.node, "name", None)
        role = self._roles.get(Symbol(piece.module, name), "helper") if name else "helper"
        node = piece.node
        if self._is_library(piece.module) and not closely:
            node = self._unused.without(piece)
            self._unused.mention_in(module, node)
        return self.examiner.statement(module, node, role, closely=closely)

    def _add_methods(self) -> None:
        """Need what methods need whose names somebody mentions by now."""
        for piece, methods in self._unused.called():
            kept = self._kept[piece]
            self._unused.mention_in(kept.module, methods)
            more = self.need_all(self.examiner.method(kept.module, methods))
            self._kept[piece] = replace(
                kept,
                uses=(*kept.uses, *more.uses),
                dotted=(*kept.dotted, *more.dotted),
                mentions=(*kept.mentions, *more.mentions),
                edits=(*kept.edits, *more.edits),
                inner=(*kept.inner, *more.inner),
            )

    def _cut_methods(self) -> None:
        """Leave out the methods that nobody mentions."""
        for piece, fragment in self._kept.items():
            if self._is_library(piece.module):
                cuts = self._unused.cuts(fragment.module, piece)
                self._kept[piece] = replace(fragment, edits=(*fragment.edits, *cuts))

    def _look_closely(self, names: Names) -> None:
        """Find the places of names in functions, where something has another name now."""
        changed = {
            linked: name
            for linked in self._mentioned
            if (name := names(linked.target)) not in (None, linked.use.name)
        }
        for piece, fragment in self._kept.items():
            if changed.keys().isdisjoint(fragment.mentions):
                continue
            renamed = {
                linked.use.name: changed[linked]
                for linked in fragment.mentions
                if linked in changed
            }
            edits = fragment.renaming(renamed)
            if edits is not None:
                self._renamed[piece] = edits
                continue
            examined = self._examined(fragment.module, piece, closely=True)
            self.problems.extend(examined.problems)
            self._kept[piece] = examined.fragment

    def _keep_effects(self) -> None:
        """Keep the statements that change what is needed, calls into libraries, and imports that
        are there for what they do."""
        live = {piece.module for piece in self._kept}
        for module in self.modules.loaded():
            for target in self._effects.imported(module) if module.name in live else ():
                self.need(target)
            for piece in module.pieces:
                if piece in self._kept or not is_active(piece.node):
                    continue
                if piece not in self._changes:
                    self._changes[piece] = self._effects.changed(module, piece.node)
                changed = self._changes[piece]
                if any(symbol in self._needed for symbol in changed) or (
                    module.name in live and self._effects.is_external(module, piece.node)
                ):
                    self._keep(module, piece)

    def _wanted(self) -> Iterator[Wanted]:
        """Everything that gets a name, those that should keep theirs first."""
        packages = {name.partition(".")[0] for name in self._submodules}
        imports = self._imports()
        for each in imports:
            if each.local in packages and not each.name:
                yield self._wish(each, each.local, "")
        symbols = list({**self._needed, **self._bound})
        fixed = [symbol for symbol in symbols if symbol in self._fixed]
        steps = [symbol for symbol in symbols if symbol in self._steps and symbol not in fixed]
        own = sorted(set(symbols) - set(steps) - set(fixed))
        for symbol in (*fixed, *steps):
            yield self._wish(symbol, symbol.name, symbol.module)
        for symbol in own:
            if not self._is_library(symbol.module):
                yield self._wish(symbol, symbol.name, symbol.module)
        for made in self._made:
            yield self._wish(made, made.name, made.module)
        for each in imports:
            if each.local not in packages or each.name:
                yield self._wish(each, each.local, each.module)
        for symbol in own:
            if self._is_library(symbol.module):
                yield self._wish(symbol, symbol.name, symbol.module)

    def _wish(self, target: Target, name: str, module: str) -> Wanted:
        written = self._written_as.get(target, ())
        return Wanted(target, name, module, written, partial(self._others.around, target))

    def _imports(self) -> list[Imported]:
        """What is imported; for type checkers only if nothing needs it otherwise."""
        plain = {
            (each.module, each.name, each.local) for each in self._imported if not each.typing_only
        }
        return sorted(
            each
            for each in self._imported
            if not each.typing_only or (each.module, each.name, each.local) not in plain
        )

    def _future(self) -> set[str]:
        modules = {piece.module for piece in self._kept}
        return {
            name
            for module in self.modules.loaded()
            if module.name in modules
            for name in module.future
        }

    def _written(self, piece: Piece, name_of: Names) -> LinkedPiece:
        fragment = self._kept[piece]
        for linked in fragment.uses:
            if linked.use.soft and name_of(linked.target) not in (None, linked.use.name):
                reason = f"`{linked.use.name}` is a name of its class too, and would be renamed"
                self.problems.append(
                    problem(UNLINKABLE_NAME, reason, _span(fragment.module, linked.use.node))
                )
        definition = isinstance(piece.node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        text = fragment.text(name_of, self._renamed.get(piece)).rstrip()
        return LinkedPiece(piece.module, text, definition, fragment.is_certain)


def _span(module: SourceModule, node: ast.AST) -> Span:
    return module.span(node)
