"""Values as text: `str`, `repr`, `format`, `str.format`, and `%` and f-strings for the machine."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.iteration import in_order
from assetgen.analyzer.evaluate.objects.outside import class_of_python
from assetgen.analyzer.evaluate.objects.weight import is_heavy
from assetgen.analyzer.evaluate.values import (
    Choice,
    Class,
    Constant,
    Declared,
    External,
    Instance,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import (
    each_option,
    lost,
    raised,
    run,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


class Lost(Exception):
    """A text cannot be known, because of `value`."""

    def __init__(self, value: Value) -> None:
        super().__init__("text that is not known")
        self.value = value


def text_of(machine: Machine, value: Value, site: Site) -> str:
    """`str(value)`; raises `Lost`."""
    if isinstance(value, Constant):
        return str(value.value)
    if isinstance(value, Instance):
        written = _user_method(machine, value, "__str__", site)
        if written is not None:
            return _plain_text(machine.call(written, (), {}, site), value)
        if is_shown_as_value(value):
            return text_of(machine, value.attributes["_value_"], site)
        if isinstance(value.content, Constant) and isinstance(value.content.value, str):
            return value.content.value
        if "_value_" in value.attributes:
            return _plain_text(machine.call(_MEMBER_TEXT, [value], {}, site), value)
    row = _row(machine, value, "__str__")
    if row is not None:
        result = row(Call(machine, _row_name(machine, value, "__str__"), (), {}, site, value))
        return _plain_text(result, value)
    return repr_of(machine, value, site)


_MEMBER_TEXT: Final = External("enum.Enum.__str__")


def repr_of(machine: Machine, value: Value, site: Site) -> str:
    """`repr(value)`; raises `Lost`."""
    if isinstance(value, (Unknown, Choice)):
        raise Lost(value)
    if isinstance(value, Constant):
        shown = repr(value.value)
        # Pure paths stand for paths of the system on which the code is run: POSIX, most likely.
        return shown.removeprefix("Pure") if isinstance(value.value, PurePath) else shown
    if isinstance(value, Sequence):
        return _sequence_text(machine, value, site)
    if isinstance(value, Mapping):
        return _mapping_text(machine, value, site)
    if isinstance(value, Class):
        return f"<class '{value.module.name}.{value.qualname}'>"
    if isinstance(value, External) and class_of_python(value.qualname, "builtins") is not None:
        return f"<class '{value.qualname.removeprefix('builtins.')}'>"
    if isinstance(value, Instance):
        if is_heavy(value):
            raise Lost(value)
        written = _user_method(machine, value, "__repr__", site)
        if written is not None:
            return _plain_text(machine.call(written, (), {}, site), value)
        if _is_shown_as_content(value):
            return repr_of(machine, value.content or value, site)
        if "_value_" in value.attributes and machine.knows(_OF_MEMBER):
            shown_member = machine.call(KnownMethod(_OF_MEMBER, value), [], {}, site)
            return _plain_text(shown_member, value)
    row = _row(machine, value, "__repr__")
    if row is not None:
        result = row(Call(machine, _row_name(machine, value, "__repr__"), (), {}, site, value))
        return _plain_text(result, value)
    raise Lost(value)


_OF_MEMBER: Final = "enum.Enum.__repr__"


def format_value(machine: Machine, value: Value, conversion: str, spec: str, site: Site) -> str:
    """`{value!conversion:spec}` of an f-string or `str.format`; raises `Lost` and `Raised`.

    `conversion` is "", "s", "r" or "a".
    """
    if conversion == "r":
        value = Constant(repr_of(machine, value, site))
    elif conversion == "a":
        value = Constant(_in_ascii(repr_of(machine, value, site)))
    elif conversion == "s":
        value = Constant(text_of(machine, value, site))
    if isinstance(value, Instance):
        written = _user_method(machine, value, "__format__", site)
        if written is not None:
            return _plain_text(machine.call(written, (Constant(spec),), {}, site), value)
        if spec:
            value = _formatted_as(machine, value, site)
    if not isinstance(value, Constant):
        if spec and isinstance(value, Unknown) and value.maker:
            strftime = f"{value.maker}.strftime"  # of what the clock shows, a part may be known
            if machine.knows(strftime):
                method = KnownMethod(strftime, value)
                return _plain_text(machine.call(method, [Constant(spec)], {}, site), value)
        text = text_of(machine, value, site)
        if spec:
            raise Lost(value)
        return text
    if not spec:
        return str(value.value)
    if _widths(spec) + digits_written(value.value) > machine.budget.text:
        raise Lost(machine.unknown("budget", "the text is too long to be made", site))
    try:
        return format(value.value, spec)
    except (TypeError, ValueError, OverflowError) as error:
        raise raised(error) from error


def is_shown_as_value(value: Instance) -> bool:
    """Whether a member of an enumeration is shown as its value rather than as `Class.NAME`."""
    return "_value_" in value.attributes and any(
        isinstance(base, External) and base.qualname in _SHOWN_AS_VALUE for base in value.cls.mro
    )


_SHOWN_AS_VALUE: Final = frozenset(
    ("enum.IntEnum", "enum.IntFlag", "enum.ReprEnum", "enum.StrEnum", "strenum.StrEnum")
)


def _is_shown_as_content(value: Instance) -> bool:
    """Whether an object of a class derived from a builtin is shown as its content."""
    content = value.content
    if isinstance(content, Sequence):
        return content.kind in ("list", "tuple")
    if isinstance(content, Mapping):
        return content.kind == "dict"
    return content is not None


def _formatted_as(machine: Machine, value: Instance, site: Site) -> Value:
    """The value that a format specification applies to."""
    if is_shown_as_value(value):
        return value.attributes["_value_"]
    if "_value_" in value.attributes:
        return Constant(text_of(machine, value, site))
    return value.content if isinstance(value.content, Constant) else value


def _widths(spec: str) -> int:
    return sum(int(run) for run in re.findall(r"\d{1,12}", spec))


def digits_written(value: object) -> int:
    """About how many digits of a decimal number a format may write out."""
    if type(value).__name__ != "Decimal":  # which need not be imported
        return 0
    number: Any = value
    if not number.is_finite():
        return 0
    return abs(int(number.adjusted())) - min(int(number.as_tuple().exponent), 0)


def _in_ascii(text: str) -> str:
    """The text with all other characters escaped, as `ascii()` writes them."""
    return text.encode("ascii", "backslashreplace").decode("ascii")


_FORMAT: Final = Parameters("value, format_spec='', /")
_ONE: Final = Parameters("object='', /")


def _format(call: Call) -> Value:
    bound = _FORMAT.bind(call)
    spec = bound.plain("format_spec")
    if not isinstance(spec, str):
        return lost(call, bound["format_spec"])
    try:
        return Constant(format_value(call.machine, bound["value"], "", spec, call.site))
    except Lost as error:
        return lost(call, error.value)


def _str(call: Call) -> Value:
    if len(call.args) > 1 or call.kwargs:
        return run(call, str, call.args, call.kwargs)
    value = _ONE.bind(call)["object"]
    try:
        return Constant(text_of(call.machine, value, call.site))
    except Lost as error:
        return lost(call, error.value)
    except ValueError as error:  # an integer of too many digits
        raise raised(error) from error


def _repr(call: Call) -> Value:
    value = _ONE.bind(call)["object"]
    try:
        return Constant(repr_of(call.machine, value, call.site))
    except Lost as error:
        return lost(call, error.value)
    except ValueError as error:
        raise raised(error) from error


def _ascii(call: Call) -> Value:
    text = _repr(call)
    if isinstance(text, Constant):
        return Constant(_in_ascii(str(text.value)))
    return text


def _sequence_text(machine: Machine, value: Sequence, site: Site) -> str:
    losses = machine.losses_in_order(value, site)
    if losses:
        raise Lost(losses[0])
    machine.step()
    items = [repr_of(machine, item, site) for item in in_order(value)]
    if value.most is not None:
        return f"deque([{', '.join(items)}], maxlen={value.most})"
    return _BRACKETS[value.kind](items)


def _mapping_text(machine: Machine, value: Mapping, site: Site) -> str:
    if value.losses:
        raise Lost(value.losses[0])
    if value.kind != "dict":
        raise Lost(value)
    machine.step()
    pairs = (
        f"{repr_of(machine, key, site)}: {repr_of(machine, item, site)}"
        for key, item in value.entries.values()
    )
    return "{" + ", ".join(pairs) + "}"


_BRACKETS: Final[ReadOnlyMapping[str, Callable[[list[str]], str]]] = {
    "list": lambda items: f"[{', '.join(items)}]",
    "tuple": lambda items: f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})",
    "set": lambda items: f"{{{', '.join(items)}}}" if items else "set()",
    "frozenset": lambda items: f"frozenset({{{', '.join(items)}}})" if items else "frozenset()",
    "deque": lambda items: f"deque([{', '.join(items)}])",
}


def _user_method(machine: Machine, value: Instance, name: str, site: Site) -> Value | None:
    """A special method that the project defines for the class of `value`."""
    for base in value.cls.mro:
        if isinstance(base, Class) and name in base.namespace:
            return machine.get_attribute(value, name, site)
    return None


def _row(machine: Machine, value: Value, method: str) -> Intrinsic | None:
    name = _row_name(machine, value, method)
    return machine.intrinsics.row(name) if name else None


def _row_name(machine: Machine, value: Value, method: str) -> str:
    """The row of a special method of an object of a known API, or of a project's class derived from
    one."""
    if isinstance(value, Declared):
        return f"{machine.type_name(value)}.{method}"
    if isinstance(value, Instance):
        owners = [base.qualname for base in value.cls.mro if isinstance(base, External)]
        for base in value.cls.mro:
            if isinstance(base, Class):
                owners.extend(base.decorations)
        for owner in owners:
            if machine.intrinsics.row(f"{owner}.{method}") is not None:
                return f"{owner}.{method}"
    return ""


def _plain_text(result: Value, value: Value) -> str:
    if isinstance(result, Constant) and isinstance(result.value, str):
        return result.value
    raise Lost(result if isinstance(result, Unknown) else value)


def causes_of(value: Value) -> tuple[Value, ...]:
    """Why a value has no text that is known."""
    return (value.condition,) if isinstance(value, Choice) else (value,)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "builtins.ascii": each_option(_ascii),
    "builtins.format": each_option(_format),
    "builtins.repr": each_option(_repr),
    "builtins.str": each_option(_str),
}
