import json
from dataclasses import dataclass
from datetime import datetime, date, timezone
from decimal import Decimal
from enum import Enum
from pathlib import Path
from pydantic import BaseModel, Field, computed_field, model_validator, field_validator
class Color(str, Enum):
    RED = "red"
class Plain(Enum):
    A = 1
@dataclass
class D:
    x: int = 1
class In(BaseModel):
    a: int = 1
    b: str | None = None
    c: str = Field("cc", alias="C")
    model_config = {"populate_by_name": True}
class M(BaseModel):
    i: In = In()
    l: list[In] = []
    d: dict[str, In] = {}
    t: tuple[int, ...] = (1, 2)
    s: set[int] = {1}
    when: datetime = datetime(2024, 1, 2, tzinfo=timezone.utc)
    day: date = date(2024, 1, 2)
    col: Color = Color.RED
    p: Plain = Plain.A
    path: Path = Path("a/b")
    n: Decimal = Decimal("1.50")
    m: D = D()
    o: int | None = None
    hid: str = Field("h", exclude=True)
    km: dict[int, str] = {1: "x"}
    @computed_field
    @property
    def twice(self) -> int: return self.i.a * 2
m = M(i=In(b="q"), l=[In(), In(C="zz")], d={"k": In(a=5)}, o=None)
dump_1 = repr((m.model_dump(),))
dump_2 = (m.model_dump(mode="json"),)
dump_3 = (m.model_dump_json(),)
dump_4 = repr((m.model_dump(exclude_none=True),))
dump_5 = (m.model_dump(exclude_unset=True),)
dump_6 = repr((m.model_dump(exclude_defaults=True),))
dump_7 = (m.model_dump(by_alias=True, include={"i": {"c", "a"}, "o": True}),)
dump_8 = (m.model_dump(exclude={"i": {"c"}, "l": True, "d": True, "when": True, "km": ...}),)
dump_9 = (m.model_dump_json(indent=2, include={"i", "col"}),)
dump_10 = (sorted(m.model_fields_set), sorted(In().model_fields_set),)
x = M.model_validate({"i": {"a": 3}, "l": [{"C": "1"}]})
dump_11 = (x.model_dump(exclude_unset=True), x.i.c, x.l[0].c,)
dump_12 = (json.loads(x.model_dump_json(exclude_unset=True)),)
y = x.model_copy(update={"o": 5})
dump_13 = (y.model_dump(exclude_unset=True),)
x.o = 9
dump_14 = (x.model_dump(exclude_unset=True), dict(In(a=4)),)
