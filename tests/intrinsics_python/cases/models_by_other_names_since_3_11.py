# Models whose fields have aliases, validators in their annotations, bounds and serialisers.
from enum import StrEnum
from typing import Annotated

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    RootModel,
    ValidationError,
    field_serializer,
)
from pydantic.alias_generators import to_camel

Lowered = Annotated[str, AfterValidator(str.lower), BeforeValidator(lambda text: text or "None")]


class Kind(StrEnum):
    TABLE = "table"
    VIEW = "view"


class Row(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    table_name: str
    row_count: int = 0


class Table(BaseModel):
    model_config = ConfigDict(use_enum_values=True)
    name: Lowered = "Plain"
    tags: list[Lowered] = []
    owner: str = Field("nobody", validation_alias=AliasChoices("owner", "owned_by"))
    kind: Kind = Kind.TABLE
    kinds: list[Kind] = []
    size: int = Field(1, ge=0, lt=10)
    code: str = Field("abc", min_length=2, pattern="^[a-z]+$")
    _seen: list = PrivateAttr(default_factory=list)
    _count: int = 3

    def model_post_init(self, context):
        self._seen.append(self.name)

    @field_serializer("tags")
    def joined(self, tags):
        return "|".join(tags)


class Tables(RootModel[dict[str, Table]]):
    def __getitem__(self, name):
        return self.root[name]


class Stripped(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True, str_to_lower=True)
    name: str = " D "


class Parent(BaseModel):
    a: int = 1


class Child(Parent):
    a: int = 2
    b: str = "b"


def refused(**given):
    try:
        Table(**given)
    except ValidationError:
        return "refused"
    return "made"


named = [Row(tableName="a").table_name, Row(table_name="b", rowCount=2).model_dump(by_alias=True)]
lowered = [Table(name="ABC").name, Table(name="").name, Table().name, Table(tags=["A"]).tags]
owned = [Table(owned_by="me").owner, Table(owner="you").owner, Table().owner]
kinds = [Table(kind="view").kind, Table(kinds=["view"]).kinds]
dumped = [Table(tags=["A", "B"]).model_dump()["tags"], Child(a=3).model_dump(exclude_defaults=True)]
shown = [str(Child()), f"{Child(b='c')}", repr(Child())]
private = [Table(name="x")._seen, Table()._count, sorted(Table().model_dump())]
within = [Tables({"t": {"name": "T"}})["t"].name, Tables.model_validate({"q": {}})["q"].size]
unchecked = [Child.model_construct(a="x").a, Child.model_construct().b]
bounds = [refused(size=-1), refused(size=10), refused(size=0), refused(code="a"), refused(code="A1")]
stripped = [Stripped(name=" A b ").name, Stripped().name]
