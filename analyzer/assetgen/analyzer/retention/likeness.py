"""Whether a module that was typed into is still the same to everybody else."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable
from typing import Any

from assetgen.analyzer.evaluate.contribution import Contribution
from assetgen.analyzer.evaluate.shape import shape_of
from assetgen.analyzer.evaluate.values import Module
from assetgen.analyzer.intrinsics.dagster.declared.identity import Identity
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.syntax.bindings import free_names

Evaluated = tuple[Module, Contribution]


def is_alike(before: Evaluated, now: Evaluated, entered: Collection[int]) -> bool:
    """Whether two evaluations of a module gave the same, at the same places.

    The bodies of functions may differ where nobody has looked into them: `entered` holds the
    identities of the nodes of functions that were called. What is in doubt counts as different.
    """
    comparison = _Comparison(entered)
    comparison.pair(before[0], now[0])
    return comparison.is_alike(_said(*before), _said(*now))


def _said(module: Module, made: Contribution) -> tuple[object, ...]:
    rests_on = (made.uses, made.needs, made.data)
    told = (made.diagnostics, made.environment_reads, made.assigned)
    return (module.scope.names, module.stars, made.declared, made.loads, *told, *rests_on)


class _Comparison:
    """Compares two webs of objects: each object of one stands for just one of the other."""

    def __init__(self, entered: Collection[int]) -> None:
        self._entered = entered
        self._partners: dict[int, int] = {}
        self._held: list[object] = []

    def pair(self, one: object, other: object) -> None:
        """Let one object stand for the other, whatever is in them."""
        self._partners[id(one)] = id(other)
        self._held += (one, other)

    def is_alike(self, before: object, now: object) -> bool:
        waiting: list[tuple[Any, Any]] = [(before, now)]
        while waiting:
            one, other = waiting.pop()
            if one is other:
                continue
            partner = self._partners.get(id(one))
            if partner is not None:
                if partner != id(other):
                    return False
                continue
            if type(one) is not type(other):
                return False
            self.pair(one, other)
            parts = self._parts(one, other)
            if parts is None:
                return False
            waiting += parts
        return True

    def _parts(self, one: Any, other: Any) -> Iterable[tuple[Any, Any]] | None:
        """What must be alike for two objects to be; None if they are not."""
        kind = type(one)
        if kind is Module:
            return None
        if kind is Identity:
            return ()
        if kind in (list, tuple):
            return zip(one, other, strict=True) if len(one) == len(other) else None
        if kind is dict:
            return zip(one.values(), other.values(), strict=True) if [*one] == [*other] else None
        if isinstance(one, ast.AST):
            return () if self._is_same_code(one, other) else None
        slots = [name for base in kind.__mro__ for name in getattr(base, "__slots__", ())]
        if not slots or kind in _PLAIN or not kind.__module__.startswith("assetgen."):
            return () if one == other else None
        return [
            (getattr(one, name, None), getattr(other, name, None))
            for name in slots
            if name != "age"  # when it was made, which is never the same
        ]

    def _is_same_code(self, one: Any, other: Any) -> bool:
        if type(one) is not type(other):
            return False
        if isinstance(one, list):
            return len(one) == len(other) and all(map(self._is_same_code, one, other))
        if not isinstance(one, ast.AST):
            return bool(one == other)
        if any(getattr(one, name, 0) != getattr(other, name, 0) for name in one._attributes):
            return False
        is_open = not isinstance(one, _FUNCTIONS) or id(one) in self._entered
        return (is_open or _is_same_outside(one, other)) and all(
            self._is_same_code(getattr(one, name, None), getattr(other, name, None))
            for name in one._fields
            if is_open or name != "body"
        )


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_PLAIN = (Span, AssetKey)


def _is_same_outside(one: Any, other: Any) -> bool:
    """Whether the bodies of two functions are the same to who does not run them."""
    return (
        ast.get_docstring(one, clean=False) == ast.get_docstring(other, clean=False)
        and shape_of(one) == shape_of(other)
        and free_names(one) == free_names(other)
    )
