"""The module `json`, with the hooks by which programs customise reading and writing."""

from __future__ import annotations

import json
from collections.abc import Mapping as ReadOnlyMapping
from typing import Any, Final

from assetgen.analyzer.evaluate.bound_values import BoundMethod
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.conversion import NotPlain, from_python
from assetgen.analyzer.evaluate.statements.failures import kind_of
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    Instance,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.python.plain import (
    each_option,
    give,
    lost,
    plain,
    raised,
    too_much,
)
from assetgen.analyzer.intrinsics.python.system.files import content_of
from assetgen.analyzer.model.dataclass import dataclass

_LOAD: Final = Parameters(
    "source, /, *, cls=None, object_hook=None, parse_float=None, parse_int=None,"
    " parse_constant=None, object_pairs_hook=None, encoding=None"
)
_DUMP: Final = Parameters("obj, /, *, default=None, cls=None, **options")
_DEEPEST: Final = 100


@dataclass(frozen=True, slots=True)
class _Pairs:
    """An object as written: its names and values in order."""

    pairs: list[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that a hook makes from its text."""

    hook: Value
    text: str


def _load(call: Call) -> Value:
    bound = _LOAD.bind(call)
    if bound["cls"] != NONE or bound["parse_constant"] != NONE:
        return lost(call, bound["cls"], bound["parse_constant"])
    source = bound["source"]
    content = content_of(call, source)
    if isinstance(source, Constant) and not isinstance(source.value, (str, bytes)):
        message = f"the JSON object must be str, bytes or bytearray, not {kind_of(source)}"
        return call.machine.failed("TypeError", message, call.site)
    if isinstance(content, Unknown):
        return content
    hooks: dict[str, Any] = {
        name: (lambda text, hook=bound[name]: _Number(hook, text))
        for name in ("parse_float", "parse_int")
        if bound[name] != NONE
    }
    try:
        data = json.loads(content, object_pairs_hook=_Pairs, **hooks)
        return _value(call, data, bound)
    except RecursionError:
        return too_much(call)
    except (ValueError, TypeError) as error:
        raise raised(error) from error


def _value(call: Call, data: object, bound: Bound) -> Value:
    if isinstance(data, list):
        return Sequence("list", [_value(call, item, bound) for item in data])
    if isinstance(data, _Number):
        return call.invoke(data.hook, Constant(data.text))
    if not isinstance(data, _Pairs):
        return from_python(data)
    pairs = [(Constant(name), _value(call, item, bound)) for name, item in data.pairs]
    if bound["object_pairs_hook"] != NONE:
        listed = Sequence("list", [Sequence("tuple", list(pair)) for pair in pairs])
        return call.invoke(bound["object_pairs_hook"], listed)
    made = Mapping()
    for name, item in pairs:
        made.entries[("constant", name.value)] = (name, item)
    if bound["object_hook"] != NONE:
        return call.invoke(bound["object_hook"], made)
    return made


def _dump(call: Call) -> Value:
    bound = _DUMP.bind(call)
    default = bound["default"]
    if isinstance(bound["cls"], Class):
        found = classes.lookup(bound["cls"], "default")
        default = BoundMethod(found[1], Instance(bound["cls"])) if found is not None else default
    elif bound["cls"] != NONE:
        return lost(call, bound["cls"])
    if call.losses:
        return lost(call, *call.losses)
    try:
        data = _plain(call, bound["obj"], default, 0)
        options = {name: plain(call, value) for name, value in bound.rest.items()}
    except NotPlain as error:
        return lost(call, error.value)
    indent = options.get("indent")
    wide = indent if isinstance(indent, int) else len(indent) if isinstance(indent, str) else 0
    if wide > 64:
        return too_much(call)
    try:
        return give(call, json.dumps(data, **options))  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise raised(error) from error
    except RecursionError:
        return too_much(call)


def _plain(call: Call, value: Value, default: Value, depth: int) -> object:
    """The plain data of a value; anything else is passed to `default`. Raises `NotPlain`."""
    if depth > _DEEPEST:
        raise NotPlain(value)
    if isinstance(value, (Sequence, Mapping)) and value.losses:
        raise NotPlain(value)
    if isinstance(value, (Sequence, Mapping)):
        call.machine.step()
    if isinstance(value, Sequence) and value.kind in ("list", "tuple"):
        return [_plain(call, item, default, depth + 1) for item in value.items]
    if isinstance(value, Mapping):
        return {
            plain(call, key): _plain(call, item, default, depth + 1)
            for key, item in value.entries.values()
        }
    is_text = isinstance(value, Constant) and isinstance(value.value, (str, int, float, type(None)))
    if is_text or default == NONE:
        return plain(call, value)
    if isinstance(value, Unknown):
        raise NotPlain(value)
    try:
        member = plain(call, value) if isinstance(value, Instance) else None
    except NotPlain:
        member = None
    if member is not None:
        return member
    made = call.invoke(default, value)
    return _plain(call, made, default, depth + 1)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "json.dumps": each_option(_dump),
    "json.load": each_option(_load),
    "json.loads": each_option(_load),
}
