"""What is in an enumeration: its members, their values, and any combination of flags."""

from enum import Enum, Flag, auto


class Rights(Flag):
    READ = auto()
    WRITE = auto()
    RUN = auto()
    BOTH = READ | WRITE


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Other(Enum):
    RED = "red"


own = Colour.RED in Colour, Rights.READ in Rights, Rights.BOTH in Rights
of_another = Other.RED in Colour, Rights.READ in Colour
combined = Rights(5) in Rights, (Rights.RUN | Rights.WRITE) in Rights
bits = Rights.RUN in Rights.BOTH, Rights.READ in Rights.BOTH
values = "red" in Colour, "green" in Colour, 1 in Rights
