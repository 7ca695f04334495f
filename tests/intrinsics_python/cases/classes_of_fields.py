import dataclasses
from collections import namedtuple
from dataclasses import InitVar, asdict, astuple, dataclass, field, fields, replace
from enum import Enum, Flag, IntEnum, auto
from typing import ClassVar, NamedTuple, Optional


@dataclass(frozen=True)
class Base:
    name: str
    tags: list = field(default_factory=list)
    kind: ClassVar[str] = "base"


@dataclass(frozen=True)
class Source(Base):
    schedule: Optional[str] = None
    columns: int = field(default=3, repr=False)
    scale: InitVar[int] = 1

    def __post_init__(self, scale):
        object.__setattr__(self, "area", self.columns * scale)

    @property
    def key(self):
        return f"{self.kind}/{self.name}"


@dataclass(kw_only=True)
class Keywords:
    a: int = 1
    b: int


@dataclass(order=True)
class Version:
    major: int
    minor: int = 0


one = Source("orders", ["x"], schedule="daily", scale=2)
other = Source(name="users")
attributes = one.name, one.tags, one.schedule, one.columns, one.area, one.key, other.tags, other.area
not_shared = other.tags is Source("z").tags
changed = replace(other, name="people").name, replace(one, scale=5).area
as_data = asdict(one), astuple(Version(1)), asdict(Keywords(b=2))
names = [f.name for f in fields(Source)], [f.name for f in fields(one)]
equal = Version(1, 2) == Version(1, 2), Version(1) == Version(2), Version(1) < Version(2), sorted([Version(2), Version(1, 5)])[0].major
text = repr(Version(1, 2)), str(Version(3)), f"{Source('x')}"
is_one = dataclasses.is_dataclass(one), dataclasses.is_dataclass(Version), dataclasses.is_dataclass(3)
catalogue = {s.name: s.key for s in [Source("a"), Source("b")]}
made = dataclasses.make_dataclass("Made", ["x", ("y", int, 5)])(1)
made_values = made.x, made.y


class Point(NamedTuple):
    x: int
    y: int = 2

    def total(self):
        return self.x + self.y


Pair = namedtuple("Pair", "left right", defaults=[None])
p = Point(1)
points = p.x, p.y, p[0], p[-1], len(p), list(p), p.total(), p._asdict(), p._replace(y=9).y, Point._fields, tuple(p)
px, py = p
pair = Pair(1)
pairs = pair.left, pair.right, Pair(1, 2) == Pair(1, 2), Pair._make([3, 4]).right, repr(Pair(1, 2)), Pair(*[5, 6]).left
point_text = repr(Point(1, 2)), {Point(1): "a"}[Point(1)], sorted([Point(2), Point(1)])[0].x, 1 in Point(1)


class Colour(Enum):
    RED = "red"
    GREEN = "green"
    CRIMSON = "red"

    @property
    def label(self):
        return self.value.title()

    @classmethod
    def default(cls):
        return cls.GREEN


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Name(str, Enum):
    A = "a"
    B = "b"


class Kind(Enum):
    ONE = auto()
    TWO = auto()


class Planet(Enum):
    EARTH = (1, 2)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius


class Permission(Flag):
    READ = auto()
    WRITE = auto()


members = Colour.RED.value, Colour.RED.name, Colour("green").name, Colour["RED"].value, Colour.CRIMSON is Colour.RED, Colour.RED.label
iterated = [c.value for c in Colour], [c.name for c in Level], len(Colour), list(Colour.__members__), Colour.default().value
compare = Colour.RED == Colour.RED, Colour.RED == "red", Name.A == "a", Level.HIGH == 2, Colour.RED in [Colour.RED], Colour.RED is Colour("red")
mixed = Name.A.upper(), f"{Colour.RED}", str(Colour.RED), repr(Colour.RED), ",".join([Name.A, Name.B]), Level.LOW + 1, Name("b").value
autos = Kind.ONE.value, Kind.TWO.value, Planet.EARTH.mass, Planet.EARTH.radius, Planet.EARTH.value, (Permission.READ | Permission.WRITE).value
by_member = {Colour.RED: 1}[Colour("red")], {c: c.value for c in Colour}[Colour.GREEN]
functional = Enum("Functional", "X Y").Y.value, Enum("Mapped", {"P": "p"}).P.value, [m.name for m in Enum("Listed", ["Q", "R"])]
sorted_levels = [m.name for m in sorted(Level, reverse=True)], max(Level).name, Level.LOW < Level.HIGH
is_enum = isinstance(Colour.RED, Colour), isinstance(Name.A, str), issubclass(Colour, Enum), isinstance(Level.LOW, int)


@dataclasses.dataclass
class Typed:
    plain: int
    listed: list[str]
    quoted: "str" = "x"


types_of_fields = [field.type is int for field in dataclasses.fields(Typed)]
quoted_type = dataclasses.fields(Typed)[2].type, Typed.__annotations__["quoted"]
