"""Frames made of others: `merge`, `query` and `melt`."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Hashable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Any, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Constant, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.tabular.columns import (
    Frame,
    completed,
    frame_of,
    is_missing,
)
from assetgen.analyzer.intrinsics.python.tabular.series import sorted_places, unique_places

_MERGE: Final = Parameters("right, how='inner', on=None")
_MERGE_OF: Final = Parameters("left, right, how='inner', on=None")
_PIVOT: Final = Parameters("*, columns, index=None, values=None")
_QUERY: Final = Parameters("expr")
_MELT: Final = Parameters("id_vars=None, value_vars=None, var_name='variable', value_name='value'")


def _merged(call: Call, frame: Frame) -> Value:
    bound = _MERGE.bind(call)
    return _joined(call, frame, bound["right"], bound["how"], bound["on"])


def _merged_of(call: Call) -> Value:
    bound = _MERGE_OF.bind(call)
    if not isinstance(bound["left"], Frame):
        return lost(call, bound["left"])
    return _joined(call, bound["left"], bound["right"], bound["how"], bound["on"])


def _joined(call: Call, left: Frame, right: Value, how: Value, on: Value) -> Value:
    """The rows of both that have equal values in the columns `on`, in the order of the left."""
    if not isinstance(right, Frame) or left.losses or right.losses:
        return lost(call, right)
    names = _keys(call, on)
    if names is None:
        names = [key for key in left.columns if key in right.columns]
    both = left.columns.keys() & right.columns.keys()
    if how not in (Constant("inner"), Constant("left")) or not names or both != set(names):
        return lost(call, on)
    mine, its = _rows_by(call, left, names), _rows_by(call, right, names)
    if mine is None or its is None:
        return lost(call, left, right)
    places: dict[Hashable, list[int]] = {}
    for place, key in enumerate(its):
        places.setdefault(key, []).append(place)
    pairs: list[tuple[int, int | None]] = []
    for place, key in enumerate(mine):
        found: list[int] = places.get(key, [])
        pairs += [(place, other) for other in found]
        if not found and how == Constant("left"):
            pairs.append((place, None))
    missing = Constant(math.nan)
    columns = [
        (name, [values[place] for place, _ in pairs]) for name, values in left.columns.values()
    ]
    for key, (name, values) in right.columns.items():
        if key in names:
            continue
        is_number = any(_is_number(value) for value in values)
        if is_number and any(other is None for _, other in pairs):
            return lost(call, right)  # whole numbers become others
        columns.append((name, [missing if other is None else values[other] for _, other in pairs]))
    return frame_of(columns, len(pairs))


def _is_number(value: Value) -> bool:
    return isinstance(value, Constant) and isinstance(value.value, (int, float))


def _keys(call: Call, names: Value) -> list[Hashable] | None:
    if names == NONE:
        return None
    given = names.items if isinstance(names, Sequence) else [names]
    return [call.machine.hash_key(name) for name in given]


def _rows_by(call: Call, frame: Frame, names: list[Hashable]) -> list[Hashable] | None:
    """What stands for each row in the named columns; None if that is not known."""
    if any(name not in frame.columns for name in names):
        return None
    columns = [frame.columns[name][1] for name in names]
    rows = [tuple(map(call.machine.hash_key, row)) for row in zip(*columns, strict=True)]
    return None if any(None in row for row in rows) else [*rows]


def _melted(call: Call, frame: Frame) -> Value:
    bound = _MELT.bind(call)
    kept = _keys(call, bound["id_vars"]) or []
    wanted = _keys(call, bound["value_vars"])
    chosen = [key for key in frame.columns if key not in kept] if wanted is None else wanted
    if frame.losses or any(key not in frame.columns for key in (*kept, *chosen)):
        return lost(call, frame)
    rows = len(frame.labels)
    columns = [(frame.columns[key][0], frame.columns[key][1] * len(chosen)) for key in kept]
    names = [frame.columns[key][0] for key in chosen for _ in range(rows)]
    values = [value for key in chosen for value in frame.columns[key][1]]
    columns += [(bound["var_name"], names), (bound["value_name"], values)]
    return frame_of(columns, rows * len(chosen))


def _pivoted(call: Call, frame: Frame) -> Value:
    """A row for each value of `index`, a column for each of `columns`, both in order."""
    bound = _PIVOT.bind(call)
    named = [frame.column(bound[name]) for name in ("index", "columns", "values")]
    index, columns, values = named
    if index is None or columns is None or values is None or frame.losses:
        return lost(call, *bound.passed.values())
    rows, across = _in_order(call, index.values), _in_order(call, columns.values)
    if rows is None or across is None:
        return lost(call, index, columns)
    keys = zip(map(call.machine.hash_key, index.values), columns.values, strict=True)
    cells = {
        (row, call.machine.hash_key(name)): value
        for (row, name), value in zip(keys, values.values, strict=True)
    }
    if len(cells) < len(values.values):
        return lost(call, index, columns)  # Python raises for two of one place
    made: dict[Hashable, tuple[Value, list[Value]]] = {}
    for name in across:
        key = call.machine.hash_key(name)
        found = [cells.get((call.machine.hash_key(row), key), _MISSING) for row in rows]
        made[key] = (name, completed(found))
    return Frame(made, rows, [], (index.name,))


def _in_order(call: Call, values: list[Value]) -> list[Value] | None:
    """The values, each once, in order; None if that is not known."""
    places = unique_places(call, values)
    if places is None or any(map(is_missing, values)):
        return None
    unique = [values[place] for place in places]
    order = sorted_places(call, [unique], Constant(True))
    return None if isinstance(order, Unknown) else [unique[place] for place in order]


_MISSING: Final = Constant(math.nan)


# -- query


def _queried(call: Call, frame: Frame) -> Value:
    """The rows for which an expression over the columns is true."""
    text = _QUERY.bind(call)["expr"]
    if not isinstance(text, Constant) or not isinstance(text.value, str) or frame.losses:
        return lost(call, text)
    written = _OPERATORS.sub(_in_python, text.value.strip())
    try:
        expression = ast.parse(written, mode="eval").body
        kept = [
            place for place in range(len(frame.labels)) if _holds(expression, _row(frame, place))
        ]
    except (_NotPlain, SyntaxError, TypeError, RecursionError):
        return lost(call, text)
    return frame.chosen(kept)


def _in_python(found: re.Match[str]) -> str:
    return _IN_PYTHON.get(found[0], found[0])


_OPERATORS: Final = re.compile(r"""(?s)"[^"]*"|'[^']*'|[&|]""")
_IN_PYTHON: Final = {"&": " and ", "|": " or "}


class _NotPlain(Exception):
    """A part of a query that is not followed, or a cell that is not known."""


def _row(frame: Frame, place: int) -> dict[str, Value]:
    return {
        str(name.value): values[place]
        for name, values in frame.columns.values()
        if isinstance(name, Constant)
    }


def _holds(node: ast.expr, row: dict[str, Value]) -> bool:
    if isinstance(node, ast.BoolOp):
        results = [_holds(each, row) for each in node.values]
        return all(results) if isinstance(node.op, ast.And) else any(results)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.Invert)):
        return not _holds(node.operand, row)
    if isinstance(node, ast.Compare):
        values = [_cell(each, row) for each in (node.left, *node.comparators)]
        pairs = zip(node.ops, values[:-1], values[1:], strict=True)
        return all(_compared(type(op), one, other) for op, one, other in pairs)
    value = _cell(node, row)
    if not isinstance(value, bool):
        raise _NotPlain
    return value


def _compared(op: type[ast.cmpop], one: Any, other: Any) -> bool:
    if op in (ast.Eq, ast.NotEq) and isinstance(other, list):
        op = ast.In if op is ast.Eq else ast.NotIn  # as pandas takes it
    if op not in _COMPARISONS or one is None or other is None:
        raise _NotPlain
    return bool(_COMPARISONS[op](one, other))


_COMPARISONS: Final[ReadOnlyMapping[type[ast.cmpop], Callable[[Any, Any], Any]]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda one, other: one in other,
    ast.NotIn: lambda one, other: one not in other,
}


def _cell(node: ast.expr, row: dict[str, Value]) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, (ast.List, ast.Tuple)):
        return [_cell(each, row) for each in node.elts]
    value = row.get(node.id) if isinstance(node, ast.Name) else None
    if not isinstance(value, Constant):
        raise _NotPlain
    return value.value


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pandas.DataFrame.melt": method(Frame, _melted),
    "pandas.DataFrame.merge": method(Frame, _merged),
    "pandas.DataFrame.pivot": method(Frame, _pivoted),
    "pandas.DataFrame.query": method(Frame, _queried),
    "pandas.merge": _merged_of,
}
