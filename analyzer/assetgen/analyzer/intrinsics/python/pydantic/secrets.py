"""`SecretStr` and `SecretBytes`, which do not show what they hold."""

from __future__ import annotations

from collections.abc import Hashable
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.hashing import hash_key
from assetgen.analyzer.evaluate.values import NONE, Constant, Declared, External, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass

_VALUE: Final = Parameters("secret_value, /")


@dataclass(slots=True, eq=False)
class Secret(Declared):
    """What is held, and whether as bytes."""

    type_name: ClassVar[str] = "pydantic.SecretStr"
    held: Value = NONE
    is_bytes: bool = False

    def own_type(self) -> str:
        return "pydantic.SecretBytes" if self.is_bytes else self.type_name

    def true_as(self) -> Value | None:
        return self.held

    def hash_key(self) -> Hashable | None:
        held = hash_key(self.held)
        return None if held is None else ("secret", held)


def _secret(call: Call) -> Value:
    held = _VALUE.bind(call)["secret_value"]
    return held if isinstance(held, Secret) else Secret(held, call.name.endswith("Bytes"))


def _reveal(call: Call, secret: Secret) -> Value:
    return secret.held


def _shown(call: Call, secret: Secret) -> Value:
    """Ten asterisks for anything but what is empty."""
    is_filled = call.machine.truth(secret.held, call.site)
    if is_filled is None:
        return lost(call, secret.held)
    text = "**********" if is_filled else ""
    shown: object = text.encode() if secret.is_bytes else text
    if call.name.endswith("__repr__"):
        name = secret.own_type().rpartition(".")[2]
        return Constant(f"{name}({shown!r})")
    return Constant(str(shown))


def _length(call: Call, secret: Secret) -> Value:
    return call.invoke(External("builtins.len"), secret.held)


def _equal(call: Call, secret: Secret) -> Value:
    other = call.first
    if not isinstance(other, Secret):
        return Constant(False) if isinstance(other, Constant) else lost(call, other)
    answer = call.machine.equals(secret.held, other.held, call.site)
    return lost(call, secret.held) if answer is None else Constant(answer)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pydantic.SecretBytes": _secret,
    "pydantic.SecretStr": _secret,
    "pydantic.SecretStr.__eq__": method(Secret, _equal),
    "pydantic.SecretStr.__len__": method(Secret, _length),
    "pydantic.SecretStr.__repr__": method(Secret, _shown),
    "pydantic.SecretStr.__str__": method(Secret, _shown),
    "pydantic.SecretStr.get_secret_value": method(Secret, _reveal),
}
