"""The class `string.Formatter` itself; classes derived from it are not followed."""

from __future__ import annotations

import string
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.conversion import from_python
from assetgen.analyzer.evaluate.values import Constant, Declared, Iterator_, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import each_option, lost, raised
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass

_NONE: Final = Parameters("")
_PARSE: Final = Parameters("format_string, /")
_FORMAT: Final = Parameters("format_string, /, *args, **kwargs")


@dataclass(slots=True, eq=False)
class Formatter(Declared):
    """A formatter; all of them are alike."""

    type_name: ClassVar[str] = "string.Formatter"


def _formatter(call: Call) -> Value:
    _NONE.bind(call)
    return Formatter()


def _parse(call: Call, receiver: Formatter) -> Value:
    """The parts of a format string: literal text, field name, specification and conversion."""
    text = _PARSE.bind(call)["format_string"]
    if not isinstance(text, Constant) or not isinstance(text.value, str):
        return lost(call, text)
    try:
        pieces = list(string.Formatter().parse(text.value))
    except ValueError as error:
        raise raised(error) from error
    return Iterator_(iter([from_python(piece) for piece in pieces]))


def _format(call: Call, receiver: Formatter) -> Value:
    bound = _FORMAT.bind(call)
    row = KnownMethod("builtins.str.format", bound["format_string"])
    return call.machine.call(row, bound.star, bound.rest, call.site, call.losses)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "string.Formatter": _formatter,
    "string.Formatter.format": method(Formatter, _format),
    "string.Formatter.parse": each_option(method(Formatter, _parse)),
}
