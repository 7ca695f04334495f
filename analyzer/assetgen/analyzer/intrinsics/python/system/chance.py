"""Randomness, which is unknown, and digests, which are not: `random`, `uuid`, `hashlib` and
others."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.conversion import NotPlain
from assetgen.analyzer.evaluate.values import NONE, Constant, Declared, External, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import (
    each_option,
    lost,
    nothing,
    opaque,
    plain,
    pure_attribute,
    pure_function,
    raised,
)
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass

_RANDOM: Final = opaque("time", "a random value")
_DATA: Final = Parameters("data=b'', *, usedforsecurity=True, digest_size=None")
_NEW: Final = Parameters("name, data=b'', *, usedforsecurity=True")
_NAMED: Final = Parameters("namespace, name")


@dataclass(slots=True, eq=False)
class Digest(Declared):
    """A hash of `data` by the algorithm `name`, with the data passed so far."""

    type_name: ClassVar[str] = "hashlib.hash"
    name: str = ""
    data: bytes = b""
    size: int | None = None

    def attribute(self, name: str) -> Value | None:
        return Constant(self.name) if name == "name" else None

    def digest(self) -> bytes:
        """The hash of the data."""
        import hashlib

        if self.size is not None:
            return hashlib.blake2b(self.data, digest_size=self.size).digest()
        return hashlib.new(self.name, self.data, usedforsecurity=False).digest()


def _digest(call: Call) -> Value:
    bound = _DATA.bind(call)
    data, size = bound.plain("data"), bound.plain("digest_size")
    name = call.last_name
    is_sized = isinstance(size, int) and name == "blake2b"
    if not isinstance(data, bytes) or (size is not None and not is_sized):
        return lost(call, bound["data"], bound["digest_size"])
    return Digest(name, data, size if isinstance(size, int) else None)


def _new(call: Call) -> Value:
    bound = _NEW.bind(call)
    name, data = bound.plain("name"), bound.plain("data")
    if not isinstance(name, str) or not isinstance(data, bytes):
        return lost(call, bound["name"], bound["data"])
    return Digest(name, data)


def _update(call: Call, digest: Digest) -> Value:
    data = call.first
    if isinstance(data, Constant) and isinstance(data.value, bytes):
        digest.data += data.value
    else:
        digest.name = ""  # fed with something unknown: no result is known any more
    return NONE


def _of_digest(result: Callable[[bytes], object]) -> Intrinsic:
    """A method that gives something of the hash of what has been passed."""

    def row(call: Call, digest: Digest) -> Value:
        if not digest.name or call.args:
            return lost(call, *call.args)
        try:
            return Constant(result(digest.digest()))
        except (ValueError, TypeError) as error:
            raise raised(error) from error

    return method(Digest, row)


_NAMESPACES: Final = frozenset(
    {"uuid.NAMESPACE_DNS", "uuid.NAMESPACE_OID", "uuid.NAMESPACE_URL", "uuid.NAMESPACE_X500"}
)


def _named_uuid(call: Call) -> Value:
    import uuid

    bound = _NAMED.bind(call)
    namespace = bound["namespace"]
    try:
        name = plain(call, bound["name"])
        if isinstance(namespace, External) and namespace.qualname in _NAMESPACES:
            base = getattr(uuid, namespace.qualname.removeprefix("uuid."))
        else:
            base = plain(call, namespace)
    except NotPlain as error:
        return lost(call, error.value)
    if not isinstance(base, uuid.UUID) or not isinstance(name, str):
        return lost(call)
    make = uuid.uuid5 if call.name.endswith("5") else uuid.uuid3
    return Constant(make(base, name))


_ENCODINGS: Final = (
    *("a85decode", "a85encode", "b16decode", "b16encode", "b32decode", "b32encode", "b64decode"),
    *("b64encode", "b85decode", "b85encode", "standard_b64decode", "standard_b64encode"),
    *("urlsafe_b64decode", "urlsafe_b64encode"),
)
_PARTS: Final = ("bytes", "hex", "int", "urn", "variant", "version")

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    **{f"base64.{name}": pure_function("base64", name) for name in _ENCODINGS},
    "hashlib.blake2b": each_option(_digest),
    "hashlib.hash.copy": method(Digest, lambda call, digest: replace(digest)),
    "hashlib.hash.digest_size": _of_digest(len),
    "hashlib.hash.digest": _of_digest(lambda data: data),
    "hashlib.hash.hexdigest": _of_digest(bytes.hex),
    "hashlib.hash.update": method(Digest, _update),
    "hashlib.md5": each_option(_digest),
    "hashlib.new": each_option(_new),
    "hashlib.sha1": each_option(_digest),
    "hashlib.sha224": each_option(_digest),
    "hashlib.sha256": each_option(_digest),
    "hashlib.sha384": each_option(_digest),
    "hashlib.sha512": each_option(_digest),
    "os.urandom": _RANDOM,
    "random.choice": _RANDOM,
    "random.choices": _RANDOM,
    "random.gauss": _RANDOM,
    "random.getrandbits": _RANDOM,
    "random.randint": _RANDOM,
    "random.random": _RANDOM,
    "random.randrange": _RANDOM,
    "random.sample": _RANDOM,
    "random.seed": nothing,
    "random.uniform": _RANDOM,
    "secrets.choice": _RANDOM,
    "secrets.token_hex": _RANDOM,
    "secrets.token_urlsafe": _RANDOM,
    "uuid.UUID": pure_function("uuid", "UUID"),
    **{f"uuid.UUID.{name}": pure_attribute("uuid.UUID") for name in _PARTS},
    "uuid.uuid1": _RANDOM,
    "uuid.uuid3": each_option(_named_uuid),
    "uuid.uuid4": _RANDOM,
    "uuid.uuid5": each_option(_named_uuid),
    "zlib.adler32": pure_function("zlib", "adler32"),
    "zlib.crc32": pure_function("zlib", "crc32"),
}


PROPERTIES: Final = frozenset(
    ("hashlib.hash.digest_size", *(f"uuid.UUID.{name}" for name in _PARTS))
)
