"""Thread pools of `concurrent.futures`: submitted calls are made at once, in order of
submission."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import FALSE, TRUE, Declared, External, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass

_POOL: Final = Parameters(
    "max_workers=None, thread_name_prefix='', initializer=None, initargs=(), **others"
)
_SUBMIT: Final = Parameters("function, /, *args, **kwargs")
_MAP: Final = Parameters("function, /, *iterables, timeout=None, chunksize=1, buffersize=None")
_ONE: Final = Parameters("futures, timeout=None")


@dataclass(slots=True, eq=False)
class Pool(Declared):
    """A `ThreadPoolExecutor`."""

    type_name: ClassVar[str] = "concurrent.futures.ThreadPoolExecutor"


@dataclass(slots=True, eq=False)
class Future(Declared):
    """A submitted call, completed: its result, or what it raised."""

    type_name: ClassVar[str] = "concurrent.futures.Future"
    given: Value | Raised


def _pool(call: Call) -> Value:
    _POOL.bind(call)
    return Pool()


def _submit(call: Call, _: Pool) -> Value:
    bound = _SUBMIT.bind(call)
    try:
        given = call.invoke(bound["function"], *bound.star, **dict(bound.rest))
    except Raised as raised:
        return Future(raised)
    return Future(given)


def _map(call: Call, _: Pool) -> Value:
    bound = _MAP.bind(call)
    mapped = [bound["function"], *bound.star]
    results = call.invoke(External("builtins.map"), *mapped)
    return call.invoke(External("builtins.iter"), _all(call, results))


def _all(call: Call, iterable: Value) -> Value:
    return call.invoke(External("builtins.list"), iterable)


def _result(call: Call, future: Future) -> Value:
    if isinstance(future.given, Raised):
        raise future.given
    return future.given


def _completed(call: Call) -> Value:
    """`as_completed`: the order of submission, which is a possible one."""
    futures = _all(call, _ONE.bind(call)["futures"])
    return call.invoke(External("builtins.iter"), futures)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "concurrent.futures.Future.done": method(Future, lambda call, future: TRUE),
    "concurrent.futures.Future.result": method(Future, _result),
    "concurrent.futures.ThreadPoolExecutor": _pool,
    "concurrent.futures.ThreadPoolExecutor.__enter__": method(Pool, lambda call, pool: pool),
    "concurrent.futures.ThreadPoolExecutor.__exit__": method(Pool, lambda call, pool: FALSE),
    "concurrent.futures.ThreadPoolExecutor.map": method(Pool, _map),
    "concurrent.futures.ThreadPoolExecutor.submit": method(Pool, _submit),
    "concurrent.futures.as_completed": _completed,
}
"""The intrinsics of thread pools."""
