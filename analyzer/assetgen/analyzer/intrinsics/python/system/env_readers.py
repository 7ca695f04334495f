"""`environs.Env`, and `decouple.Csv`: environment variables converted to other types."""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from pathlib import PurePosixPath
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.conversion import from_python
from assetgen.analyzer.evaluate.values import NONE, Constant, Declared, External, Sequence, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.system.contexts import Context
from assetgen.analyzer.intrinsics.python.system.environment import variable
from assetgen.analyzer.model.dataclass import dataclass

_READ: Final = Parameters("name, default=..., *, subcast=None, delimiter=',', **options")
_PREFIX: Final = Parameters("prefix")
_CSV: Final = Parameters("cast=..., delimiter=',', strip=..., post_process=...")
_ONE: Final = Parameters("value, /")


@dataclass(slots=True, eq=False)
class Env(Declared):
    """`environs.Env()`; `prefix` is that of the surrounding `env.prefixed(...)`."""

    type_name: ClassVar[str] = "environs.Env"
    prefix: str = ""


@dataclass(slots=True, eq=False)
class Prefixed(Declared):
    """`env.prefixed("APP_")`, a context manager."""

    type_name: ClassVar[str] = "environs.Env.prefixed"
    env: Env
    prefix: str
    before: str = ""


def _enter(call: Call, prefixed: Prefixed) -> Value:
    prefixed.before = prefixed.env.prefix
    prefixed.env.prefix += prefixed.prefix
    return prefixed.env


def _exit(call: Call, prefixed: Prefixed) -> Value:
    prefixed.env.prefix = prefixed.before
    return Constant(False)


def _prefixed(call: Call, env: Env) -> Value:
    prefix = _PREFIX.bind(call).plain("prefix")
    return Prefixed(env, prefix) if isinstance(prefix, str) else Context(env)


def _read(convert: Callable[[Call, str], Value]) -> Intrinsic:
    """`env.int("NAME", 5)`: the string converted, or the default unchanged."""

    def intrinsic(call: Call, env: Env) -> Value:
        bound = _READ.bind(call)
        name = bound.plain("name")
        if not isinstance(name, str) or bound.rest:
            return lost(call, bound["name"], *bound.rest.values())
        default = bound.get("default")
        value = variable(call, env.prefix + name, default, is_required=default is None)
        if value is default or not isinstance(value, Constant) or not isinstance(value.value, str):
            return value
        made = convert(call, value.value)
        if bound["subcast"] == NONE:
            return made
        items = call.items(made)
        cast = [call.invoke(bound["subcast"], each) for each in items.values]
        return Sequence("list", cast, list(items.losses))

    return method(Env, intrinsic)


def _number(kind: type) -> Callable[[Call, str], Value]:
    def convert(call: Call, text: str) -> Value:
        try:
            return Constant(kind(text))
        except ValueError:
            message = f"not a valid {kind.__name__}: {text!r}"
            raise Raised("environs.exceptions.EnvValidationError", message) from None

    return convert


def _truth(call: Call, text: str) -> Value:
    lowered = text.lower()
    if lowered in ("t", "true", "on", "y", "yes", "1"):
        return Constant(True)
    if lowered in ("f", "false", "off", "n", "no", "0"):
        return Constant(False)
    return lost(call, *call.args)


def _items(call: Call, text: str) -> Value:
    delimiter = _READ.bind(call).plain("delimiter")
    parts = text.split(delimiter if isinstance(delimiter, str) else ",") if text else []
    return from_python([part.strip() for part in parts])


def _json(call: Call, text: str) -> Value:
    try:
        return from_python(json.loads(text))
    except (ValueError, RecursionError):
        return lost(call, *call.args)


def _split(call: Call) -> Value:
    """`Csv()` of decouple, called with a string."""
    text = _ONE.bind(call).plain("value")
    if not isinstance(text, str):
        return lost(call, *call.args)
    return from_python([part.strip() for part in text.split(",")])


def _csv(call: Call) -> Value:
    _CSV.bind(call)
    return lost(call, *call.args) if call.args or call.kwargs else External("decouple.Csv.made")


_READERS: Final[ReadOnlyMapping[str, Callable[[Call, str], Value]]] = {
    "__call__": lambda call, text: Constant(text),
    "bool": _truth,
    "float": _number(float),
    "int": _number(int),
    "json": _json,
    "list": _items,
    "path": lambda call, text: Constant(PurePosixPath(text)),
    "str": lambda call, text: Constant(text),
}

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "decouple.Csv": _csv,
    "decouple.Csv.made": _split,
    "environs.Env": lambda call: Env(),
    **{f"environs.Env.{name}": _read(convert) for name, convert in _READERS.items()},
    "environs.Env.prefixed": method(Env, _prefixed),
    "environs.Env.prefixed.__enter__": method(Prefixed, _enter),
    "environs.Env.prefixed.__exit__": method(Prefixed, _exit),
    "environs.Env.read_env": lambda call: call.invoke(External("dotenv.load_dotenv"), *call.args),
}
