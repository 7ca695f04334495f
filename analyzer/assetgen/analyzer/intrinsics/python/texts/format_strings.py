"""Strings with placeholders: `str.format` and `%`."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from collections.abc import Mapping as ReadOnlyMapping
from collections.abc import Sequence as ReadOnlySequence
from typing import TYPE_CHECKING, Any, Final

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import (
    Choice,
    Constant,
    Instance,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.python.plain import (
    lost,
    member_value,
    raised,
    unknown_in,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


from assetgen.analyzer.intrinsics.python.texts.formatting import (
    Lost,
    causes_of,
    digits_written,
    format_value,
    repr_of,
    text_of,
)


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
        digits = sum(map(digits_written, arguments if named is None else named.values()))
        if _percent_widths(template) + stars * len(arguments) + digits > machine.budget.text:
            return machine.unknown("budget", "the text is too long to be made", site)
        return Constant(template % (named if named is not None else arguments))
    except Lost as error:
        return machine.unknown(
            error.value.reason if isinstance(error.value, Unknown) else "unsupported",
            "text is made with something that is not known",
            site,
            *causes_of(error.value),
        )
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        raise raised(error) from error


def str_format(call: Call) -> Value:
    """`str.format`."""
    args = call.unbound().args
    return _formatted(call, args[0] if args else None, args[1:], call.kwargs)


def str_format_map(call: Call) -> Value:
    """`str.format_map` with a mapping that has strings as keys."""
    args = call.unbound().args
    if len(args) != 2 or unknown_in(args[1]) is not None:
        return lost(call, *args)
    return _formatted(call, args[0], (), _Entries(call, args[1]))


class _Entries(dict[str, Value]):
    """The entries of a mapping of the evaluated program, each looked up when it is needed."""

    def __init__(self, call: Call, mapping: Value) -> None:
        super().__init__()
        self.call = call
        self.mapping = mapping

    def __missing__(self, key: str) -> Value:
        return self.call.subscript(self.mapping, Constant(key))


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
        return lost(call, *causes_of(error.value))
    except (ValueError, IndexError, KeyError, OverflowError) as error:
        raise raised(error) from error


_SWITCH: Final = "cannot switch from {} field {} to {} field {}"


class _Formatter(string.Formatter):
    """The standard formatter, applied to abstract values."""

    def __init__(self, machine: Machine, site: Site) -> None:
        self.machine = machine
        self.site = site
        self.length = 0
        self.next_number: int | None = None
        self.is_numbered = False

    def parse(self, format_string: str) -> Iterator[tuple[str, str | None, str | None, str | None]]:
        """The parts of a template; fields without a number are numbered."""
        for text, name, spec, conversion in super().parse(format_string):
            yield text, None if name is None else self._numbered(name), spec, conversion

    def _numbered(self, name: str) -> str:
        if re.match(r"[.\[]|$", name):
            if self.is_numbered:
                raise ValueError(
                    _SWITCH.format("manual", "specification", "automatic", "numbering")
                )
            number = self.next_number = 0 if self.next_number is None else self.next_number + 1
            return f"{number}{name}"
        if re.match(r"\d+([.\[]|$)", name):
            if self.next_number is not None:
                raise ValueError(
                    _SWITCH.format("automatic", "numbering", "manual", "specification")
                )
            self.is_numbered = True
        return name

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

    def get_value(
        self, key: int | str, args: ReadOnlySequence[Any], kwargs: ReadOnlyMapping[str, Any]
    ) -> Any:
        if isinstance(key, int) and key >= len(args):
            message = f"Replacement index {key} out of range for positional args tuple"
            raise IndexError(message)
        return super().get_value(key, args, kwargs)

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        if not conversion:
            return value
        if conversion not in "sra":
            raise ValueError(f"Unknown conversion specifier {conversion}")
        return Constant(format_value(self.machine, value, conversion, "", self.site))

    def format_field(self, value: Any, format_spec: str) -> str:
        text = format_value(self.machine, value, "", format_spec, self.site)
        self.length += len(text)
        if self.length > self.machine.budget.text:
            raise Lost(self.machine.unknown("budget", "the text is too long to be made", self.site))
        return text


class _Text:
    """Stands for a value that is not a constant if only its text is needed."""

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


_PERCENT: Final = re.compile(r"%(?:\([^)]*\))?[-#0 +]*(\d+|\*)?(?:\.(\d+|\*))?[hlL]?[a-zA-Z%]")


def _percent_widths(template: str | bytes) -> int:
    text = template if isinstance(template, str) else template.decode("latin-1")
    widths = (width for pair in _PERCENT.findall(text) for width in pair)
    return len(text) + sum(int(width) for width in widths if width.isdecimal())


def _has_star(template: str | bytes) -> bool:
    text = template if isinstance(template, str) else template.decode("latin-1")
    return any("*" in pair for pair in _PERCENT.findall(text))
