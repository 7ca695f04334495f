"""Our dataclasses behave as those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import ClassVar

import pytest

from assetgen.analyzer.model.dataclass import dataclass, field


def classes(make, field):
    """The same classes, made by one of the two decorators."""

    @make(frozen=True, slots=True, order=True)
    class Point:
        x: int
        y: int = 0
        note: str = field(default="", compare=False, repr=False)

    @make(slots=True)
    class Bag:
        kind: ClassVar[str] = "bag"
        items: list[int] = field(default_factory=list)

    @make(slots=True, eq=False)
    class Node:
        name: str
        parent: Node | None = None

    @make(slots=True, eq=False)
    class Leaf(Node):
        size: int = field(init=False)

        def __post_init__(self):
            self.size = len(self.name)

    return Point, Bag, Node, Leaf


def refusal(call):
    with pytest.raises(TypeError) as error:
        call()
    return str(error.value)


def behaviour(make, field):
    point_class, bag_class, node_class, leaf_class = classes(make, field)
    point, leaf = point_class(1, note="a"), leaf_class("leaf", parent=node_class("root"))
    leaf.parent.parent = leaf
    told = [
        *(refusal(call) for call in (point_class, lambda: point_class(1, 2, "a", 4))),
        *(
            refusal(call)
            for call in (lambda: point_class(1, z=2), lambda: node_class(name=1, of=2))
        ),
        repr(point).rpartition(".")[2],
        point == point_class(1, 0, "b"),
        point != point_class(2),
        point == (1, 0),
        hash(point) == hash(point_class(1, 0, "b")),
        sorted([point_class(2), point_class(1, 5), point])
        == [
            point,
            point_class(1, 5),
            point_class(2),
        ],
        point_class(1) <= point,
        dataclasses.astuple(point),
        dataclasses.asdict(bag_class([1])),
        dataclasses.astuple(dataclasses.replace(point, y=7)),
        [
            (one.name, one.type, one.default, one.init, one.repr, one.compare)
            for cls in (point_class, leaf_class)
            for one in dataclasses.fields(cls)
        ],
        dataclasses.is_dataclass(point),
        bag_class() == bag_class([]),
        bag_class().items is bag_class().items,
        bag_class.kind,
        leaf.size,
        leaf == leaf_class("leaf"),
        repr(leaf).count("..."),
        hasattr(leaf, "__dict__"),
        [cls.__hash__ is None for cls in (point_class, bag_class, node_class)],
        # Python 3.10 repeats those of the base
        set(leaf_class.__slots__) - set(node_class.__slots__),
        point_class.__doc__ is None or "Point" in point_class.__doc__,
        copy.copy(point) == point,
    ]
    for wrong in (
        lambda: point_class(),
        lambda: point_class(1, other=2),
        lambda: leaf_class("a", None, 3),
        lambda: point < 3,
    ):
        with pytest.raises((TypeError, AttributeError)) as raised:
            wrong()
        told.append(raised.type)
    return told


def test_they_behave_as_those_of_the_standard_library():
    assert behaviour(dataclass, field) == behaviour(dataclasses.dataclass, dataclasses.field)


@dataclass(frozen=True, slots=True)
class Base:
    x: int


@dataclasses.dataclass(frozen=True, slots=True)
class Derived(Base):
    y: int = 2


def test_the_two_kinds_extend_each_other():
    assert dataclasses.astuple(Derived(1)) == (1, 2)


def test_a_frozen_one_survives_being_pickled():
    assert pickle.loads(pickle.dumps(Base(1))) == Base(1)
