"""Objects that say which number they are."""

import math
import operator


class Size:
    def __int__(self):
        return 7

    def __float__(self):
        return 2.5

    def __index__(self):
        return 3

    def __complex__(self):
        return 1j

    def __round__(self, digits=None):
        return "rounded", digits

    def __trunc__(self):
        return 9

    def __abs__(self):
        return 5

    def __floor__(self):
        return 6

    def __ceil__(self):
        return 8


class Position:
    def __index__(self):
        return 2


whole = int(Size()), int(Position()), operator.index(Position())
written = hex(Position()), bin(Size()), oct(Size())
broken = float(Size()), float(Position()), complex(Size())
rounded = round(Size()), round(Size(), 2), abs(Size())
cut = math.floor(Size()), math.ceil(Size()), math.trunc(Size())

try:
    refused = str(operator.index("3"))
except TypeError:
    refused = "a text is no index"
