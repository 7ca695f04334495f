"""Builtins that iterate: `len`, `range`, `zip`, `map`, `sorted`, `sum`, `any`, `next` and
others."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.conversion import NotPlain
from assetgen.analyzer.evaluate.objects.doubts import (
    Disorder,
    Presence,
    about_items,
    as_one,
    disorder,
    disorders,
    each_doubted,
    in_any_order,
    of_made,
)
from assetgen.analyzer.evaluate.objects.possible_states import states
from assetgen.analyzer.evaluate.values import (
    NONE,
    TRUE,
    Choice,
    Constant,
    External,
    Instance,
    Iterator_,
    Mapping,
    Sequence,
    Unknown,
    Value,
    options_of,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.python.collections.made_iterators import (
    making,
    noting,
    surely_lost,
)
from assetgen.analyzer.intrinsics.python.collections.sorting import order_keys, sort
from assetgen.analyzer.intrinsics.python.plain import (
    each_option,
    lost,
    pure,
    raised,
)
from assetgen.analyzer.model.copies import replace

_OBJECT: Final = Parameters("object, /")
_ITERABLE: Final = Parameters("iterable, /")
_ENUMERATE: Final = Parameters("iterable, start=0")
_ZIP: Final = Parameters("*iterables, strict=False")
_MAP: Final = Parameters("function, /, *iterables, strict=False")
_FILTER: Final = Parameters("function, iterable, /")
_SORTED: Final = Parameters("iterable, /, *, key=None, reverse=False")
_SUM: Final = Parameters("iterable, /, start=0")
_EXTREME: Final = Parameters("first, /, *others, key=None, default=...")
_ITER: Final = Parameters("object, /, sentinel=...")


def kept(call: Call, test: Value, value: Value, losses: list[Unknown]) -> bool | None:
    """Whether a predicate is true for `value`; an unknown answer is added to `losses`.

    If `test` is None, the truth of the value itself counts.
    """
    result = value if test == NONE else call.invoke(test, value)
    answer = call.machine.truth(result, call.site)
    if answer is None:
        message = f"whether `{call.name.removeprefix('builtins.')}` takes an item is not known"
        losses.append(call.unknown("condition", message, result))
    return answer


def _len(call: Call) -> Value:
    value = _OBJECT.bind(call)["object"]
    if isinstance(value, (Sequence, Mapping)):
        if any(not isinstance(loss, Disorder) for loss in value.losses):
            return lost(call, value)
        return Constant(len(value.items if isinstance(value, Sequence) else value.entries))
    if isinstance(value, Constant):
        try:
            return Constant(len(value.value))  # type: ignore[arg-type]
        except (TypeError, OverflowError) as error:
            raise raised(error) from error
    if isinstance(value, (Unknown, External)):
        return lost(call, value)
    method = call.find_attribute(value, "__len__")
    if method is None:
        name = call.machine.type_name(value).rpartition(".")[2]
        raise Raised("builtins.TypeError", f"object of type '{name}' has no len()")
    return call.invoke(method)


def _enumerate(call: Call) -> Value:
    bound = _ENUMERATE.bind(call)
    iterable, start = as_one(bound["iterable"]), bound.plain("start")
    if not isinstance(start, int):
        return lost(call, bound["start"])

    made = making(call, iter(()), iterable, lose=surely_lost)

    def pairs() -> Iterator[Value]:
        presence = Presence(iterable)
        places: list[Value] = []
        is_disordered = bool(disorders(made.losses))
        condition: Unknown | None = None
        for position, item in enumerate(call.iterate(iterable), start):
            places.append(Constant(position))
            if condition is None:
                places = places[-1:]
            place = places[0] if condition is None else call.machine.join(places, condition)
            if is_disordered:
                place = call.unknown("condition", "the order of what is numbered", *made.losses)
            pair = Sequence("tuple", [place, item])
            doubt = presence.doubt(item)
            if doubt is not None:
                condition = doubt.condition
                made.losses += of_made([doubt], [(item, [pair])])
            yield pair

    made.source = noting(made, pairs(), iterable, lose=surely_lost)
    return made


def _zip(call: Call) -> Value:
    """The items by place. If some may be lacking, there are several lists of pairs, if few."""
    given = states(Sequence("list", [*call.args], [*call.losses]), call.machine.budget.options)
    if given is not None:  # some of the iterables may be lacking
        several = [each.items for each in given.options if isinstance(each, Sequence)]
        lists = [_list_of_pairs(replace(call, args=(*each,), losses=())) for each in several]
        return call.machine.join(lists, given.condition)
    bound = _ZIP.bind(call)
    if any(isinstance(each, Choice) or getattr(each, "losses", ()) for each in bound.star):
        options = [option for each in bound.star for option in options_of(each)]
        if all(isinstance(option, (Sequence, Mapping, Constant)) for option in options):
            found = each_option(_list_of_pairs)(call)
            if isinstance(found, Choice):
                return found
    return _zipped(call, bound)


def _list_of_pairs(call: Call) -> Value:
    items = call.items(_zipped(call, _ZIP.bind(call)))
    return Sequence("list", list(items.values), list(items.losses))


def _zipped(call: Call, bound: Bound) -> Value:
    star = [as_one(iterable) for iterable in bound.star]

    def rows() -> Iterator[Value]:
        sources = [call.iterate(iterable) for iterable in star]
        present = [Presence(iterable) for iterable in star]
        strict = bound["strict"] == TRUE
        of_order = [bool(disorders(getattr(iterable, "losses", ()))) for iterable in star]
        shifted = of_order.index(True) if any(of_order) else None
        try:
            for row in zip(*sources, strict=strict):
                pair = list(row)
                found = (n for n, item in enumerate(row) if present[n].doubt(item) is not None)
                shifted = next(found, None) if shifted is None else shifted
                if shifted is not None:
                    unknown = call.unknown("condition", "what an item is paired with")
                    pair = [each if n == shifted else unknown for n, each in enumerate(row)]
                yield Sequence("tuple", pair)
        except ValueError as error:
            raise raised(error) from error

    return making(call, rows(), *star)


def _map(call: Call) -> Value:
    bound = _MAP.bind(call)
    function = bound["function"]
    if len(bound.star) == 1:
        return _mapped(
            call,
            lambda item: call.invoke(function, item),
            as_one(bound.star[0]),
        )

    def of_row(row: Value) -> Value:
        parts = row.items if isinstance(row, Sequence) else [row]
        return call.invoke(function, *parts)

    rows = _zip(replace(call, args=bound.star, kwargs={}))
    return _mapped(call, of_row, as_one(rows))


def _mapped(call: Call, apply: Callable[[Value], Value], iterable: Value) -> Value:
    made = making(call, iter(()), iterable, lose=surely_lost)

    def results() -> Iterator[Value]:
        presence = Presence(iterable)
        for item in call.iterate(iterable):
            result = apply(item)
            doubt = presence.doubt(item)
            if doubt is not None:
                made.losses += of_made([doubt], [(item, [result])])
            yield result

    made.source = noting(made, results(), iterable, lose=surely_lost)
    return made


def _filter(call: Call) -> Value:
    bound = _FILTER.bind(call)
    function, iterable = bound["function"], as_one(bound["iterable"])
    result = making(call, iter(()), iterable, lose=about_items)

    def chosen() -> Iterator[Value]:
        unsure: list[Unknown] = []
        for item in call.iterate(iterable):
            if kept(call, function, item, unsure) is not False:
                if unsure:
                    result.losses.append(each_doubted(unsure.pop(), [item]))
                yield item

    result.source = noting(result, chosen(), iterable, lose=about_items)
    return result


def _sorted(call: Call) -> Value:
    bound = _SORTED.bind(call)
    reverse = call.machine.truth(bound["reverse"], call.site)
    items = call.items(bound["iterable"])
    values = list(items.values)
    if reverse is None:
        unknown = lost(call, bound["reverse"])
        return Sequence("list", values, [*items.losses, unknown, disorder(unknown)])
    try:
        losses = [loss for loss in items.losses if not isinstance(loss, Disorder)]
        return Sequence("list", sort(call, values, bound["key"], reverse), losses)
    except NotPlain as error:
        # The items are known, their order is not: a loss keeps positions from being trusted.
        unknown = lost(call, error.value)
        return Sequence("list", values, [*items.losses, unknown, disorder(unknown)])


def _reversed(call: Call) -> Value:
    value = _OBJECT.bind(call)["object"]
    if isinstance(value, Instance) and value.content is None:
        return _reversed_object(call, value)
    items = call.items(value)
    return Iterator_(iter(items.values[::-1]), list(items.losses))


def _reversed_object(call: Call, value: Instance) -> Value:
    """By `__reversed__`, or by the length and `__getitem__`."""
    method = call.machine.find_own(value, "__reversed__")
    if method is not None:
        return call.invoke(method, value)
    length = call.invoke(External("builtins.len"), value)
    if not isinstance(length, Constant) or not isinstance(length.value, int):
        return lost(call, length)
    places = map(Constant, reversed(range(length.value)))
    return Iterator_(call.subscript(value, place) for place in places)


def _sum(call: Call) -> Value:
    bound = _SUM.bind(call)
    items = call.items(bound["iterable"])
    total = bound["start"]
    if isinstance(total, Sequence):
        return _concatenated(call, total, items.values, items.losses)
    if items.losses:
        return lost(call, *items.losses)
    for item in items.values:
        total = call.binary(ast.Add, total, item)
    return total


def _concatenated(
    call: Call, start: Sequence, values: tuple[Value, ...], losses: tuple[Unknown, ...]
) -> Value:
    total = Sequence(start.kind, list(start.items), [*start.losses, *losses])
    for place, value in enumerate(values):
        if isinstance(value, Sequence) and value.kind == start.kind:
            total.items.extend(value.items)
            total.losses.extend(value.losses)
        elif isinstance(value, Unknown):
            total.losses.append(value)
        elif losses:
            return lost(call, value)
        else:  # one that says itself how it is added
            added: Value = total
            for each in values[place:]:
                added = call.binary(ast.Add, added, each)
            return added
    return total


def _extreme(choose: Callable[..., int]) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        bound = _EXTREME.bind(call)
        values, losses = (bound["first"], *bound.star), call.losses
        if not bound.star:
            items = call.items(bound["first"])
            values, losses = items.values, items.losses
        if bound["key"] == NONE:
            losses = tuple(in_any_order(losses))
        if losses:
            return lost(call, *losses)
        if not values:
            if "default" in bound:
                return bound["default"]
            name = call.last_name
            raise Raised("builtins.ValueError", f"{name}() arg is an empty sequence")
        by: list[Value] = list(values)
        if bound["key"] != NONE:
            by = [call.invoke(bound["key"], value) for value in values]
        try:
            keys = order_keys(call, by)
            return values[choose(range(len(values)), key=keys.__getitem__)]
        except NotPlain as error:
            return lost(call, error.value)
        except TypeError as error:
            raise raised(error) from error

    return intrinsic


def _iter(call: Call) -> Value:
    bound = _ITER.bind(call)
    value = bound["object"]
    if "sentinel" in bound:
        return Iterator_(_until(call, value, bound["sentinel"]))
    if isinstance(value, Iterator_):
        return value
    value = as_one(value)
    return making(call, call.iterate(value), value, lose=about_items)


def _until(call: Call, function: Value, sentinel: Value) -> Iterator[Value]:
    """The results of calling a function repeatedly, until it returns the sentinel."""
    for _ in range(call.machine.budget.iterations):
        value = call.invoke(function)
        if call.machine.equals(value, sentinel, call.site) is not False:
            return
        yield value


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "builtins.enumerate": _enumerate,
    "builtins.filter": _filter,
    "builtins.iter": _iter,
    "builtins.len": each_option(_len),
    "builtins.map": _map,
    "builtins.max": _extreme(max),
    "builtins.min": _extreme(min),
    "builtins.range": pure(range),
    "builtins.reversed": _reversed,
    "builtins.sorted": _sorted,
    "builtins.sum": _sum,
    "builtins.zip": _zip,
}
