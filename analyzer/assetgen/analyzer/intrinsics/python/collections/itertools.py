"""The module `itertools`."""

from __future__ import annotations

import ast
import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from typing import Any, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.doubts import (
    Doubt,
    Presence,
    about_items,
    as_one,
    beyond,
    blanket,
    disorders,
    each_doubted,
    make_doubt,
)
from assetgen.analyzer.evaluate.objects.iteration import leave_in_doubt
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Iterator_,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.collections.iteration import kept
from assetgen.analyzer.intrinsics.python.collections.made_iterators import making, noting
from assetgen.analyzer.intrinsics.python.plain import lost, too_much

_MANY: Final = Parameters("*iterables")
_ONE: Final = Parameters("iterable, /")
_PRODUCT: Final = Parameters("*iterables, repeat=1")
_CHOICES: Final = Parameters("iterable, r=None")
_REPEAT: Final = Parameters("object, times=None")
_COUNT: Final = Parameters("start=0, step=1")
_GROUPBY: Final = Parameters("iterable, key=None")
_STARMAP: Final = Parameters("function, iterable, /")
_PREDICATE: Final = Parameters("predicate, iterable, /")
_LONGEST: Final = Parameters("*iterables, fillvalue=None")
_ACCUMULATE: Final = Parameters("iterable, func=None, *, initial=None")
_BATCHED: Final = Parameters("iterable, n, *, strict=False")
_COMPRESS: Final = Parameters("data, selectors")
_TEE: Final = Parameters("iterable, n=2, /")


def _tuple(values: tuple[Value, ...] | list[Value]) -> Sequence:
    return Sequence("tuple", list(values))


def _chain(call: Call) -> Value:
    sources = list(map(as_one, _MANY.bind(call).star))
    chained = (item for source in sources for item in call.iterate(source))
    return making(call, chained, *sources, lose=about_items)


def _chain_from_iterable(call: Call) -> Value:
    outer = _ONE.bind(call)["iterable"]
    result = making(call, iter(()), outer)

    def chained() -> Iterator[Value]:
        for source in map(as_one, call.iterate(outer)):
            lost = about_items(source, call.losses_of(source))
            result.losses.extend(lost)
            yield from call.iterate(source)
            later = call.losses_of(source)[len(lost) :]
            result.losses.extend(about_items(source, later))

    result.source = noting(result, chained(), outer)
    return result


def _product(call: Call) -> Value:
    bound = _PRODUCT.bind(call)
    repeat = bound.plain("repeat")
    if not isinstance(repeat, int):
        return lost(call, bound["repeat"])
    pools = [call.items(source) for source in bound.star]
    if len(pools) * repeat > call.machine.budget.collection:
        return too_much(call)
    rows = itertools.product(*(pool.values for pool in pools), repeat=repeat)
    return Iterator_(map(_tuple, rows), [loss for pool in pools for loss in _of_rows(pool.losses)])


def _chosen(choose: Callable[..., Iterator[tuple[Value, ...]]]) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        bound = _CHOICES.bind(call)
        pool = call.items(bound["iterable"])
        length = bound.plain("r")
        if length is None and choose is itertools.permutations:
            length = len(pool.values)
        if not isinstance(length, int) or length < 0:
            return lost(call, bound["r"])
        if length > call.machine.budget.collection:
            return too_much(call)
        return Iterator_(map(_tuple, choose(pool.values, length)), _of_rows(pool.losses))

    return intrinsic


def _count(call: Call) -> Value:
    bound = _COUNT.bind(call)
    start: Any = bound.plain("start")
    step: Any = bound.plain("step")
    if not isinstance(start, (int, float)) or not isinstance(step, (int, float)):
        return lost(call, bound["start"], bound["step"])
    return Iterator_(Constant(number) for number in itertools.count(start, step))


def _cycle(call: Call) -> Value:
    pool = call.items(_ONE.bind(call)["iterable"])
    return Iterator_(itertools.cycle(pool.values), list(pool.losses))


def _repeat(call: Call) -> Value:
    bound = _REPEAT.bind(call)
    times = bound.plain("times")
    if times is None:
        return Iterator_(itertools.repeat(bound["object"]))
    if not isinstance(times, int):
        return lost(call, bound["times"])
    return Iterator_(itertools.repeat(bound["object"], times))


def _islice(call: Call) -> Value:
    iterable, *bounds = call.args or (NONE,)
    numbers: list[Any] = [bound.value for bound in bounds if isinstance(bound, Constant)]
    if len(numbers) != len(bounds) or not 1 <= len(bounds) <= 3:
        return lost(call, *bounds)
    if not all(number is None or isinstance(number, int) for number in numbers):
        return lost(call)
    source: Any = call.iterate(iterable)
    sliced = itertools.islice(source, *numbers)
    return making(call, sliced, iterable)


def _groupby(call: Call) -> Value:
    bound = _GROUPBY.bind(call)
    items = call.items(bound["iterable"])
    presence = Presence(Sequence("list", list(items.values), list(items.losses)))
    groups: list[tuple[Value, list[Value]]] = []
    for item in items.values:
        key = item
        if bound["key"] != NONE:
            key = call.invoke(bound["key"], item)
        same = call.machine.equal(groups[-1][0], key) if groups else False
        if same is None:
            return lost(call, key, groups[-1][0])
        if same:
            groups[-1][1].append(item)
        else:
            groups.append((key, [item]))
    pairs: list[Value] = []
    losses: list[Unknown] = beyond(items.losses)
    for key, members in groups:
        doubts = [presence.doubt(member) for member in members]
        about = {id(doubt): doubt for doubt in doubts if doubt is not None}
        pairs.append(_tuple([key, Iterator_(iter(members), [*about.values(), *losses])]))
        if about and None not in doubts:
            if _may_meet(call, groups, len(pairs) - 1):
                return lost(call, *about.values())
            losses.append(each_doubted(next(iter(about.values())).condition, [pairs[-1]]))
    return Iterator_(iter(pairs), [*losses, *disorders(items.losses)])


def _may_meet(call: Call, groups: list[tuple[Value, list[Value]]], place: int) -> bool:
    """Whether the groups around one that may not exist have the same key, so that they are one."""
    around = groups[max(place - 1, 0) : place + 2 : 2]
    return len(around) == 2 and call.machine.equal(around[0][0], around[1][0]) is not False


def _starmap(call: Call) -> Value:
    bound = _STARMAP.bind(call)

    def results() -> Iterator[Value]:
        for row in call.iterate(bound["iterable"]):
            arguments = call.items(row)
            yield call.machine.call(
                bound["function"], arguments.values, {}, call.site, arguments.losses
            )

    return making(call, results(), bound["iterable"])


def _zip_longest(call: Call) -> Value:
    bound = _LONGEST.bind(call)
    sources = [call.iterate(iterable) for iterable in bound.star]
    rows = itertools.zip_longest(*sources, fillvalue=bound["fillvalue"])
    return making(call, map(_tuple, rows), *bound.star)


def _accumulate(call: Call) -> Value:
    bound = _ACCUMULATE.bind(call)

    def results() -> Iterator[Value]:
        total: Value | None = None if bound["initial"] == NONE else bound["initial"]
        if total is not None:
            yield total
        for item in call.iterate(bound["iterable"]):
            if total is None:
                total = item
            elif bound["func"] == NONE:
                total = call.binary(ast.Add, total, item)
            else:
                total = call.invoke(bound["func"], total, item)
            yield total

    return making(call, results(), bound["iterable"])


def _predicated(
    choose: Callable[[Iterator[tuple[Value, bool | None]]], Iterator[Value]],
) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        bound = _PREDICATE.bind(call)
        result = making(call, iter(()), bound["iterable"])

        def answers() -> Iterator[tuple[Value, bool | None]]:
            for item in call.iterate(bound["iterable"]):
                answer = kept(call, bound["predicate"], item, result.losses)
                if answer is None:
                    leave_in_doubt(bound["iterable"])
                yield item, answer

        result.source = noting(result, choose(answers()), bound["iterable"])
        return result

    return intrinsic


def _taken(answers: Iterator[tuple[Value, bool | None]]) -> Iterator[Value]:
    for item, answer in answers:
        if answer is False:
            return
        yield item


def _dropped(answers: Iterator[tuple[Value, bool | None]]) -> Iterator[Value]:
    for item, answer in answers:
        if answer is not True:
            yield item
            break
    for item, _ in answers:
        yield item


def _refused(answers: Iterator[tuple[Value, bool | None]]) -> Iterator[Value]:
    return (item for item, answer in answers if answer is not True)


def _pairwise(call: Call) -> Value:
    iterable = _ONE.bind(call)["iterable"]
    items = call.items(iterable)
    pairs = zip(items.values, items.values[1:], strict=False)
    return Iterator_(map(_tuple, pairs), blanket(items.losses))


def _of_rows(losses: Iterable[Unknown]) -> list[Unknown]:
    """The losses of what is made of several items: none of it is certain if one may be lacking."""
    return [
        make_doubt(loss.condition, (), ()) if isinstance(loss, Doubt) else loss for loss in losses
    ]


def _batched(call: Call) -> Value:
    bound = _BATCHED.bind(call)
    size = bound.plain("n")
    if not isinstance(size, int) or size < 1:
        return lost(call, bound["n"])
    source = call.iterate(bound["iterable"])

    def batches() -> Iterator[Value]:
        while batch := list(itertools.islice(source, size)):
            yield _tuple(batch)

    return making(call, batches(), bound["iterable"])


def _compress(call: Call) -> Value:
    bound = _COMPRESS.bind(call)
    result = making(call, iter(()), bound["data"], bound["selectors"])

    def chosen() -> Iterator[Value]:
        data = call.iterate(bound["data"])
        selectors = call.iterate(bound["selectors"])
        for item, selector in zip(data, selectors, strict=False):
            if kept(call, NONE, selector, result.losses) is not False:
                yield item

    result.source = noting(result, chosen(), bound["data"], bound["selectors"])
    return result


def _tee(call: Call) -> Value:
    bound = _TEE.bind(call)
    copies = bound.plain("n")
    if not isinstance(copies, int):
        return lost(call, bound["n"])
    items = call.items(bound["iterable"])
    if math.prod((copies, len(items.values) + 1)) > call.machine.budget.collection:
        return too_much(call)
    losses: list[Unknown] = list(items.losses)
    return _tuple([Iterator_(iter(items.values), list(losses)) for _ in range(copies)])


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "itertools.accumulate": _accumulate,
    "itertools.batched": _batched,
    "itertools.chain": _chain,
    "itertools.chain.from_iterable": _chain_from_iterable,
    "itertools.combinations": _chosen(itertools.combinations),
    "itertools.combinations_with_replacement": _chosen(itertools.combinations_with_replacement),
    "itertools.compress": _compress,
    "itertools.count": _count,
    "itertools.cycle": _cycle,
    "itertools.dropwhile": _predicated(_dropped),
    "itertools.filterfalse": _predicated(_refused),
    "itertools.groupby": _groupby,
    "itertools.islice": _islice,
    "itertools.pairwise": _pairwise,
    "itertools.permutations": _chosen(itertools.permutations),
    "itertools.product": _product,
    "itertools.repeat": _repeat,
    "itertools.starmap": _starmap,
    "itertools.takewhile": _predicated(_taken),
    "itertools.tee": _tee,
    "itertools.zip_longest": _zip_longest,
    "more_itertools.batched": _batched,
    "more_itertools.flatten": _chain_from_iterable,
    "more_itertools.pairwise": _pairwise,
}
