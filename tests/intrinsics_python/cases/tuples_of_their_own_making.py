"""Named tuples whose classes make their objects themselves."""

from collections import namedtuple
from typing import NamedTuple


class Table(namedtuple("Table", ("name", "key", "columns"))):
    __slots__ = ()

    def __new__(cls, name, key, *columns):
        return super().__new__(cls, name, key, columns)


class Load(namedtuple("Load", ("table", "is_full"))):
    def __new__(cls, table, is_full=True):
        return super().__new__(cls, table, is_full)


class Step(NamedTuple):
    name: str
    above: tuple = ()


class Join(Step):
    def __new__(cls, name, *above):
        return Step.__new__(cls, name, above)


class Union(Step):
    def __new__(cls, name):
        return super().__new__(cls, name, above=("all",))


columns = Table("orders", "id", "total", "day").columns
width = len(Table("orders", "id"))
load = Load("orders").is_full, Load("orders", False).is_full
join = Join("sales", "orders", "items").above
union = Union("everything").above
renamed = Join("sales", "orders")._replace(name="revenue")[:1]
