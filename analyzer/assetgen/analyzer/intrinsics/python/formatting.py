"""Text of values: `str`, `repr`, `format`, `str.format`, and `%` and f-strings for the machine."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from collections.abc import Sequence as ReadOnlySequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.outside import class_of_python
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
    member_value,
    raised,
    run,
    unknown_in,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


class Lost(Exception):
    """Text cannot be known, because of `value`."""

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
        written = _user_method(machine, value, "__repr__", site)
        if written is not None:
            return _plain_text(machine.call(written, (), {}, site), value)
        if _is_shown_as_content(value):
            return repr_of(machine, value.content or value, site)
    row = _row(machine, value, "__repr__")
    if row is not None:
        result = row(Call(machine, _row_name(machine, value, "__repr__"), (), {}, site, value))
        return _plain_text(result, value)
    raise Lost(value)


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
        text = text_of(machine, value, site)
        if spec:
            raise Lost(value)
        return text
    if not spec:
        return str(value.value)
    if _widths(spec) > machine.budget.text:
        raise Lost(machine.unknown("budget", "the text is too long to be made", site))
    try:
        return format(value.value, spec)
    except (TypeError, ValueError, OverflowError) as error:
        raise raised(error) from error


def is_shown_as_value(value: Instance) -> bool:
    """Whether a member of an enumeration is shown as its value, not as `Class.NAME`."""
    return "_value_" in value.attributes and any(
        isinstance(base, External) and base.qualname in _SHOWN_AS_VALUE for base in value.cls.mro
    )


_SHOWN_AS_VALUE: Final = frozenset(
    ("enum.IntEnum", "enum.IntFlag", "enum.ReprEnum", "enum.StrEnum", "strenum.StrEnum")
)


def _is_shown_as_content(value: Instance) -> bool:
    """Whether an object of a class that derives from Python's is written as that is."""
    content = value.content
    if isinstance(content, Sequence):
        return content.kind in ("list", "tuple")
    if isinstance(content, Mapping):
        return content.kind == "dict"
    return content is not None


def _formatted_as(machine: Machine, value: Instance, site: Site) -> Value:
    """What a format specification applies to."""
    if is_shown_as_value(value):
        return value.attributes["_value_"]
    if "_value_" in value.attributes:
        return Constant(text_of(machine, value, site))
    return value.content if isinstance(value.content, Constant) else value


def _in_ascii(text: str) -> str:
    """With escapes for all other characters, as `ascii()` writes them."""
    return text.encode("ascii", "backslashreplace").decode("ascii")


def percent_format(machine: Machine, template: str | bytes, value: Value, site: Site) -> Value:
    """`template % value`."""
    values = value.items if isinstance(value, Sequence) and value.kind == "tuple" else [value]
    try:
        named = None
        if isinstance(value, Mapping):
            if value.losses:
                raise Lost(value.losses[0])
            named = {
                key.value: _proxy(machine, item, site)
                for key, item in value.entries.values()
                if isinstance(key, Constant)
            }
        arguments = tuple(_proxy(machine, item, site) for item in values) if named is None else ()
        numbers = [number for number in arguments if type(number) is int]
        stars = max(map(abs, numbers), default=0) if _has_star(template) else 0
        if _percent_widths(template) + stars * len(arguments) > machine.budget.text:
            return machine.unknown("budget", "the text is too long to be made", site)
        return Constant(template % (named if named is not None else arguments))
    except Lost as error:
        return machine.unknown(
            error.value.reason if isinstance(error.value, Unknown) else "unsupported",
            "text is made with something that is not known",
            site,
            *_causes(error.value),
        )
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        raise raised(error) from error


def str_format(call: Call) -> Value:
    """`str.format`."""
    args = call.args if call.receiver is None else (call.receiver, *call.args)
    return _formatted(call, args[0] if args else None, args[1:], call.kwargs)


def str_format_map(call: Call) -> Value:
    """`str.format_map` of a mapping with text for keys."""
    args = call.args if call.receiver is None else (call.receiver, *call.args)
    if len(args) != 2 or unknown_in(args[1]) is not None:
        return lost(call, *args)
    return _formatted(call, args[0], (), _Entries(call, args[1]))


class _Entries(dict[str, Value]):
    """The entries of a mapping of the evaluated program, each asked for when it is needed."""

    def __init__(self, call: Call, mapping: Value) -> None:
        super().__init__()
        self.call = call
        self.mapping = mapping

    def __missing__(self, key: str) -> Value:
        return self.call.machine.subscript(self.mapping, Constant(key), self.call.site)


def _formatted(
    call: Call, template: Value | None, args: tuple[Value, ...], kwargs: dict[str, Value]
) -> Value:
    if call.losses:
        return lost(call, *call.losses)
    if not isinstance(template, Constant) or not isinstance(template.value, str):
        return lost(call, *([template] if template is not None else []))
    formatter = _Formatter(call.machine, call.site)
    try:
        return Constant(formatter.vformat(template.value, args, kwargs))
    except Lost as error:
        return lost(call, *_causes(error.value))
    except (ValueError, IndexError, KeyError, OverflowError) as error:
        raise raised(error) from error


class _Formatter(string.Formatter):
    """The standard formatter over values."""

    def __init__(self, machine: Machine, site: Site) -> None:
        self.machine = machine
        self.site = site
        self.length = 0

    def get_field(
        self, field_name: str, args: ReadOnlySequence[Any], kwargs: ReadOnlyMapping[str, Any]
    ) -> tuple[Any, int | str]:
        first, _, _ = field_name.partition(".")
        first = first.partition("[")[0]
        key: int | str = int(first) if first.isdecimal() else first
        value: Value = self.get_value(key, args, kwargs)
        for dot, attribute, index in re.findall(
            r"(\.)([^.\[]+)|\[([^\]]*)\]", field_name[len(first) :]
        ):
            if dot:
                value = self.machine.get_attribute(value, attribute, self.site)
            else:
                position = Constant(int(index) if index.isdecimal() else index)
                value = self.machine.subscript(value, position, self.site)
        return value, key

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        if not conversion:
            return value
        return Constant(format_value(self.machine, value, conversion, "", self.site))

    def format_field(self, value: Any, format_spec: str) -> str:
        text = format_value(self.machine, value, "", format_spec, self.site)
        self.length += len(text)
        if self.length > self.machine.budget.text:
            raise Lost(self.machine.unknown("budget", "the text is too long to be made", self.site))
        return text


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
    if value.losses:
        raise Lost(value.losses[0])
    items = [repr_of(machine, item, site) for item in value.items]
    return _BRACKETS[value.kind](items)


def _mapping_text(machine: Machine, value: Mapping, site: Site) -> str:
    if value.losses:
        raise Lost(value.losses[0])
    if value.kind != "dict":
        raise Lost(value)
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
    """A special method that the project itself writes for the class of `value`."""
    for base in value.cls.mro:
        if isinstance(base, Class) and name in base.namespace:
            return machine.get_attribute(value, name, site)
    return None


def _row(machine: Machine, value: Value, method: str) -> Intrinsic | None:
    name = _row_name(machine, value, method)
    return machine.intrinsics.calls.get(name) if name else None


def _row_name(machine: Machine, value: Value, method: str) -> str:
    """The row of a special method of an object of a known API, of a project's class over one."""
    if isinstance(value, Declared):
        return f"{machine.type_name(value)}.{method}"
    if isinstance(value, Instance):
        owners = [base.qualname for base in value.cls.mro if isinstance(base, External)]
        for base in value.cls.mro:
            if isinstance(base, Class):
                owners.extend(base.decorations)
        for owner in owners:
            if f"{owner}.{method}" in machine.intrinsics.calls:
                return f"{owner}.{method}"
    return ""


def _plain_text(result: Value, value: Value) -> str:
    if isinstance(result, Constant) and isinstance(result.value, str):
        return result.value
    raise Lost(result if isinstance(result, Unknown) else value)


class _Text:
    """Stands for a value that is no constant where only its text is asked for."""

    __slots__ = ("machine", "site", "value")

    def __init__(self, machine: Machine, value: Value, site: Site) -> None:
        self.machine = machine
        self.value = value
        self.site = site

    def __str__(self) -> str:
        return text_of(self.machine, self.value, self.site)

    def __repr__(self) -> str:
        return repr_of(self.machine, self.value, self.site)


def _proxy(machine: Machine, value: Value, site: Site) -> object:
    if isinstance(value, Constant):
        return value.value
    if isinstance(value, (Unknown, Choice)):
        raise Lost(value)
    member = member_value(value) if isinstance(value, Instance) else None
    if isinstance(member, Constant) and not isinstance(member.value, str):
        return member.value
    return _Text(machine, value, site)


def _causes(value: Value) -> tuple[Value, ...]:
    return (value.condition,) if isinstance(value, Choice) else (value,)


_PERCENT: Final = re.compile(r"%(?:\([^)]*\))?[-#0 +]*(\d+|\*)?(?:\.(\d+|\*))?[hlL]?[a-zA-Z%]")


def _percent_widths(template: str | bytes) -> int:
    text = template if isinstance(template, str) else template.decode("latin-1")
    widths = (width for pair in _PERCENT.findall(text) for width in pair)
    return len(text) + sum(int(width) for width in widths if width.isdecimal())


def _has_star(template: str | bytes) -> bool:
    text = template if isinstance(template, str) else template.decode("latin-1")
    return any("*" in pair for pair in _PERCENT.findall(text))


def _widths(spec: str) -> int:
    return sum(int(run) for run in re.findall(r"\d{1,12}", spec))


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "builtins.ascii": each_option(_ascii),
    "builtins.format": each_option(_format),
    "builtins.repr": each_option(_repr),
    "builtins.str": each_option(_str),
}
