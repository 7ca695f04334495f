"""`with`: entering and leaving context managers."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from copy import copy
from types import GeneratorType
from typing import TYPE_CHECKING, Any, TypeVar

from assetgen.analyzer.evaluate.attempts import Attempt, attempt_in, begin, end
from assetgen.analyzer.evaluate.branching import block, branch, ended_by
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.frame import Completion, Frame
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.doubts import Doubt
from assetgen.analyzer.evaluate.statements.exceptions import caught
from assetgen.analyzer.evaluate.statements.statements import assign
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Class,
    Declared,
    External,
    Function,
    Instance,
    Iterator_,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


Result = TypeVar("Result")


def _with(machine: Machine, node: ast.With | ast.AsyncWith, frame: Frame) -> Completion | None:
    entered = enter_all(machine, node, frame)
    attempt = _attempt(machine, entered, node, frame)
    if attempt is not None:
        begin(machine, attempt)
    try:
        completion = machine.execute(node.body, frame)
    except Raised as raised:
        if attempt is not None:
            end(machine, attempt)
            return ended_by(machine, frame, attempt, attempt.handling(raised))
        _leave_raised(machine, entered, node, frame, raised)
        return None
    finally:
        if attempt is not None:
            end(machine, attempt)

    def ending(machine: Machine, frame: Frame) -> Completion | None:
        leave_all(machine, entered, node, frame, None)
        return completion

    # A completion without pending handlers is that of all arms, those of handlers among them.
    if attempt is None or (completion is not None and not attempt.pending):
        return ending(machine, frame)
    return ended_by(machine, frame, attempt, ending)


def _leave_raised(
    machine: Machine, entered: list[Value], node: ast.stmt, frame: Frame, raised: Raised
) -> None:
    """Leave the contexts because of an exception, which is raised again unless one swallows it, or
    may do so."""
    answer = leave_all(machine, entered, node, frame, raised)
    if answer is False:
        raise raised
    if answer is None:
        message = "whether the context manager swallows the exception"
        condition = machine.unknown("condition", message, frame.site(node))

        def raising(machine: Machine, frame: Frame) -> None:
            raise raised

        branch(machine, frame, condition, [block(()), raising])


def _attempt(
    machine: Machine, managers: list[Value], node: ast.stmt, frame: Frame
) -> Attempt | None:
    """What the context managers may swallow; the handler leaves them."""
    may = [each for each in managers if _may_swallow(each)]
    if not may:
        return None
    site = frame.site(node)

    def which(raised: Raised) -> int | None:
        for each in may:
            if isinstance(each, Instance) or leave(machine, each, site, raised):
                return 0
        return None

    def handle(machine: Machine, frame: Frame, raised: Raised) -> None:
        _leave_raised(machine, managers, node, frame, raised)

    return attempt_in(machine, frame, which, handle)


def _may_swallow(manager: Value) -> bool:
    """Whether something is `contextlib.suppress`, or of a class whose `__exit__` returns anything
    that may be true."""
    if isinstance(manager, Declared):
        return hasattr(manager, "suppressed")
    if not isinstance(manager, Instance):
        return False
    found = classes.lookup(manager.cls, "__exit__")
    if found is None or not isinstance(found[1], Function):
        return False
    return any(
        isinstance(each, ast.Return)
        and each.value is not None
        and not (isinstance(each.value, ast.Constant) and not each.value.value)
        for each in ast.walk(found[1].node)
    )


def enter_all(machine: Machine, node: ast.With | ast.AsyncWith, frame: Frame) -> list[Value]:
    """The context managers of a `with`, entered and bound to their names."""
    entered: list[Value] = []
    for item in node.items:
        manager = machine.evaluate(item.context_expr, frame)
        value = enter(machine, manager, frame.site(item.context_expr))
        entered.append(manager)
        if item.optional_vars is not None:
            assign(machine, item.optional_vars, value, frame)
    return entered


def leave_all(
    machine: Machine, entered: list[Value], node: ast.stmt, frame: Frame, raised: Raised | None
) -> bool | None:
    """Leave the contexts, the last first; whether one of them swallows the exception, None if that
    is not known."""
    site = frame.site(node)
    is_swallowed: bool | None = False
    for manager in reversed(entered):
        answer = leave(machine, manager, site, raised)
        if answer is True:
            raised, is_swallowed = None, True
        elif answer is None and raised is not None:
            is_swallowed = None
    return True if raised is None else is_swallowed


def enter(machine: Machine, manager: Value, site: Site) -> Value:
    """What `with manager as x` binds; the manager itself if nothing else is known."""
    if isinstance(manager, Choice):
        given = _in_arms(machine, manager, lambda each: enter(machine, each, site), site)
        return machine.join(given, manager.condition)
    if isinstance(manager, Iterator_):
        # one that no generator function made is entered as itself
        return manager if manager.again is None else _yielded(machine, manager)
    if isinstance(manager, (Instance, Declared)):
        method = machine.find_attribute(manager, "__enter__", site)
        if method is not None and not isinstance(method, Unknown):
            return machine.call(method, [], {}, site)
        return manager
    if isinstance(manager, Unknown):
        return machine.unknown(manager.reason, "what a context gives", site, manager)
    return manager


def _yielded(machine: Machine, manager: Iterator_) -> Value:
    """What the generator of a `contextmanager` yields; by an unknown condition, one of several."""
    first = next(manager.source, NONE)
    doubts = [loss for loss in manager.losses if isinstance(loss, Doubt)]
    held = {id(item): item for loss in doubts for item in loss.held}
    if id(first) not in held:
        return first
    options = [first]
    while len(options) < len(held):
        options.append(next(manager.source, NONE))
    return machine.join(options, doubts[0].condition)


def leave(machine: Machine, manager: Value, site: Site, raised: Raised | None) -> bool | None:
    """Leave a context; whether it swallows the exception, None if that is not known."""
    if isinstance(manager, Choice):
        answers = _in_arms(machine, manager, lambda each: leave(machine, each, site, raised), site)
        return answers[0] if len(set(answers)) == 1 else None
    if isinstance(manager, Iterator_):
        return _finish(manager, raised) if manager.again is not None else False
    if not isinstance(manager, (Instance, Declared)):
        return False
    method = machine.find_attribute(manager, "__exit__", site)
    if method is None or isinstance(method, Unknown):
        return False
    kind, value = kind_and_value(raised) if raised is not None else (NONE, NONE)
    answer = machine.call(method, [kind, value, NONE], {}, site)
    return machine.truth(answer, site) if raised is not None else False


def _in_arms(
    machine: Machine, choice: Choice, action: Callable[[Value], Result], site: Site
) -> list[Result]:
    """What an action gives for each of several context managers, of which one is there."""
    results: list[Result] = []

    def arm(option: Value) -> Callable[[Machine, Frame], None]:
        return lambda machine, frame: results.append(action(option))

    frame = Frame(site.module, site.module.scope, site.chain, None, site.condition)
    branch(machine, frame, choice.condition, list(map(arm, choice.options)))
    return results


def kind_and_value(raised: Raised) -> tuple[Value, Value]:
    """The first two arguments that `__exit__` gets for an exception."""
    value = raised.value if isinstance(raised.value, Value) else caught(raised)
    if isinstance(value, Class):
        return value, value
    return value.cls if isinstance(value, Instance) else External(raised.exception), value


MANAGES = "<manages>"
"""In the attributes of a function: calling it returns a context manager."""

_WITHIN = "<within>"
"""In the attributes of a function: the context manager in which every call of it runs."""


def within(function: Function, manager: Value) -> Function:
    """A function that a context manager decorates."""
    decorated = copy(function)
    decorated.attributes = {**function.attributes, _WITHIN: manager, "__wrapped__": function}
    return decorated


def run_within(
    machine: Machine,
    function: Function,
    call: Callable[[Function], Value],
    site: Site,
) -> Value | None:
    """What `call` gives of a function that runs in a context manager; None of any other."""
    manager = function.attributes.get(_WITHIN)
    inner = function.attributes.get("__wrapped__")
    if manager is None or not isinstance(inner, Function):
        return None
    if isinstance(manager, Iterator_) and manager.again is not None:
        manager = manager.again()
    enter(machine, manager, site)
    try:
        value = call(inner)
    except Raised as raised:
        if leave(machine, manager, site, raised):
            return NONE
        raise
    leave(machine, manager, site, None)
    return value


def _finish(manager: Iterator_, raised: Raised | None) -> bool:
    """Run the generator of a `contextmanager` on; what was raised is raised at its `yield`."""
    if raised is None or not isinstance(manager.source, GeneratorType):
        next(manager.source, None)
        return False
    try:
        manager.source.throw(raised)
    except StopIteration:
        return True
    except Raised as other:
        if other is not raised:
            raise
    return False


TABLE: ReadOnlyMapping[type[ast.AST], Callable[[Any, Any, Frame], Completion | None]] = {
    ast.With: _with,
    ast.AsyncWith: _with,
}
