"""`msgspec.toml`."""

import typing

from msgspec._conversion import decoded

try:
    import tomllib as _tomllib
except ImportError:
    import tomli as _tomllib


def _load(buf):
    return _tomllib.loads(buf.decode() if isinstance(buf, bytes) else buf)


def decode(buf, *, type=typing.Any, strict=True, dec_hook=None):
    return decoded(_load, buf, type)
