"""The intrinsic protocol: how the evaluator asks what a call to a known API returns.

An intrinsic is a function from a `Call` to a value; `Intrinsics` is the table of them. The
evaluator knows nothing about any API: the tables are handed to it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, TypeVar

from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import NONE, Declared, Instance, Reason, Unknown, Value
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass, field

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.objects.iteration import Items

Definition = TypeVar("Definition", bound=Declared)


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A call to the row `name` of the table.

    `receiver` is the object whose method it is. `losses` are unknowns that were spread into the
    call (`*args`, `**kwargs` of unknown content): anything that was not passed may have been.
    """

    machine: Machine
    name: str
    args: tuple[Value, ...]
    kwargs: dict[str, Value]
    site: Site
    receiver: Value | None = None
    losses: tuple[Unknown, ...] = ()

    def unknown(self, reason: Reason, message: str, *causes: Value) -> Unknown:
        """An `Unknown` at this call, caused by those of `causes` that are unknown."""
        return self.machine.unknown(reason, message, self.site, *causes)

    def report(self, rule: str, message: str, at: Site | None = None) -> None:
        """Report a diagnostic; `rule` is a name of the catalogue, the place is that of the call
        unless `at` is given."""
        self.machine.report(rule, message, (at or self.site).span)

    def declared(self, value: Definition) -> Definition:
        """A definition that this call makes, which the machine remembers."""
        self.machine.declare(value)
        return value

    # -- what was passed

    @property
    def first(self) -> Value:
        """The first positional argument, None if there is none."""
        return self.args[0] if self.args else NONE

    @property
    def values(self) -> tuple[Value, ...]:
        """All arguments, however they were passed."""
        return (*self.args, *self.kwargs.values())

    @property
    def only(self) -> Value:
        """The one argument, however it was passed, None if there is none."""
        return next(iter(self.values), NONE)

    @property
    def last_name(self) -> str:
        """The last part of the row's name: that of a method, or of a function in its module."""
        return self.name.rpartition(".")[2]

    def unbound(self) -> Call:
        """The call of the function that a method is, which takes the receiver first."""
        if self.receiver is None:
            return self
        return replace(self, args=(self.receiver, *self.args), receiver=None)

    # -- what the machine does, at this call

    def invoke(self, function: Value, /, *args: Value, **kwargs: Value) -> Value:
        """What calling `function` gives."""
        return self.machine.call(function, args, kwargs, self.site)

    def passed_to(self, function: Value) -> Value:
        """What the same call of `function` gives."""
        return self.machine.call(function, self.args, self.kwargs, self.site, self.losses)

    def items(self, value: Value) -> Items:
        """Everything that iterating over `value` gives; an iterator is used up by it."""
        return self.machine.items(value, self.site)

    def iterate(self, value: Value) -> Iterator[Value]:
        """The same one by one; what is lost is told by `losses_of`."""
        return self.machine.iterate(value, self.site)

    def losses_of(self, value: Value) -> tuple[Unknown, ...]:
        return self.machine.losses_of(value, self.site)

    def losses_in_order(self, value: Value) -> tuple[Unknown, ...]:
        return self.machine.losses_in_order(value, self.site)

    def get_attribute(self, value: Value, name: str) -> Value:
        return self.machine.get_attribute(value, name, self.site)

    def find_attribute(self, value: Value, name: str) -> Value | None:
        """The attribute, or None when `value` has none of that name for certain."""
        return self.machine.find_attribute(value, name, self.site)

    def own_method(self, value: Value, name: str) -> Value | None:
        """The method of an object, if a class of the user's defines it."""
        if not isinstance(value, Instance) or self.machine.find_own(value, name) is None:
            return None
        return self.get_attribute(value, name)

    def set_attribute(self, value: Value, name: str, new: Value) -> None:
        self.machine.set_attribute(value, name, new, self.site)

    def subscript(self, value: Value, index: Value) -> Value:
        return self.machine.subscript(value, index, self.site)

    def set_item(self, value: Value, index: Value, new: Value) -> None:
        self.machine.set_item(value, index, new, self.site)

    def binary(self, operation: type[ast.operator], left: Value, right: Value) -> Value:
        return self.machine.binary(operation, left, right, self.site)


Intrinsic = Callable[[Call], Value]


def of_receiver(row: Intrinsic) -> Intrinsic:
    """A row that is a method: called on the class, it takes the receiver as its first argument."""

    def method(call: Call) -> Value:
        if call.receiver is None and call.args:
            first, *rest = call.args
            call = replace(call, receiver=first, args=tuple(rest))
        return row(call)

    return method


def _never(name: str) -> bool:
    return False


def _nothing(name: str) -> None:
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """What is known about some packages.

    `calls` maps qualified names (`dagster.asset`, `builtins.str.join`,
    `dagster.AssetSpec.replace_attributes`) to what calling them means; `values` maps qualified
    names to values that are not called (`string.digits`). `properties` are the rows of `calls` that
    are read as attributes of their receiver instead of being called (`pathlib.Path.parent`).
    """

    calls: ReadOnlyMapping[str, Intrinsic]
    values: ReadOnlyMapping[str, Value] = field(default_factory=dict)
    properties: frozenset[str] = frozenset()


class Intrinsics:
    """What is known about the world outside of the project.

    `known` is always at hand. `later` gives what else there is, by packages (`datetime`) and by
    names in packages (`dagster.AssetSelection`), some of which several families speak of: it is
    made when a name in them is first asked for.
    `canonical` gives the qualified name under which the tables know something that has several
    (`dagster._core.x.asset` -> `dagster.asset`). `may_declare` tells whether what a name without a
    row returns may be a definition, and `meant_by` what a misspelt name was meant to be. `gone_in`
    gives a minor version of Dagster which, like later ones, lacks a name that there once was,
    `never_until` the version up to which none has a name, None if one has it. `packages` are the
    top-level names of everything that the tables describe.
    """

    def __init__(
        self,
        known: Iterable[Family],
        canonical: Callable[[str], str],
        later: Iterable[tuple[str, Callable[[], Family]]],
        may_declare: Callable[[str], bool] = _never,
        meant_by: Callable[[str], str | None] = _nothing,
        gone_in: Callable[[str], tuple[int, int] | None] = _nothing,
        never_until: Callable[[str], tuple[int, int, int] | None] = _nothing,
    ) -> None:
        self.canonical = canonical
        self.may_declare = may_declare
        self.meant_by = meant_by
        self.gone_in = gone_in
        self.never_until = never_until
        self._calls: dict[str, Intrinsic] = {}
        self._values: dict[str, Value] = {}
        self._properties: frozenset[str] = frozenset()
        self._later: dict[str, list[Callable[[], Family]]] = {}
        self._asked: set[str] = set()
        for name, make in later:
            self._later.setdefault(name, []).append(make)
        self._names = frozenset(self._later)
        self._holders = {name.rpartition(".")[0] for name in self._names}
        for family in known:
            self._add(family)
        names = (*self._calls, *self._values, *self._names)
        self.packages = frozenset(name.partition(".")[0] for name in names)

    def row(self, name: str) -> Intrinsic | None:
        """What calling a name means; None if that is not known."""
        row = self._calls.get(name)
        return self._calls.get(name) if row is None and self._has_come(name) else row

    def value(self, name: str) -> Value | None:
        """The value of a name; None if it is not known, or is a row."""
        value = self._values.get(name)
        return self._values.get(name) if value is None and self._has_come(name) else value

    def describes(self, name: str) -> bool:
        """Whether a name is known, or something in it: a class may have no more than methods."""
        if self.row(name) is not None or self.value(name) is not None:
            return True
        return name in self._holders

    def is_property(self, name: str) -> bool:
        """Whether a row is read as an attribute."""
        self._has_come(name)
        return name in self._properties

    def members(self, name: str) -> set[str]:
        """The names of which something is known in a package or class."""
        self._has_come(name)
        prefix = f"{name}."
        inside = (each for each in (*self._calls, *self._names) if each.startswith(prefix))
        return {each[len(prefix) :].partition(".")[0] for each in inside}

    def _has_come(self, name: str) -> bool:
        """Whether what is known of a name was made just now."""
        if name in self._asked:
            return False
        self._asked.add(name)
        package, _, rest = name.partition(".")
        has_come = False
        for holder in (package, f"{package}.{rest.partition('.')[0]}"):
            for make in self._later.pop(holder, ()):
                self._add(make())
                has_come = True
        return has_come

    def _add(self, family: Family) -> None:
        self._calls.update(family.calls)
        self._values.update(family.values)
        self._properties |= family.properties
        names = (*family.calls, *family.values)
        self._holders.update(name.rpartition(".")[0] for name in names)
