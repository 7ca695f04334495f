"""From a piece of a module to a fragment that can be linked, and what it needs."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.codegen.link.fragments.cuts import (
    cut_decorators,
    cut_maker,
    with_comments,
    with_remark,
    without_import,
)
from assetgen.codegen.link.fragments.docstrings import docstring_edits
from assetgen.codegen.link.fragments.fragment import (
    Bridge,
    Edit,
    Fragment,
    LinkedUse,
    quoted_annotation,
)
from assetgen.codegen.link.fragments.problems import REWRITTEN_PATH, UNLINKABLE_NAME, problem
from assetgen.codegen.link.fragments.sketches import Sketches
from assetgen.codegen.link.fragments.surroundings import (
    NOTHING,
    Surroundings,
    nested_in,
    only_names,
)
from assetgen.codegen.link.modules.decorators import (
    declared_by,
    kept_decorators,
    without_decorators,
)
from assetgen.codegen.link.modules.members import Members
from assetgen.codegen.link.modules.modules import Modules
from assetgen.codegen.link.modules.resolver import Resolver
from assetgen.codegen.link.modules.source_module import FunctionNode, SourceModule, alias_of
from assetgen.codegen.link.modules.targets import (
    BUILTIN,
    Failure,
    Imported,
    ModuleTarget,
    Symbol,
    Target,
    Text,
)
from assetgen.codegen.link.names.bound_names import bound_names, is_constant
from assetgen.codegen.link.names.uses import Use, uses_in

# Before Python 3.12 the inside of an f-string was parsed apart, with places made up afterwards.
_MISPLACES = sys.version_info < (3, 12)
_F_STRING = re.compile(r"""\b(?:[fF][rR]?|[rR][fF])["']""")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_Imports = dict[str, tuple[ast.Import | ast.ImportFrom, ast.alias]]


@dataclass(frozen=True, slots=True)
class Examined:
    """A fragment together with what is wrong with it."""

    fragment: Fragment
    problems: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Draft:
    """A fragment in the making.

    `inner` and `removed` are the imports inside of functions that stay, and those that go.
    """

    edits: list[Edit]
    linked: list[LinkedUse] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)
    removed: dict[ast.Import | ast.ImportFrom, list[LinkedUse]] = field(default_factory=dict)


class Examiner:
    """Examines statements and expressions of linked modules."""

    def __init__(
        self, modules: Modules, resolver: Resolver, members: Members | None = None
    ) -> None:
        self._modules = modules
        self._resolver = resolver
        self._members = members or Members(modules, resolver)
        self._declaring: dict[Symbol, tuple[str, ...]] = {}
        self._sketches = Sketches(
            resolver,
            lambda module, use: self._link(module, use, NOTHING, {}),
            lambda symbol: bool(self._declared(modules[symbol.module], symbol)),
        )

    def statement(
        self,
        module: SourceModule,
        node: ast.stmt,
        role: str = "helper",
        around: Surroundings = NOTHING,
        *,
        closely: bool = False,
    ) -> Examined:
        """A statement with the comments above it, without the decorators that are to go.

        Of a function it may be a sketch, unless it is to be looked at closely.
        """
        start, end = module.extent(node)
        edits: list[Edit] = []
        kept: list[ast.expr] = []
        if getattr(node, "decorator_list", None):
            assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
            kept = [
                each
                for each in kept_decorators(self._resolver, module, node, role)
                if not only_names(each, around)
            ]
            if kept:
                start, edits = cut_decorators(module, node, kept)
        text = module.text
        is_own = not self._resolver.is_library(module.name)
        place = with_comments(text, start), with_remark(text, end)
        if around is NOTHING and is_constant(node):
            return Examined(Fragment(module, *place, _bindings(module, node)), ())
        missing: tuple[Diagnostic, ...] = ()
        if isinstance(node, _FUNCTIONS) and not (kept or closely):
            if not is_own:
                edits += docstring_edits(module, node)
            elif "ontext" in text[start:end]:
                bare = without_decorators(node, kept)
                missing = tuple(self._missing(module, bare, text[start:end], role))
            sketch = self._sketch(module, node, place, edits, around)
            if sketch is not None:
                return Examined(sketch, missing)
            node = without_decorators(node, kept)
        else:
            if isinstance(node, ast.ClassDef) and is_own and self._members.derives(module, node):
                node, cut = cut_maker(module, node)
                edits += cut
            if getattr(node, "decorator_list", None):
                node = without_decorators(node, kept)
            if is_own:
                missing = tuple(self._missing(module, node, text[start:end], role))
            else:
                edits += docstring_edits(module, node)
        examined = self._examined(module, node, *place, edits, around)
        return Examined(examined.fragment, (*examined.problems, *missing))

    def _sketch(
        self,
        module: SourceModule,
        node: FunctionNode,
        place: tuple[int, int],
        edits: list[Edit],
        around: Surroundings,
    ) -> Fragment | None:
        """A function without decorators, if it need not be examined."""
        if around is NOTHING:
            return self._sketches.sketch(module, node, place, edits)
        nested = nested_in(around, module, *place)
        return self._sketches.sketch(module, node, place, edits, nested) if nested else None

    def _missing(
        self, module: SourceModule, node: ast.stmt, text: str, role: str
    ) -> Iterator[Diagnostic]:
        """What a statement of the project asks of Dagster or of pydantic that a script has not."""
        if "ontext" in text:
            for each, kind in self._members.missing(module, node, text, role == "step"):
                message = f"`{kind}.{each.attr}` has no equivalent outside Dagster"
                yield problem(UNLINKABLE_NAME, message, module.span(each))
        if isinstance(node, ast.ClassDef):
            for validator in self._members.validators(module, node):
                name = module.segment(validator)
                message = f"`{name}` is pydantic's, which the script does not ask"
                yield problem(UNLINKABLE_NAME, message, module.span(validator))

    def method(self, module: SourceModule, node: ast.ClassDef) -> Examined:
        """The only method of a class of the library, without what is around it."""
        (method,) = node.body
        edits = [*docstring_edits(module, node)]
        return self._examined(module, node, *module.extent(method), edits, NOTHING)

    def expression(
        self,
        module: SourceModule,
        node: ast.expr,
        around: Surroundings = NOTHING,
    ) -> Examined:
        """An expression of a module."""
        return self._examined(module, node, *module.extent(node), [], around)

    def _examined(
        self,
        module: SourceModule,
        node: ast.AST,
        start: int,
        end: int,
        edits: list[Edit],
        around: Surroundings,
    ) -> Examined:
        draft = _Draft(edits)
        imports = dict(around.imports)
        formatted = _MISPLACES and _F_STRING.search(module.text, start, end) is not None
        for use in uses_in(
            node,
            around.given,
            walrus=module.has_walrus,
            declares=module.has_declarations,
            lazy="annotations" in module.future,
        ):
            found = self._link(module, use, around, imports)
            if isinstance(use.node, ast.alias) and use.imported is not None:
                self._note_import(module, found, *use.imported, draft)
            elif isinstance(found.target, Failure):
                # What is soft can only be the name that the class itself binds.
                if not use.soft:
                    _note_failure(module, found, found.target, draft)
            else:
                draft.linked.append(found)
                if isinstance(found.target, Text) and found.target.warning:
                    warning, span = found.target.warning, module.span(use.node)
                    draft.problems.append(problem(REWRITTEN_PATH, warning, span, Severity.WARNING))
                if formatted and not _stands_there(module, use):
                    message = (
                        f"where `{use.name}` stands in an f-string needs Python 3.12 to be told"
                    )
                    draft.problems.append(problem(UNLINKABLE_NAME, message, module.span(node)))
        bridges: list[Bridge] = []
        for statement, names in draft.removed.items():
            if names[0].use.local:
                edits.append(without_import(module, node, statement, names))
            else:
                bridges.append(self._bridge(module, statement, names, draft.problems))
        fragment = Fragment(
            module,
            start,
            end,
            tuple(draft.linked),
            tuple(edits),
            tuple(bridges),
            _bound_first(node),
            tuple(draft.inner),
        )
        return Examined(fragment, tuple(draft.problems))

    def _note_import(
        self,
        module: SourceModule,
        found: LinkedUse,
        statement: ast.Import | ast.ImportFrom,
        alias: ast.alias,
        draft: _Draft,
    ) -> None:
        """Take note of an import within the statement or expression."""
        if not self._stays(module, statement, alias):
            draft.removed.setdefault(statement, []).append(found)
        elif not found.use.local:
            draft.linked.append(found)
        else:
            known = alias_of(module, statement, alias)
            draft.inner.append(f"{known.bound or known.module}.{known.name}".rstrip("."))

    def _bridge(
        self,
        module: SourceModule,
        statement: ast.Import | ast.ImportFrom,
        names: list[LinkedUse],
        problems: list[Diagnostic],
    ) -> Bridge:
        """In a compound statement at module level the names of an import become assignments."""
        pairs: list[tuple[Symbol, Target]] = []
        for each in names:
            target = self._imported_by(module, each.use)
            if self._resolver.of_name(module, each.use.name) == target:
                continue  # who uses the name finds what it is
            if isinstance(target, (Failure, ModuleTarget)):
                reason = f"`{each.use.name}` cannot be imported under a condition"
                if isinstance(target, Failure):
                    reason = f"{reason}: {target.reason}"
                problems.append(problem(UNLINKABLE_NAME, reason, module.span(statement)))
            pairs.append((Symbol(module.name, each.use.name), target))
        return Bridge(*module.extent(statement), tuple(pairs))

    def _link(
        self, module: SourceModule, use: Use, around: Surroundings, imports: _Imports
    ) -> LinkedUse:
        if isinstance(use.node, ast.alias) and use.imported is not None:
            # The statement itself; who uses the name is another use.
            if not use.local:
                return LinkedUse(use, Symbol(module.name, use.name), 0)
            return LinkedUse(use, BUILTIN, 0)
        if around.own is not None and use.name == around.own[0]:
            return LinkedUse(use, around.own[1], 0)
        if use.binds:
            return LinkedUse(use, Symbol(module.name, use.name), 0)
        if use.imported is None and use.name in imports:
            use = replace(use, imported=imports[use.name])
        elif use.name in around.withheld:
            reason = f"`{use.name}` is a variable of the function around, of unknown value"
            return LinkedUse(use, Failure(reason), 0)
        found = self._resolver.of_use(module, use)
        target = found.target
        if use.imported is not None and use.name not in imports:
            target = BUILTIN if self._stays(module, *use.imported) else target
        if isinstance(target, (Symbol, Imported)) and self._resolver.is_library(target.module):
            attribute = next((each.attr for each in use.chain[found.taken :]), None)
            foreign = not self._resolver.is_library(module.name)
            if attribute and foreign and self._members.lacks(target, attribute):
                reason = f"`{target.name}.{attribute}` has no equivalent outside Dagster"
                return LinkedUse(use, Failure(reason), found.taken)
        if isinstance(target, Symbol):
            refused = self._definition_used(target, use, found.taken)
            if refused:
                return LinkedUse(use, Failure(refused), found.taken)
        if found.taken and isinstance(use.chain[found.taken - 1].ctx, (ast.Store, ast.Del)):
            reason = "an attribute of a module of the project is assigned to"
            return LinkedUse(use, Failure(reason), found.taken)
        return LinkedUse(use, target, found.taken)

    def _stays(
        self, module: SourceModule, node: ast.Import | ast.ImportFrom, alias: ast.alias
    ) -> bool:
        return self._resolver.stays(alias_of(module, node, alias))

    def _imported_by(self, module: SourceModule, use: Use) -> Target:
        assert use.imported is not None
        return self._resolver.of_import(alias_of(module, *use.imported))

    def _declared(self, module: object, symbol: Symbol) -> tuple[str, ...]:
        """The declaring decorators of what a name is bound to."""
        if not isinstance(module, SourceModule):
            return ()
        if symbol not in self._declaring:
            bindings = module.bindings.get(symbol.name, ())
            names = (declared_by(self._resolver, module, each.node) for each in bindings)
            self._declaring[symbol] = tuple(name for name in names if name is not None)
        return self._declaring[symbol]

    def _definition_used(self, symbol: Symbol, use: Use, taken: int) -> str | None:
        """Why a definition of Dagster's cannot be used as it is, once it is a plain function."""
        for name in self._declared(self._modules[symbol.module], symbol):
            if name not in self._resolver.callable:
                return f"`{symbol.name}` is a definition (`@{name}`), which code cannot use"
            if not use.called or taken != len(use.chain):
                return (
                    f"`{symbol.name}` is a definition (`@{name}`), and a plain function in the "
                    "script: it can only be called"
                )
        return None


def _bindings(module: SourceModule, node: ast.Assign) -> tuple[LinkedUse, ...]:
    """What an assignment of a constant binds."""
    return tuple(
        LinkedUse(
            Use(each.id, each, (), True, True, None, frozenset()), Symbol(module.name, each.id), 0
        )
        for each in node.targets
        if isinstance(each, ast.Name)
    )


def _note_failure(module: SourceModule, found: LinkedUse, failure: Failure, draft: _Draft) -> None:
    """Take note of a name that cannot be linked: in an annotation it becomes a string."""
    use = found.use
    annotation = use.annotation or use.of_attribute
    if annotation is not None:
        text = module.segment(annotation)
        draft.edits.append(Edit(*module.extent(annotation), quoted_annotation(text)))
    elif failure.is_undefined and not use.eager:
        message = f"{failure.reason}, and fails here as it does in the module"
        span = module.span(use.node)
        draft.problems.append(problem(UNLINKABLE_NAME, message, span, Severity.WARNING))
    else:
        place = use.chain[found.taken - 1] if found.taken else use.node
        draft.problems.append(problem(UNLINKABLE_NAME, failure.reason, module.span(place)))


def _stands_there(module: SourceModule, use: Use) -> bool:
    """Whether the name is where the tree says."""
    if not isinstance(use.node, ast.Name):
        return True
    return module.text.startswith(use.name, module.extent(use.node)[0])


def _bound_first(node: ast.AST) -> frozenset[str]:
    targets: list[ast.expr] = []
    if isinstance(node, (ast.For, ast.AsyncFor)):
        targets = [node.target]
    elif isinstance(node, (ast.With, ast.AsyncWith)):
        targets = [item.optional_vars for item in node.items if item.optional_vars]
    return frozenset(name for name, _ in bound_names(targets))
