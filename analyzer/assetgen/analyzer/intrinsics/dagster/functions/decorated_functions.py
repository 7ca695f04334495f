"""The functions that decorators are applied to, as Dagster reads them."""

from __future__ import annotations

from assetgen.analyzer.evaluate.bound_values import Partial
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    Instance,
    Mapping,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, OpValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue
from assetgen.analyzer.intrinsics.dagster.declared.resources import ResourceValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.functions.annotated_names import check_annotated_names
from assetgen.analyzer.intrinsics.dagster.functions.roles import Roles, roles_of
from assetgen.analyzer.intrinsics.dagster.functions.signature import (
    Signature,
    signature_of,
)
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.dagster.places import function_place
from assetgen.analyzer.intrinsics.dagster.plain import shown, why
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Decorated:
    """A decorated function: what Dagster reads from it, and where it is.

    `is_known` is false for a callable of which nothing more is known.
    """

    function: Value
    signature: Signature
    roles: Roles
    site: Site
    is_known: bool


def decorated(call: Call, function: Value) -> Decorated:
    """Read the function that the decorator `call` is applied to.

    Raises `Raised` if it is not a function, as Dagster does.
    """
    function = _taken_for_function(function)
    site = function_place(function, call.site)
    signature = signature_of(call, function, call.site)
    if signature is not None and isinstance(function, (Instance, Partial)):
        _check_name(call, function, signature)
    if signature is None:
        empty = Signature(None, (), None, None, False, None)
        return Decorated(function, empty, roles_of(call, empty), site, False)
    if signature.lost is not None:
        taker = f"`{signature.name}`" if signature.name else "the decorated function"
        message = f"what {taker} takes is not known: {why(signature.lost)}"
        call.report("unresolved-dependency", message, site)
    check_annotated_names(call, signature)
    return Decorated(function, signature, roles_of(call, signature), site, True)


def _taken_for_function(value: Value) -> Value:
    """The decorated object; for ops, graphs, jobs and resources, which look like the function that
    they were made from, that function."""
    if isinstance(value, JobValue):
        value = value.graph or value
    made_of = value.function if isinstance(value, (OpValue, GraphValue, ResourceValue)) else None
    if made_of is not None:
        return made_of
    if isinstance(value, (AssetsValue, ChecksValue)):
        raise Raised("AttributeError", f"'{_short(value)}' object has no attribute '__name__'")
    if isinstance(value, (Constant, Sequence, Mapping, SpecValue)):
        raise Raised("TypeError", f"{shown(value)} is not a callable object")
    return value


def _check_name(call: Call, value: Instance | Partial, signature: Signature) -> None:
    """A definition gets the name of its function, which these do not have."""
    is_named = is_given(call.kwargs.get("name") or NONE)
    if signature.name is None and signature.lost is None and not is_named and not call.losses:
        kind = value.cls.name if isinstance(value, Instance) else "functools.partial"
        raise Raised("AttributeError", f"'{kind}' object has no attribute '__name__'")


def _short(value: Declared) -> str:
    return value.type_name.removeprefix("dagster.")
