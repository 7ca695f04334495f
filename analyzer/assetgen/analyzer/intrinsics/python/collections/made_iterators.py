"""Iterators made from others, and the losses that they inherit from these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects.doubts import Doubt, blanket
from assetgen.analyzer.evaluate.values import Iterator_, Unknown, Value
from assetgen.analyzer.model.dataclass import dataclass

Losing = Callable[[Value, Iterable[Unknown]], list[Unknown]]
"""What is lost with the losses of a source."""


def by_place(source: Value, losses: Iterable[Unknown]) -> list[Unknown]:
    """The losses of what is made from items by position: nothing is certain if one may be
    lacking."""
    return blanket(losses)


def surely_lost(source: Value, losses: Iterable[Unknown]) -> list[Unknown]:
    """The losses of an iterator that determines itself which of its items may be lacking."""
    return [loss for loss in losses if not isinstance(loss, Doubt)]


def making(
    call: Call, source: Iterator[Value], *sources: Value, lose: Losing = by_place
) -> Iterator_:
    """An iterator made from others, with their losses."""
    made = Iterator_(iter(()), list(call.losses))
    for value in sources:
        made.losses += lose(value, call.losses_in_order(value))
    made.source = noting(made, source, *sources, lose=lose)
    return made


def noting(
    made: Iterator_, values: Iterator[Value], *sources: Value, lose: Losing = by_place
) -> Iterator[Value]:
    """The values of an iterator made from `sources`, which takes over their losses while it
    runs."""
    running = [
        _Running(source, len(source.losses)) for source in sources if isinstance(source, Iterator_)
    ]
    return _noting(made, values, running, lose) if running else values


@dataclass(slots=True, eq=False)
class _Running:
    """A source, and how many of its losses have been taken over."""

    source: Iterator_
    noted: int


def _noting(
    made: Iterator_, values: Iterator[Value], running: list[_Running], lose: Losing
) -> Iterator[Value]:
    for value in values:
        _note(made, running, lose)
        yield value
    _note(made, running, lose)


def _note(made: Iterator_, running: list[_Running], lose: Losing) -> None:
    for each in running:
        losses = each.source.losses
        if len(losses) > each.noted:
            made.losses += lose(each.source, losses[each.noted :])
            each.noted = len(losses)
