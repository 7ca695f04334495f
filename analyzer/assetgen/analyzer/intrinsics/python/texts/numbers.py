"""Numbers: constructors, methods, `math`, `decimal`, `fractions`."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import FALSE, TRUE, Declared, Instance, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import (
    lost,
    pure,
    pure_attribute,
    pure_function,
    pure_method,
)
from assetgen.analyzer.model.copies import replace

_BOOL: Final = Parameters("object=False, /")


def _bool(call: Call) -> Value:
    value = _BOOL.bind(call)["object"]
    answer = call.machine.truth(value, call.site)
    if answer is None:
        return lost(call, value)
    return TRUE if answer else FALSE


def _power_size(base: object, exponent: object, modulus: object = None) -> int:
    """The approximate size of the power, in bytes."""
    if modulus is not None or not isinstance(base, int) or not isinstance(exponent, int):
        return 0
    return base.bit_length() * max(exponent, 0) // 8


def _factorial_size(number: object) -> int:
    return number * number.bit_length() if isinstance(number, int) and number > 1000 else 0


def _asking(row: Intrinsic, *methods: str) -> Intrinsic:
    """The row for a function that calls the first of some methods that an object has, if its class
    is the project's, or an intrinsic is what the method does."""

    def intrinsic(call: Call) -> Value:
        first = call.args[0] if call.args else None
        if isinstance(first, Declared):
            rows = call.machine.intrinsics
            known = (name for name in methods if rows.row(f"{first.type_name}.{name}"))
            for method in known:
                own = call.machine.find_attribute(first, method, call.site)
                return row(call) if own is None else call.invoke(own)
        if isinstance(first, Instance) and first.content is None:
            for method in methods:
                own = call.machine.find_own(first, method)
                if own is not None:
                    made = call.invoke(own, *call.args, **call.kwargs)
                    return row(replace(call, args=(made,), kwargs={})) if _converts(call) else made
        return row(call)

    return intrinsic


def _converts(call: Call) -> bool:
    """Whether the function converts the result of the method to its own kind of number."""
    return call.last_name in ("int", "float", "complex", "hex", "oct", "bin")


def _choices_size(number: object, chosen: object = None) -> int:
    return _factorial_size(number)


def _whole_size(value: object = 0, *others: object, **named: object) -> int:
    """The approximate number of digits of a decimal number as a whole number."""
    adjusted = getattr(value, "adjusted", None)  # of a `Decimal`, which need not be imported
    return int(adjusted()) * 10 if adjusted is not None else 0


def _fraction_size(value: object = 0, *others: object) -> int:
    if not isinstance(value, str):
        return _whole_size(value)
    exponent = value.lower().partition("e")[2].lstrip("+-")
    return int(exponent[:9]) * 10 if exponent.isdecimal() else 0


def _product_size(numbers: object, **named: object) -> int:
    """The approximate cost of multiplying many numbers, as the product grows."""
    if not isinstance(numbers, (list, tuple, range, set)) or len(numbers) < _FEW:
        return 0
    bits = sum(each.bit_length() for each in numbers if isinstance(each, int))
    return len(numbers) * bits // _PER_CHARACTER


def _search_size(numbers: object, item: object, *bounds: object) -> int:
    """How many numbers of a range are compared with something that is no whole number."""
    if isinstance(item, int) or not isinstance(numbers, range):
        return 0
    return (numbers.stop - numbers.start) // numbers.step


_FEW = 1000
_PER_CHARACTER = 1000  # bits that are multiplied about as fast as a character is copied


def _bytes_size(number: object, length: object = 1, *order: object, **named: object) -> int:
    return length if isinstance(length, int) else 0


def _zeros(source: object = 0, *encoding: object) -> int:
    return source if isinstance(source, int) else 0


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "builtins.abs": _asking(pure(abs), "__abs__"),
    "builtins.bin": _asking(pure(bin), "__index__"),
    "builtins.bool": _bool,
    "builtins.bytes": pure(bytes, _zeros),
    "builtins.chr": pure(chr),
    "builtins.complex": _asking(pure(complex), "__complex__", "__float__", "__index__"),
    "builtins.complex.conjugate": pure_method(complex),
    "builtins.complex.imag": pure_attribute(complex),
    "builtins.complex.real": pure_attribute(complex),
    "builtins.divmod": pure(divmod),
    "builtins.float": _asking(pure(float), "__float__", "__index__"),
    "builtins.hex": _asking(pure(hex), "__index__"),
    "builtins.int": _asking(pure(int, _whole_size), "__int__", "__index__", "__trunc__"),
    "builtins.oct": _asking(pure(oct), "__index__"),
    "builtins.ord": pure(ord),
    "builtins.pow": pure(pow, _power_size),
    "builtins.round": _asking(pure(round, _whole_size), "__round__"),
    "builtins.slice": pure(slice),
    "builtins.slice.indices": pure_method(slice),
    "builtins.slice.start": pure_attribute(slice),
    "builtins.slice.step": pure_attribute(slice),
    "builtins.slice.stop": pure_attribute(slice),
    "builtins.int.as_integer_ratio": pure_method(int),
    "builtins.int.bit_count": pure_method(int),
    "builtins.int.bit_length": pure_method(int),
    "builtins.int.conjugate": pure_method(int),
    "builtins.int.from_bytes": pure(int.from_bytes),
    "builtins.int.to_bytes": pure_method(int, _bytes_size),
    "builtins.int.imag": pure_attribute(int),
    "builtins.int.real": pure_attribute(int),
    "builtins.float.as_integer_ratio": pure_method(float),
    "builtins.float.fromhex": pure(float.fromhex),
    "builtins.float.hex": pure_method(float),
    "builtins.float.is_integer": pure_method(float),
    "builtins.range.count": pure_method(range, _search_size),
    "builtins.range.index": pure_method(range, _search_size),
    "builtins.range.start": pure_attribute(range),
    "builtins.range.step": pure_attribute(range),
    "builtins.range.stop": pure_attribute(range),
    **{
        f"statistics.{name}": pure_function("statistics", name)
        for name in ("fmean", "mean", "median", "median_high", "median_low", "mode", "multimode")
    },
    **{
        f"statistics.{name}": pure_function("statistics", name)
        for name in ("pstdev", "pvariance", "quantiles", "stdev", "variance")
    },
    "decimal.Decimal": pure_function("decimal", "Decimal"),
    "decimal.Decimal.copy_abs": pure_method("decimal.Decimal"),
    "decimal.Decimal.is_nan": pure_method("decimal.Decimal"),
    "decimal.Decimal.is_zero": pure_method("decimal.Decimal"),
    "decimal.Decimal.normalize": pure_method("decimal.Decimal"),
    "decimal.Decimal.quantize": pure_method("decimal.Decimal"),
    "decimal.Decimal.sqrt": pure_method("decimal.Decimal"),
    "decimal.Decimal.to_integral_value": pure_method("decimal.Decimal"),
    "fractions.Fraction": pure_function("fractions", "Fraction", _fraction_size),
    "fractions.Fraction.denominator": pure_attribute("fractions.Fraction"),
    "fractions.Fraction.limit_denominator": pure_method("fractions.Fraction"),
    "fractions.Fraction.numerator": pure_attribute("fractions.Fraction"),
    "math.ceil": _asking(pure(math.ceil, _whole_size), "__ceil__"),
    "math.comb": pure(math.comb, _choices_size),
    "math.copysign": pure(math.copysign),
    "math.cos": pure(math.cos),
    "math.degrees": pure(math.degrees),
    "math.dist": pure(math.dist),
    "math.exp": pure(math.exp),
    "math.fabs": pure(math.fabs),
    "math.factorial": pure(math.factorial, _factorial_size),
    "math.floor": _asking(pure(math.floor, _whole_size), "__floor__"),
    "math.fmod": pure(math.fmod),
    "math.fsum": pure(math.fsum),
    "math.gcd": pure(math.gcd),
    "math.hypot": pure(math.hypot),
    "math.isclose": pure(math.isclose),
    "math.isfinite": pure(math.isfinite),
    "math.isinf": pure(math.isinf),
    "math.isnan": pure(math.isnan),
    "math.isqrt": pure(math.isqrt),
    "math.lcm": pure(math.lcm),
    "math.log": pure(math.log),
    "math.log10": pure(math.log10),
    "math.log2": pure(math.log2),
    "math.perm": pure(math.perm, _choices_size),
    "math.pow": pure(math.pow),
    "math.prod": pure(math.prod, _product_size),
    "math.radians": pure(math.radians),
    "math.sin": pure(math.sin),
    "math.sqrt": pure(math.sqrt),
    "math.tan": pure(math.tan),
    "math.trunc": _asking(pure(math.trunc, _whole_size), "__trunc__"),
    "operator.index": _asking(pure(operator.index), "__index__"),
}

PROPERTIES: Final = frozenset(
    {
        "builtins.complex.imag",
        "builtins.complex.real",
        "builtins.int.imag",
        "builtins.int.real",
        "builtins.range.start",
        "builtins.range.step",
        "builtins.range.stop",
        "builtins.slice.start",
        "builtins.slice.step",
        "builtins.slice.stop",
        "fractions.Fraction.denominator",
        "fractions.Fraction.numerator",
    }
)
