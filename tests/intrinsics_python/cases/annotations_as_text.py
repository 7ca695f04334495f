"""Annotations that are kept as text, and enumerations that are made of a module's names."""

from __future__ import annotations

import socket
from dataclasses import dataclass, fields
from enum import IntEnum


@dataclass
class Typed:
    plain: int
    listed: list[str]


types_of_fields = [field.type for field in fields(Typed)]
annotations = Typed.__annotations__
names = [field.name for field in fields(Typed) if field.type == "int"]

IntEnum._convert_("Families", __name__, lambda name: name.startswith("AF_"), source=socket)
try:
    _unspecified = AF_UNSPEC
    is_there = True
except NameError:
    is_there = False
