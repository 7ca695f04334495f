"""The module `contextlib`, and other context managers."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from functools import partial
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.bound_values import BoundMethod, Partial
from assetgen.analyzer.evaluate.branching import either_way
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.journal import changing
from assetgen.analyzer.evaluate.objects.doubts import Presence
from assetgen.analyzer.evaluate.statements.context_managers import (
    MANAGES,
    enter,
    kind_and_value,
    leave,
    within,
)
from assetgen.analyzer.evaluate.statements.raising import raised_as
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    TRUE,
    Constant,
    Declared,
    Function,
    Instance,
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
    """A context manager that returns `result` and suppresses the exceptions of the classes
    `suppressed`."""

    type_name: ClassVar[str] = "contextlib.AbstractContextManager"
    result: Value = NONE
    suppressed: tuple[Value, ...] = ()


def _null_context(call: Call) -> Value:
    return Context(_RESULT.bind(call)["enter_result"])


@dataclass(slots=True, eq=False)
class Closing(Declared):
    """`closing(value)`: calls `close` at the end."""

    type_name: ClassVar[str] = "contextlib.closing"
    value: Value = NONE


def _closing(call: Call) -> Value:
    return Closing(_ONE.bind(call)["value"])


def _close(call: Call, closing: Closing) -> Value:
    close = call.find_attribute(closing.value, "close")
    if close is not None and not isinstance(close, Unknown):
        call.invoke(close)
    return FALSE


def _suppress(call: Call) -> Value:
    return Context(suppressed=_SUPPRESS.bind(call).star)


def _redirect(call: Call) -> Value:
    return Context(_ONE.bind(call)["value"])


@dataclass(slots=True, eq=False)
class Redirection(Declared):
    """`redirect_stdout(target)`."""

    type_name: ClassVar[str] = "contextlib.redirect_stdout"
    target: Value = NONE


def _redirect_output(call: Call) -> Value:
    return Redirection(_ONE.bind(call)["value"])


def _begin_output(call: Call, redirection: Redirection) -> Value:
    call.machine.outputs.append(redirection.target)
    return redirection.target


def _end_output(call: Call, redirection: Redirection) -> Value:
    if call.machine.outputs:
        call.machine.outputs.pop()
    return FALSE


def _enter(call: Call) -> Value:
    if isinstance(call.receiver, Context):
        return call.receiver.result
    return call.receiver if isinstance(call.receiver, Instance) else lost(call)


def _exit(call: Call, context: Context) -> Value:
    kind = _EXIT.bind(call)["kind"]
    if kind == NONE or not context.suppressed:
        return FALSE
    classes = Sequence("tuple", list(context.suppressed))
    return TRUE if call.machine.is_subclass(kind, classes) else FALSE


def _decorate(call: Call) -> Value:
    """An instance of a class derived from `ContextDecorator`, as a decorator of a function."""
    if len(call.args) == 1 and isinstance(call.args[0], Function) and call.receiver is not None:
        return within(call.args[0], call.receiver)
    return call.args[0] if len(call.args) == 1 else lost(call, *call.args)


@dataclass(slots=True, eq=False)
class Stack(Declared):
    """An `ExitStack`: what was entered, and the calls to be made at its end, in order."""

    type_name: ClassVar[str] = "contextlib.ExitStack"
    entered: Sequence = field(default_factory=lambda: Sequence("list", []))

    def add(self, call: Call, value: Value) -> None:
        """Remember something that is to be left, or called."""
        changing(call.machine.journals, self.entered)
        self.entered.items.append(value)

    def take_all(self, call: Call) -> Sequence:
        """Everything that is to be left, which is then forgotten."""
        taken = Sequence("list", list(self.entered.items), list(self.entered.losses))
        changing(call.machine.journals, self.entered)
        self.entered.items.clear()
        self.entered.losses.clear()
        return taken


def _stack(call: Call) -> Value:
    return Stack()


def _enter_stack(call: Call, stack: Stack) -> Value:
    return stack


def _enter_in_stack(call: Call, stack: Stack) -> Value:
    manager = _ONE.bind(call)["value"]
    if isinstance(manager, Unknown):
        return lost(call, manager)
    value = enter(call.machine, manager, call.site)
    stack.add(call, manager)
    return value


def _push(call: Call, stack: Stack) -> Value:
    manager = _ONE.bind(call)["value"]
    stack.add(call, manager)
    return manager


def _callback(call: Call, stack: Stack) -> Value:
    bound = _CALLBACK.bind(call)
    stack.add(call, Partial(bound["callback"], bound.star, dict(bound.rest)))
    return bound["callback"]


def _leave(call: Call, stack: Stack) -> Value:
    """Leaves all in reverse order; whether one of them suppresses what was raised."""
    bound = _EXIT.bind(call)
    value = bound["value"]
    raised = raised_as(value) if bound["kind"] != NONE else None
    entered = stack.take_all(call)
    presence = Presence(entered)
    unknown: Unknown | None = None
    for manager in reversed(entered.items):
        doubt = presence.doubt(manager)
        answers: list[bool | None] = []
        leaving = partial(_leave_one, call, manager, raised, answers)
        if doubt is None:
            leaving()
        else:
            either_way(call.machine, doubt.condition, leaving, call.site)
        if raised is None:
            continue
        if (answers and answers[0] is None) or (doubt is not None and answers != [False]):
            unknown = lost(call, manager if doubt is None else doubt)
        elif answers == [True]:
            raised = None
    if unknown is not None and raised is not None:
        return unknown
    return TRUE if raised is None and bound["kind"] != NONE else FALSE


def _leave_one(
    call: Call, manager: Value, raised: Raised | None, answers: list[bool | None]
) -> None:
    """Leave a context, or call what was pushed; whether it suppresses what was raised is added to
    `answers`."""
    if isinstance(manager, Partial):
        call.invoke(manager)
        answers.append(False)
    elif isinstance(manager, (Function, BoundMethod)):
        given = (NONE, NONE) if raised is None else kind_and_value(raised)
        answer = call.invoke(manager, *given, NONE)
        answers.append(call.machine.truth(answer) if raised is not None else False)
    else:
        answers.append(leave(call.machine, manager, call.site, raised))


def _pop_all(call: Call, stack: Stack) -> Value:
    """Another stack, which takes over everything that this one was to leave."""
    return Stack(stack.take_all(call))


def _generator_manager(call: Call) -> Value:
    """`contextmanager`: a call of the function returns a generator, which is entered directly."""
    function = _ONE.bind(call)["value"]
    if isinstance(function, Function):
        call.machine.write(function.attributes, MANAGES, TRUE)
    return function


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "contextlib.AbstractContextManager.__enter__": _enter,
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
    "contextlib.closing.__enter__": method(Closing, lambda call, closing: closing.value),
    "contextlib.closing.__exit__": method(Closing, _close),
    "contextlib.contextmanager": _generator_manager,
    "contextlib.nullcontext": _null_context,
    "contextlib.redirect_stderr": _redirect,
    "contextlib.redirect_stdout": _redirect_output,
    "contextlib.redirect_stdout.__enter__": method(Redirection, _begin_output),
    "contextlib.redirect_stdout.__exit__": method(Redirection, _end_output),
    "contextlib.suppress": _suppress,
    "warnings.catch_warnings": lambda call: Context(Constant(None)),
    "threading.Lock": lambda call: Context(),
    "threading.RLock": lambda call: Context(),
}
