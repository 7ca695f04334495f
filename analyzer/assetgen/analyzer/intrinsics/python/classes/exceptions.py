"""Exception classes: an exception is a record of its arguments, from which its message is made."""

from __future__ import annotations

import builtins
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    External,
    Instance,
    Record,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.python.plain import lost, same


def _made(call: Call) -> Value:
    args = Sequence("tuple", list(call.args))
    return Record(call.name, {"args": args}, call.args, call.site, call.losses)


def _construct(call: Call) -> Value:
    """An exception of a class of the project."""
    if not isinstance(call.receiver, Class):
        return _made(call)
    attributes: dict[str, Value] = {"args": Sequence("tuple", list(call.args))}
    return Instance(call.receiver, attributes, call.args, call.kwargs, call.site)


def _initialise(call: Call) -> Value:
    """`super().__init__(...)` in a class of the project."""
    receiver, args = call.receiver, call.args
    if receiver is None and args:
        receiver, args = args[0], args[1:]
    if isinstance(receiver, Instance):
        call.machine.write(receiver.attributes, "args", Sequence("tuple", list(args)))
    return NONE


def _arguments(call: Call) -> Value:
    """`error.args`, if no `__init__` has set them: the arguments of the call."""
    if isinstance(call.receiver, Instance):
        return call.receiver.attributes.get("args", Sequence("tuple", list(call.receiver.args)))
    return lost(call)


def _text(call: Call) -> Value:
    """`str(error)`: empty, its only argument, or the tuple of its arguments."""
    error = call.receiver
    if not isinstance(error, (Instance, Record)):
        return lost(call)
    names = error.attributes if isinstance(error, Instance) else error.fields
    args = names.get("args")
    if args is None and isinstance(error, Instance):
        args = Sequence("tuple", list(error.args))
    if not isinstance(args, Sequence) or args.losses:
        return lost(call, *([] if args is None else [args]))
    if not args.items:
        return Constant("")
    show = External("builtins.repr" if _is_key_error(error) else "builtins.str")
    shown = args.items[0] if len(args.items) == 1 else args
    return call.invoke(show, shown)


def _is_key_error(error: Instance | Record) -> bool:
    if isinstance(error, Record):
        return error.qualname == "builtins.KeyError" and len(error.args) == 1
    return External("builtins.KeyError") in error.cls.mro and len(error.args) == 1


def _representation(call: Call) -> Value:
    """`repr(error)`: the name of the class and the arguments."""
    error = call.receiver
    if not isinstance(error, (Instance, Record)):
        return lost(call)
    args = call.get_attribute(error, "args")
    name = error.cls.name if isinstance(error, Instance) else error.qualname.rpartition(".")[2]
    text = call.invoke(External("builtins.repr"), args)
    if not isinstance(text, Constant) or not isinstance(args, Sequence):
        return lost(call, text)
    shown = str(text.value)
    return Constant(name + (f"{shown[:-2]})" if len(args.items) == 1 else shown))


def _names_of(error: Value | None) -> dict[str, Value]:
    """The attributes that the exception itself has."""
    if isinstance(error, Instance):
        return error.attributes
    return error.fields if isinstance(error, Record) else {}


def _add_note(call: Call) -> Value:
    names = _names_of(call.receiver)
    known = names.get("__notes__")
    notes = list(known.items) if isinstance(known, Sequence) else []
    call.machine.write(names, "__notes__", Sequence("list", [*notes, *call.args]))
    return NONE


def _written(name: str) -> Intrinsic:
    """The row for an attribute that is None unless it was set."""

    def intrinsic(call: Call) -> Value:
        return _names_of(call.receiver).get(name, NONE)

    return intrinsic


def _argument(place: int) -> Intrinsic:
    """The row for an attribute that is one of the arguments, such as `StopIteration.value`."""

    def intrinsic(call: Call) -> Value:
        args = call.get_attribute(call.receiver or NONE, "args")
        if not isinstance(args, Sequence) or args.losses:
            return lost(call, args)
        return args.items[place] if place < len(args.items) else NONE

    return intrinsic


def _exceptions(call: Call) -> Value:
    found = _argument(1)(call)
    return Sequence("tuple", list(found.items)) if isinstance(found, Sequence) else found


def _text_of_group(call: Call) -> Value:
    message, members = _argument(0)(call), _exceptions(call)
    if not isinstance(message, Constant) or not isinstance(members, Sequence):
        return lost(call, message, members)
    count = len(members.items)
    return Constant(f"{message.value} ({count} sub-exception{'' if count == 1 else 's'})")


_CLASSES: Final = (
    *(
        f"builtins.{name}"
        for name, found in sorted(vars(builtins).items())
        if isinstance(found, type) and issubclass(found, BaseException)
    ),
    "dataclasses.FrozenInstanceError",
    "json.decoder.JSONDecodeError",
)
_METHODS: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "__construct__": _construct,
    "__init__": _initialise,
    "__repr__": _representation,
    "__str__": _text,
    "__cause__": _written("__cause__"),
    "__context__": _written("__context__"),
    "__notes__": _written("__notes__"),
    "add_note": _add_note,
    "args": _arguments,
    "with_traceback": lambda call: call.receiver or same(call),
}

_GROUPS: Final = ("builtins.BaseExceptionGroup", "builtins.ExceptionGroup")
_OF_GROUPS: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "__str__": _text_of_group,
    "exceptions": _exceptions,
    "message": _argument(0),
}

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    **dict.fromkeys((*_CLASSES, *_GROUPS), _made),
    **{f"{cls}.{name}": row for cls in (*_CLASSES, *_GROUPS) for name, row in _METHODS.items()},
    **{f"{cls}.{name}": row for cls in _GROUPS for name, row in _OF_GROUPS.items()},
    "builtins.StopIteration.value": _argument(0),
    "builtins.SystemExit.code": _argument(0),
}

PROPERTIES: Final[frozenset[str]] = frozenset(
    (
        *(
            f"{cls}.{name}"
            for cls in (*_CLASSES, *_GROUPS)
            for name in ("args", "__cause__", "__context__", "__notes__")
        ),
        *(f"{cls}.{name}" for cls in _GROUPS for name in ("exceptions", "message")),
        "builtins.StopIteration.value",
        "builtins.SystemExit.code",
    )
)
