"""What a context holds, flags one by one, parameters of generic bases, and a sorter that is asked."""

from contextvars import ContextVar
from enum import Flag, auto
from graphlib import CycleError, TopologicalSorter
from string import Formatter
from typing import Generic, TypeVar, get_args

prefix = ContextVar("prefix", default=())
token = prefix.set(("raw",))
inner = prefix.get()
prefix.reset(token)
outer = prefix.get()
empty = ContextVar("empty")
try:
    empty.get()
except LookupError:
    is_empty = True
instead = empty.get("given")
name = empty.name


class Right(Flag):
    READ = auto()
    WRITE = auto()
    DROP = auto()
    EDIT = READ | WRITE


edits = [right.name for right in Right.EDIT]
several = [right.name for right in Right.DROP | Right.READ]
count = len(Right.EDIT)

T = TypeVar("T")


class Users:
    table = "users"


class Orders:
    table = "orders"


class Loader(Generic[T]):
    model: type

    def __init_subclass__(cls):
        cls.model = get_args(cls.__orig_bases__[0])[0]


class UserLoader(Loader[Users]): ...


class OrderLoader(Loader[Orders]): ...


tables = [loader.model.table for loader in (UserLoader, OrderLoader)]
first = OrderLoader.__orig_bases__[0].__args__[0].__name__

sorter = TopologicalSorter({"mart": ["orders", "users"]})
sorter.add("orders", "raw")
sorter.prepare()
levels = []
while sorter.is_active():
    ready = sorted(sorter.get_ready())
    levels.append(ready)
    sorter.done(*ready)
try:
    TopologicalSorter({"a": ["b"], "b": ["a"]}).prepare()
except CycleError:
    is_circle = True

fields = [field for _, field, _, _ in Formatter().parse("{schema}.{table!r:>{width}}") if field]
formatted = Formatter().format("{0}-{name:>4}", 1, name="x")


class Options:
    group = property(lambda self: "g", doc="The group.")


documented = (Options.group.__doc__, Options().group)


class Rights(Flag):
    READ = auto()
    WRITE = auto()
    RUN = auto()
    BOTH = READ | WRITE


named_after_bits = (Rights.READ | Rights.RUN).name, str(Rights.READ | Rights.RUN)
by_number = Rights(5).value, Rights(5).name, Rights(3).name, Rights(4).name
named_anyway = (Rights.RUN ^ Rights.READ ^ Rights.RUN).name, (~Rights.RUN).name
