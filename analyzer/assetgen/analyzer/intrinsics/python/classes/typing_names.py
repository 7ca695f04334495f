"""The modules `typing`, `abc` and `types`, and `string.Template`."""

from __future__ import annotations

import string
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.bound_values import Descriptor, Partial
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    FALSE,
    TRUE,
    Constant,
    Declared,
    External,
    Function,
    Mapping,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import (
    each_option,
    external,
    lost,
    nothing,
    raised,
    same,
    too_much,
)
from assetgen.analyzer.intrinsics.python.texts.formatting import Lost, text_of
from assetgen.analyzer.model.dataclass import dataclass

_CAST: Final = Parameters("typ, val, /")
_NEW_TYPE: Final = Parameters("name, tp, /")
_TEMPLATE: Final = Parameters("template")
_SUBSTITUTE: Final = Parameters("mapping=None, /, **names")


def _cast(call: Call) -> Value:
    return _CAST.bind(call)["val"]


def _new_type(call: Call) -> Value:
    _NEW_TYPE.bind(call)
    return Partial(External("typing.NewType.__call__"), (), {})


def _abstract_property(call: Call) -> Value:
    return Descriptor("property", _abstract(call)) if call.args else lost(call)


@dataclass(slots=True, eq=False)
class Template(Declared):
    """`string.Template`."""

    type_name: ClassVar[str] = "string.Template"
    text: str = ""

    def attribute(self, name: str) -> Value | None:
        return Constant(self.text) if name == "template" else None


def _template(call: Call) -> Value:
    text = _TEMPLATE.bind(call).plain("template")
    return Template(text) if isinstance(text, str) else lost(call, *call.args)


def _substitute(call: Call) -> Value:
    bound = _SUBSTITUTE.bind(call)
    template, mapping = call.receiver, bound["mapping"]
    if not isinstance(template, Template):
        return lost(call)
    names = dict(bound.rest)
    if isinstance(mapping, Mapping):
        if mapping.losses:
            return lost(call, mapping)
        names = {**dict(mapping.text_entries()), **names}
    elif isinstance(mapping, Unknown):
        return lost(call, mapping)
    try:
        texts = {
            name: text_of(call.machine, value, call.site)
            for name, value in names.items()
            if f"{name}" in template.text
        }
    except Lost as error:
        return lost(call, error.value)
    longest = max(map(len, texts.values()), default=0)
    if template.text.count("$") * longest > call.machine.budget.text:
        return too_much(call)
    made = string.Template(template.text)
    if call.name.endswith(".safe_substitute"):
        return Constant(made.safe_substitute(texts))
    try:
        return Constant(made.substitute(texts))
    except (KeyError, ValueError) as error:
        raise raised(error) from error


def _abstract(call: Call) -> Value:
    function = call.args[0] if call.args else lost(call, *call.losses)
    inner = function.function if isinstance(function, Descriptor) else function
    if isinstance(inner, Function):
        call.machine.write(inner.attributes, "__isabstractmethod__", TRUE)
    return function


def _typed_dictionary(call: Call) -> Value:
    """An instance of a `TypedDict` is a dictionary."""
    return call.passed_to(External("builtins.dict"))


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "abc.abstractclassmethod": lambda call: Descriptor("classmethod", _abstract(call)),
    "abc.abstractmethod": _abstract,
    "abc.abstractproperty": _abstract_property,
    "string.Template": _template,
    "string.Template.safe_substitute": each_option(_substitute),
    "string.Template.substitute": each_option(_substitute),
    "typing.NewType": _new_type,
    "typing.NewType.__call__": same,
    "typing.ParamSpec": external("typing.ParamSpec"),
    "typing.TypeVar": external("typing.TypeVar"),
    "typing.assert_never": nothing,
    "typing.assert_type": lambda call: call.args[0] if call.args else lost(call),
    "typing.cast": _cast,
    "typing.final": same,
    "typing.no_type_check": same,
    "typing.overload": same,
    "typing.override": same,
    "typing.reveal_type": same,
    "typing.TypedDict": lambda call: External("builtins.dict"),
    "typing.TypedDict.__called__": _typed_dictionary,
    "typing.runtime_checkable": same,
    "typing_extensions.ParamSpec": external("typing.ParamSpec"),
    "typing_extensions.TypeVar": external("typing.TypeVar"),
    "typing_extensions.deprecated": external("enum.unique"),
    "typing_extensions.final": same,
    "typing_extensions.override": same,
    "warnings.deprecated": external("enum.unique"),
}

VALUES: Final[ReadOnlyMapping[str, Value]] = {
    "builtins.Ellipsis": Constant(...),
    **{
        f"decimal.ROUND_{name}": Constant(f"ROUND_{name}")
        for name in ("05UP", "CEILING", "DOWN", "FLOOR", "HALF_DOWN", "HALF_EVEN", "HALF_UP", "UP")
    },
    "math.e": Constant(2.718281828459045),
    "math.inf": Constant(float("inf")),
    "math.nan": Constant(float("nan")),
    "math.pi": Constant(3.141592653589793),
    "math.tau": Constant(6.283185307179586),
    "string.ascii_letters": Constant(string.ascii_letters),
    "string.ascii_lowercase": Constant(string.ascii_lowercase),
    "string.ascii_uppercase": Constant(string.ascii_uppercase),
    "string.digits": Constant(string.digits),
    "string.hexdigits": Constant(string.hexdigits),
    "string.octdigits": Constant(string.octdigits),
    "string.printable": Constant(string.printable),
    "string.punctuation": Constant(string.punctuation),
    "string.whitespace": Constant(string.whitespace),
    "typing.TYPE_CHECKING": FALSE,
    "typing_extensions.TYPE_CHECKING": FALSE,
}
