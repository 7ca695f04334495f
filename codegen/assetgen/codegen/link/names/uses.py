"""Which names of the module around a piece of code it uses, where, and when."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any

from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.codegen.link.names.bound_names import (
    Binder,
    argument_names,
    bound_names,
    children,
    import_name,
)


@dataclass(frozen=True, slots=True, eq=False)
class Use:
    """A mention of a name that is no local variable.

    `node` is the `ast.Name`, or what binds the name in another way (a definition, an import, a
    `global` statement). `chain` are the attributes taken of it, from the inside: two for
    `a.b.c`. `eager` uses happen while the module is executed, others when a function is called.
    `annotation` is the whole annotation that the use stands in, if nothing evaluates it early;
    `of_attribute` is one in a class body that Python does not evaluate, but the class may.
    `around` are the local names visible there. `imported` is the import inside a function that
    the name comes from. `soft`: in a class body that binds the name too. `called`: the use is
    the function of a call. `local`: the use is an import inside a function or class.
    """

    name: str
    node: ast.AST
    chain: tuple[ast.Attribute, ...]
    eager: bool
    binds: bool
    annotation: ast.expr | None
    around: frozenset[str]
    of_attribute: ast.expr | None = None
    imported: tuple[ast.Import | ast.ImportFrom, ast.alias] | None = None
    soft: bool = False
    called: bool = False
    local: bool = False


def uses_in(
    node: ast.AST,
    enclosing: frozenset[str] = frozenset(),
    *,
    walrus: bool = True,
    declares: bool = True,
    lazy: bool = False,
) -> tuple[Use, ...]:
    """Every use in a statement or expression at module level, in source order.

    `enclosing` are the variables of functions around it, which are no uses. `walrus=False`
    says that there is no `:=` in it, `declares=False` that there is no `global` or `nonlocal`.
    With `lazy` annotations are not evaluated where they stand.
    """
    walker = _Walker(enclosing, walrus, declares, lazy)
    walker.visit(node)
    return tuple(walker.uses)


@dataclass(slots=True)
class _Scope:
    kind: str  # "function", "class" or "comprehension"
    bound: frozenset[str]
    global_names: frozenset[str] = frozenset()
    imports: dict[str, tuple[ast.Import | ast.ImportFrom, ast.alias]] = field(default_factory=dict)


_Definition = ast.FunctionDef | ast.AsyncFunctionDef
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class _Walker:
    def __init__(self, enclosing: frozenset[str], walrus: bool, declares: bool, lazy: bool) -> None:
        self._walrus = walrus
        self._lazy = lazy
        self._declares = declares
        self.uses: list[Use] = []
        self._scopes = [_Scope("enclosing", enclosing)] if enclosing else []
        self._around: tuple[_Scope | None, frozenset[str]] = (None, frozenset())
        self._deferred = 0
        self._annotation: ast.expr | None = None
        self._of_attribute: ast.expr | None = None

    def visit(self, node: ast.AST) -> None:
        handler = _HANDLERS.get(type(node))
        if handler is not None:
            handler(self, node)
        else:
            for child in children(node):
                if type(child) is not ast.Constant:
                    self.visit(child)

    def visit_all(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def name(self, node: ast.Name) -> None:
        self._mention(node.id, node, (), binds=not isinstance(node.ctx, ast.Load))

    def attribute(self, node: ast.Attribute, *, called: bool = False) -> None:
        chain: list[ast.Attribute] = []
        inner: ast.expr = node
        while isinstance(inner, ast.Attribute):
            chain.append(inner)
            inner = inner.value
        if isinstance(inner, ast.Name):
            self._mention(inner.id, inner, tuple(chain[::-1]), called=called)
        else:
            self.visit(inner)

    def call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name):
            self._mention(node.func.id, node.func, (), called=True)
        elif isinstance(node.func, ast.Attribute):
            self.attribute(node.func, called=True)
        else:
            self.visit(node.func)
        self.visit_all([*node.args, *node.keywords])

    def function(self, node: _Definition) -> None:
        self.visit_all(node.decorator_list)
        self._mention(node.name, node, (), binds=True)
        parameters = _type_parameters(node)
        if parameters:
            self._scopes.append(_Scope("function", frozenset(name for name, _ in parameters)))
        self._signature(node.args, node.returns)
        bound = [*argument_names(node.args), *bound_names(node.body, walrus=self._walrus)]
        self._enter(_function_scope(bound, node.body, self._declares))
        self.visit_all(node.body)
        self._leave()
        if parameters:
            self._scopes.pop()

    def anonymous(self, node: ast.Lambda) -> None:
        self._signature(node.args, None)
        bound = [*argument_names(node.args), *bound_names([node.body])]
        self._enter(_Scope("function", frozenset(name for name, _ in bound)))
        self.visit(node.body)
        self._leave()

    def klass(self, node: ast.ClassDef) -> None:
        self.visit_all(node.decorator_list)
        self._mention(node.name, node, (), binds=True)
        parameters = _type_parameters(node)
        if parameters:
            self._scopes.append(_Scope("function", frozenset(name for name, _ in parameters)))
        self.visit_all([*node.bases, *node.keywords])
        self._scopes.append(
            _function_scope(
                list(bound_names(node.body, walrus=self._walrus)),
                node.body,
                self._declares,
                "class",
            )
        )
        self.visit_all(node.body)
        self._scopes.pop()
        if parameters:
            self._scopes.pop()

    def comprehension(self, node: _Comprehension) -> None:
        first, *others = node.generators
        self.visit(first.iter)
        bound = bound_names([each.target for each in node.generators])
        self._scopes.append(_Scope("comprehension", frozenset(name for name, _ in bound)))
        self.visit_all([first.target, *first.ifs, *others])
        results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        self.visit_all(results)
        self._scopes.pop()

    def annotated(self, node: ast.AnnAssign) -> None:
        in_class = bool(self._scopes) and self._scopes[-1].kind == "class"
        outer = self._annotation
        self._annotation = None if in_class else node.annotation
        self._of_attribute = node.annotation if in_class and self._lazy else None
        self._deferred += self._lazy
        self.visit(node.annotation)
        self._deferred -= self._lazy
        self._annotation, self._of_attribute = outer, None
        self.visit_all([node.target, node.value])

    def declared(self, node: ast.Global) -> None:
        for name in node.names:
            self._use(name, node, (), binds=True)

    def imports(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name != "*":
                name = import_name(alias)
                scope = self._scopes[-1] if self._scopes else None
                local = scope is not None and name not in scope.global_names
                self._use(name, alias, (), binds=True, imported=(node, alias), local=local)

    def handler(self, node: ast.ExceptHandler) -> None:
        self.visit_all([node.type])
        if node.name:
            self._mention(node.name, node, (), binds=True)
        self.visit_all(node.body)

    def pattern(self, node: ast.MatchAs | ast.MatchStar | ast.MatchMapping) -> None:
        name = node.rest if isinstance(node, ast.MatchMapping) else node.name
        for child in children(node):
            self.visit(child)
        if name:
            self._mention(name, node, (), binds=True)

    def _signature(self, arguments: ast.arguments, returns: ast.expr | None) -> None:
        self.visit_all([*arguments.defaults, *arguments.kw_defaults])
        annotations = [parameter.annotation for _, parameter in argument_names(arguments)]
        outer = self._annotation
        for annotation in (*annotations, returns):
            if annotation is not None:
                self._annotation = annotation
                self.visit(annotation)
        self._annotation = outer

    def _enter(self, scope: _Scope) -> None:
        self._scopes.append(scope)
        self._deferred += 1

    def _leave(self) -> None:
        self._scopes.pop()
        self._deferred -= 1

    def _mention(
        self,
        name: str,
        node: ast.AST,
        chain: tuple[ast.Attribute, ...],
        *,
        binds: bool = False,
        called: bool = False,
    ) -> None:
        """Record the mention unless the name is a local variable there."""
        for depth, scope in enumerate(reversed(self._scopes)):
            if scope.kind == "class" and depth > 0:
                continue
            if name in scope.global_names:
                break
            if name not in scope.bound:
                continue
            if name in scope.imports:
                self._use(name, node, chain, binds, called, imported=scope.imports[name])
            elif scope.kind == "class" and not binds:
                self._use(name, node, chain, binds, called, soft=True)
            return
        self._use(name, node, chain, binds, called)

    def _visible(self) -> frozenset[str]:
        """All local names of the scopes around."""
        if not self._scopes:
            return frozenset()
        # Most uses share their scopes with the use before.
        innermost = self._scopes[-1]
        if self._around[0] is not innermost:
            self._around = (innermost, frozenset().union(*(scope.bound for scope in self._scopes)))
        return self._around[1]

    def _use(
        self,
        name: str,
        node: ast.AST,
        chain: tuple[ast.Attribute, ...],
        binds: bool = False,
        called: bool = False,
        imported: tuple[ast.Import | ast.ImportFrom, ast.alias] | None = None,
        soft: bool = False,
        local: bool = False,
    ) -> None:
        self.uses.append(
            Use(
                name=name,
                node=node,
                chain=chain,
                eager=not self._deferred,
                binds=binds,
                annotation=self._annotation,
                around=self._visible(),
                of_attribute=self._of_attribute,
                imported=imported,
                soft=soft,
                called=called,
                local=local,
            )
        )


def _function_scope(
    bound: list[tuple[str, Binder]] | list[tuple[str, ast.AST]],
    body: list[ast.stmt],
    declares: bool,
    kind: str = "function",
) -> _Scope:
    """The scope of a body: names that it declares global or nonlocal are not its own.

    `declares`: it may do so.
    """
    elsewhere: dict[type[ast.AST], set[str]] = {ast.Global: set(), ast.Nonlocal: set()}
    own_imports: dict[str, tuple[ast.Import | ast.ImportFrom, ast.alias]] = {}
    times: dict[str, int] = {}
    for name, _ in bound:
        times[name] = times.get(name, 0) + 1
    # Few functions have any of what the rest is about.
    special = any(isinstance(binder, ast.alias) for _, binder in bound) or declares
    for node in _own_statements(body) if special else ():
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            elsewhere[type(node)].update(node.names)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                if times.get(import_name(alias)) == 1:
                    own_imports[import_name(alias)] = (node, alias)
    outside = elsewhere[ast.Global] | elsewhere[ast.Nonlocal]
    return _Scope(
        kind,
        frozenset(name for name, _ in bound if name not in outside),
        frozenset(elsewhere[ast.Global]),
        own_imports,
    )


def _own_statements(body: list[ast.stmt]) -> Iterable[ast.stmt]:
    stack: list[ast.AST] = [*body]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.stmt):
            yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.expr)):
            stack.extend(children(node))


def _type_parameters(node: ast.AST) -> list[tuple[str, ast.AST]]:
    """PEP 695's parameters; trees of Python 3.11 and before have none."""
    return [(parameter.name, parameter) for parameter in getattr(node, "type_params", ())]


_HANDLERS: dict[type[ast.AST], Callable[[_Walker, Any], None]] = {
    ast.Name: _Walker.name,
    ast.Attribute: _Walker.attribute,
    ast.Call: _Walker.call,
    ast.FunctionDef: _Walker.function,
    ast.AsyncFunctionDef: _Walker.function,
    ast.Lambda: _Walker.anonymous,
    ast.ClassDef: _Walker.klass,
    ast.ListComp: _Walker.comprehension,
    ast.SetComp: _Walker.comprehension,
    ast.DictComp: _Walker.comprehension,
    ast.GeneratorExp: _Walker.comprehension,
    ast.AnnAssign: _Walker.annotated,
    ast.Global: _Walker.declared,
    ast.Import: _Walker.imports,
    ast.ImportFrom: _Walker.imports,
    ast.ExceptHandler: _Walker.handler,
    ast.MatchAs: _Walker.pattern,
    ast.MatchStar: _Walker.pattern,
    ast.MatchMapping: _Walker.pattern,
}
