"""Which assets feed the inputs of a decorated function."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as ReadOnlyMapping

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Unknown
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep, InValue
from assetgen.analyzer.intrinsics.dagster.functions.decorated_functions import Decorated
from assetgen.analyzer.intrinsics.dagster.names import name_problem
from assetgen.analyzer.intrinsics.dagster.ops.ops import input_of
from assetgen.analyzer.intrinsics.dagster.plain import why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.steps import Input

Ins = ReadOnlyMapping[str, tuple[InValue, Site]]


@dataclass(frozen=True, slots=True)
class AssetInputs:
    """The edges of a step by input, the inputs of its op, and what is lost among them."""

    edges: tuple[Dep, ...]
    inputs: tuple[Input, ...]
    losses: tuple[Unknown, ...] = ()


def asset_inputs(
    call: Call, target: Decorated, ins: Ins, deps: tuple[Dep, ...], subject: str
) -> AssetInputs:
    """The inputs that parameters, `ins` and `deps` give, as Dagster names and orders them.

    A parameter is an asset of its name, unless `ins` gives another key. A dep whose key is an input
    already only adds its partition mapping.
    """
    draft = _Draft()
    if target.signature.lost is not None:
        draft.losses.append(target.signature.lost)
    parameters = {parameter.name: parameter for parameter in target.roles.inputs}
    for name, parameter in parameters.items():
        given, site = ins.get(name, (None, parameter.site))
        shape = input_of(call, target, parameter, given)
        edge = _edge(call, name, given, site, not shape.is_nothing, subject, draft.losses)
        draft.add(shape, edge)
    for name, (given, site) in ins.items():
        if name not in parameters:
            _add_unnamed(call, draft, target, name, given, site, subject)
    for dep in deps:
        _add_dep(call, draft, parameters, dep, subject)
    return AssetInputs(tuple(draft.edges.values()), tuple(draft.inputs), tuple(draft.losses))


@dataclass(slots=True, eq=False)
class _Draft:
    """`AssetInputs` in the making; `edges` by the key of the asset that they come from."""

    edges: dict[AssetKey, Dep] = field(default_factory=dict)
    inputs: list[Input] = field(default_factory=list)
    losses: list[Unknown] = field(default_factory=list)

    def add(self, shape: Input, edge: Dep | None) -> None:
        """An input, and the edge through it if it is known."""
        self.inputs.append(shape)
        if edge is not None:
            self.edges[edge.key] = edge


def _add_unnamed(
    call: Call,
    draft: _Draft,
    target: Decorated,
    name: str,
    given: InValue,
    site: Site,
    subject: str,
) -> None:
    """Add an item of `ins` that no parameter is named for."""
    has_rest = target.roles.has_rest
    orders_only = given.is_nothing or (given.may_order_only and not has_rest)
    if not (orders_only or has_rest or not target.is_known):
        call.report("ins-name", f"`{name}` in ins is not a parameter of `{subject}`", site)
    input_name = name.replace("-", "_")
    _check_name(call, input_name, site)
    manager = given.input_manager_key
    draft.add(
        Input(input_name, is_nothing=orders_only, input_manager_key=manager),
        _edge(call, name, given, site, not orders_only, subject, draft.losses),
    )


def _add_dep(
    call: Call, draft: _Draft, parameters: Collection[str], dep: Dep, subject: str
) -> None:
    """Add an item of `deps`, which is an input of its own unless its key is one already."""
    known = draft.edges.get(dep.key)
    if known is None:
        name = "_".join(dep.key.parts).replace("-", "_").replace(".", "_")
        if name in parameters:
            message = f"the dependency `{dep.key}` of `{subject}` is named like its parameter"
            told = f"{message} `{name}`, which loads another asset"
            call.report("bad-dependency", told, dep.site)
        _check_name(call, name, dep.site)
        draft.add(Input(name, is_nothing=True), replace(dep, input=name))
    elif dep.partition_mapping is not None:
        draft.edges[dep.key] = replace(
            known,
            partition_mapping=dep.partition_mapping,
            mapping_value=dep.mapping_value,
        )


def _check_name(call: Call, name: str, site: Site) -> None:
    """Report the name of an input that Dagster refuses; one with a slash has a rule of its own."""
    problem = None if "/" in name or name == "config" else name_problem(name)
    if problem:
        call.report("bad-name", f"an input cannot be named so: {problem}", site)


def _edge(
    call: Call,
    name: str,
    given: InValue | None,
    site: Site,
    loads_value: bool,
    subject: str,
    losses: list[Unknown],
) -> Dep | None:
    """The edge through the input `name`: to the key of its `AssetIn`, or to the asset of that
    name."""
    if given is None:
        key = AssetKey((name,))
        return Dep(key, site, how="parameter", input=name, loads_value=loads_value)
    if given.lost is not None:
        losses.append(given.lost)
        if given.lost.reason != "told":
            message = f"what the input `{name}` of `{subject}` means is not known: "
            call.report("unresolved-dependency", message + why(given.lost), site)
        return None
    key = given.key or AssetKey((*(given.key_prefix or ()), name))
    return Dep(
        key,
        site,
        how="ins",
        input=name.replace("-", "_"),
        loads_value=loads_value,
        partition_mapping=given.partition_mapping,
        mapping_value=given.mapping_value,
        metadata=given.metadata,
    )
