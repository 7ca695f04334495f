"""Dataclasses, flags, protocols, patterns, metaclasses and dispatch, as far as they go."""

from dataclasses import KW_ONLY, FrozenInstanceError, InitVar, asdict, dataclass, field, fields
from enum import Flag, IntEnum, auto
from functools import singledispatch
from typing import Protocol, TypedDict, runtime_checkable


@dataclass
class Table:
    name: str
    flag: InitVar[bool] = False
    full: str = field(init=False, repr=False, compare=False)
    note: str = field(default="", compare=False)
    _: KW_ONLY
    size: int = 0

    def __post_init__(self, flag):
        self.full = self.name + ("!" if flag else "")


tables = (
    Table("a", True) == Table("a", note="other"),
    Table("a") == Table("a", size=1),
    Table.__match_args__,
    asdict(Table("a"), dict_factory=lambda pairs: {name.upper(): value for name, value in pairs}),
    [getattr(item.type, "__name__", item.type) for item in fields(Table)],
)


@dataclass(eq=False)
class Single:
    a: int = 1


@dataclass(frozen=True)
class Key:
    a: int
    b: int = field(default=2, hash=False, compare=False)


singles = Single() == Single(), {Key(1): "v"}[Key(1, 3)]
refused = []
for make in (lambda: Key(), lambda: Key(1, 2, 3), lambda: Key(a=1, c=2), lambda: setattr(Key(1), "a", 5)):
    try:
        make()
    except (TypeError, FrozenInstanceError) as error:
        refused.append(str(error))


class Access(Flag):
    READ = auto()
    WRITE = auto()
    RUN = auto()
    BOTH = READ | WRITE


class Level(IntEnum):
    NONE = 0
    SOME = 1


access = Access.READ | Access.RUN
flags = (
    Access.READ in access,
    Access.WRITE in access,
    Access.BOTH.value,
    (Access.BOTH & Access.WRITE) is Access.WRITE,
    bool(Access.READ & Access.WRITE),
    Access(3) is Access.BOTH,
    (~Access.READ & Access.BOTH).name,
    "yes" if Level.NONE else "no",
)


@runtime_checkable
class Runs(Protocol):
    def run(self): ...


class Runner:
    def run(self):
        return "ran"


class Row(TypedDict, total=False):
    a: int


is_runner = isinstance(Runner(), Runs), isinstance(Single(), Runs)
row = Row(a=1)


class Meta(type):
    def __getattr__(cls, name):
        return f"{cls.__name__}.{name}"


class Named(metaclass=Meta):
    known = 1


named = Named.known, Named.other, [cls.__name__ for cls in Named.mro()]


@singledispatch
def kind(value, more=""):
    return "any" + more


@kind.register(int)
@kind.register(float)
def _(value, more=""):
    return "number" + more


@kind.register
def _(value: list | tuple, more=""):
    return "items" + more


kinds = kind(1), kind(2.0, "!"), kind("q"), kind([]), kind(()), kind(True), kind.dispatch(int)(9)


def matched(value):
    match value:
        case True | False:
            return "truth"
        case 0:
            return "zero"
        case Table(name, size=0):
            return f"empty {name}"
        case Table(name):
            return f"table {name}"
        case (first, *_):
            return f"from {first}"
        case {"k": [x, {"z": z}], **rest}:
            return f"{x}{z}{rest}"
    return "other"


matches = [matched(value) for value in (True, 0, 1, Table("a"), Table("b", size=2), range(2), {"k": [1, {"z": 2}], "q": 3})]
