"""Models and classes of fields that refuse what they are made of, and what reads attributes first."""

import importlib
from enum import Enum
from types import GeneratorType, MappingProxyType
from typing import Literal

import attr
import attrs
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator


def refused(make):
    try:
        make()
    except Exception as error:
        return type(error).__name__
    return None


class Column(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    kind: Literal["int", "str"] = "str"

    @field_validator("name")
    @classmethod
    def lowered(cls, value):
        if not value:
            raise ValueError("empty")
        return value.lower()


class Table(BaseModel):
    name: str = Field(alias="table_name")
    columns: list[Column] = Field(default_factory=list)
    keys: list[str] = []

    @model_validator(mode="after")
    def known_keys(self):
        missing = set(self.keys) - {column.name for column in self.columns}
        if missing:
            raise ValueError(f"missing {sorted(missing)}")
        return self


refusals = [
    refused(lambda: Column(name="a", other=1)),
    refused(lambda: Column(name="a", kind="date")),
    refused(lambda: Column(name="")),
    refused(lambda: Column.model_validate({"name": "a", "other": 1})),
    refused(lambda: Table.model_validate({"table_name": "t", "keys": ["q"]})),
    refused(lambda: Table.model_validate({"table_name": "t", "columns": [{"name": "Q"}], "keys": ["q"]})),
]

try:
    Table(table_name="t", keys=["z"])
    is_value_error = False
except ValueError as error:
    is_value_error = isinstance(error, ValidationError)


@attrs.define
class Point:
    x: int = attrs.field(validator=attrs.validators.instance_of(int))
    y: int = attrs.field()

    @y.default
    def doubled(self):
        return self.x * 2

    @x.validator
    def positive(self, attribute, value):
        if value < 0:
            raise ValueError("negative")


@attr.s(frozen=True)
class Fixed:
    z = attr.ib(default=1)


def change():
    Fixed().z = 2


points = attrs.asdict(Point(3)), attrs.asdict(Point(3, 4)), refused(lambda: Point(-1))
fixed = refused(change)


class Layer(str, Enum):
    RAW = "raw"
    MART = "mart"

    @classmethod
    def parse(cls, text):
        return cls(text) if text in cls._value2member_map_ else cls.RAW


parsed = Layer.parse("mart").name, Layer.parse("zz").value, Layer._member_names_
entries = {"a": 1}
_proxy = MappingProxyType(entries)


def set_entry():
    _proxy["b"] = 2


entries["c"] = 3
proxied = refused(set_entry), dict(_proxy), "b" in entries


def numbers():
    yield 1


generators = [isinstance(each, GeneratorType) for each in (numbers(), (n for n in "ab"), zip("ab"), [])]


class Upper:
    def __init__(self):
        self.kept = 1

    def __getattribute__(self, name):
        if name.startswith("say_"):
            return name.removeprefix("say_").upper()
        return object.__getattribute__(self, name)


said = Upper().say_hello, Upper().kept, hasattr(Upper(), "other")
no_module = refused(lambda: importlib.import_module("package.not_there"))


class Sharing:
    global shared
    shared = 5


shared_by_class = shared


class Sized(BaseModel):
    size: int
    name: str | None = None
    names: list[str] = []


def refuses(**fields):
    try:
        Sized(**fields)
    except ValidationError:
        return True
    return False


collections_for_numbers = [refuses(size=[1]), refuses(size={}), refuses(size=(1,))]
collections_for_texts = [refuses(size=1, name=["a"]), refuses(size=1, names=["a"])]
