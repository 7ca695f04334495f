"""How often each value of a column occurs."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Constant, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.tabular.columns import Series, is_missing

_COUNTS: Final = Parameters("normalize=False, sort=True, ascending=False, bins=None, dropna=True")


def _value_counts(call: Call, series: Series) -> Value:
    """The most frequent value comes first; those of equal frequency as they occur."""
    bound = _COUNTS.bind(call)
    if series.losses or call.args or bound.passed:
        return lost(call, *series.losses)
    counts: dict[object, list[Value]] = {}
    for value in series.values:
        key = call.machine.hash_key(value)
        if key is None:
            return lost(call, value)
        if not is_missing(value):
            counts.setdefault(key, []).append(value)
    found = sorted(counts.values(), key=len, reverse=True)
    labels = [each[0] for each in found]
    sizes: list[Value] = [Constant(len(each)) for each in found]
    return Series(sizes, labels, Constant("count"), index_names=(series.name,))


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pandas.Series.value_counts": method(Series, _value_counts),
}
