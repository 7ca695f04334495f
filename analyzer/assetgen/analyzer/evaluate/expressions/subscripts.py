"""Subscription: items and slices that are read."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Hashable
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.attempts import may_raise
from assetgen.analyzer.evaluate.bound_values import BoundMethod, KnownMethod
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.journal import changing_mapping
from assetgen.analyzer.evaluate.objects.assumed_entries import assume_entry
from assetgen.analyzer.evaluate.objects.descriptors import of_metaclass
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.objects.doubts import (
    Presence,
    doubt_of_key,
    each_doubted,
    is_in_order,
    make_doubt,
    surely_all,
)
from assetgen.analyzer.evaluate.objects.hashing import is_unhashable
from assetgen.analyzer.evaluate.objects.instances import is_subscriptable
from assetgen.analyzer.evaluate.objects.possible_states import states
from assetgen.analyzer.evaluate.objects.unknown_keys import keys_meant, set_unknown_default
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.statements.failures import failed, is_caught, is_closed, kind_of
from assetgen.analyzer.evaluate.values import (
    Choice,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Mapping,
    Parameterised,
    Sequence,
    Unknown,
    Value,
    made_next,
    options_of,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def get_item(machine: Machine, value: Value, index: Value, site: Site) -> Value:
    """`value[index]`; raises `Raised` for a key or index that is certainly not there."""
    reader = _READERS.get(type(value))
    if reader is not None:
        return reader(machine, value, index, site)
    if isinstance(value, Declared):
        return _by_method(machine, value, index, site)
    return machine.unknown("unsupported", "an item of it is not known", site, value, index)


def _subscript(machine: Machine, node: ast.Subscript, frame: Frame) -> Value:
    value = machine.evaluate(node.value, frame)
    if isinstance(value, (Class, External)) and not is_subscriptable(machine, value):
        if isinstance(value, Parameterised):
            return _with_variables(machine, value, node.slice, frame)
        if isinstance(value, External):
            return Parameterised(value.qualname, node.slice, frame)
        return value  # a generic class with its parameters: what counts is the class
    return get_item(machine, value, machine.evaluate(node.slice, frame), frame.site(node))


def _with_variables(
    machine: Machine, alias: Parameterised, given: ast.expr, frame: Frame
) -> Parameterised:
    """A generic alias with its type variables, in the order in which they first appear, given."""
    names = [node for node in ast.walk(alias.arguments) if isinstance(node, ast.Name)]
    names.sort(key=lambda name: (name.lineno, name.col_offset))
    variables = dict.fromkeys(
        name.id for name in names if _is_type_variable(machine.evaluate(name, alias.frame))
    )
    options = given.elts if isinstance(given, ast.Tuple) else [given]
    bound = {
        # text may name what is not yet defined
        name: Parameterised("typing.Annotated", option, frame)
        if isinstance(option, ast.Constant)
        else machine.evaluate(option, frame)
        for name, option in zip(variables, options, strict=False)
    }
    outer = alias.frame
    scope = Scope("function", bound, outer.scope)
    return Parameterised(alias.qualname, alias.arguments, Frame(outer.module, scope, outer.chain))


def _is_type_variable(value: Value) -> bool:
    return isinstance(value, External) and value.qualname in _TYPE_VARIABLES


_TYPE_VARIABLES = ("typing.TypeVar", "typing_extensions.TypeVar")


def _slice(machine: Machine, node: ast.Slice, frame: Frame) -> Value:
    bounds = [
        machine.evaluate(bound, frame) if bound is not None else Constant(None)
        for bound in (node.lower, node.upper, node.step)
    ]
    if all(isinstance(bound, Constant) for bound in bounds):
        return Constant(slice(*(bound.value for bound in bounds)))  # type: ignore[attr-defined]
    options = [list(options_of(bound)) for bound in bounds]
    choice = next((bound for bound in bounds if isinstance(bound, Choice)), None)
    are_known = all(isinstance(each, Constant) for each in itertools.chain(*options))
    if choice is not None and are_known:
        slices = [
            Constant(slice(*(each.value for each in combination)))  # type: ignore[attr-defined]
            for combination in itertools.product(*options)
        ]
        return machine.join(slices, choice.condition)
    return machine.unknown("unsupported", "a slice with unknown bounds", frame.site(node), *bounds)


def _of_sequence(machine: Machine, value: Sequence, index: Value, site: Site) -> Value:
    if isinstance(index, Choice):
        return _of_options(machine, value, index, site)
    if not isinstance(index, Constant):
        return machine.unknown("unsupported", "an item of unknown index", site, index)
    if isinstance(index.value, slice):
        return _part(machine, value, index.value, site)
    if not isinstance(index.value, int):
        message = f"{value.kind} indices must be integers or slices, not {kind_of(index)}"
        return failed(machine, "TypeError", message, site)
    if value.losses:
        may_be = states(value, machine.budget.options)
        if may_be is not None:
            return _of_choice(machine, may_be, index, site)
        return machine.unknown("unsupported", "an item among unknown ones", site, *value.losses)
    try:
        return value.items[index.value]
    except IndexError:
        message = f"{value.kind} index out of range"
        raise Raised("builtins.IndexError", message, site=site) from None


def _part(machine: Machine, value: Sequence, bounds: slice, site: Site) -> Value:
    try:
        items = value.items[bounds]
    except (TypeError, ValueError) as error:
        return failed(machine, type(error).__name__, str(error), site)
    losses = list(value.losses)
    if losses and len(items) < len(value.items):
        sure = _losses_of_part(value, bounds)
        may_be = states(value, machine.budget.options) if sure is None else None
        if may_be is not None:
            return _of_choice(machine, may_be, Constant(bounds), site)
        losses = sure or []
        if sure is None:
            unknown = machine.unknown(
                "unsupported", "a part among unknown ones", site, *value.losses
            )
            losses = [each_doubted(unknown, items), unknown]
    return Sequence(value.kind, items, losses)


def _losses_of_part(value: Sequence, bounds: slice) -> list[Unknown] | None:
    """Where an item may be lacking, those after it may have other places: None if these count."""
    presence = Presence(value)
    sure = next((n for n, item in enumerate(value.items) if presence.doubt(item)), 0)
    start, stop = bounds.start or 0, bounds.stop
    if is_in_order(value.losses) and bounds.step in (None, 1) and 0 <= start <= sure:
        if stop is None:
            return list(value.losses)
        if 0 <= stop <= sure:
            return []
    return None


def _of_mapping(machine: Machine, value: Mapping, index: Value, site: Site) -> Value:
    if isinstance(index, Choice):
        return _of_options(machine, value, index, site)
    key = machine.hash_key(index)
    if key is None:
        if is_unhashable(index):
            return failed(machine, "TypeError", f"unhashable type: {kind_of(index)!r}", site)
        return _any_entry(machine, value, index, site)
    if key in value.entries:
        found = value.entries[key][1]
        if value.losses and machine.attempts:
            _tell_if_absent(machine, value, key, index)
        if value.losses and (value.kind == "Counter" or value.default_factory is not None):
            doubt = doubt_of_key(value, key)
            if doubt is not None:
                found = machine.join([found, _default(machine, value, site)], doubt.condition)
                if value.kind != "Counter":
                    machine.put(value, key, (index, found))
        return found
    if not surely_all(value.losses):
        return _among_unknown(machine, value, key, index, site)
    if isinstance(index, External) and _may_be_text(index):
        return machine.unknown("external", f"{index.qualname}, a key", site)
    if value.default_factory is not None:
        made = _default(machine, value, site)
        machine.put(value, key, (index, made))
        return made
    if value.kind == "Counter":
        return Constant(0)
    raise Raised("builtins.KeyError", display(index), site=site)


def _among_unknown(
    machine: Machine, value: Mapping, key: Hashable, index: Value, site: Site
) -> Value:
    """An entry that is not known to be there: a mapping that has defaults makes it if it is not."""
    other = machine.unknown("unsupported", "an entry among unknown ones", site, *value.losses)
    if value.default_factory is None:
        return other
    made = machine.join([other, _default(machine, value, site)], other, made_next())
    machine.put(value, key, (index, made))
    return made


def _tell_if_absent(machine: Machine, value: Mapping, key: Hashable, index: Value) -> None:
    """Reading an entry that may not exist raises or not, where a `try` waits for that. If it does
    not, the entry exists: to read it once more raises nothing."""
    has_defaults = value.kind == "Counter" or value.default_factory is not None
    doubt = None if has_defaults else doubt_of_key(value, key)
    raised = Raised("builtins.KeyError", display(index))
    if doubt is not None and is_caught(machine, raised):
        attempt = may_raise(machine, doubt.condition, raised)
        if attempt is not None:
            attempt.otherwise.append(assume_entry(machine, value, key))


def _any_entry(machine: Machine, value: Mapping, index: Value, site: Site) -> Value:
    """The entry of a key that is not known: one of those that there are, if they are few. What asks
    for it takes it to be there, or catches the exception."""
    asked = machine.text_at(site) or "an entry of unknown key"
    unknown = machine.unknown("condition", asked, site, index)
    if value.default_factory is not None:
        default = _default(machine, value, site)
        return set_unknown_default(machine, value, index, default, site)
    entries = [value.entries[key][1] for key in keys_meant(machine, value, index)]
    if value.kind == "Counter" or not entries:
        return unknown
    if value.losses:
        count = sum(len(options_of(entry)) for entry in entries)
        is_few = count < machine.budget.options
        return machine.join([*entries, unknown], unknown, made_next()) if is_few else unknown
    if len(entries) <= machine.budget.options:
        may_raise(machine, unknown, Raised("builtins.KeyError", display(index)))
    return machine.join(entries, unknown, made_next())


def _default(machine: Machine, value: Mapping, site: Site) -> Value:
    """What a mapping that has defaults gives for an entry that is not there."""
    if value.default_factory is None:
        return Constant(0)
    return machine.call(value.default_factory, [], {}, site)


def _may_be_text(name: External) -> bool:
    """Whether what is outside may be equal to any key: a class or function is to itself only."""
    last = name.qualname.rpartition(".")[2]
    return not name.qualname.startswith("builtins.") and (last.isupper() or last.islower())


def _of_options(machine: Machine, value: Value, index: Choice, site: Site) -> Value:
    makes = isinstance(value, Mapping) and value.default_factory is not None
    before = _sure_keys(value) if isinstance(value, Mapping) and makes else set[Hashable]()
    since = made_next()
    options = []
    for option in machine.trying(index):
        try:
            options.append(get_item(machine, value, option, site))
        except Raised:
            continue
    if isinstance(value, Mapping) and makes:
        # what a mapping makes of a key that it does not have
        made = {key: value.entries[key][0] for key in _sure_keys(value) - before}
        if made:
            lacking = {each for key, name in made.items() for each in (key, id(name))}
            changing_mapping(machine.journals, value)
            value.losses.append(make_doubt(index.condition, [lacking], tuple(made.values())))
            since = made_next()
    return machine.join(options, index.condition, since)


def _sure_keys(mapping: Mapping) -> set[Hashable]:
    """The keys of the entries that certainly exist."""
    if not mapping.losses:
        return set(mapping.entries)
    return {key for key in mapping.entries if doubt_of_key(mapping, key) is None}


def _of_constant(machine: Machine, value: Constant, index: Value, site: Site) -> Value:
    if not isinstance(index, Constant):
        return machine.unknown("unsupported", "an item of unknown index", site, index)
    data: Any = value.value
    try:
        return Constant(data[index.value])
    except IndexError as error:
        raise Raised("builtins.IndexError", str(error), site=site) from None
    except (TypeError, KeyError, ValueError) as error:
        told = f"{machine.type_name(value)} has no such item"
        return failed(machine, type(error).__name__, str(error), site, told=told)


def _of_choice(machine: Machine, value: Choice, index: Value, site: Site) -> Value:
    since = made_next()
    options = []
    for option in machine.trying(value):
        try:
            options.append(get_item(machine, option, index, site))
        except Raised:
            continue
    return machine.join(options, value.condition, since)


def _by_method(machine: Machine, value: Value, index: Value, site: Site) -> Value:
    method = machine.find_attribute(value, "__getitem__", site)
    if method is None:
        told = f"{machine.type_name(value)} has no items"
        if not is_closed(value):
            return machine.unknown("error", told, site, value)
        message = f"{kind_of(value)!r} object is not subscriptable"
        return failed(machine, "TypeError", message, site, value, told=told)
    return machine.call(method, [index], {}, site)


def _of_class(machine: Machine, value: Class, index: Value, site: Site) -> Value:
    """By `__class_getitem__`, or a row of a base such as an enumeration's members by name."""
    method = of_metaclass(machine, value, "__getitem__", site)
    if method is None:
        method = machine.find_attribute(value, "__class_getitem__", site)
    if isinstance(method, Function):
        method = BoundMethod(method, value)  # a class method even if it does not say so
    if method is None or isinstance(method, Unknown):
        return value
    return machine.call(method, [index], {}, site)


def _of_external(machine: Machine, value: External, index: Value, site: Site) -> Value:
    row = f"{value.qualname}.__getitem__"
    return machine.call(KnownMethod(row, value), [index], {}, site)


def _of_unknown(machine: Machine, value: Unknown, index: Value, site: Site) -> Value:
    return machine.unknown(value.reason, "an item of an unknown", site, value, index)


_READERS: ReadOnlyMapping[type, Callable[[Any, Any, Value, Any], Value]] = {
    Sequence: _of_sequence,
    Mapping: _of_mapping,
    Constant: _of_constant,
    Choice: _of_choice,
    Instance: _by_method,
    Class: _of_class,
    External: _of_external,
    Parameterised: _of_external,
    Unknown: _of_unknown,
}

TABLE: ReadOnlyMapping[type[ast.AST], Callable[[Any, Any, Frame], Value]] = {
    ast.Subscript: _subscript,
    ast.Slice: _slice,
}
