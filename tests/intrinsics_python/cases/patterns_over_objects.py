"""`match` over named tuples, lists and dictionaries of the project's own, and deques."""

from collections import deque, namedtuple
from typing import NamedTuple


class Source(NamedTuple):
    kind: str
    name: str
    options: dict = {}


class Row(list): ...


class Names(dict): ...


Pair = namedtuple("Pair", "left right", defaults=[0])


def told(value):
    match value:
        case Source("db", name, {"schema": schema, **rest}):
            return name, schema, rest
        case Source(kind="file", name=name) if name.endswith(".csv"):
            return name
        case Pair(left, 0):
            return "single", left
        case (str(kind), str(name), *rest):
            return kind, name, rest
        case [first, *_, last]:
            return first, last
        case {"name": name, **rest}:
            return name, dict(rest)
        case _:
            return "other"


values = [
    Source("db", "t", {"schema": "raw", "z": 1}),
    Source("file", "a.csv"),
    Source("file", "b.txt"),
    Pair(1),
    Pair(1, 2),
    Row([1, 2, 3]),
    Names(name="n", more=1),
    deque([1, 2]),
    ("a", "b", 3),
    "ab",
    {1, 2},
]
answers = [told(value) for value in values]
arguments = (Source.__match_args__, Pair.__match_args__, Pair._fields)
size = len(values)
count = len(answers)
