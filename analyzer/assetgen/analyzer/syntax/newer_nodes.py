"""Node classes that the running Python may lack.

Each name is the class of the running ``ast`` if there is one, else a stand-in with the same fields.
A *field* that an older class lacks (``type_params`` of a function, ``is_lazy`` of an import) is set
on the node itself by `with_field`, so that its type stays the plain one.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

_Node = TypeVar("_Node", bound=ast.AST)
_POSITION = ("lineno", "col_offset", "end_lineno", "end_col_offset")


def with_field(node: _Node, name: str, value: object) -> _Node:
    """The node with one more field, even if its class does not declare it."""
    setattr(node, name, value)
    if name not in node._fields:
        node._fields = (*node._fields, name)  # type: ignore[misc]
    return node


class _TryStar(ast.stmt):
    """``try`` with ``except*`` (Python 3.11)."""

    _fields = ("body", "handlers", "orelse", "finalbody")
    _attributes = _POSITION


class _TypeAlias(ast.stmt):
    """``type X[T] = ...`` (Python 3.12)."""

    _fields = ("name", "type_params", "value")
    _attributes = _POSITION


class _type_param(ast.AST):
    """A type parameter (Python 3.12)."""

    _attributes = _POSITION


class _TypeVar(_type_param):
    """``T: bound = default``; the default is of Python 3.13."""

    _fields = ("name", "bound", "default_value")
    bound = None
    default_value = None


class _TypeVarTuple(_type_param):
    """``*Ts = default``."""

    _fields = ("name", "default_value")
    default_value = None


class _ParamSpec(_type_param):
    """``**P = default``."""

    _fields = ("name", "default_value")
    default_value = None


class _TemplateStr(ast.expr):
    """A t-string (Python 3.14)."""

    _fields = ("values",)
    _attributes = _POSITION


class _Interpolation(ast.expr):
    """A replacement field of a t-string (Python 3.14)."""

    _fields = ("value", "str", "conversion", "format_spec")
    _attributes = _POSITION
    format_spec = None


if TYPE_CHECKING:
    TryStar: Any
    TypeAlias: Any
    TypeVarNode: Any
    TypeVarTuple: Any
    ParamSpec: Any
    TemplateStr: Any
    Interpolation: Any
else:
    TryStar = getattr(ast, "TryStar", _TryStar)
    TypeAlias = getattr(ast, "TypeAlias", _TypeAlias)
    TypeVarNode = getattr(ast, "TypeVar", _TypeVar)
    TypeVarTuple = getattr(ast, "TypeVarTuple", _TypeVarTuple)
    ParamSpec = getattr(ast, "ParamSpec", _ParamSpec)
    TemplateStr = getattr(ast, "TemplateStr", _TemplateStr)
    Interpolation = getattr(ast, "Interpolation", _Interpolation)


def with_type_parameters(node: _Node, parameters: Sequence[ast.AST]) -> _Node:
    """A function or class with its type parameters, always there on Python 3.12 and later."""
    if parameters or sys.version_info >= (3, 12):
        return with_field(node, "type_params", list(parameters))
    return node
