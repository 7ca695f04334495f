"""Which definitions a statement changes when it is executed, besides those it binds."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from assetgen.codegen.link.modules.modules import Modules
from assetgen.codegen.link.modules.resolver import Resolver
from assetgen.codegen.link.modules.source_module import SourceModule
from assetgen.codegen.link.modules.targets import Imported, Submodules, Symbol
from assetgen.codegen.link.names.bound_names import (
    argument_names,
    bound_names,
    children,
    is_constant,
)
from assetgen.codegen.link.text.places import places_of_word

_DEPTH = 4
# Methods by which functions fill what stands at module level.
_FILLING = frozenset(
    {
        "add",
        "append",
        "appendleft",
        "clear",
        "discard",
        "extend",
        "insert",
        "pop",
        "popitem",
        "put",
        "register",
        "remove",
        "setdefault",
        "update",
    }
)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Effects:
    """Finds what statements do to definitions made elsewhere."""

    def __init__(self, modules: Modules, resolver: Resolver) -> None:
        self._modules = modules
        self._resolver = resolver
        self._declaring = resolver.declaring
        self._by_function: dict[Symbol, frozenset[Symbol]] = {}
        self._imported: dict[str, tuple[Imported, ...]] = {}

    def changed(self, module: SourceModule, node: ast.AST) -> frozenset[Symbol]:
        """The definitions that the statement fills, assigns into, or has a function do so."""
        return frozenset(self._changed(module, node))

    def is_external(self, module: SourceModule, node: ast.stmt) -> bool:
        """Whether a statement is a bare call into a library, such as `load_dotenv()`.

        Calls that extend `sys.path` do not count: there is nothing left to find by it.
        """
        if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
            return False
        dotted = _dotted(node.value.func)
        if dotted is None or dotted.startswith("sys.path."):
            return False
        target = self._resolver.of_dotted(module, dotted).target
        if not isinstance(target, (Imported, Submodules)):
            return False
        return not any(self._is_of_api(module, each) for each in ast.walk(node))

    def imported(self, module: SourceModule) -> tuple[Imported, ...]:
        """What a module imports from libraries for what that does: it uses the names nowhere, and
        linters are told that this is meant. A package may have them for others."""
        known = self._imported.get(module.name)
        if known is None:
            names = _unused_names(module) if module.has("noqa") and not module.is_package else ()
            targets = (self._resolver.of_name(module, name) for name in names)
            known = tuple(each for each in targets if isinstance(each, Imported))
            self._imported[module.name] = known
        return known

    def _is_of_api(self, module: SourceModule, node: ast.AST) -> bool:
        return (
            isinstance(node, (ast.Name, ast.Attribute))
            and self._resolver.is_declared(module, node) is not None
        )

    def _changed(self, module: SourceModule, node: ast.AST) -> Iterator[Symbol]:
        if isinstance(node, ast.ClassDef):
            yield from self._told(module, node, _DEPTH)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            # A bare call is there for what it does, maybe to its arguments.
            for argument in (*node.value.args, *(each.value for each in node.value.keywords)):
                yield from self._named(module, argument)
        for place in _executed(node):
            for name in _changed_names(place):
                yield from self._symbols(module, name)
            if isinstance(place, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                for decorator in place.decorator_list:
                    if self._resolver.is_declared(module, decorator) not in self._declaring:
                        yield from self._by_call(module, decorator, _DEPTH)
            elif isinstance(place, ast.Call):
                yield from self._by_call(module, place.func, _DEPTH)

    def _told(self, module: SourceModule, node: ast.ClassDef, depth: int) -> Iterator[Symbol]:
        """The classes above one that take note of it: they can tell who derives from them."""
        for base in node.bases if depth else ():
            for symbol in self._named(module, base):
                home = self._modules[symbol.module]
                if not isinstance(home, SourceModule) or self._resolver.is_library(symbol.module):
                    continue
                for binding in home.bindings.get(symbol.name, ()):
                    if isinstance(binding.node, ast.ClassDef):
                        if _takes_note(home, binding.node):
                            yield symbol
                        yield from self._told(home, binding.node, depth - 1)

    def _by_call(self, module: SourceModule, function: ast.expr, depth: int) -> Iterable[Symbol]:
        if isinstance(function, ast.Call):
            function = function.func
        dotted = _dotted(function)
        if dotted is None or not depth:
            return ()
        found: set[Symbol] = set()
        for symbol in self._symbols(module, dotted, whole=True):
            if symbol not in self._by_function:
                self._by_function[symbol] = frozenset()  # while it is looked at
                self._by_function[symbol] = frozenset(self._by_body(symbol, depth))
            found |= self._by_function[symbol]
        return found

    def _by_body(self, symbol: Symbol, depth: int) -> Iterator[Symbol]:
        """What calling a function of the project changes at module level."""
        home = self._modules[symbol.module]
        if not isinstance(home, SourceModule):
            return
        for binding in home.bindings.get(symbol.name, ()):
            function = binding.node
            if not isinstance(function, _FUNCTIONS):
                continue
            # A function inside may be handed out and called: a decorator's does its work there.
            nodes = [*self._walk(home, function.body)]
            inner = [each for each in nodes if isinstance(each, _FUNCTIONS)]
            own = {
                name
                for each in (function, *inner)
                for name, _ in (*argument_names(each.args), *bound_names(each.body))
            }
            declared = {
                name for each in nodes if isinstance(each, ast.Global) for name in each.names
            }
            yield from (Symbol(home.name, name) for name in declared)
            for node in nodes:
                for name in _changed_names(node, _FILLING):
                    if name.partition(".")[0] not in own - declared:
                        yield from self._symbols(home, name)
                if isinstance(node, ast.Call):
                    yield from self._by_call(home, node.func, depth - 1)

    def _walk(self, module: SourceModule, body: list[ast.stmt]) -> Iterator[ast.AST]:
        """Everything in a function's body but the definitions of Dagster's, which run later."""
        stack: list[ast.AST] = [*body]
        while stack:
            node = stack.pop()
            decorators = node.decorator_list if isinstance(node, _FUNCTIONS) else []
            names = (self._resolver.is_declared(module, each) for each in decorators)
            if any(name in self._declaring for name in names):
                continue
            yield node
            stack.extend(children(node))

    def _named(self, module: SourceModule, node: ast.expr) -> Iterator[Symbol]:
        dotted = _dotted(node)
        if dotted is not None:
            yield from self._symbols(module, dotted)

    def _symbols(
        self, module: SourceModule, dotted: str, *, whole: bool = False
    ) -> Iterator[Symbol]:
        """The definition that a dotted name means; or is, as a `whole`, and not an attribute of."""
        if dotted.partition(".")[0] in module.bindings:
            found = self._resolver.of_dotted(module, dotted)
            if isinstance(found.target, Symbol) and (not whole or found.taken == dotted.count(".")):
                yield found.target


_UNUSED = re.compile(r"#\s*noqa\b(?!:)|#\s*noqa:[\w\s,]*\bF401\b")


def _unused_names(module: SourceModule) -> Iterator[str]:
    """The names of imports of which a comment says that nothing uses them, and which nothing in
    the module does."""
    text = module.text
    lines = text.split("\n")
    for name, bindings in module.bindings.items():
        for alias in (each.alias for each in bindings if not each.typing_only):
            if alias is None:
                continue
            first, last = alias.node.lineno, alias.node.end_lineno or alias.node.lineno
            places = {first, alias.alias.lineno, last}
            is_meant = any(_UNUSED.search(lines[number - 1]) for number in places)
            if is_meant and len(places_of_word(text, 0, len(text), name)) == 1:
                yield name


def is_active(node: ast.stmt) -> bool:
    """Whether a statement could have an effect on something it does not bind."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return False
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return bool(node.decorator_list)
    return not is_constant(node)


def _takes_note(module: SourceModule, node: ast.ClassDef) -> bool:
    """Whether a class, or a metaclass of the project's, learns of the classes that derive from it,
    or can be asked for them."""
    hooks = {each.name for each in node.body if isinstance(each, _FUNCTIONS)}
    if "__init_subclass__" in hooks or "__subclasses__" in module.text:
        return True
    metaclasses = (each.value for each in node.keywords if each.arg == "metaclass")
    return any((_dotted(each) or "").rpartition(".")[2] != "ABCMeta" for each in metaclasses)


def _executed(node: ast.AST) -> Iterator[ast.AST]:
    """What runs at once: bodies of functions do not."""
    stack = [node]
    while stack:
        inner = stack.pop()
        yield inner
        if not isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            stack.extend(children(inner))


def _changed_names(node: ast.AST, methods: frozenset[str] | None = None) -> Iterator[str]:
    """Names (dotted) whose object the node itself changes: `x[0] = 1`, `x.a = 1`, `x.add(1)`.

    Of bare calls of methods those count that are called one of `methods` (None: all).
    """
    targets: list[ast.expr] = []
    if isinstance(node, (ast.Assign, ast.Delete)):
        targets = node.targets
    elif isinstance(node, (ast.AugAssign, ast.For, ast.AsyncFor)):
        targets = [node.target]
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        function = node.value.func
        if isinstance(function, ast.Attribute) and (methods is None or function.attr in methods):
            targets = [function]
    for target in targets:
        base = target
        while isinstance(base, (ast.Subscript, ast.Attribute, ast.Starred)):
            base = base.value
            dotted = _dotted(base)
            if dotted is not None:
                yield dotted


def _dotted(node: ast.expr) -> str | None:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *parts[::-1]]) if isinstance(node, ast.Name) else None
