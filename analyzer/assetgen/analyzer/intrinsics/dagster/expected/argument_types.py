"""Reporting arguments of types that Dagster does not accept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Iterator_,
    Mapping,
    Parameterised,
    Record,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.expected.checked_calls import (
    CALLS,
    CLASSES,
    NEEDED,
    POSITIONAL,
)
from assetgen.analyzer.intrinsics.dagster.expected.empty_arguments import is_checked_empty
from assetgen.analyzer.intrinsics.dagster.expected.expected import SET, TEXT, Expected
from assetgen.analyzer.intrinsics.dagster.expected.expected_types import (
    ANY_KEYED,
    TEXT_KEYED,
    expected_of,
)
from assetgen.analyzer.intrinsics.dagster.expected.misspellings import ENUMERATIONS
from assetgen.analyzer.intrinsics.dagster.places import argument_place, element_place, entry_place
from assetgen.analyzer.intrinsics.dagster.plain_objects import is_plain_object
from assetgen.analyzer.model.articles import article
from assetgen.analyzer.model.copies import replace


def check_types(call: Call) -> Call | None:
    """The call without the arguments that Dagster refuses for their types, each of which is
    reported.

    None if nothing can be made without them.
    """
    wrong = [
        name for name, position, value in _given(call) if not _fits(call, name, position, value)
    ]
    if not wrong:
        return call
    needed = NEEDED.get(_short(call), ())
    if any(name in needed for name in wrong):
        return None
    told = call.unknown("told", "Dagster refuses it")
    kept = {
        name: _instead(name, value, told) if name in wrong else value
        for name, value in call.kwargs.items()
        if name not in wrong or name in _NAMING_INPUTS or call.name == "dagster.Definitions"
    }
    return replace(call, kwargs=kept)


def _instead(name: str, value: Value, told: Value) -> Value:
    """What takes the place of a refused argument: a definition alone is meant as a list of it."""
    if name in _NAMING_INPUTS:
        return told
    return Sequence("list", [value]) if isinstance(value, Declared) else NONE


_NAMING_INPUTS = ("ins", "additional_ins")
"""Without these it is not known which assets the parameters mean."""


def _short(call: Call) -> str:
    return call.name.removeprefix("dagster.")


def _given(call: Call) -> Iterator[tuple[str, int | None, Value]]:
    for position, (name, value) in enumerate(
        zip(POSITIONAL.get(_short(call), ()), call.args, strict=False)
    ):
        yield name, position, value
    for name, value in call.kwargs.items():
        yield name, None, value


def _fits(call: Call, name: str, position: int | None, value: Value) -> bool:
    expected = expected_of(_short(call), name)
    if expected is None or value == NONE or value == Constant(...):
        return True
    if _is_empty(value) and not is_checked_empty(_short(call), name):
        return True
    if not _is_of(call, value, expected):
        place = argument_place(call, name, position)
        advice = _advice(value, sort_of(call, value), expected)
        message = f"`{name}` takes {expected.what}, not {described_value(value)}{advice}"
        call.report("wrong-type", message, place)
        return False
    if name in TEXT_KEYED and isinstance(value, Mapping) and (_short(call), name) not in ANY_KEYED:
        for key, _ in value.entries.values():
            if isinstance(key, Constant) and not isinstance(key.value, str):
                message = f"`{name}` takes strings as keys, not {described_value(key)}"
                call.report("wrong-type", message, argument_place(call, name, position))
                return False
    if expected.items is None:
        return True
    for item, at in _items(value):
        if not _is_of(call, item, expected.items):
            message = f"`{name}` takes {expected.what}: {described_value(item)} is none of them"
            place = _item_place(argument_place(call, name, position), value, at)
            call.report("wrong-type", message, place)
            return False
    return True


def _items(value: Value) -> Iterable[tuple[Value, int | str]]:
    """The items of a collection, with the index or key of each."""
    if isinstance(value, Sequence):
        return ((item, index) for index, item in enumerate(value.items))
    if isinstance(value, Mapping):
        return ((item, key) for key, item in value.text_entries())
    return ()


def _item_place(place: Site, value: Value, at: int | str) -> Site:
    """Where an item of a collection that is written at `place` stands."""
    if isinstance(at, int):
        return element_place(place, at, len(value.items) if isinstance(value, Sequence) else 0)
    return entry_place(place, at)


def _is_empty(value: Value) -> bool:
    """Nothing given, as many of Dagster's checks see it."""
    if isinstance(value, Constant):
        return not value.value
    return isinstance(value, (Sequence, Mapping)) and not (
        value.items if isinstance(value, Sequence) else value.entries
    )


def _is_of(call: Call, value: Value, expected: Expected) -> bool:
    """Whether a value is what is expected, as far as that is known."""
    sort = sort_of(call, value)
    if sort is None or sort in expected.sorts:
        return True
    # Only some of Dagster's classes are known not to derive from each other.
    package, _, rest = sort.partition(".")
    return bool(rest) and package != "dlt" and sort not in CLASSES


def sort_of(call: Call, value: Value) -> str | None:
    """The type of a value as `Expected` names it; None if nothing is known."""
    if isinstance(value, Constant):
        return type(value.value).__name__
    if isinstance(value, Sequence):
        return value.kind
    if isinstance(value, Record):
        return _VARIABLES.get(value.qualname) or _class_of(value.qualname)
    if isinstance(value, Declared):
        text = str(getattr(value, "text", ""))
        if text.startswith(_POLICY):
            return "dagster.AutoMaterializePolicy"
        return getattr(value, "qualname", None) or value.type_name
    if isinstance(value, Parameterised):
        return None  # a generic type, or the member of an enumeration
    if isinstance(value, External):
        if value.qualname in _TYPES:
            return "class"
        if value.qualname in CLASSES:
            return "class"
        if value.qualname.removeprefix("dagster.").partition(".")[0] in ENUMERATIONS:
            return _class_of(value.qualname)
        short = value.qualname.removeprefix("dagster.")
        if short in CALLS and short.islower() and "." not in short:
            return "function"
        known = call.machine.intrinsics.row(value.qualname) is not None
        return "function" if known and _class_of(value.qualname) in CLASSES else None
    if isinstance(value, KnownMethod):
        return "function" if _class_of(value.qualname) in CLASSES else None
    if isinstance(value, Function) and value.decorated is not None:
        return None  # what its decorators make of it is not known
    if isinstance(value, Instance):
        return "object" if is_plain_object(value) else None
    return next((name for kind, name in _PLAIN if isinstance(value, kind)), None)


def _class_of(qualname: str) -> str:
    """`dagster.BackfillPolicy` of its method `dagster.BackfillPolicy.single_run`."""
    return ".".join(qualname.split(".")[:2])


_TYPES = frozenset(
    f"builtins.{name}" for name in ("int", "str", "float", "bool", "dict", "list", "set", "tuple")
)
_POLICY = "AutoMaterializePolicy"
_PLAIN: tuple[tuple[type[Value], str], ...] = (
    (Mapping, "dict"),
    (Function, "function"),
    (Class, "class"),
    (Iterator_, "generator"),
)
_VARIABLES = {"dagster.EnvVar": "str", "dagster.EnvVar.int": "int"}
"""Of which of Python's types the names of variables are."""


def described_value(value: Value) -> str:
    """A value, for the middle of a sentence about what it should be instead."""
    if isinstance(value, Instance):
        return f"{article(value.cls.name)} {value.cls.name}"
    if isinstance(value, Declared):
        name = value.qualname if isinstance(value, Record) else value.type_name
        name = _class_of(name).removeprefix("dagster.")
        return f"{article(name)} {name}"
    if isinstance(value, External):
        name = value.qualname.removeprefix("dagster.")
        return name if name.partition(".")[0] in ENUMERATIONS else f"{name} itself"
    if isinstance(value, Function):
        return f"the function `{value.name}`"
    if isinstance(value, Iterator_):
        return "a generator"
    shown = display(value)
    return shown if len(shown) <= _LONG else f"{shown[:_LONG]}..."


_LONG = 60


def _advice(value: Value, sort: str | None, expected: Expected) -> str:
    """What to do, as the end of a sentence, if that is obvious."""
    if isinstance(value, External):
        name = value.qualname.removeprefix("dagster.")
        return "" if name.partition(".")[0] in ENUMERATIONS else ": call it"
    if sort in ("int", "float") and expected is TEXT:
        return f': write "{display(value)}"'
    if sort in ("list", "tuple") and expected.sorts == SET:
        return ": write {...} instead of [...]"
    one = expected.items
    is_one = isinstance(value, Declared) if one is None else sort in one.sorts
    return ": put it in a list" if is_one and "list" in expected.sorts else ""
