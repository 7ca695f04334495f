"""Which attributes the classes of the library have, so that what they lack is told in time."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from functools import lru_cache

from assetgen.codegen.link.modules.modules import Modules
from assetgen.codegen.link.modules.resolver import Resolver
from assetgen.codegen.link.modules.source_module import SourceModule
from assetgen.codegen.link.modules.targets import Builtin, Imported, Symbol
from assetgen.codegen.link.names.bound_names import argument_names, bound_names

# What a parameter is, by the end of its annotation, and by the method that takes it.
_BY_ANNOTATION = {
    "AssetCheckExecutionContext": "AssetExecutionContext",
    "AssetExecutionContext": "AssetExecutionContext",
    "InputContext": "InputContext",
    "OpExecutionContext": "AssetExecutionContext",
    "OutputContext": "OutputContext",
}
# What contexts hold, with a class of its own.
_HELD = {"instance": ("assetgen.runtime.execution.histories", "DagsterInstance")}
_BY_METHOD = {"handle_output": "OutputContext", "load_input": "InputContext"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Classes of Python's own that the library's derive from, with the attributes that they give.
_OF_TUPLES = frozenset({"_asdict", "_replace", "count", "index"})
_BASES = {
    "Enum": frozenset({"name", "value"}),
    "Generic": frozenset[str](),
    "NamedTuple": _OF_TUPLES,
    "Protocol": frozenset[str](),
}


class Members:
    """Looks classes up in the library; an unknown class may have any attribute."""

    def __init__(
        self, modules: Modules, resolver: Resolver, library: tuple[Modules, Resolver] | None = None
    ) -> None:
        """`library` finds what the library defines, where it is imported and not linked."""
        self._modules = modules
        self._resolver = resolver
        self._library, self._inside = library or (modules, resolver)
        self._known: dict[Symbol, frozenset[str] | None] = {}

    def lacks(self, symbol: Symbol | Imported, attribute: str) -> bool:
        """Whether a definition is a class that is known to have no such attribute."""
        if isinstance(symbol, Imported):
            target = self._inside.in_module(symbol.module, symbol.name)
            return isinstance(target, Symbol) and self.lacks(target, attribute)
        if attribute.startswith("__"):
            return False
        if symbol not in self._known:
            self._known[symbol] = None  # while it is looked at
            found = self._of(symbol)
            self._known[symbol] = frozenset(found) if found is not None else None
        known = self._known[symbol]
        return known is not None and attribute not in known

    def missing(
        self, module: SourceModule, node: ast.AST, text: str, is_step: bool
    ) -> Iterator[tuple[ast.Attribute, str]]:
        """Attributes that code takes of contexts, and that these do not have; with their class.

        `text` is the source of the node, which mentions some context.
        """
        alone = isinstance(node, _FUNCTIONS) and not _take_contexts(text.split("def ")[2:])
        for function in (node,) if alone else ast.walk(node):
            if not isinstance(function, _FUNCTIONS):
                continue
            kinds = dict(_contexts(function, is_step and function is node))
            if not any(self._lacks_any(name, kind, text) for name, kind in kinds.items()):
                continue
            for attribute in ast.walk(function):
                if not isinstance(attribute, ast.Attribute):
                    continue
                inner = attribute.value
                held = inner.attr if isinstance(inner, ast.Attribute) else ""
                if isinstance(inner, ast.Attribute):
                    inner = inner.value
                kind = kinds.get(inner.id) if isinstance(inner, ast.Name) else None
                symbol = self._in_library(kind, held) if kind else None
                if kind and symbol is not None and self.lacks(symbol, attribute.attr):
                    yield attribute, f"{kind}.{held}" if held else kind

    def validators(self, module: SourceModule, node: ast.ClassDef) -> Iterator[ast.expr]:
        """Decorators of pydantic's in a class that derives from one of the library's, which
        nobody would heed."""
        if not self.derives(module, node):
            return
        for method in node.body:
            for decorator in getattr(method, "decorator_list", ()):
                name = decorator.func if isinstance(decorator, ast.Call) else decorator
                if isinstance(name, (ast.Name, ast.Attribute)):
                    written = ast.unparse(name)
                    target = self._resolver.of_dotted(module, written).target
                    if isinstance(target, Imported) and target.module.startswith("pydantic"):
                        known = target.name or written.rpartition(".")[2]
                        if not _is_heeded(known, decorator, method):
                            yield decorator

    def derives(self, module: SourceModule, node: ast.ClassDef) -> bool:
        """Whether a class of the project derives from one of the library's."""
        return any(self._derives(module, base, ()) for base in node.bases)

    def _derives(self, module: SourceModule, base: ast.expr, seen: tuple[str, ...]) -> bool:
        target = self._resolver.of_dotted(module, ast.unparse(base).partition("[")[0]).target
        if not isinstance(target, (Symbol, Imported)) or target.name in seen:
            return False
        if self._resolver.is_library(target.module) or isinstance(target, Imported):
            return self._resolver.is_library(target.module)
        home = self._modules[target.module]
        bindings = home.bindings.get(target.name, ()) if isinstance(home, SourceModule) else ()
        nodes = [each.node for each in bindings if isinstance(each.node, ast.ClassDef)]
        return isinstance(home, SourceModule) and any(
            self._derives(home, each, (*seen, target.name)) for node in nodes for each in node.bases
        )

    def _lacks_any(self, name: str, kind: str, text: str) -> bool:
        """Whether a text seems to take an attribute of `name` that its class does not have."""
        taken = {
            each.groups("")
            for each in _taken_of(name).finditer(text)
            if not f"_{text[each.start() - 1]}".isidentifier()
        }
        return any(
            symbol is not None and self.lacks(symbol, attribute)
            for first, second in taken
            for held, attribute in (("", first), (first, second))
            if attribute
            for symbol in [self._in_library(kind, held)]
        )

    def _in_library(self, name: str, held: str = "") -> Symbol | None:
        """A class of contexts, or that of what they hold under a name."""
        if held:
            known = _HELD.get(held)
            target = self._inside.in_module(*known) if known is not None else None
            return target if isinstance(target, Symbol) else None
        target = self._inside.in_module("dagster", name)
        return target if isinstance(target, Symbol) else None

    def _of(self, symbol: Symbol) -> set[str] | None:
        module = self._library[symbol.module]
        if not isinstance(module, SourceModule):
            return None
        bindings = module.bindings.get(symbol.name, ())
        if len(bindings) != 1:
            return None
        node = bindings[0].piece.node
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name):
            other = self._inside.of_name(module, node.value.id)
            return self._of(other) if isinstance(other, Symbol) else None
        if not isinstance(node, ast.ClassDef) or node.keywords:
            return None
        found = {name for name, _ in bound_names(node.body)} | set(_assigned(node))
        if "__getattr__" in found:
            return None
        for base in node.bases:
            inherited = self._inherited(module, base)
            if inherited is None:
                return None
            found |= inherited
        return found

    def _inherited(self, module: SourceModule, base: ast.expr) -> set[str] | None:
        if isinstance(base, ast.Subscript):
            base = base.value
        if not isinstance(base, ast.Name):
            return None
        target = self._inside.of_name(module, base.id)
        if isinstance(target, Symbol):
            return self._of(target)
        if isinstance(target, Imported) and target.name in _BASES:
            return {*_BASES[target.name]}
        return set(dir(getattr(builtins, base.id))) if isinstance(target, Builtin) else None


@lru_cache(maxsize=100)
def _taken_of(name: str) -> re.Pattern[str]:
    """What is taken of a name. It begins with the name, which is found fast so."""
    return re.compile(rf"{re.escape(name)}\s*\.\s*(\w+)(?:\s*\.\s*(\w+))?")


def _is_heeded(name: str, decorator: ast.expr, method: ast.stmt) -> bool:
    """Whether the library asks what a decorator of pydantic's marks."""
    if not isinstance(decorator, ast.Call):
        return False
    options = {each.arg: each.value for each in decorator.keywords}
    if name in ("field_validator", "model_validator"):
        mode = options.get("mode")
        return mode is None or (isinstance(mode, ast.Constant) and mode.value in _MODES)
    before = options.get("pre")
    first = isinstance(before, ast.Constant) and before.value is True
    if name == "root_validator":
        return first and options.keys() == {"pre"}
    # One that takes a value and nothing else is asked as its successor would be.
    plain = isinstance(method, _FUNCTIONS) and len([*argument_names(method.args)]) == 2
    return name == "validator" and plain and options.keys() <= {"pre", "allow_reuse"}


_MODES = ("before", "after")


def _take_contexts(definitions: list[str]) -> bool:
    """Whether a context seems to be among the parameters of one of the definitions."""
    return any("ontext" in each[: each.find(":\n")] for each in definitions)


def _assigned(node: ast.ClassDef) -> Iterator[str]:
    """Attributes that methods give to `self`, and those of `__slots__`."""
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store):
            yield each.attr
        elif isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield from (each.value,) if each.value.isidentifier() else ()


def _names_in(annotation: ast.expr | None) -> list[str]:
    """The names in an annotation, as they are written one after another; the last one alone of a
    dotted name."""
    if annotation is None:
        return []
    if isinstance(annotation, ast.Name):
        return [annotation.id]
    if isinstance(annotation, ast.Attribute):
        return [annotation.attr]
    return re.findall(r"\w+", ast.unparse(annotation))


def _contexts(
    function: ast.FunctionDef | ast.AsyncFunctionDef, is_step: bool
) -> Iterator[tuple[str, str]]:
    """The parameters that are contexts, each with its class."""
    parameters = [*function.args.posonlyargs, *function.args.args]
    for number, parameter in enumerate(parameters):
        names = _names_in(parameter.annotation)
        kind = _BY_ANNOTATION.get(names[-1]) if names else None
        if kind is None and not names and parameter.arg == "context":
            kind = _BY_METHOD.get(function.name)
            if is_step and number == 0:
                kind = "AssetExecutionContext"
        if kind is not None:
            yield parameter.arg, kind
