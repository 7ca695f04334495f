"""Names and their values while a module, class body or function call is evaluated."""

from __future__ import annotations

from assetgen.analyzer.evaluate.values import Value
from assetgen.analyzer.model.dataclass import dataclass, field


@dataclass(slots=True, eq=False)
class Scope:
    """One namespace.

    `parent` is the textually enclosing scope, not counting class bodies. `kind` is "module",
    "class", "function" or "comprehension". `globals_` and `nonlocals` hold the names that are
    declared so.
    """

    kind: str
    names: dict[str, Value] = field(default_factory=dict)
    parent: Scope | None = None
    globals_: frozenset[str] = frozenset()
    nonlocals: frozenset[str] = frozenset()
    qualname: str = ""

    def lookup(self, name: str) -> Value | None:
        """What `name` stands for here or in an enclosing scope."""
        scope: Scope | None = self
        if name in self.globals_:
            return self.module_scope().names.get(name)
        while scope is not None:
            value = scope.names.get(name)
            if value is not None:
                return value
            scope = scope.parent
        return None

    def target(self, name: str) -> dict[str, Value]:
        """The names that an assignment to `name` here changes, given `global` and `nonlocal`."""
        if name in self.globals_:
            return self.module_scope().names
        if name in self.nonlocals:
            return self._enclosing(name).names
        return self.names

    def module_scope(self) -> Scope:
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def function_scope(self) -> Scope:
        """The scope that `:=` inside a comprehension binds in."""
        scope = self
        while scope.kind == "comprehension" and scope.parent is not None:
            scope = scope.parent
        return scope

    def closure(self) -> Scope:
        """The scope that a function defined here closes over, which is no class body."""
        scope = self
        while scope.kind == "class" and scope.parent is not None:
            scope = scope.parent
        return scope

    def _enclosing(self, name: str) -> Scope:
        scope = self.parent
        while scope is not None:
            if name in scope.names and scope.kind == "function":
                return scope
            scope = scope.parent
        return self
