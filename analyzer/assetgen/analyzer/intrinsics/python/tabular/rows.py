"""Rows as named tuples."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    Constant,
    Declared,
    Iterator_,
    Mapping,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass, field

_ONE: Final = Parameters("value, /")


@dataclass(slots=True, eq=False)
class RowTuple(Declared):
    """A row as `itertuples` yields it: a named tuple."""

    type_name: ClassVar[str] = "pandas.Pandas"
    names: dict[str, Value] = field(default_factory=dict)

    def attribute(self, name: str) -> Value | None:
        return (
            Sequence("tuple", [*map(Constant, self.names)])
            if name == "_fields"
            else (self.names.get(name))
        )


def _as_tuple(call: Call, row: RowTuple) -> Sequence:
    return Sequence("tuple", list(row.names.values()))


def _item_of_tuple(call: Call, row: RowTuple) -> Value:
    return call.subscript(_as_tuple(call, row), _ONE.bind(call)["value"])


def _iterate_tuple(call: Call, row: RowTuple) -> Value:
    return Iterator_(iter(row.names.values()))


def _as_dict_of_tuple(call: Call, row: RowTuple) -> Value:
    made = Mapping()
    for name, value in row.names.items():
        made.entries[("constant", name)] = (Constant(name), value)
    return made


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pandas.Pandas.__getitem__": method(RowTuple, _item_of_tuple),
    "pandas.Pandas.__iter__": method(RowTuple, _iterate_tuple),
    "pandas.Pandas.__len__": method(RowTuple, lambda call, row: Constant(len(row.names))),
    "pandas.Pandas._asdict": method(RowTuple, _as_dict_of_tuple),
}
