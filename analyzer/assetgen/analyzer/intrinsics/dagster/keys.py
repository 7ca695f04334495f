"""`AssetKey`, and everything that Dagster accepts in its place."""

from __future__ import annotations

import itertools
import json
import math
import operator
from collections.abc import Callable

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    Choice,
    Constant,
    Declared,
    Mapping,
    Sequence,
    Unknown,
    Value,
    options_of,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue
from assetgen.analyzer.intrinsics.dagster.declared.keys import CheckKeyValue, KeyValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import DepValue, SpecValue
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, text_of_variable
from assetgen.analyzer.intrinsics.python.plain import each_option
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey, key_shown_as


def read_key(call: Call, value: Value) -> AssetKey | Unknown | None:
    """The key that a string, list, tuple, key or definition of one asset means to Dagster.

    None if Dagster does not accept it as a key. For a choice, the key of the first option, and the
    loss of the others is reported.
    """
    value = text_of_variable(value)
    if isinstance(value, Choice):
        return _first_key(call, value)
    if isinstance(value, Unknown):
        return value
    if isinstance(value, KeyValue):
        return value.key
    if isinstance(value, Constant) and isinstance(value.value, str):
        return AssetKey((str(value.value),))
    if isinstance(value, Sequence):
        parts = read_parts(call, value)
        return AssetKey(parts) if isinstance(parts, tuple) else parts
    return _key_of_definition(value)


def read_parts(call: Call, value: Value) -> tuple[str, ...] | Unknown | None:
    """The parts of a key or prefix; a string is one part.

    Nones in it are left out, as Dagster does. None if it is not a prefix.
    """
    value = text_of_variable(value)
    if isinstance(value, Choice):
        return _first_parts(call, value)
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Constant):
        return (str(value.value),) if isinstance(value.value, str) else None
    if isinstance(value, KeyValue):
        return value.key.parts
    if not isinstance(value, Sequence):
        return None
    if value.losses:
        return value.losses[0]
    parts: list[str] = []
    for item in map(text_of_variable, value.items):
        part = _first_part(call, item) if isinstance(item, Choice) else item
        if isinstance(part, Unknown):
            return part
        if isinstance(part, Declared) and is_surely_no_key(value):
            return None
        if not isinstance(part, Constant):
            return call.unknown("external", "a part of the key is not known", part)
        if part.value is not None and not isinstance(part.value, str):
            return None
        if part.value:
            parts.append(str(part.value))
    return tuple(parts)


def _first_parts(call: Call, choice: Choice) -> tuple[str, ...] | Unknown:
    """The first prefix that is known; the loss of the others is reported."""
    options = [read_parts(call, option) for option in choice.options]
    known = [option for option in options if isinstance(option, tuple)]
    if not known:
        return choice.condition
    told = "/".join(known[0])
    _tell_choice(call, choice, f'the key prefix may be another than "{told}"')
    return known[0]


def _first_part(call: Call, choice: Choice) -> Constant | Unknown:
    """The same for a part of a key."""
    known = [option for option in choice.options if isinstance(option, Constant)]
    if not known:
        return choice.condition
    _tell_choice(call, choice, f"a part of the key may be another than {known[0].value!r}")
    return known[0]


def is_surely_no_key(value: Value) -> bool:
    """Whether a value is known, and is not something that Dagster makes a key of."""
    if isinstance(value, Constant):
        return not isinstance(value.value, str) and value.value is not None
    if isinstance(value, Sequence) and value.kind in ("list", "tuple"):
        return any(
            isinstance(item, Declared) or (isinstance(item, Constant) and is_surely_no_key(item))
            for item in map(text_of_variable, value.items)
        )
    return False


def _key_of_definition(value: Value) -> AssetKey | None:
    if isinstance(value, AssetsValue):
        return value.specs[0].key if len(value.specs) == 1 else None
    if isinstance(value, (SpecValue, SourceAssetValue)):
        return value.key
    if isinstance(value, DepValue):
        return value.dep.key
    return None


def _first_key(call: Call, value: Choice) -> AssetKey | Unknown | None:
    for option in value.options:
        key = read_key(call, option)
        if isinstance(key, AssetKey):
            _tell_choice(call, value, f"the asset key may be another than `{key}`")
            return key
    return value.condition


def _tell_choice(call: Call, value: Choice, message: str) -> None:
    call.report("unresolved-asset", f"{message}: {value.condition.root().message}")


def key_or_prefix(
    call: Call, bound: Bound, what: str, doubts: Doubts
) -> tuple[AssetKey | None, tuple[str, ...] | None]:
    """The `key` or else the `key_prefix` that an AssetIn or AssetOut (`what`) is given.

    Both are None if neither is given, or if what is given is not known, which is a doubt.
    """
    given, prefix = bound["key"], bound["key_prefix"]
    if is_given(given) and is_given(prefix):
        call.report("name-and-key", f"an {what} has either a key or a key_prefix")
    if is_given(given):
        key = read_key(call, given)
        if isinstance(key, Unknown):
            doubts.found.append(key)
            return None, None
        return key, None
    if is_given(prefix):
        parts = read_parts(call, prefix)
        if isinstance(parts, Unknown):
            doubts.found.append(parts)
            return None, None
        return None, parts
    return None, None


def each_key(row: Intrinsic) -> Intrinsic:
    """A row that makes something of a key: one for each key that its arguments may mean."""
    by_options = each_option(row)

    def made(call: Call) -> Value:
        if not any(isinstance(value, Sequence) for value in call.values):
            return by_options(call)
        args = tuple(as_options(call, value) for value in call.args)
        kwargs = {name: as_options(call, value) for name, value in call.kwargs.items()}
        return by_options(replace(call, args=args, kwargs=kwargs))

    return made


def as_options(call: Call, value: Value) -> Value:
    """A list with parts of which there are several options as one of several lists."""
    if not isinstance(value, Sequence) or value.losses:
        return value
    condition = next((item.condition for item in value.items if isinstance(item, Choice)), None)
    options = [options_of(item) for item in value.items]
    if condition is None or math.prod(map(len, options)) > call.machine.budget.options:
        return value
    lists = [Sequence(value.kind, list(parts)) for parts in itertools.product(*options)]
    return call.machine.join(lists, condition)


# -- AssetKey itself

_KEY = Parameters("path=None")


def _asset_key(call: Call) -> Value:
    given = _KEY.bind(call)["path"]
    key = read_key(call, given)
    if isinstance(key, Unknown):
        return call.unknown("unsupported", "the asset key is not known", key)
    if key is None:
        raise Raised("CheckError", "an asset key is a string or a list of strings")
    return KeyValue(key)


_USER_TEXT = Parameters("asset_key_string")


def _from_user_string(call: Call) -> Value:
    """`a/b` is two parts; only the escaped form keeps an escaped slash in its part."""
    text = _USER_TEXT.bind(call)["asset_key_string"]
    if not isinstance(text, Constant) or not isinstance(text.value, str):
        return call.unknown("unsupported", "the string of the asset key is not known", text)
    if not call.name.endswith("from_escaped_user_string"):
        return KeyValue(AssetKey(tuple(text.value.split("/"))))
    return KeyValue(key_shown_as(text.value))


_COERCIBLE = Parameters("arg")


def _from_coercible(call: Call) -> Value:
    given = _COERCIBLE.bind(call)["arg"]
    key = read_key(call, given)
    if isinstance(key, AssetKey):
        return KeyValue(key)
    return call.unknown("unsupported", "the asset key is not known", given)


_PREFIX = Parameters("prefix")


def _of_prefix(result: Callable[[AssetKey, tuple[str, ...]], Value]) -> Intrinsic:
    """A method of a key that is given a prefix."""

    def row(call: Call) -> Value:
        given = _PREFIX.bind(call)["prefix"]
        parts = read_parts(call, given)
        if not isinstance(parts, tuple) or not isinstance(call.receiver, KeyValue):
            return call.unknown("unsupported", "the prefix is not known", given)
        return result(call.receiver.key, parts)

    return row


_with_prefix = _of_prefix(lambda key, parts: KeyValue(key.with_prefix(parts)))
_has_prefix = _of_prefix(lambda key, parts: Constant(key.parts[: len(parts)] == parts))


def _user_string(call: Call) -> Value:
    key = _receiver(call)
    return Constant("/".join(key.parts))


def _list_string(call: Call) -> Value:
    return Constant(json.dumps(list(_receiver(call).parts)))


def _escaped_user_string(call: Call) -> Value:
    return Constant(str(_receiver(call)))


_SUFFIX = Parameters("suffix=None")


def _python_identifier(call: Call) -> Value:
    suffix = _SUFFIX.bind(call)["suffix"]
    if not isinstance(suffix, Constant):
        return call.unknown("unsupported", "the suffix is not known", suffix)
    parts = [*_receiver(call).parts, *([str(suffix.value)] if suffix.value is not None else [])]
    return Constant("__".join(parts).replace("-", "_").replace(".", "_"))


def _text_form(call: Call) -> Value:
    return Constant(f"AssetKey({list(_receiver(call).parts)!r})")


def _order(holds: Callable[[tuple[object, ...], tuple[object, ...]], bool]) -> Intrinsic:
    """How a key compares with another one: part by part."""

    def row(call: Call) -> Value:
        one, other = call.receiver, call.first
        if isinstance(one, KeyValue) and isinstance(other, KeyValue):
            return Constant(holds(one.key.parts, other.key.parts))
        if isinstance(one, CheckKeyValue) and isinstance(other, CheckKeyValue):
            mine, its = ((*key.asset.parts, "", key.name) for key in (one, other))
            return Constant(holds(mine, its))
        return call.unknown("unsupported", "the order of the keys is not known", other)

    return row


def _receiver(call: Call) -> AssetKey:
    if not isinstance(call.receiver, KeyValue):
        raise Raised("TypeError", f"{call.name} needs an AssetKey")
    return call.receiver.key


# -- AssetCheckKey

_CHECK_KEY = Parameters("asset_key, name")


def _check_key(call: Call) -> Value:
    bound = _CHECK_KEY.bind(call)
    key, name = read_key(call, bound["asset_key"]), bound.plain("name")
    if isinstance(key, AssetKey) and isinstance(name, str):
        return CheckKeyValue(key, name)
    return call.unknown("unsupported", "the check is not known", *bound.passed.values())


def check_key_of(value: Value) -> tuple[AssetKey, str] | None:
    """The asset and name of a check key or check spec."""
    if isinstance(value, (CheckKeyValue, CheckSpecValue)):
        return value.asset, value.name
    return None


def is_given(value: Value | None) -> bool:
    """Whether Dagster treats an argument as given: it is neither None nor empty."""
    if value is None:
        return False
    if isinstance(value, Constant):
        return value.value not in (None, "", False)
    if isinstance(value, Sequence):
        return bool(value.items or value.losses)
    if isinstance(value, Mapping):
        return bool(value.entries or value.losses)
    return True


def is_surely_given(value: Value | None) -> bool:
    """Whether an argument is given whatever its unknown parts are."""
    return is_given(value) and not isinstance(value, (Choice, Unknown))


TABLE: dict[str, Intrinsic] = {
    "dagster.AssetKey": each_key(_asset_key),
    "dagster.AssetKey.from_user_string": each_key(_from_user_string),
    "dagster.AssetKey.from_escaped_user_string": each_key(_from_user_string),
    "dagster.AssetKey.from_coercible": each_key(_from_coercible),
    "dagster.AssetKey.from_coercible_or_definition": each_key(_from_coercible),
    "dagster.AssetKey.with_prefix": each_key(_with_prefix),
    "dagster.AssetKey.has_prefix": _has_prefix,
    "dagster.AssetKey.to_string": _list_string,
    "dagster.AssetKey.to_user_string": _user_string,
    "dagster.AssetKey.to_escaped_user_string": _escaped_user_string,
    "dagster.AssetKey.to_python_identifier": _python_identifier,
    "dagster.AssetKey.__str__": _text_form,
    "dagster.AssetKey.__repr__": _text_form,
    "dagster.AssetCheckKey": _check_key,
    **{
        f"dagster.{kind}.__{name}__": _order(holds)
        for kind in ("AssetKey", "AssetCheckKey")
        for name, holds in (
            *(("lt", operator.lt), ("le", operator.le)),
            *(("gt", operator.gt), ("ge", operator.ge)),
        )
    },
}
