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


nested_parts = []
try:
    raise ExceptionGroup(
        "outer",
        [ValueError(1), TypeError("t"), ExceptionGroup("inner", [ValueError(2), KeyError("k")])],
    )
except* ValueError as part:
    below = [[str(one) for one in group.exceptions] for group in part.exceptions[1:]]
    nested_parts.append((part.message, str(part), below))
except* (TypeError, KeyError) as part:
    nested_parts.append((str(part), len(part.exceptions)))

try:
    try:
        raise ExceptionGroup("outer", [ValueError(1), TypeError("t")])
    except* ValueError:
        pass
except ExceptionGroup as rest:
    left_over = str(rest), [str(one) for one in rest.exceptions]

try:
    raise ValueError("alone")
except* ValueError as part:
    group_of_one = str(part), [str(one) for one in part.exceptions]
