"""Groups of exceptions, notes, `StrEnum`, and how members of enumerations are shown."""

from enum import Enum, IntEnum, StrEnum

error = ValueError("x", 1)
error.add_note("n")
noted = str(error), repr(error), error.__notes__, error.__cause__


def grouped():
    found = []
    try:
        inner = ExceptionGroup("h", [ValueError("c")])
        raise ExceptionGroup("g", [ValueError("a"), TypeError("b"), inner])
    except* ValueError as group:
        found.append(("values", len(group.exceptions)))
    except* TypeError as group:
        found.append(("types", str(group.exceptions[0])))
    return found


groups = grouped()
try:
    raise ExceptionGroup("said", [ValueError(1)])
except ExceptionGroup as group:
    said = str(group), len(group.exceptions), group.message


class Layer(str, Enum):
    RAW = "raw"

    def under(self, *parts):
        return "/".join([self.value, *parts])


class Stage(StrEnum):
    ONE = "one"


class Level(IntEnum):
    LOW = 1


shown = (
    f"{Layer.RAW}",
    str(Layer.RAW),
    "%s" % Layer.RAW,
    Layer.RAW + "_x",
    Layer.RAW.under("x"),
    f"{Stage.ONE}",
    f"{Stage.ONE:>5}",
    f"{Level.LOW}",
    f"{Level.LOW:02d}",
)
del error
