"""Exception classes: calling one makes a record of its arguments."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Class, Instance, Record, Sequence, Value


def _made(call: Call) -> Value:
    args = Sequence("tuple", list(call.args))
    return Record(call.name, {"args": args}, call.args, call.site, call.losses)


def _construct(call: Call) -> Value:
    """An exception of a class of the project."""
    if not isinstance(call.receiver, Class):
        return _made(call)
    attributes: dict[str, Value] = {"args": Sequence("tuple", list(call.args))}
    return Instance(call.receiver, attributes, call.args, call.kwargs, call.site)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "builtins.ArithmeticError": _made,
    "builtins.AssertionError": _made,
    "builtins.AttributeError": _made,
    "builtins.BaseException": _made,
    "builtins.Exception": _made,
    "builtins.FileExistsError": _made,
    "builtins.FileNotFoundError": _made,
    "builtins.ImportError": _made,
    "builtins.IndexError": _made,
    "builtins.IOError": _made,
    "builtins.KeyError": _made,
    "builtins.KeyboardInterrupt": _made,
    "builtins.LookupError": _made,
    "builtins.ModuleNotFoundError": _made,
    "builtins.NameError": _made,
    "builtins.NotImplementedError": _made,
    "builtins.OSError": _made,
    "builtins.OverflowError": _made,
    "builtins.PermissionError": _made,
    "builtins.RuntimeError": _made,
    "builtins.StopIteration": _made,
    "builtins.SystemExit": _made,
    "builtins.TimeoutError": _made,
    "builtins.TypeError": _made,
    "builtins.UserWarning": _made,
    "builtins.ValueError": _made,
    "builtins.Warning": _made,
    "builtins.ZeroDivisionError": _made,
    "builtins.Exception.__construct__": _construct,
    "builtins.KeyError.__construct__": _construct,
    "builtins.RuntimeError.__construct__": _construct,
    "builtins.TypeError.__construct__": _construct,
    "builtins.ValueError.__construct__": _construct,
}
