"""Values that models do not show."""

import os
from typing import Optional

from pydantic import BaseModel, SecretBytes, SecretStr


class Access(BaseModel):
    key: SecretStr
    raw: SecretBytes = SecretBytes(b"q")
    other: Optional[SecretStr] = None
    empty: SecretStr = SecretStr("")


access = Access(key="abc", other="x")
shown = str(access.key), repr(access.key), f"{access.key}", str(access.raw), repr(access), str(access.other)
held = access.key.get_secret_value(), access.raw.get_secret_value(), len(access.key)
asked = bool(access.empty), bool(access.key), access.key == SecretStr("abc"), access.key == "abc", isinstance(access.key, SecretStr)
names = type(access.key).__name__, type(access.raw).__name__
with os.scandir(os.path.join(os.path.dirname(__file__), "data")) as entries:
    found = sorted(entry.name for entry in entries if entry.name.endswith(".json"))
