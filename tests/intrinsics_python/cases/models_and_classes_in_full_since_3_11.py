"""Generic and open models, classes made by hand, and what data classes say of themselves."""

import types
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Flag, IntEnum, auto
from inspect import signature
from typing import Generic, Optional, TypeVar
from urllib.parse import urlparse

from pydantic import BaseModel, ConfigDict, model_validator

T = TypeVar("T")


class Box(BaseModel, Generic[T]):
    item: T
    count: int = 0


boxed = (Box[int](item="5").item, Box[list[int]](item=["1"]).item, Box(item="5").item)
box_names = (Box[int].__name__, Box[list[int]].__name__, Box.__name__, issubclass(Box[int], Box))
box_dumped = Box[str](item="x", count="2").model_dump()


class Open(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True)
    name: str = "n"
    wait: timedelta = timedelta(days=1)


opened = Open(wait=60, more=[1])
open_values = (opened.more, opened.model_extra, opened.wait.total_seconds(), Open().model_extra)
open_dumped = (opened.model_dump(), opened.model_dump(exclude={"wait"}))
as_keys = (len({Open(), Open(), Open(name="m")}), {Open(): 1}[Open(name="n")], Open() == Open())
required = [(n, f.is_required()) for n, f in Box.model_fields.items()]


class Node(BaseModel):
    name: str
    parent: Optional["Node"] = None

    @model_validator(mode="before")
    @classmethod
    def named(cls, data):
        return {"name": data} if isinstance(data, str) else data


parents = Node(name="a", parent={"name": "b"}).parent.name


class Tagged:
    def __init_subclass__(cls, tag=None, **rest):
        super().__init_subclass__(**rest)
        cls.tag = tag


made = types.new_class("Made", (Tagged,), {"tag": "t"}, lambda names: names.update(x=5))
made_by_hand = (made.tag, made.x, made.__name__, types.new_class("Bare").__name__)
try:

    class Refused(Tagged, colour="red"): ...

except TypeError as error:
    refusal = str(error)


@dataclass(slots=True)
class Slotted:
    """What it is."""

    a: int = 1
    b: list = field(default_factory=list)


@dataclass
class Undocumented:
    name: str
    tags: list[str] = field(default_factory=list)
    size: int | None = None if False else 3


@dataclass(slots=True)
class Derived(Slotted):
    c: str = "c"


slots = (Slotted.__slots__, Derived.__slots__, Derived().a)
documents = (Slotted.__doc__, str(signature(Slotted)))
annotated = [p.annotation for p in signature(Slotted).parameters.values()] == [int, list]


def made_of(a, /, b: int = 1, *rest, c="x", d: list[int] = (), **more) -> str: ...


def bare(*, only): ...


texts = (str(signature(made_of)), f"{signature(bare)}", str(signature(lambda x, y=None: x)))
parameter_texts = [str(p) for p in signature(made_of).parameters.values()]


class Mode(Flag):
    READ = auto()
    WRITE = auto()


Level = IntEnum("Level", ["LOW", "HIGH"], start=5)
Step = IntEnum("Step", "ONE TWO", start=0)
levels = ([x.value for x in Level], Step.TWO.value, Level(6).name)
nothing_set = (bool(Mode(0)), Mode(0).name, Mode(3) == Mode.READ | Mode.WRITE)

address = urlparse("https://host:8080/a/b?q=1#top")
scheme, place, *others = address
address_parts = (scheme, place, others, address[2], address.port, tuple(address[:2]))
