"""Progress bars around an iterable."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import FALSE, NONE, Declared, Value
from assetgen.analyzer.intrinsics.python.plain import lost, nothing
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(slots=True, eq=False)
class Bar(Declared):
    """A `tqdm`: it yields the items of `around`, and shows the progress."""

    type_name: ClassVar[str] = "tqdm.tqdm"
    around: Value

    def iterated(self) -> Value | None:
        return self.around


def _bar(parameter: str) -> Intrinsic:
    """A bar around what is given for its first parameter, of that name."""

    def bar(call: Call) -> Value:
        around = call.args[0] if call.args else call.kwargs.get(parameter, NONE)
        return lost(call) if around == NONE else Bar(around)

    return bar


_METHODS: Final = ("close", "refresh", "set_description", "set_postfix", "update", "write")
_BARS: Final = ("tqdm", "tqdm.asyncio", "tqdm.auto", "tqdm.notebook", "tqdm.rich", "tqdm.std")

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    **{f"{module}.tqdm": _bar("iterable") for module in _BARS},
    **{f"tqdm.tqdm.{name}": nothing for name in _METHODS},
    "rich.progress.track": _bar("sequence"),
    "tqdm.tqdm.__enter__": method(Bar, lambda call, bar: bar),
    "tqdm.tqdm.__exit__": method(Bar, lambda call, bar: FALSE),
}
"""The intrinsics of progress bars."""
