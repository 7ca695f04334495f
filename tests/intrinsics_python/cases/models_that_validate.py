"""Models that are made and written by code, with validators of their own."""

from pydantic import BaseModel, create_model, Field, field_validator, model_validator, ConfigDict, computed_field, RootModel, TypeAdapter
from typing import Optional, List, Dict, Literal
class Inner(BaseModel):
    n: int = 1
class M(BaseModel):
    a: str
    b: int = 2
    c: List[Inner] = []
    d: Dict[str, Inner] = Field(default_factory=dict)
    e: Optional[str] = None
    model_config = ConfigDict(extra="forbid")
m = M(a="x", c=[{"n": 3}], d={"k": {"n": 4}})
v = m.a, m.b, m.c[0].n, m.d["k"].n, m.e
dump = m.model_dump()
M2 = create_model("M2", x=(int, 5), y=(str, ...))
m2 = M2(y="q")
mv = m2.x, m2.y
js = M.model_validate({"a": "z", "b": "7"}).b
j2 = M.model_validate_json('{"a": "w"}').a
class V(BaseModel):
    name: str
    @field_validator("name")
    @classmethod
    def up(cls, v): return v.upper()
vn = V(name="abc").name
class P(BaseModel):
    first: str
    @property
    def full(self): return self.first + "!"
    @computed_field
    @property
    def comp(self) -> str: return self.first * 2
pf = P(first="a").full, P(first="b").comp, P(first="b").model_dump()
fields = list(M.model_fields)
cp = m.model_copy(update={"a": "new"}).a
class R(RootModel[List[int]]): pass
rr = R([1, 2]).root
class D1(BaseModel):
    kind: Literal["a"] = "a"
class AliasM(BaseModel):
    x: int = Field(alias="the_x")
al = AliasM(the_x=3).x
class MV(BaseModel):
    a: int
    b: int = 0
    @model_validator(mode="after")
    def chk(self):
        self.b = self.a + 1
        return self
mvb = MV(a=1).b
eq = Inner(n=1) == Inner()
jd = Inner(n=2).model_dump_json()
class Sub(M):
    f: float = 1.5
sf = Sub(a="s").f, Sub(a="s").b
exc = m.model_dump(exclude={"c", "d"}), m.model_dump(include={"a"}), m.model_dump(exclude_none=True)["a"]
class Post(BaseModel):
    x: int
    def model_post_init(self, ctx): self.__dict__["y"] = 3
px = Post(x=1).x
it = dict(Inner())


class Ordered(BaseModel):
    low: int = 0
    high: int = 1
    name: str = "x"

    @field_validator("name", mode="before")
    @classmethod
    def as_text(cls, value):
        return str(value)

    @field_validator("low", "high")
    @classmethod
    def positive(cls, value, info):
        return abs(value)

    @model_validator(mode="before")
    @classmethod
    def from_pair(cls, data):
        return {**data, **({"low": data["pair"][0]} if "pair" in data else {})}


ordered = Ordered(pair=(-3, 4), high=-7, name=12).model_dump()


class Cat(BaseModel):
    lives: int


class Dog(BaseModel):
    name: str


Pet = Cat | Dog


class Owner(BaseModel):
    pet: Pet


adapted = TypeAdapter(Cat | Dog).validate_python({"name": "rex"}).name
adapted_alias = TypeAdapter(Pet).validate_json('{"lives": 9}').lives
adapted_list = [cat.lives for cat in TypeAdapter(List[Cat]).validate_python([{"lives": "3"}])]
adapted_field = Owner(pet={"name": "rex"}).pet.name


class Key(BaseModel):
    parts: List[str] = Field(default=[], alias="path")
    inner: Inner = Field(default=Inner(), serialization_alias="within")
    model_config = ConfigDict(populate_by_name=True)


aliased = Key(path=["a"]).model_dump(by_alias=True), Key(parts=["b"]).model_dump()
