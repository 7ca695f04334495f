"""Members of Dagster's enumerations that code asks for by value."""

from __future__ import annotations

from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.values import Constant, External, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.expected.misspellings import ENUMERATIONS

_ENUMERATION: Final = Parameters("value")


def _member(call: Call) -> Value:
    """`DefaultSensorStatus("RUNNING")`: the values of members are their names."""
    given = _ENUMERATION.bind(call)["value"]
    name = call.name.removeprefix("dagster.")
    if isinstance(given, External) and given.qualname.startswith(f"{call.name}."):
        return given
    if not isinstance(given, Constant):
        return call.unknown("unsupported", f"which {name} is meant", given)
    if given.value not in ENUMERATIONS[name]:
        raise Raised("builtins.ValueError", f"{display(given)} is not a valid {name}")
    return External(f"{call.name}.{given.value}")


TABLE: Final[dict[str, Intrinsic]] = {f"dagster.{name}": _member for name in ENUMERATIONS}
"""By the names of the enumerations."""

VALUES: Final[dict[str, Value]] = {
    f"dagster.{name}.{member}.{part}": Constant(member)
    for name, members in ENUMERATIONS.items()
    for member in members
    for part in ("name", "value")
}
"""The names and values of the members."""
