"""Cached methods, exceptions that are raised by their class, pairs that are objects."""

import functools

calls = []


class Catalogue:
    @functools.lru_cache(maxsize=None)
    def get(self, key):
        calls.append(key)
        return [key]

    @functools.cache
    def all(self):
        return [object()]


catalogue = Catalogue()
gets = catalogue.get(1), catalogue.get(1) is catalogue.get(1), catalogue.all() is catalogue.all()
called = list(calls)


class Pair:
    def __init__(self, key, value):
        self.key, self.value = key, value

    def __iter__(self):
        yield self.key
        yield self.value


pairs = dict([Pair("k", "v"), "ab", (1, 2)])
raised = []


class Refused(Exception):
    def __init__(self, reason="none"):
        super().__init__(f"refused: {reason}")


for kind in (NotImplementedError, Refused):
    try:
        raise kind
    except Exception as error:
        raised.append((repr(error), str(error), error.args))


class Base:
    kinds = ["b"]

    def __init__(self, name, **rest):
        self.name, self.rest = name, rest


class Tagged:
    def __init__(self, *args, tags=(), **rest):
        super().__init__(*args, **rest)
        self.tags = tags


class Full(Tagged, Base):
    kinds = Base.kinds + ["f"]


full = Full("n", tags=["t"], z=1)
of_full = full.name, full.tags, full.rest, full.kinds


from types import SimpleNamespace
from typing import NamedTuple

size = 20


class Scoped:
    size = 30
    sizes = [size for _ in range(1)]
    own = [each for each in range(size - 28)]


class Edge(NamedTuple):
    start: str
    end: str = "sink"


scoped = Scoped.sizes, Scoped.own
edges = {Edge("a"): 1}[("a", "sink")], {("b", "c"): 2}[Edge("b", "c")], Edge("a") == ("a", "sink")
space = SimpleNamespace(a=1)
in_space = getattr(space, "q", "none"), hasattr(space, "a"), hasattr(space, "q"), repr(space)
counting = (number for number in range(4))
stopped = 1 in counting, list(counting)
