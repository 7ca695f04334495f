"""The functions with which Dagster checks its own arguments and names, and projects theirs.

Those for arguments return what they are given. What they would refuse is not checked, except for
None by `not_none`.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    TRUE,
    Constant,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.names import is_tag_key, is_tag_value, name_problem
from assetgen.analyzer.intrinsics.dagster.plain import Doubts
from assetgen.analyzer.intrinsics.python.plain import each_option, lost

_OPTIONAL: Final = Parameters("obj, param_name=None, default=None, **rest")
_INSTANCE: Final = Parameters("obj, param_name=None, ttype=None, default=None, **rest")


def _same(call: Call) -> Value:
    return call.only


def _not_none(call: Call) -> Value:
    value = _same(call)
    if value == NONE:
        raise Raised("dagster_shared.check.CheckError", "expected a value, got None")
    return value


def _or_default(parameters: Parameters) -> Intrinsic:
    def given(call: Call) -> Value:
        bound = parameters.bind(call)
        return _instead(call, bound["obj"], lambda: bound["default"])

    return given


def _or_empty(kind: str) -> Intrinsic:
    def given(call: Call) -> Value:
        return _instead(
            call, _same(call), lambda: Mapping() if kind == "dict" else Sequence(kind, [])
        )

    return given


def _instead(call: Call, value: Value, default: Callable[[], Value]) -> Value:
    """`value`, or what stands in for None."""
    if isinstance(value, Unknown):
        return lost(call, value)
    return default() if value == NONE else value


def _invariant(call: Call) -> Value:
    """`invariant(condition)` is true if it does not raise."""
    return TRUE


_REQUIRED: Final = (
    *("abstract_set", "bool", "callable", "class", "dict", "float", "generator", "inst", "int"),
    *("iterable", "iterator", "list", "literal", "mapping", "numeric", "sequence", "set"),
    *("str", "tuple", "two_dim_dict", "two_dim_list", "two_dim_mapping"),
)
_NULLABLE: Final = (
    *("abstract_set", "dict", "iterable", "list", "mapping", "sequence", "set", "tuple"),
)
_DEFAULTED: Final = (
    *("bool", "callable", "class", "float", "int", "numeric", "str", "nonempty_str"),
)
_EMPTIED: Final = {
    **dict.fromkeys(("iterable", "list", "sequence"), "list"),
    **dict.fromkeys(("dict", "mapping", "two_dim_dict"), "dict"),
    "set": "frozenset",
    "tuple": "tuple",
}
_FUNCTIONS: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "inst": _same,
    "opt_inst": _same,
    "generator": _same,
    "opt_generator": _same,
    "opt_generator_param": _same,
    "opt_literal_param": _same,
    "not_none": each_option(_not_none),
    "not_none_param": each_option(_not_none),
    "invariant": _invariant,
    "param_invariant": _invariant,
    **{f"{name}_param": _same for name in _REQUIRED},
    **{f"opt_nullable_{name}_param": _same for name in _NULLABLE},
    **{f"opt_{name}_param": each_option(_or_default(_OPTIONAL)) for name in _DEFAULTED},
    "opt_inst_param": each_option(_or_default(_INSTANCE)),
    **{f"opt_{name}_param": each_option(_or_empty(kind)) for name, kind in _EMPTIED.items()},
}


def _asked(test: Callable[[str], bool]) -> Intrinsic:
    """Whether a text may be a name of some sort."""

    def answer(call: Call) -> Value:
        text = Doubts().text(_same(call))
        return lost(call, *call.args) if text is None else Constant(test(text))

    return each_option(answer)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    **{
        f"{package}.{name}": function
        for package in ("dagster.check", "dagster_shared.check", "dagster_shared.check.functions")
        for name, function in _FUNCTIONS.items()
    },
    "dagster.is_valid_tag_key": _asked(is_tag_key),
    "dagster.is_valid_strict_tag_value": _asked(is_tag_value),
    "dagster.is_valid_name": _asked(lambda name: name_problem(name) is None),
}
