"""Items that are assigned to and deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.journal import changing
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.objects.doubts import (
    Presence,
    disorder,
    each_doubted,
    is_in_order,
    surely_all,
)
from assetgen.analyzer.evaluate.objects.unknown_keys import put_unknown
from assetgen.analyzer.evaluate.statements.failures import failed, is_closed, kind_of
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    Declared,
    External,
    Instance,
    Mapping,
    Sequence,
    Value,
    options_of,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def set_item(machine: Machine, value: Value, index: Value, new: Value, site: Site) -> None:
    """`value[index] = new`."""
    if isinstance(value, Mapping):
        if value.kind == "mappingproxy":
            failed(machine, "TypeError", _without_items(value, "item assignment"), site)
            return
        key = machine.hash_key(index)
        if key is None:
            put_unknown(machine, value, index, new, site)
        else:
            first = value.entries.get(key)  # an equal key stays as it was given first
            machine.put(value, key, (index if first is None else first[0], new))
    elif isinstance(value, Sequence) and isinstance(index, Constant):
        _set_in_sequence(machine, value, index.value, new, site)
    elif isinstance(value, Sequence) and value.kind in ("list", "deque"):
        changing(machine.journals, value)
        unknown = machine.unknown("unsupported", _asked(machine, site), site, index)
        value.losses += (each_doubted(unknown, value.items), disorder(unknown), unknown)
    elif isinstance(value, Choice):
        _in_each(machine, value, lambda option: set_item(machine, option, index, new, site), site)
    elif isinstance(value, External):
        row = f"{value.qualname}.__setitem__"
        if machine.knows(row):
            machine.call(KnownMethod(row, value), [index, new], {}, site)
    elif isinstance(value, (Instance, Declared)):
        method = machine.find_attribute(value, "__setitem__", site)
        if method is not None:
            machine.call(method, [index, new], {}, site)
        elif is_closed(value):
            failed(machine, "TypeError", _without_items(value, "item assignment"), site)
    elif isinstance(value, Constant):
        failed(machine, "TypeError", _without_items(value, "item assignment"), site)


def _in_each(machine: Machine, choice: Choice, change: Callable[[Value], None], site: Site) -> None:
    def changed(option: Value) -> Value:
        change(option)
        return NONE

    machine.each_of(choice, changed, site)


def delete_item(machine: Machine, value: Value, index: Value, site: Site) -> None:
    """`del value[index]`."""
    if isinstance(value, Mapping):
        key = machine.hash_key(index)
        if key is not None:
            if key not in value.entries and surely_all(value.losses):
                failed(machine, "KeyError", display(index), site)
            machine.take(value, key)
            return
        unknown = machine.unknown("unsupported", _asked(machine, site), site, index)
        keys = [machine.hash_key(option) for option in options_of(index)]
        machine.take_one_of(value, keys, unknown)
    elif isinstance(value, Choice):
        _in_each(machine, value, lambda option: delete_item(machine, option, index, site), site)
    elif isinstance(value, Sequence) and not isinstance(index, Constant):
        changing(machine.journals, value)
        unknown = machine.unknown("unsupported", _asked(machine, site), site, index)
        value.losses.append(each_doubted(unknown, value.items))
    elif isinstance(value, Sequence) and isinstance(index, Constant):
        if value.kind not in ("list", "deque"):
            failed(machine, "TypeError", _without_items(value, "item deletion"), site)
            return
        changing(machine.journals, value)
        if value.losses and _place_is_doubted(value, index.value):
            unknown = machine.unknown("unsupported", "which item is deleted", site, *value.losses)
            value.losses.append(each_doubted(unknown, value.items))
            return
        try:
            del value.items[index.value]  # type: ignore[arg-type]
        except IndexError:
            if not value.losses:
                failed(machine, "IndexError", "list assignment index out of range", site)
        except TypeError:
            return
    elif isinstance(value, External):
        row = f"{value.qualname}.__delitem__"
        if machine.knows(row):
            machine.call(KnownMethod(row, value), [index], {}, site)
    elif isinstance(value, (Instance, Declared)):
        method = machine.find_attribute(value, "__delitem__", site)
        if method is not None:
            machine.call(method, [index], {}, site)


def _asked(machine: Machine, site: Site) -> str:
    return machine.text_at(site) or "an item at an unknown place"


def _without_items(value: Value, what: str) -> str:
    return f"{kind_of(value)!r} object does not support {what}"


def _place_is_doubted(value: Sequence, index: object) -> bool:
    """Whether another item may stand at the place, since one before it may be lacking."""
    if isinstance(index, slice):
        return (index.start, index.stop, index.step) != (None, None, None)
    if not isinstance(index, int):
        return False
    if not is_in_order(value.losses):
        return True
    presence = Presence(value)
    passed = value.items[index:] if index < 0 else value.items[: index + 1]
    return any(presence.doubt(item) is not None for item in passed)


def _set_in_sequence(
    machine: Machine, value: Sequence, index: object, new: Value, site: Site
) -> None:
    if value.kind not in ("list", "deque"):
        failed(machine, "TypeError", _without_items(value, "item assignment"), site)
        return
    changing(machine.journals, value)
    if value.losses and _place_is_doubted(value, index):
        unknown = machine.unknown("unsupported", "which item is replaced", site, *value.losses)
        value.losses += (each_doubted(unknown, value.items), disorder(unknown))
        value.items += machine.items(new, site).values if isinstance(index, slice) else (new,)
        return
    try:
        if isinstance(index, slice):
            spread = machine.items(new, site)
            value.items[index] = spread.values
            value.losses.extend(spread.losses)
        elif isinstance(index, int):
            value.items[index] = new
    except (IndexError, ValueError) as error:
        raise Raised(f"builtins.{type(error).__name__}", str(error)) from None
