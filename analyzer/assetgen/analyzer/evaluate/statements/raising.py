"""The exception that raising a value raises, and how Python shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.budget import BudgetExceeded, Raised
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    External,
    Instance,
    Record,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def raised_as(value: Value) -> Raised:
    """The exception that raising a value raises."""
    name, *others = _exception_names(value) or ["builtins.Exception"]
    return Raised(name, _said_by(value), value, tuple(others))


def shown_as_by_python(machine: Machine, raised: Raised, site: Site) -> str:
    """The last line of a traceback: the class, and the exception's message if it has one."""
    name, message, value = raised.exception.removeprefix("builtins."), raised.message, raised.value
    if isinstance(value, (Instance, Record)):
        if isinstance(value, Instance):
            name = value.cls.name
        try:
            said = machine.call(External("builtins.str"), [value], {}, site)
        except (Raised, BudgetExceeded):
            said = NONE
        if isinstance(said, Constant) and isinstance(said.value, str):
            message = said.value
    return f"{name}: {message}" if message else name


def _said_by(value: Value) -> str:
    """What an exception says, if that is one text; else the exception as it was made."""
    said = value.args if isinstance(value, (Record, Instance)) else ()
    if len(said) == 1 and isinstance(said[0], Constant) and isinstance(said[0].value, str):
        return said[0].value
    return display(value)


def _exception_names(value: Value) -> list[str]:
    if isinstance(value, (External, Record)):
        return [value.qualname]
    if isinstance(value, (Instance, Class)):
        cls = value.cls if isinstance(value, Instance) else value
        return [base.qualname for base in cls.mro if isinstance(base, External)]
    return []
