"""The module `contextlib`, and other things that are entered and left."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.context_managers import enter, leave
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    TRUE,
    Constant,
    Declared,
    Partial,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass, field

_RESULT: Final = Parameters("enter_result=None")
_SUPPRESS: Final = Parameters("*exceptions")
_ONE: Final = Parameters("value, /")
_CALLBACK: Final = Parameters("callback, /, *args, **kwargs")
_EXIT: Final = Parameters("kind=None, value=None, traceback=None")


@dataclass(slots=True, eq=False)
class Context(Declared):
    """What is entered for `result`, and swallows the exceptions of the classes `suppressed`."""

    type_name: ClassVar[str] = "contextlib.AbstractContextManager"
    result: Value = NONE
    suppressed: tuple[Value, ...] = ()


def _null_context(call: Call) -> Value:
    return Context(_RESULT.bind(call)["enter_result"])


def _closing(call: Call) -> Value:
    return Context(_ONE.bind(call)["value"])


def _suppress(call: Call) -> Value:
    return Context(suppressed=_SUPPRESS.bind(call).star)


def _redirect(call: Call) -> Value:
    return Context()


def _enter(call: Call, context: Context) -> Value:
    return context.result


def _exit(call: Call, context: Context) -> Value:
    kind = _EXIT.bind(call)["kind"]
    if kind == NONE or not context.suppressed:
        return FALSE
    classes = Sequence("tuple", list(context.suppressed))
    return TRUE if call.machine.is_subclass(kind, classes) else FALSE


def _decorate(call: Call) -> Value:
    """An object of a class over `ContextDecorator`, as a decorator of a function."""
    return call.args[0] if len(call.args) == 1 else lost(call, *call.args)


@dataclass(slots=True, eq=False)
class Stack(Declared):
    """An `ExitStack`: what was entered, and the calls to be made when it is left, in order."""

    type_name: ClassVar[str] = "contextlib.ExitStack"
    entered: list[Value | Partial] = field(default_factory=list)


def _stack(call: Call) -> Value:
    return Stack()


def _enter_stack(call: Call, stack: Stack) -> Value:
    return stack


def _enter_in_stack(call: Call, stack: Stack) -> Value:
    manager = _ONE.bind(call)["value"]
    if isinstance(manager, Unknown):
        return lost(call, manager)
    value = enter(call.machine, manager, call.site)
    stack.entered.append(manager)
    return value


def _push(call: Call, stack: Stack) -> Value:
    manager = _ONE.bind(call)["value"]
    stack.entered.append(manager)
    return manager


def _callback(call: Call, stack: Stack) -> Value:
    bound = _CALLBACK.bind(call)
    stack.entered.append(Partial(bound["callback"], bound.star, dict(bound.rest)))
    return bound["callback"]


def _leave(call: Call, stack: Stack) -> Value:
    """What is raised in between is not handed to what was entered, but goes on."""
    entered, stack.entered = stack.entered, []
    for manager in reversed(entered):
        if isinstance(manager, Partial):
            call.machine.call(manager, [], {}, call.site)
        else:
            leave(call.machine, manager, call.site, None)
    return FALSE


def _pop_all(call: Call, stack: Stack) -> Value:
    """Another stack, which leaves what this one was to leave."""
    entered, stack.entered = stack.entered, []
    return Stack(entered)


def _generator_manager(call: Call) -> Value:
    """`contextmanager`: a call of the function gives a generator, which is entered as it is."""
    return _ONE.bind(call)["value"]


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "contextlib.AbstractContextManager.__enter__": method(Context, _enter),
    "contextlib.AbstractContextManager.__exit__": method(Context, _exit),
    "contextlib.ContextDecorator.__call__": _decorate,
    "contextlib.ExitStack": _stack,
    "contextlib.ExitStack.__enter__": method(Stack, _enter_stack),
    "contextlib.ExitStack.__exit__": method(Stack, _leave),
    "contextlib.ExitStack.callback": method(Stack, _callback),
    "contextlib.ExitStack.close": method(Stack, _leave),
    "contextlib.ExitStack.pop_all": method(Stack, _pop_all),
    "contextlib.ExitStack.push": method(Stack, _push),
    "contextlib.ExitStack.enter_context": method(Stack, _enter_in_stack),
    "contextlib.asynccontextmanager": _generator_manager,
    "contextlib.closing": _closing,
    "contextlib.contextmanager": _generator_manager,
    "contextlib.nullcontext": _null_context,
    "contextlib.redirect_stderr": _redirect,
    "contextlib.redirect_stdout": _redirect,
    "contextlib.suppress": _suppress,
    "warnings.catch_warnings": lambda call: Context(Constant(None)),
    "threading.Lock": lambda call: Context(),
    "threading.RLock": lambda call: Context(),
}
