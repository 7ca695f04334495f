"""`AssetCheckSpec`, and `check_specs=`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import NONE, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.assets.deps import read_deps
from assetgen.analyzer.intrinsics.dagster.collecting import members_of
from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue
from assetgen.analyzer.intrinsics.dagster.declared.keys import CheckKeyValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep
from assetgen.analyzer.intrinsics.dagster.keys import read_key
from assetgen.analyzer.intrinsics.dagster.partitions.partitions import partitions_of
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey, op_name_of


def check_name(call: Call, name: str) -> None:
    """Report a name that Dagster refuses for a check, since no output can have it."""
    if not re.fullmatch(r"[A-Za-z0-9_.]*", name):
        message = f'"{name}" may hold only letters, digits, underscores and dots'
        call.report("bad-name", message, argument_place(call, "name", 0))


def tell_other_names(call: Call, name: str, doubts: Doubts) -> None:
    """Report that a check may have another name."""
    for doubt in doubts.found:
        message = f"the name of the check `{name}` may be another: {why(doubt)}"
        call.report("unresolved-check", message, argument_place(call, "name", 0))


def check_target(call: Call, key: AssetKey, place: Site) -> None:
    """Report the key of an asset that cannot have a check, since the input and the output of the
    check are named after it."""
    if any("/" in part for part in key.parts):
        message = (
            f'a part of the key "{"/".join(key.parts)}" holds a slash, which Dagster refuses for '
            "the asset of a check: write the parts as a list"
        )
        call.report("slash-in-key", message, place)


def check_own_asset(
    call: Call, name: str, asset: AssetKey, others: Iterable[AssetKey], parameter: str
) -> None:
    """Report a check whose own asset is also among its additional inputs."""
    if asset in set(others):
        message = f"the check `{name}` is on `{asset}`, which {parameter} must not name again"
        call.report("invalid-definition", message, argument_place(call, parameter))


def check_spec_targets(
    call: Call, checks: tuple[CheckSpecValue, ...], made: Iterable[AssetKey]
) -> tuple[CheckSpecValue, ...]:
    """The checks without those for assets that are not made here, which Dagster refuses."""
    own = set(made)
    for check in checks:
        if check.asset not in own:
            message = f"the check `{check.name}` is on `{check.asset}`, which is not made here"
            call.report("invalid-definition", message, check.site)
    return tuple(check for check in checks if check.asset in own)


_SPEC = Parameters(
    "name, *, asset, description=None, additional_deps=None, blocking=False, metadata=None, "
    "automation_condition=None, partitions_def=None"
)


def read_check_specs(
    call: Call, bound: Bound, parameter: str = "check_specs"
) -> tuple[CheckSpecValue, ...]:
    """The check specs that are given; what is lost of them is reported."""
    if bound[parameter] == NONE:
        return ()
    place = argument_place(call, parameter)
    found, losses = members_of(call, bound[parameter], place, CheckSpecValue, "AssetCheckSpec")
    for loss in losses:
        call.report("unresolved-check", f"an asset check is not known: {why(loss)}", place)
    return tuple(found)


def _check_spec(call: Call) -> Value:
    bound = _SPEC.bind(call)
    doubts = Doubts()
    name, key = doubts.text(bound["name"]), read_key(call, bound["asset"])
    if name is None or not isinstance(key, AssetKey):
        cause = key if isinstance(key, Unknown) else bound["name"]
        reason = why(cause) if isinstance(cause, Unknown) else "its name or its asset is not known"
        call.report("unresolved-check", f"an AssetCheckSpec is not known: {reason}")
        return call.unknown("told", "the asset check is not known", cause)
    deps, losses = read_deps(
        call, bound["additional_deps"], name, argument_place(call, "additional_deps")
    )
    tell_other_names(call, name, doubts)
    check_name(call, name)
    check_own_asset(call, name, key, (dep.key for dep in deps), "additional_deps")
    site = call.site.where_chosen(bound["name"], bound["asset"])
    return made_check(call, bound, name, key, site, deps, losses)


def made_check(
    call: Call,
    bound: Bound,
    name: str,
    key: AssetKey,
    site: Site,
    deps: tuple[Dep, ...],
    losses: tuple[Unknown, ...],
) -> CheckSpecValue:
    """The check as the arguments describe it; `losses` are those of its dependencies."""
    blocking, description = Doubts(), Doubts()
    is_blocking = blocking.flag(bound["blocking"])
    text = description.text(bound["description"])
    partitions = partitions_of(call, Doubts().first_option(bound["partitions_def"]))
    doubts = {
        "additional_deps": losses,
        "blocking": blocking.found,
        "description": description.found,
    }
    unknown = tuple(name for name, found in doubts.items() if found)
    return CheckSpecValue(name, key, site, deps, is_blocking, text, partitions, unknown)


def check_op_name(spec: CheckSpecValue) -> str:
    """The name of the op or output of a check: the asset's parts and the check's name."""
    return f"{op_name_of(spec.asset)}_{spec.name.replace('.', '_')}"


def _with_metadata(call: Call) -> Value:
    """`spec.with_metadata(...)`: the model has no metadata of checks."""
    return call.receiver if call.receiver is not None else NONE


_NEW_KEY = Parameters("key")


def _replace_key(call: Call) -> Value:
    key, spec = _NEW_KEY.bind(call)["key"], call.receiver
    if isinstance(key, CheckKeyValue) and isinstance(spec, CheckSpecValue):
        return replace(spec, asset=key.asset, name=key.name, site=call.site)
    return call.unknown("unsupported", "the new key of a check is not known", key)


TABLE: dict[str, Intrinsic] = {
    "dagster.AssetCheckSpec": _check_spec,
    "dagster.AssetCheckSpec.replace_key": _replace_key,
    "dagster.AssetCheckSpec.with_metadata": _with_metadata,
}
"""The intrinsics of check specs."""
