"""`raise` and `try`."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.attempts import Attempt, attempt_in, begin, end
from assetgen.analyzer.evaluate.branching import body_ended, branch, ended_by
from assetgen.analyzer.evaluate.budget import REFUSED, Raised
from assetgen.analyzer.evaluate.frame import Completion, Frame
from assetgen.analyzer.evaluate.objects.conversion import from_python
from assetgen.analyzer.evaluate.statements.missing_packages import missing_import
from assetgen.analyzer.evaluate.statements.raising import raised_as
from assetgen.analyzer.evaluate.values import (
    Class,
    Constant,
    External,
    Instance,
    Record,
    Sequence,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def _raise(machine: Machine, node: ast.Raise, frame: Frame) -> Completion | None:
    if node.exc is None:
        if frame.handled is not None:
            raise frame.handled
        raise Raised("builtins.RuntimeError", "No active exception to reraise")
    value = machine.evaluate(node.exc, frame)
    if isinstance(value, (Class, External)):
        made = machine.call(value, [], {}, frame.site(node))
        value = made if isinstance(made, (Instance, Record)) else value
    names = value.attributes if isinstance(value, Instance) else getattr(value, "fields", None)
    cause = machine.evaluate(node.cause, frame) if node.cause is not None else None
    if isinstance(names, dict):
        if cause is not None:
            machine.write(names, "__cause__", cause)
        around = frame.handled.value if frame.handled is not None else None
        if isinstance(around, Value) and around is not value:
            machine.write(names, "__context__", around)
    raise raised_as(value)


def _try(machine: Machine, node: Any, frame: Frame) -> Completion | None:
    """The body; the handler of what it certainly raises; `else` and `finally`.

    A handler that was not needed still counts for the names that only it binds, since the body may
    raise in ways that cannot be seen.
    """
    try:
        completion = _with_packages_or_without(machine, node, frame)
    except Raised:
        left = machine.execute(node.finalbody, frame)
        if left is not None:
            return left
        raise
    left = machine.execute(node.finalbody, frame)
    return left if left is not None else completion


def _with_packages_or_without(machine: Machine, node: ast.Try, frame: Frame) -> Completion | None:
    """The body; and, as another arm, the handler, since what the body imports may not be
    installed."""
    found = missing_import(machine, node)
    if found is None:
        return _guarded(machine, node, frame)
    number, package = found
    raised = Raised("builtins.ModuleNotFoundError", f"No module named {package!r}")
    if not attempt_of(machine, node, frame).catches(raised):
        return _guarded(machine, node, frame)

    def without(machine: Machine, frame: Frame) -> Completion | None:
        completion = machine.execute(node.body[:number], frame)
        handler = handler_of(machine, node, raised, frame)
        return _handle(machine, handler, raised, frame) if handler is not None else completion

    message = f"whether the package {package} is installed"
    condition = machine.unknown("environment", message, frame.site(node.body[number]))

    def with_it(machine: Machine, frame: Frame) -> Completion | None:
        return _guarded(machine, node, frame, keeps=False)

    return branch(machine, frame, condition, [with_it, without])


def _guarded(
    machine: Machine, node: ast.Try, frame: Frame, keeps: bool = True
) -> Completion | None:
    attempt = attempt_of(machine, node, frame)
    begin(machine, attempt)
    if _catches_refusals(node):
        machine.guarded = machine.current
    try:
        completion = machine.execute(node.body, frame)
    except Raised as raised:
        end(machine, attempt)
        return ended_by(machine, frame, attempt, attempt.handling(raised))
    finally:
        end(machine, attempt)
    if attempt.left is not None:
        completion = body_ended(machine, frame, attempt, completion, node.orelse)
    if keeps:
        keep_what_handlers_bind(machine, node, frame)
    if completion is not None or attempt.left is not None:
        return completion
    return machine.execute(node.orelse, frame)


def attempt_of(machine: Machine, node: Any, frame: Frame) -> Attempt:
    """A `try` whose body is about to run."""

    def which(raised: Raised) -> int | None:
        numbered = enumerate(node.handlers)
        return next((n for n, each in numbered if _catches(machine, each, raised, frame)), None)

    def handle(machine: Machine, frame: Frame, raised: Raised) -> Completion | None:
        handler = handler_of(machine, node, raised, frame)
        if handler is None:
            raise raised
        return _handle(machine, handler, raised, frame)

    return attempt_in(machine, frame, which, handle)


def _try_groups(machine: Machine, node: Any, frame: Frame) -> Completion | None:
    """`except*`: each handler takes its own exceptions of a group, and the rest is raised."""
    try:
        completion = machine.execute(node.body, frame)
        if completion is None:
            completion = machine.execute(node.orelse, frame)
    except Raised as raised:
        completion = None
        rest = _members(raised)
        for handler in node.handlers:
            caught = [each for each in rest if _catches(machine, handler, each, frame)]
            if not caught:
                continue
            rest = [each for each in rest if each not in caught]
            if handler.name is not None:
                group = _part(raised, caught)
                machine.bind(frame.scope.target(handler.name), handler.name, group)
            completion = _handle(machine, handler, raised, frame)
        if rest:
            machine.execute(node.finalbody, frame)
            raise Raised(_GROUP, raised.message, _part(raised, rest)) from None
    left = machine.execute(node.finalbody, frame)
    return left if left is not None else completion


_GROUP = "builtins.ExceptionGroup"


def _members(raised: Raised) -> list[Raised]:
    """The exceptions of a group and of the groups in it; of any other exception, itself."""
    members = _members_of(raised.value)
    if members is None:
        return [raised]
    return [one for each in members.items for one in _members(raised_as(each))]


def _members_of(value: object) -> Sequence | None:
    """The exceptions of a group; None for anything else."""
    if not isinstance(value, Record) or not value.qualname.endswith("ExceptionGroup"):
        return None
    members = value.args[1] if len(value.args) == 2 else None
    return members if isinstance(members, Sequence) else None


def _part(raised: Raised, members: list[Raised]) -> Value:
    """A group with only the given exceptions, in the groups that they were in."""
    kept = {id(each.value) for each in members}

    def part(value: Value) -> Value | None:
        inner = _members_of(value)
        if inner is None or not isinstance(value, Record):
            return value if id(value) in kept else None
        items = [found for each in inner.items if (found := part(each)) is not None]
        args: tuple[Value, ...] = (value.args[0], Sequence(inner.kind, items))
        fields = {**value.fields, "args": Sequence("tuple", list(args))}
        return Record(value.qualname, fields, args) if items else None

    whole = part(raised.value) if isinstance(raised.value, Record) else None
    return whole if whole is not None and _members_of(whole) is not None else _group(members)


def _group(raised: list[Raised]) -> Record:
    members = [each.value if isinstance(each.value, Value) else caught(each) for each in raised]
    args: list[Value] = [Constant(""), Sequence("list", [*members])]
    return Record(_GROUP, {"args": Sequence("tuple", args)}, tuple(args))


def _catches_refusals(node: ast.Try) -> bool:
    """Whether a handler is meant for what an API raises when it refuses a definition."""
    for handler in node.handlers:
        kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        for kind in kinds:
            name = "" if kind is None else ast.unparse(kind).rpartition(".")[2]
            if name in _CATCH_ALL or name.startswith("Dagster"):
                return True
    return False


_CATCH_ALL = ("", "Exception", "BaseException", "CheckError", "ParameterCheckError")


def _handle(
    machine: Machine, handler: ast.ExceptHandler, raised: Raised, frame: Frame
) -> Completion | None:
    outer, frame.handled = frame.handled, raised
    try:
        return machine.execute(handler.body, frame)
    finally:
        frame.handled = outer
        if handler.name is not None:
            machine.unbind(frame.scope.target(handler.name), handler.name)


def handler_of(
    machine: Machine, node: ast.Try, raised: Raised, frame: Frame
) -> ast.ExceptHandler | None:
    """The handler that catches an exception, with its name bound; None if there is none."""
    for handler in node.handlers:
        if _catches(machine, handler, raised, frame):
            if handler.name is not None:
                value = raised.value if isinstance(raised.value, Value) else None
                bound = value or caught(raised)
                machine.bind(frame.scope.target(handler.name), handler.name, bound)
            return handler
    return None


def caught(raised: Raised) -> Record:
    """What `except ... as error` binds for an exception that Python itself raises."""
    message: object = raised.message
    if raised.exception == "builtins.KeyError":
        with suppress(ValueError, SyntaxError):  # its message is the `repr` of the key
            message = ast.literal_eval(raised.message)
    said = from_python(message)
    if raised.exception in _SAID_OTHERWISE:
        said = Unknown("external", f"what {raised.exception} says of itself")
    arguments = Sequence("tuple", [said])
    return Record(raised.exception, {"args": arguments}, tuple(arguments.items))


_SAID_OTHERWISE = (REFUSED, "pydantic.ValidationError")
"""Exceptions of packages that are reported here in other words than their own."""


def _catches(machine: Machine, handler: ast.ExceptHandler, raised: Raised, frame: Frame) -> bool:
    if handler.type is None:
        return True
    wanted = machine.evaluate(handler.type, frame)
    options = wanted.items if isinstance(wanted, Sequence) else [wanted]
    return any(_is_caught_by(raised, option) for option in options)


def _is_caught_by(raised: Raised, wanted: Value) -> bool:
    if isinstance(wanted, Class):
        value = raised.value
        cls = value.cls if isinstance(value, Instance) else value
        return isinstance(cls, Class) and wanted in cls.mro
    if not isinstance(wanted, External):
        return True
    kinds = (name for name in raised.kinds if _builtin(name) is not None)
    return any(_is_caught_as(name, wanted) for name in (raised.exception, *kinds))


def _is_caught_as(name: str, wanted: External) -> bool:
    if wanted.qualname.rpartition(".")[2] == name.rpartition(".")[2]:
        return True
    given, handled = _builtin(name), _builtin(wanted.qualname)
    if given is not None and handled is not None:
        return issubclass(given, handled)
    if given is None and handled in (Exception, BaseException):
        return True
    if handled is not None and name == REFUSED:
        return False
    # A class of another package may be derived from any.
    return given is None and "." in name


_BASES: ReadOnlyMapping[str, type[BaseException]] = {
    "json.decoder.JSONDecodeError": ValueError,
    "tomllib.TOMLDecodeError": ValueError,
    "configparser.Error": Exception,
    "yaml.composer.ComposerError": Exception,
    "decimal.InvalidOperation": ArithmeticError,
    "pydantic.ValidationError": ValueError,
    "dataclasses.FrozenInstanceError": AttributeError,
    "zoneinfo._common.ZoneInfoNotFoundError": KeyError,
}


def _builtin(name: str) -> type[BaseException] | None:
    """Python's own exception that a class is, or is derived from, if that is known."""
    found = _BASES.get(name) or getattr(builtins, name.removeprefix("builtins."), None)
    return found if isinstance(found, type) and issubclass(found, BaseException) else None


def keep_what_handlers_bind(machine: Machine, node: ast.Try, frame: Frame) -> None:
    """Run handlers that bind names which are not bound yet, as if the body might have raised."""
    for handler in node.handlers:
        bound = {name for statement in handler.body for name in _bound_by(statement)}
        if any(frame.scope.lookup(name) is None for name in bound):
            site = frame.site(handler)
            condition = machine.unknown("condition", "whether the try block raises", site)

            def arm(
                machine: Machine, frame: Frame, body: list[ast.stmt] = handler.body
            ) -> Completion | None:
                return machine.execute(body, frame)

            branch(machine, frame, condition, [lambda machine, frame: None, arm])


def _bound_by(statement: ast.stmt) -> list[str]:
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [statement.name]
    if isinstance(statement, ast.Assign):
        return [target.id for target in statement.targets if isinstance(target, ast.Name)]
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return [alias.asname or alias.name.partition(".")[0] for alias in statement.names]
    return []


TABLE: ReadOnlyMapping[type[ast.AST], Callable[[Any, Any, Frame], Completion | None]] = {
    ast.Raise: _raise,
    ast.Try: _try,
    **({ast.TryStar: _try_groups} if hasattr(ast, "TryStar") else {}),
}
