"""Modules in the form in which they are kept for another process."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from pickle import PicklingError
from typing import Final

from assetgen.analyzer.model.reachability import followed, reachable
from assetgen.analyzer.retention.dependents import users_of
from assetgen.analyzer.retention.heap import Heap
from assetgen.analyzer.retention.kept import KeptModule, Known, contents_of, kept_module
from assetgen.analyzer.retention.pickling import Constants, Writer
from assetgen.analyzer.retention.restoring import Restoring


def written(
    known: Known,
    finished: Iterable[str],
    excluded: Collection[str],
    heap: Heap,
    restoring: Restoring | None,
    constants: Constants,
) -> tuple[KeptModule, ...]:
    """All modules except those `excluded`, those that cannot be written, and those that depend on
    either.

    `finished` are those that were evaluated, in the order in which they ended, since values belong
    to the first module that has them. Modules that were restored by `restoring`, and that nothing
    has happened to, stay as they are.
    """
    old = restoring.kept if restoring is not None else {}
    order = dict.fromkeys(name for name in finished if name in known)
    kept = {
        name: module
        for name, module in old.items()
        if name in known and name not in order and _is_same(known, name, restoring)
    }
    others = (name for name in known if name not in order and name not in kept)
    fresh = [name for name in (*order, *others) if name not in excluded]
    owned = restoring.owned(followed(fresh, partial(_uses, known))) if restoring is not None else {}
    writer = Writer((each.module for each in known.values()), owned, constants)
    left = set(excluded)
    for name in fresh:
        each = known[name]
        if not left.isdisjoint(each.contribution.uses):
            left.add(name)
            continue
        try:
            made = writer.written(name, contents_of(each), heap.watched(name))
        except _NOT_WRITTEN:
            left.add(name)
        else:
            kept[name] = kept_module(each, made)
    gone = _resting_on(left, kept)
    return tuple(module for name, module in kept.items() if name not in gone)


def evaluation_written(evaluation: object, constants: Constants) -> bytes:
    """What a code location came to; empty if it cannot be written."""
    try:
        return Writer((), {}, constants).written("", evaluation, ()).content
    except _NOT_WRITTEN:
        return b""


_NOT_WRITTEN: Final = (PicklingError, TypeError, AttributeError, RecursionError)


def _uses(known: Known, name: str) -> tuple[str, ...]:
    each = known.get(name)
    return (*each.contribution.uses, *each.others) if each is not None else ()


def _is_same(known: Known, name: str, restoring: Restoring | None) -> bool:
    return restoring is not None and known[name].module is restoring.known[name].module


def _resting_on(left: Collection[str], kept: dict[str, KeptModule]) -> set[str]:
    """The modules of `kept` that depend on some of `left`, directly or not, and those
    themselves."""
    users = users_of((name, (*module.uses, *module.others)) for name, module in kept.items())
    return {*left, *reachable(left, users)}
