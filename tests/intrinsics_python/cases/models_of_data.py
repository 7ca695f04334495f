"""What pydantic makes of data by the annotations of a model."""

from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, Optional, Union

from pydantic import BaseModel, ConfigDict, Field


class Colour(str, Enum):
    RED = "red"


class Circle(BaseModel):
    kind: Literal["circle"] = "circle"
    radius: int


class Square(BaseModel):
    kind: Literal["square"] = "square"
    side: int
    name: str = ""


class Labelled(BaseModel):
    radius: int
    label: str = ""


Column = Union[str, int]


class Row(BaseModel):
    column: Union[str, int]
    number_first: int | str
    maybe: Optional[Union[str, int]] = None
    amount: Union[int, float] = 0
    place: Union[int, Path] = 0
    named: Union[Colour, str] = ""
    level: Union[Literal["high"], int] = "high"
    many: Union[str, list[str]] = ""
    aliased: Column = 0
    anything: Union[int, Any] = None
    quoted: "Annotated[Union[str, int], 'x']" = ""


row = Row(
    column="text",
    number_first="3",
    maybe="x",
    amount="1.5",
    place="a/b",
    named="red",
    level="7",
    many=["x"],
    aliased="y",
    anything="z",
    quoted="8",
)
named = isinstance(row.named, Colour)
values = (
    row.column,
    row.number_first,
    row.maybe,
    row.amount,
    str(row.place),
    row.named == "red",
    row.level,
    row.many,
    row.aliased,
    row.anything,
    row.quoted,
)


class Drawing(BaseModel):
    shape: Union[Square, Circle]
    parts: list[Union[Circle, Square]] = []
    loose: Union[Circle, Labelled, None] = None
    data: Union[dict[str, int], Circle] = {}


drawing = Drawing(
    shape={"radius": "4"},
    parts=[{"kind": "square", "side": 1}, {"kind": "circle", "radius": 2}],
    loose={"radius": 3, "label": "three"},
    data={"radius": 5},
)
shapes = (
    type(drawing.shape).__name__,
    drawing.shape.radius,
    [type(part).__name__ for part in drawing.parts],
    type(drawing.loose).__name__,
    drawing.data,
)


class Aliased(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    model_id: str = Field(alias="model", default="none")


aliases = (Aliased(model="a").model_id, Aliased(model_id="b").model_id, Aliased().model_id)


class Numbers(BaseModel):
    ratio: float
    ratios: list[float] = []
    maybe: Optional[float] = None
    either: Union[int, float] = 0
    whole: int = 0
    flag: bool = False


numbers = Numbers(ratio=15, ratios=[1, 2.5], maybe=3, either=4, whole=5.0, flag=1)
values_of_numbers = (
    str(numbers.ratio),
    str(numbers.ratios),
    str(numbers.maybe),
    str(numbers.either),
    str(numbers.whole),
    str(numbers.flag),
)
