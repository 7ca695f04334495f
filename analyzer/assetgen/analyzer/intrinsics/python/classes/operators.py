"""The module `operator`."""

from __future__ import annotations

import ast
import operator
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.bound_values import KnownMethod, Partial
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.expressions import relations
from assetgen.analyzer.evaluate.expressions.changed_items import delete_item
from assetgen.analyzer.evaluate.statements import statements
from assetgen.analyzer.evaluate.values import FALSE, NONE, TRUE, Constant, External, Sequence, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost, pure

_TWO: Final = Parameters("a, b, /")
_ONE: Final = Parameters("a, /")
_THREE: Final = Parameters("a, b, c, /")


def _getter(name: str) -> Intrinsic:
    """`attrgetter(...)` and similar ones: their arguments, until they are called with an object."""

    def intrinsic(call: Call) -> Value:
        if call.losses:
            return lost(call, *call.losses)
        made_with = Sequence("tuple", list(call.args))
        return Partial(External(name), (made_with,), dict(call.kwargs))

    return intrinsic


def _get_attributes(call: Call) -> Value:
    names, receiver = call.args
    found: list[Value] = []
    for name in names.items if isinstance(names, Sequence) else []:
        value = receiver
        if not isinstance(name, Constant):
            return lost(call, name)
        for part in str(name.value).split("."):
            value = call.get_attribute(value, part)
        found.append(value)
    return found[0] if len(found) == 1 else Sequence("tuple", found)


def _get_items(call: Call) -> Value:
    keys, receiver = call.args
    found = [
        call.subscript(receiver, key) for key in (keys.items if isinstance(keys, Sequence) else [])
    ]
    return found[0] if len(found) == 1 else Sequence("tuple", found)


def _call_method(call: Call) -> Value:
    made_with, receiver = call.args
    if not isinstance(made_with, Sequence) or not made_with.items:
        return lost(call)
    name, *args = made_with.items
    if not isinstance(name, Constant):
        return lost(call, name)
    method = call.get_attribute(receiver, str(name.value))
    return call.invoke(method, *args, **call.kwargs)


def _call(call: Call) -> Value:
    if not call.args and call.losses:
        return lost(call, *call.losses)
    if not call.args:
        raise Raised("builtins.TypeError", "call expected at least 1 argument, got 0")
    return call.machine.call(call.args[0], call.args[1:], call.kwargs, call.site, call.losses)


def _binary(operation: type[ast.operator]) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        bound = _TWO.bind(call)
        return call.binary(operation, bound["a"], bound["b"])

    return intrinsic


def _comparison(operation: type[ast.cmpop]) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        bound = _TWO.bind(call)
        return relations.compare(call.machine, operation, bound["a"], bound["b"], call.site)

    return intrinsic


def _in_place(operation: type[ast.operator]) -> Intrinsic:
    """`iadd` and similar ones change a mutable object and return it."""

    def intrinsic(call: Call) -> Value:
        bound = _TWO.bind(call)
        return statements.changed(call.machine, operation, bound["a"], bound["b"], call.site)

    return intrinsic


def _builtin(name: str) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        return call.invoke(External(f"builtins.{name}"), *call.args[:1])

    return intrinsic


def _method_of_list(name: str) -> Intrinsic:
    """The row for the method of a list of the items."""

    def intrinsic(call: Call) -> Value:
        bound = _TWO.bind(call)
        items = call.items(bound["a"])
        row = KnownMethod(
            f"builtins.list.{name}", Sequence("list", [*items.values], [*items.losses])
        )
        return call.invoke(row, bound["b"])

    return intrinsic


def _delete_item(call: Call) -> Value:
    bound = _TWO.bind(call)
    delete_item(call.machine, bound["a"], bound["b"], call.site)
    return NONE


def _truth(wanted: bool) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        value = _ONE.bind(call)["a"]
        answer = call.machine.truth(value, call.site)
        if answer is None:
            return lost(call, value)
        return TRUE if answer is wanted else FALSE

    return intrinsic


def _contains(call: Call) -> Value:
    bound = _TWO.bind(call)
    return relations.compare(call.machine, ast.In, bound["b"], bound["a"], call.site)


def _get_item(call: Call) -> Value:
    bound = _TWO.bind(call)
    return call.subscript(bound["a"], bound["b"])


def _set_item(call: Call) -> Value:
    bound = _THREE.bind(call)
    call.set_item(bound["a"], bound["b"], bound["c"])
    return NONE


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "operator.add": _binary(ast.Add),
    "operator.abs": _builtin("abs"),
    "operator.and_": _binary(ast.BitAnd),
    "operator.attrgetter": _getter("operator.attrgetter.__call__"),
    "operator.attrgetter.__call__": _get_attributes,
    "operator.concat": _binary(ast.Add),
    "operator.call": _call,
    "operator.contains": _contains,
    "operator.countOf": _method_of_list("count"),
    "operator.delitem": _delete_item,
    "operator.eq": _comparison(ast.Eq),
    "operator.floordiv": _binary(ast.FloorDiv),
    "operator.ge": _comparison(ast.GtE),
    "operator.getitem": _get_item,
    "operator.gt": _comparison(ast.Gt),
    "operator.iadd": _in_place(ast.Add),
    "operator.iand": _in_place(ast.BitAnd),
    "operator.iconcat": _in_place(ast.Add),
    "operator.imul": _in_place(ast.Mult),
    "operator.invert": pure(operator.invert),
    "operator.ior": _in_place(ast.BitOr),
    "operator.is_": _comparison(ast.Is),
    "operator.is_not": _comparison(ast.IsNot),
    "operator.isub": _in_place(ast.Sub),
    "operator.indexOf": _method_of_list("index"),
    "operator.itemgetter": _getter("operator.itemgetter.__call__"),
    "operator.itemgetter.__call__": _get_items,
    "operator.le": _comparison(ast.LtE),
    "operator.lt": _comparison(ast.Lt),
    "operator.length_hint": _builtin("len"),
    "operator.lshift": _binary(ast.LShift),
    "operator.matmul": _binary(ast.MatMult),
    "operator.methodcaller": _getter("operator.methodcaller.__call__"),
    "operator.methodcaller.__call__": _call_method,
    "operator.mod": _binary(ast.Mod),
    "operator.mul": _binary(ast.Mult),
    "operator.ne": _comparison(ast.NotEq),
    "operator.neg": pure(operator.neg),
    "operator.not_": _truth(False),
    "operator.or_": _binary(ast.BitOr),
    "operator.pos": pure(operator.pos),
    "operator.pow": _binary(ast.Pow),
    "operator.rshift": _binary(ast.RShift),
    "operator.setitem": _set_item,
    "operator.sub": _binary(ast.Sub),
    "operator.truediv": _binary(ast.Div),
    "operator.truth": _truth(True),
    "operator.xor": _binary(ast.BitXor),
}
