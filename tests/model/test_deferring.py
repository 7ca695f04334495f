"""Fields that are put off are as if they had been there all the time."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable

import pytest

from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.deferring import LATER, Deferring, deferring


@dataclass(frozen=True, slots=True)
class Point(Deferring):
    x: int
    y: int = 0
    note: str = ""


MADE: list[str] = []


def put_off() -> Point:
    MADE.clear()

    def make() -> dict[str, object]:
        MADE.append("once")
        return {"y": 2, "note": "far"}

    return deferring(Point(1, LATER, LATER), make, "y", "note")


WHOLE = Point(1, 2, "far")


@pytest.mark.parametrize(
    "seen",
    [
        lambda point: point == WHOLE,
        lambda point: hash(point) == hash(WHOLE),
        lambda point: repr(point) == repr(WHOLE),
        lambda point: (point.note, point.y) == ("far", 2),
        lambda point: dataclasses.astuple(point) == (1, 2, "far"),
        lambda point: dataclasses.replace(point, x=3) == Point(3, 2, "far"),
        lambda point: replace(point, x=3) == Point(3, 2, "far"),
        lambda point: copy.copy(point) == WHOLE,
        lambda point: copy.deepcopy(point) == WHOLE,
        lambda point: pickle.loads(pickle.dumps(point)) == WHOLE,
    ],
)
def test_nobody_sees_a_difference(seen: Callable[[Point], bool]) -> None:
    point = put_off()
    assert not MADE
    assert seen(point)
    assert seen(point)
    assert MADE == ["once"]


def test_what_is_there_is_not_waited_for() -> None:
    assert put_off().x == 1
    assert not MADE


def test_a_name_that_no_field_has() -> None:
    point = put_off()
    assert not hasattr(point, "z")
    with pytest.raises(AttributeError, match="'Point' object has no attribute 'z'"):
        point.z  # type: ignore[attr-defined]  # noqa: B018
    assert not MADE
