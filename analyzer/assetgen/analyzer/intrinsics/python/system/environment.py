"""Environment variables: the given value, else the default that the code passes, else unknown."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.attempts import may_raise
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.evaluate.objects.conversion import NotPlain
from assetgen.analyzer.evaluate.objects.doubts import Absent, absent, may_be_absent, or_instead
from assetgen.analyzer.evaluate.statements.failures import is_caught
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    TRUE,
    Constant,
    External,
    Mapping,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.python.plain import each_option, lost, plain

_GET: Final = Parameters("key, default=None")
_SET: Final = Parameters("key, value, /")
_UPDATE: Final = Parameters("other=None, /, **names")
_ITEM: Final = Parameters("key, /")
_DECOUPLE: Final = Parameters("option, default=..., cast=...")


def variable(call: Call, name: str, default: Value | None, *, is_required: bool = False) -> Value:
    """The value of the environment variable `name`.

    `default` is the value that the code uses if it is not set; `is_required` if the code fails when
    it is not set and there is no default.
    """
    assigned = assigned_value(call.machine, name)
    if assigned is not None and not may_be_absent(assigned):
        return assigned
    found = _given(call, name, default, is_required)
    return found if assigned is None else or_instead(call.machine, assigned, found)


def _given(call: Call, name: str, default: Value | None, is_required: bool) -> Value:
    """The value of a variable that the code has not set."""
    machine, may_fail = call.machine, is_required
    raised = Raised("builtins.KeyError", repr(name))
    is_expected = is_required and bool(machine.catchers) and is_caught(machine, raised)
    is_required = is_required and not is_expected
    machine.report_environment(name, default, call.site, is_required=is_required)
    if name not in machine.withheld:
        value = machine.environment.get(name)
        if value is not None:
            return Constant(value)
        if default is not None:
            return default
        if machine.environment.is_unset(name) and not may_fail:
            return NONE
    unknown = call.unknown("environment", f"the environment variable {name}")
    if is_expected:  # the code says what holds when it is not set
        if name not in machine.withheld:
            raise raised
        may_raise(machine, unknown, raised)
    return unknown


def assign(call: Call, name: str, value: Value) -> None:
    """`os.environ[name] = value`: later reads of the variable return that."""
    for variables in (call.machine.assigned, call.machine.current.assigned):
        if name not in variables and call.machine.journals:
            variables[name] = _not_set(call)  # as it is for the other arms
        call.machine.write(variables, name, value)


def _not_set(call: Call) -> Absent:
    return absent(call.site.condition or call.unknown("condition", "whether this is reached"))


def is_unset(call: Call, name: str) -> bool:
    """Whether it is known that the variable is not set."""
    is_assigned = assigned_value(call.machine, name) is not None
    return (
        not is_assigned
        and name not in call.machine.withheld
        and call.machine.environment.is_unset(name)
    )


def is_known(call: Call, name: str) -> bool:
    """Whether the variable was given, or set by the code."""
    given = name in call.machine.environment and name not in call.machine.withheld
    assigned = assigned_value(call.machine, name)
    return given or (assigned is not None and not may_be_absent(assigned))


def assigned_value(machine: Machine, name: str) -> Value | None:
    """The value that the code has last set for the variable; None if it has not set it, a choice
    that may be absent if it has done so under an unknown condition."""
    machine.current.variables.add(name)
    found = machine.assigned.get(name)
    return None if isinstance(found, Absent) else found


def _named(call: Call, bound: Bound, parameter: str = "key") -> str | Unknown:
    try:
        name = plain(call, bound[parameter])
    except NotPlain as error:
        return lost(call, error.value)
    return name if isinstance(name, str) else lost(call, bound[parameter])


def _get(call: Call) -> Value:
    bound = _GET.bind(call)
    name = _named(call, bound)
    return name if isinstance(name, Unknown) else variable(call, name, bound.get("default"))


def _item(call: Call) -> Value:
    name = _named(call, _ITEM.bind(call))
    if isinstance(name, Unknown):
        return name
    value = variable(call, name, None, is_required=True)
    if is_unset(call, name):
        raise Raised("builtins.KeyError", repr(name))
    return value


def _contains(call: Call) -> Value:
    name = _named(call, _ITEM.bind(call))
    if isinstance(name, Unknown):
        return name
    assigned = assigned_value(call.machine, name)
    if assigned is not None:
        return lost(call, assigned) if may_be_absent(assigned) else TRUE
    call.machine.report_environment(name, None, call.site)
    if name in call.machine.environment and name not in call.machine.withheld:
        return TRUE
    if is_unset(call, name):
        return FALSE
    return call.unknown("environment", f"whether the environment variable {name} is set")


def _all(call: Call) -> Value:
    """A copy of the environment: the variables given, and a loss for others."""
    mapping = Mapping()
    if call.machine.withheld or not call.machine.environment.is_complete:
        mapping.losses.append(call.unknown("environment", "the environment variables"))
    for name, value in call.machine.environment.items():
        if name in call.machine.withheld:
            continue
        key = Constant(name)
        mapping.entries[call.machine.hash_key(key)] = (key, Constant(value))
    for name, assigned in call.machine.assigned.items():
        if " " in name:  # what is set beside the environment
            continue
        if isinstance(assigned, Absent):
            continue
        mapping.entries[("constant", name)] = (
            Constant(name),
            or_instead(call.machine, assigned, None),
        )
        if may_be_absent(assigned):
            mapping.losses.append(lost(call, assigned))
    return mapping


def _of_all(method: str) -> Intrinsic:
    """A method of a dictionary, on a copy of the environment."""

    def intrinsic(call: Call) -> Value:
        function = call.get_attribute(_all(call), method)
        return call.invoke(function)

    return intrinsic


def _set_item(call: Call) -> Value:
    bound = _SET.bind(call)
    name = _named(call, bound)
    if not isinstance(name, Unknown):
        assign(call, name, bound["value"])
    return NONE


def _set_default(call: Call) -> Value:
    bound = _GET.bind(call)
    name = _named(call, bound)
    if isinstance(name, Unknown):
        return name
    value = variable(call, name, bound.get("default"))
    if not is_known(call, name):
        assign(call, name, value)
    return value


def _update(call: Call) -> Value:
    bound = _UPDATE.bind(call)
    names = dict(bound.rest)
    if isinstance(bound["other"], Mapping):
        names = {**dict(bound["other"].text_entries()), **names}
    for name, value in names.items():
        assign(call, name, value)
    return NONE


def _remove(call: Call) -> Value:
    """`pop` and `del`: removes the value that the code itself has set."""
    bound = _GET.bind(call)
    name = _named(call, bound)
    if isinstance(name, Unknown):
        return name
    value = variable(call, name, bound.get("default"))
    if name in call.machine.assigned:
        if call.machine.journals:
            call.machine.write(call.machine.assigned, name, _not_set(call))
        else:
            call.machine.erase(call.machine.assigned, name)
        call.machine.current.removed.add(name)
    return value


def _decouple(call: Call) -> Value:
    """`decouple.config` and `environ.Env()`: a variable with a default and a cast."""
    bound = _DECOUPLE.bind(call)
    name = _named(call, bound, "option")
    if isinstance(name, Unknown):
        return name
    value = variable(call, name, bound.get("default"), is_required=True)
    cast = bound.get("cast")
    if cast is None or isinstance(value, Unknown):
        return value
    if cast == External("builtins.bool") and isinstance(value, Constant):
        return Constant(str(value.value).lower() in ("true", "1", "yes", "on", "y", "t"))
    return call.invoke(cast, value)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "decouple.config": each_option(_decouple),
    "os.environ.__contains__": each_option(_contains),
    "os.environ.__getitem__": each_option(_item),
    "os.environ.__iter__": _all,
    "os.environ.__delitem__": _remove,
    "os.environ.__setitem__": _set_item,
    "os.environ.copy": _all,
    "os.environ.get": each_option(_get),
    "os.environ.items": _of_all("items"),
    "os.environ.keys": _of_all("keys"),
    "os.environ.pop": _remove,
    "os.environ.setdefault": _set_default,
    "os.environ.update": _update,
    "os.environ.values": _of_all("values"),
    "os.getenv": each_option(_get),
    "os.putenv": lambda call: NONE,
    "os.unsetenv": lambda call: NONE,
}
