"""Patterns on parts of a text, sets of numbers, flags that are numbers, and files that are closed."""

import enum
import re
import types
from collections import deque
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

WORD = re.compile(r"(?P<word>[a-z]+)|(?P<sign>[-+])")
within = [
    WORD.match("ab+c", 2).lastgroup,
    WORD.match("ab+c", 2).end(),
    WORD.search("1+ab", pos=2).group(),
    WORD.fullmatch("x+y", 1, 2).group(),
    WORD.findall("ab+c-d", 2, 4),
    [each.start() for each in WORD.finditer("ab+c-d", 3)],
]


def tokens(text):
    place = 0
    while place < len(text):
        match = WORD.match(text, place)
        place = match.end()
        yield match.lastgroup, match.group()


tokenized = list(tokens("a+bc-d"))

orders = [
    list({3, 1, 2}),
    str({10, 1}),
    {number % 2 for number in [1, 2, 3]},
    ",".join(map(str, {100, 3, 50})),
    next(iter({7, 3})),
    [number for number in frozenset([9, 1.5])],
    list({5, 1} | {3}),
]


class Access(enum.IntFlag):
    READ = 1
    WRITE = 2


class Kind(enum.Flag):
    ONE = 1
    TWO = 2


both = Access.READ | Access.WRITE
flags = [
    both,
    both.name,
    both & Access.WRITE,
    both | 4,
    both + 1,
    Access.READ in both,
    Access(0),
    Kind.ONE & Kind.TWO,
]

latest = deque([1, 2, 3], maxlen=2)

with Path(__file__).open() as file:
    was_closed = file.closed
closing = [was_closed, file.closed]

functions = [
    isinstance(len, types.BuiltinFunctionType),
    isinstance(len, types.FunctionType),
    isinstance(tokens, types.FunctionType),
    isinstance(int, types.BuiltinFunctionType),
]


class Open(BaseModel):
    model_config = ConfigDict(extra="allow", populate_by_name=True)
    name: str = Field(alias="Name")
    size: int = 1


given = sorted(Open(Name="a", more=1).model_fields_set)

try:
    dict([1])
except TypeError as error:
    refused = str(error)
