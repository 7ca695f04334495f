"""What the decorators that declare functions say, as it is written there."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.functions import Captured, FunctionRef
from assetgen.codegen.link.assembly.linker import Linker
from assetgen.codegen.link.fragments.expression import Expression, joined, listed
from assetgen.codegen.link.fragments.surroundings import Surroundings
from assetgen.codegen.link.functions.closures import Closures
from assetgen.codegen.link.functions.declared_types import (
    SAYING,
    declared_default,
    declared_type,
    item_of,
)
from assetgen.codegen.link.modules.definitions import Found
from assetgen.codegen.link.modules.source_module import SourceModule
from assetgen.codegen.link.names.bound_names import argument_names, bound_names


@dataclass(frozen=True, slots=True)
class _Declaring:
    """The calls among the decorators of a function that declare it, with the names of what they
    call and of all their arguments."""

    ref: FunctionRef
    calls: tuple[ast.Call, ...] = ()
    names: tuple[str | None, ...] = ()
    arguments: frozenset[str | None] = frozenset()
    says_types: bool = False


class Declarators:
    """Finds the arguments of declaring decorators, and turns them into expressions."""

    def __init__(self, linker: Linker, closures: Closures) -> None:
        self._linker = linker
        self._closures = closures
        # By identity, each with the reference, which stays alive so: hashing places takes as long
        # as all the rest.
        self._known: dict[int, _Declaring] = {}

    def argument(self, ref: FunctionRef, name: str, item: str = "") -> Expression | None:
        """The expression for an argument of the decorator that declares the function, or for an
        item of what is written there; None if there is none."""
        for decorator in self.calls(ref, name):
            given = next((each.value for each in decorator.keywords if each.arg == name), None)
            given = item_of(given, item) if item else given
            if given is not None:
                return self._expression(ref, given)
        return None

    def call(self, ref: FunctionRef, name: str) -> ast.Call | None:
        """The call of the decorator of that name that declares the function."""
        known = self._declaring(ref)
        return known.calls[known.names.index(name)] if name in known.names else None

    def declared_type(self, ref: FunctionRef, kind: str, name: str) -> Expression | None:
        """The type that the decorator says of an input or output of the function."""
        known = self._known.get(id(ref)) or self._declaring(ref)
        for decorator in known.calls if known.says_types else ():
            given = declared_type(decorator, kind, name)
            if given is not None:
                return self._expression(ref, given)
        return None

    def declared_default(self, ref: FunctionRef, name: str) -> Expression | None:
        """The default that the decorator says of an input of the function."""
        for decorator in self.calls(ref, "ins"):
            given = declared_default(decorator, name)
            if given is not None:
                return self._expression(ref, given)
        return None

    def calls(self, ref: FunctionRef, argument: str) -> tuple[ast.Call, ...]:
        """The calls among its decorators that declare a function and may have an argument."""
        module = self._linker.modules[ref.module]
        if not isinstance(module, SourceModule) or not module.has(argument):
            return ()
        known = self._declaring(ref)
        return known.calls if argument in known.arguments else ()

    def _declaring(self, ref: FunctionRef) -> _Declaring:
        known = self._known.get(id(ref))
        if known is None:
            known = self._known[id(ref)] = self._read(ref)
        return known

    def _read(self, ref: FunctionRef) -> _Declaring:
        module = self._linker.modules[ref.module]
        found = self._closures.found(ref) if isinstance(module, SourceModule) else None
        if found is None or not isinstance(module, SourceModule):
            return _Declaring(ref)
        resolver = self._linker.resolver
        calls: list[ast.Call] = []
        names: list[str | None] = []
        arguments: set[str | None] = set()
        for each in getattr(found.node, "decorator_list", ()):
            if isinstance(each, ast.Call):
                name = resolver.is_declared(module, each)
                if name in resolver.declaring:
                    calls.append(each)
                    names.append(name)
                    arguments.update([keyword.arg for keyword in each.keywords])
        says_types = not SAYING.isdisjoint(arguments)
        return _Declaring(ref, (*calls,), (*names,), frozenset(arguments), says_types)

    def variable(self, ref: FunctionRef, name: str) -> Expression | None:
        """The value of a variable of the functions around, as it was when the function was
        defined; None if there is none, or if it was not always the same."""
        found = self._closures.found(ref)
        value = None if found is None else _settled(found, ref).get(name)
        return None if value is None else self._closures.value(value, ref.span)

    def _expression(self, ref: FunctionRef, given: ast.expr) -> Expression | None:
        module = self._linker.modules[ref.module]
        found = self._closures.found(ref)
        if found is None or not isinstance(module, SourceModule):
            return None
        mentioned = {each.id for each in ast.walk(given) if isinstance(each, ast.Name)}
        settled = _settled(found, ref) if mentioned & found.variables else {}
        values = {name: value for name, value in settled.items() if name in mentioned}
        if isinstance(given, ast.Name) and given.id in values:
            return self._closures.value(values[given.id], ref.span)
        around = Surroundings(
            given=frozenset(values),
            withheld=found.variables - values.keys(),
            imports=tuple(found.imports.items()),
        )
        examined = self._linker.examiner.expression(module, given, around)
        expression = joined(self._linker.need_all(examined))
        if not values:
            return expression
        arguments = [self._closures.value(value, ref.span) for value in values.values()]
        head = f"(lambda {', '.join(values)}: "
        return joined(head, expression, ")(", listed(arguments, "", ""), ")")


def _settled(found: Found, ref: FunctionRef) -> dict[str, Captured]:
    """The values of variables of the functions around that are the same whenever they are read."""
    known = {**dict(ref.captures), **dict(ref.around)}
    return {name: value for name, value in known.items() if _is_bound_once(found.functions, name)}


def _is_bound_once(functions: Sequence[ast.AST], name: str) -> bool:
    """Whether a variable of functions is a parameter that nothing changes, or bound in one place
    that no loop repeats."""
    places: list[bool] = []
    for function in functions:
        assert isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        places += [True for parameter, _ in argument_names(function.args) if parameter == name]
        for statement in [] if isinstance(function, ast.Lambda) else function.body:
            bound = [each for each, _ in bound_names([statement]) if each == name]
            if bound:
                places += [not _may_repeat(statement)] * len(bound)
        places += [False for each in ast.walk(function) if _is_declared_outside(each, name)]
    return places == [True]


def _may_repeat(statement: ast.stmt) -> bool:
    loops = (ast.For, ast.AsyncFor, ast.While)
    return any(isinstance(each, loops) for each in ast.walk(statement))


def _is_declared_outside(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Nonlocal) and name in node.names
