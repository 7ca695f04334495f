"""`msgspec.yaml`."""

import typing

import yaml as _yaml

from msgspec._conversion import decoded


def decode(buf, *, type=typing.Any, strict=True, dec_hook=None):
    return decoded(_yaml.safe_load, buf, type)
