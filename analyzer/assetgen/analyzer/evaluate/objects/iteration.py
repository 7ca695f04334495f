"""Iterating over values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.attempts import attempt_in, begin, end
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects.doubts import (
    Absent,
    as_one,
    disorder,
    each_doubted,
    make_doubt,
    of_pairs,
    surely_all,
)
from assetgen.analyzer.evaluate.statements.failures import failed, is_closed, is_plain, kind_of
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Class,
    Constant,
    Declared,
    External,
    Instance,
    Iterator_,
    Mapping,
    Parameterised,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.model.dataclass import dataclass

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


ITEMS_PER_STEP = 50
"""How many items of a collection cost as much as one statement, when all are iterated over."""
COMPARISON = 4
"""How many times as much it costs to compare them."""


@dataclass(frozen=True, slots=True)
class Items:
    """The result of iterating; with losses, there may have been more."""

    values: tuple[Value, ...]
    losses: tuple[Unknown, ...] = ()


def items(machine: Machine, value: Value, site: Site) -> Items:
    """Run an iterable to its end, or to the limit of the budget."""
    if isinstance(value, Sequence):
        machine.step(len(value.items) // ITEMS_PER_STEP)
        return Items(tuple(in_order(value)), tuple(value.losses))
    value = iterable(machine, value, site)
    if isinstance(value, Sequence):
        return items(machine, value, site)
    limit = machine.budget.collection
    found = tuple(islice(iterate(machine, value, site), limit + 1))
    machine.step(len(found) // ITEMS_PER_STEP)
    losses = losses_of(machine, value, site)
    if len(found) > limit:
        loss = machine.unknown("budget", f"more than {limit} items", site)
        return Items(found[:limit], (*losses, loss))
    return Items(found, losses)


def iterated(machine: Machine, value: Value, site: Site) -> Value:
    """A value that the code itself iterates over: definitions and functions have no items."""
    return _not_iterable(machine, value, site) if is_plain(value) else value


def iterable(machine: Machine, value: Value, site: Site) -> Value:
    """What is iterated over: for an object of the project's, the result of its `__iter__`, which
    alone knows its losses; for one of several collections, the items of all."""
    if isinstance(value, Choice):
        return as_one(value)
    if isinstance(value, Declared):
        passed = value.iterated()
        if passed is not None:
            return iterable(machine, passed, site)
        method = machine.find_attribute(value, "__iter__", site)
        return value if method is None else machine.call(method, [], {}, site)
    if isinstance(value, External) and machine.knows(f"{value.qualname}.__iter__"):
        return machine.call(External(f"{value.qualname}.__iter__"), [], {}, site)
    if not isinstance(value, (Instance, Class)):
        return value
    method = machine.find_attribute(value, "__iter__", site)
    if method is None or isinstance(method, Unknown):
        return value
    result = machine.call(method, [], {}, site)
    return _by_next(machine, result, site) if isinstance(result, Instance) else result


def iterate(machine: Machine, value: Value, site: Site) -> Iterator[Value]:
    """The values one by one; none if it is unknown."""
    source = _SOURCES.get(type(value))
    if source is not None:
        return source(machine, value, site)
    if isinstance(value, Declared):
        passed = value.iterated()
        if passed is not None:
            return iterate(machine, passed, site)
        method = machine.find_attribute(value, "__iter__", site)
        if method is not None:
            return iterate(machine, machine.call(method, [], {}, site), site)
    return iter(())


def losses_of(machine: Machine, value: Value, site: Site) -> tuple[Unknown, ...]:
    """Why iterating over `value` may yield less than in Python."""
    if isinstance(value, Mapping) and value.losses:
        return tuple(of_pairs(value, [key for key, _ in value.entries.values()]))
    if isinstance(value, (Sequence, Mapping, Iterator_)):
        return tuple(value.losses)
    if isinstance(value, Unknown):
        return (value,)
    if isinstance(value, Choice):
        doubt = make_doubt(value.condition, (), ())
        return (doubt,) if _are_collections_or_absent(value) else (doubt, value.condition)
    if isinstance(value, Constant) and isinstance(value.value, (str, bytes, range)):
        return ()
    if isinstance(value, Instance) and isinstance(value.content, (Sequence, Mapping, Unknown)):
        return losses_of(machine, value.content, site)
    if isinstance(value, Declared):
        passed = value.iterated()
        if passed is not None:
            return losses_of(machine, passed, site)
    if isinstance(value, (Instance, Class, Declared)):
        method = machine.find_attribute(value, "__iter__", site)
        if method is None and isinstance(value, Instance):
            method = machine.find_attribute(value, "__getitem__", site)
        if method is not None and not isinstance(method, Unknown):
            return ()
    return (machine.unknown("unsupported", "it is not known what iterating gives", site, value),)


def losses_in_order(machine: Machine, value: Value, site: Site) -> tuple[Unknown, ...]:
    """Why something whose order counts, and that is made by iterating over `value`, may be other
    than in Python."""
    losses = losses_of(machine, value, site)
    if not isinstance(value, Sequence) or has_order(value):
        return losses
    message = "the order of a set, which differs between runs"
    return (*losses, disorder(machine.unknown("time", message, site)))


def _are_collections_or_absent(choice: Choice) -> bool:
    """Whether there can be no items but those of the options."""
    return all(
        isinstance(option, Absent)
        or (isinstance(option, (Sequence, Mapping)) and surely_all(option.losses))
        for option in choice.options
    )


def is_certainly_not_iterable(value: Value) -> bool:
    """Whether `iter(value)` raises in Python."""
    return isinstance(value, Constant) and not hasattr(value.value, "__iter__")


def _constant(machine: Machine, value: Constant, site: Site) -> Iterator[Value]:
    data = value.value
    if isinstance(data, (str, bytes, range)):
        return (Constant(item) for item in data)
    if is_certainly_not_iterable(value):
        _not_iterable(machine, value, site)
    return iter(())


def _not_iterable(machine: Machine, value: Value, site: Site) -> Unknown:
    # None may stand where something has not been set that the evaluation has missed.
    message = f"{kind_of(value)!r} object is not iterable"
    return failed(machine, "TypeError", message, site, is_told=value != NONE)


def _sequence(machine: Machine, value: Sequence, site: Site) -> Iterator[Value]:
    """A list may grow and shrink during iteration."""
    return iter(value.items) if value.kind == "list" else iter(list(in_order(value)))


def in_order(value: Sequence) -> list[Value]:
    """The items in the order that Python gives them: that of a set of numbers is known."""
    if value.kind not in ("set", "frozenset") or len(value.items) < 2 or value.is_ordered:
        return value.items
    if not has_order(value):
        return value.items
    numbers = {item.value: item for item in value.items if isinstance(item, Constant)}
    return [numbers[number] for number in set(list(numbers))]  # noqa: C414 - a dict is added at once


def has_order(value: Sequence) -> bool:
    """Whether the order is known in which Python iterates over a collection: that of sets depends
    on the hashes of their items, which for anything but numbers differ between runs."""
    return (
        value.kind not in ("set", "frozenset")
        or value.is_ordered
        or len(value.items) < 2
        or all(
            type(item) is Constant and isinstance(item.value, (int, float)) for item in value.items
        )
    )


def _iterator(machine: Machine, value: Iterator_, site: Site) -> Iterator[Value]:
    """What is left of an iterator. If it is taken from in an arm of an unknown condition, it is not
    known elsewhere what is left: iterators are not reset."""
    if value.taken_in is not None and value.taken_in not in machine.journals:
        value.losses.append(machine.unknown("condition", "what was taken before", site))
        value.taken_in = None
    return _noting(machine, value)


def _noting(machine: Machine, value: Iterator_) -> Iterator[Value]:
    journals = machine.journals
    for item in value.source:
        if journals and value.age < journals[-1].age:
            value.taken_in = journals[-1]
        yield item


def leave_in_doubt(value: Value) -> None:
    """It is not known how much was taken from something, if it is an iterator."""
    if isinstance(value, Iterator_):
        value.taken_in = value


def _choice(machine: Machine, value: Choice, site: Site) -> Iterator[Value]:
    """The items of every option, shared ones once: what is declared under any is kept."""
    seen: list[Value] = []
    for option in machine.trying(value):
        for item in iterate(machine, option, site):
            if not any(item is other or machine.equal(item, other) for other in seen):
                seen.append(item)
    return iter(seen)


def _object(machine: Machine, value: Instance | Class, site: Site) -> Iterator[Value]:
    result = iterable(machine, value, site)
    if result is not value:
        return _with_losses(machine, result, site)
    if isinstance(value, Instance) and machine.find_attribute(value, "__iter__", site) is None:
        return _by_index(machine, value, site)
    return iter(())


def _with_losses(machine: Machine, value: Value, site: Site) -> Iterator[Value]:
    """The values, and then the losses, which nothing else can ask for."""
    yield from iterate(machine, value, site)
    yield from losses_of(machine, value, site)


def _by_index(machine: Machine, value: Instance, site: Site) -> Iterator[Value]:
    """The items that `__getitem__` returns for 0, 1, 2 ... until it raises `IndexError`."""
    method = machine.find_attribute(value, "__getitem__", site)
    if method is None:
        if is_closed(value):
            _not_iterable(machine, value, site)
        return
    for index in range(machine.budget.collection):
        try:
            yield machine.call(method, [Constant(index)], {}, site)
        except Raised as raised:
            if raised.is_a("builtins.IndexError"):
                return
            raise


def _by_next(machine: Machine, value: Instance, site: Site) -> Iterator_:
    made = Iterator_(iter(()))
    made.source = _from_next(machine, value, site, made.losses)
    return made


def _from_next(
    machine: Machine, value: Instance, site: Site, losses: list[Unknown]
) -> Iterator[Value]:
    """The results of `__next__` until it raises `StopIteration`. Once it may have done so, an item
    may not be there, and what follows is not known."""
    method = machine.find_attribute(value, "__next__", site)
    frame = Frame(site.module, site.module.scope, site.chain, None, site.condition)
    while method is not None:
        attempt = attempt_in(machine, frame, _stops, lambda machine, frame, raised: None)
        begin(machine, attempt)
        try:
            item = machine.call(method, [], {}, site)
        except Raised as raised:
            if raised.is_a("builtins.StopIteration"):
                return
            raise
        finally:
            end(machine, attempt)
        if attempt.left is not None:
            losses += (each_doubted(attempt.left, [item]), attempt.left)
            yield item
            return
        yield item


def _stops(raised: Raised) -> int | None:
    return 0 if raised.is_a("builtins.StopIteration") else None


_SOURCES: ReadOnlyMapping[type, Callable[[Any, Any, Any], Iterator[Value]]] = {
    Sequence: _sequence,
    Mapping: lambda machine, value, site: iter([key for key, _ in value.entries.values()]),
    Iterator_: _iterator,
    Constant: _constant,
    Choice: _choice,
    Instance: _object,
    Class: _object,
    Unknown: lambda machine, value, site: iter(()),
    External: lambda machine, value, site: iter(()),
    Parameterised: lambda machine, value, site: iter(()),
}
