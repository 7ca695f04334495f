"""Coroutines, which are run at once: what awaiting them gives."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Sequence, Value
from assetgen.analyzer.intrinsics.arguments import Parameters

_RUN: Final = Parameters("main, *, debug=None, loop_factory=None")


def _run(call: Call) -> Value:
    """`asyncio.run(f())`: the call of an async function has already given its result."""
    return _RUN.bind(call)["main"]


def _gather(call: Call) -> Value:
    return Sequence("list", list(call.args), list(call.losses))


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "asyncio.gather": _gather,
    "asyncio.run": _run,
}
"""The intrinsics of coroutines."""
