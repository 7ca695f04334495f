"""`msgspec`: structs, and data that is converted to them."""

from msgspec import json, structs, toml, yaml
from msgspec._conversion import (
    NODEFAULT,
    UNSET,
    DecodeError,
    MsgspecError,
    Struct,
    UnsetType,
    ValidationError,
    convert,
    field,
    to_builtins,
)
