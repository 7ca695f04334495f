"""What is set on models, constraints that change texts, and what attrs refuses."""

from dataclasses import dataclass, field
from typing import Annotated, Optional

import attr
import attrs
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, constr


def refused(make):
    try:
        make()
    except Exception as error:
        return type(error).__name__
    return None


class Texts(BaseModel):
    lower: Annotated[str, StringConstraints(to_lower=True)] = "Z"
    upper: constr(strip_whitespace=True, to_upper=True) = "z"
    maybe: Optional[Annotated[str, StringConstraints(strip_whitespace=True)]] = None


texts = Texts(lower=" AbC", upper=" q ", maybe=" x ")
constrained = [texts.lower, texts.upper, texts.maybe, Texts().lower, Texts().upper]


class Checked(BaseModel):
    model_config = ConfigDict(validate_assignment=True)
    count: int = Field(1, ge=0)
    names: list[str] = []


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)
    count: int = 1


class Half(BaseModel):
    free: int = 1
    fixed: int = Field(2, frozen=True)


checked = Checked()
checked.count = "7"
after_setting = [checked.count, refused(lambda: setattr(checked, "count", -1)), checked.count]
half = Half()
half.free = "unchecked"
frozen_ones = [
    refused(lambda: setattr(Frozen(), "count", 2)),
    refused(lambda: setattr(half, "fixed", 3)),
    half.free,
    half.fixed,
]
original = Checked(names=["a"])
deep, shallow = original.model_copy(deep=True), original.model_copy()
original.names.append("b")
copies = [deep.names, shallow.names, original.model_copy(update={"count": 4}, deep=True).count]


@attrs.define
class Limited:
    kind: str = attrs.field(default="a", validator=attrs.validators.in_(["a", "b"]))
    size: int = attrs.field(default=1, validator=[attrs.validators.ge(0), attrs.validators.lt(9)])
    name: str = attrs.field(
        default=None,
        validator=attrs.validators.optional(attrs.validators.matches_re("[a-z]+")),
        converter=attrs.converters.optional(str.lower),
    )
    tags: list = attrs.field(
        default=None,
        converter=attrs.converters.default_if_none(factory=list),
        validator=attrs.validators.deep_iterable(attrs.validators.instance_of(str)),
    )


limits = [
    refused(lambda: Limited("c")),
    refused(lambda: Limited("b", 9)),
    refused(lambda: Limited(size=-1)),
    refused(lambda: Limited(name="a1")),
    refused(lambda: Limited(tags=[1])),
    refused(lambda: Limited("b", 8, "ab", ["x"])),
    Limited(name="AB").name,
    Limited(tags=None).tags,
]


@attr.s(auto_attribs=True)
class Ordered:
    rank: int
    name: str = "n"


ranks = [each.rank for each in sorted([Ordered(2), Ordered(1)])]


@dataclass(unsafe_hash=True)
class Node:
    name: str
    tags: list = field(default_factory=list, hash=False)
    weight: int = field(default=1, kw_only=True)


nodes = {Node("a"): 1, Node("b", ["x"]): 2}
found = [len({Node("a"), Node("a"), Node("a", ["x"])}), nodes[Node("b", ["x"])], len(nodes)]
by_name = [list(Node.__dataclass_fields__), "tags" in Node("a").__dataclass_fields__]
keyword_only = [each.kw_only for each in Node.__dataclass_fields__.values()]
