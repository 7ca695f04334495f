"""`msgspec.json`."""

import json as _json
import typing

from msgspec._conversion import decoded


def decode(buf, *, type=typing.Any, strict=True, dec_hook=None):
    return decoded(_json.loads, buf, type)


class Decoder:
    def __init__(self, type=typing.Any, *, strict=True, dec_hook=None):
        self.type = type

    def decode(self, buf):
        return decode(buf, type=self.type)
