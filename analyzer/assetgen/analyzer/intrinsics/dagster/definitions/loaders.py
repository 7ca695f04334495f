"""`load_assets_from_modules` and the like: definitions found among the globals of modules."""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable, Iterable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from functools import partial
from itertools import chain
from typing import TypeVar

from assetgen.analyzer.evaluate import importing
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Declared,
    Module,
    Sequence,
    Unknown,
    Value,
    options_of,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.assets.changing import (
    LoaderGroup,
    keys_mentioned,
    keys_of,
    with_attributes,
    with_keys,
)
from assetgen.analyzer.intrinsics.dagster.collecting import Loss, tell_losses
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import AssetLike
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.definitions.loaded_modules import (
    imported,
    modules_in,
    package_modules,
)
from assetgen.analyzer.intrinsics.dagster.keys import as_options, is_given, read_parts
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.keys import AssetKey

_Made = TypeVar("_Made")
_Loaded = TypeVar("_Loaded", bound=AssetLike)
_ASSETS = (AssetsValue, SourceAssetValue)
_WITH_IDENTITY = (*_ASSETS, SpecValue)
_OPTIONS = (
    "group_name=None, key_prefix=None, *, freshness_policy=None, auto_materialize_policy=None, "
    "automation_condition=None, backfill_policy=None, source_key_prefix=None, "
    "include_specs=False, legacy_freshness_policy=None"
)
_CHANGES = ("automation_condition", "auto_materialize_policy", "backfill_policy")


def objects_in(
    call: Call, modules: Iterable[Module], types: tuple[type[Declared], ...]
) -> tuple[list[Declared], list[Unknown]]:
    """The objects of some types among the globals of modules, each once, in the order of `dir()`.

    A list counts if all of its elements are of the types. Globals that may hold such objects but
    are not known are losses.
    """
    modules = list(modules)
    for module in modules:
        importing.ensure(call.machine, module)
    make, kind = partial(_objects_of, call, types), ("objects", types, call.site.origin)
    # A module that is still running will have other globals.
    is_over = all(module.state != "running" for module in modules)
    objects = call.machine.each(make, kind, modules) if is_over else list(map(make, modules))
    members = chain.from_iterable(items for items, _ in objects)
    found = list({id(item): item for item in members}.values())
    if issubclass(call.site.kind, ast.Call):
        loaded = [item.identity for item in found if isinstance(item, _WITH_IDENTITY)]
        call.machine.current.loads.append((loaded, call.site))
    return found, [loss for _, losses in objects for loss in losses]


def _objects_of(
    call: Call, types: tuple[type[Declared], ...], module: Module
) -> tuple[list[Declared], list[Unknown]]:
    items: list[Declared] = []
    losses: list[Unknown] = []
    for _, value in sorted(importing.settled_globals(call.machine, module).items()):
        if isinstance(value, types):
            items.append(value)
        elif isinstance(value, _MAY_HOLD):
            for option in options_of(value):
                items += _members(call, option, types, losses)
    return items, losses


_MAY_HOLD = (Choice, Sequence, Unknown)


def _members(
    call: Call, value: Value, types: tuple[type[Declared], ...], losses: list[Unknown]
) -> Iterator[Declared]:
    if isinstance(value, types):
        yield value
    elif isinstance(value, Unknown):
        if _may_define(call, value):
            losses.append(value)
    elif isinstance(value, Sequence) and value.kind == "list":
        items = [option for item in value.items for option in options_of(item)]
        losses.extend(loss for loss in value.losses if _may_define(call, loss))
        losses.extend(
            item for item in items if isinstance(item, Unknown) and _may_define(call, item)
        )
        known = [item for item in items if not isinstance(item, Unknown)]
        if all(isinstance(item, types) for item in known):
            yield from (item for item in known if isinstance(item, Declared))


def _may_define(call: Call, value: Unknown) -> bool:
    """Whether an unknown may be definitions: a result of an integration, or a lost one."""
    root = value.root()
    if root.maker:
        return call.machine.intrinsics.may_declare(root.maker)
    return "asset" in root.message or "definition" in root.message


def told(call: Call, losses: Iterable[Unknown]) -> list[Unknown]:
    """The losses, after they have been reported as losses of assets."""
    kept = list(losses)
    tell_losses(call, [Loss(loss, "asset", call.site) for loss in kept])
    return kept


def _assets(call: Call, bound: Bound, modules: Iterable[Module]) -> Value:
    """The assets of modules, with the loader's prefix and group, and with its policies unless they
    are `SourceAsset`s. Those with each prefix, if it is one of several."""
    modules = list(modules)
    for name in _PREFIXES:
        prefix = as_options(call, bound[name]) if name in bound else NONE
        if isinstance(prefix, Choice):
            each = [replace(bound, passed=bound.passed | {name: one}) for one in prefix.options]
            lists = [_assets(call, one, modules) for one in each]
            return call.machine.join(lists, prefix.condition)
    found, losses = _again(call, bound, modules, _loaded)
    return Sequence("list", list(found), told(call, losses))


_PREFIXES = ("key_prefix", "source_key_prefix")

_Found = tuple[list[_Made], list[Unknown]]


def _again(
    call: Call,
    bound: Bound,
    modules: list[Module],
    load: Callable[[Call, Bound, list[Module]], _Found[_Made]],
) -> _Found[_Made]:
    """What a loader finds in modules, as the last time if it is asked for the same and none of them
    was evaluated again."""
    for module in modules:
        importing.ensure(call.machine, module)
    make = partial(load, call, bound, modules)
    given = [(name, _hashed(call, bound[name])) for name in bound if name not in _OF_MODULES]
    # A module that is still running will have other globals.
    is_over = all(module.state != "running" for module in modules)
    if not is_over or any(hashed is None for _, hashed in given):
        return make()
    about = ("loader", call.site.origin, *(module.name for module in modules[:1]))
    return call.machine.again(make, about, (tuple(given), tuple(modules)))


_OF_MODULES = ("modules", "package_module", "package_name")


def _hashed(call: Call, value: Value) -> Hashable | None:
    """What stands for an argument, which may be a list of what has a key; None if nothing does."""
    if not isinstance(value, Sequence) or value.losses:
        return call.machine.hash_key(value)
    keys = tuple(call.machine.hash_key(item) for item in value.items)
    return None if None in keys else (value.kind, keys)


def _loaded(call: Call, bound: Bound, modules: list[Module]) -> _Found[AssetLike]:
    """What a loader makes of the assets of modules, and what may be more of them."""
    types = (*_ASSETS, SpecValue) if bound.plain("include_specs") is True else _ASSETS
    found, losses = objects_in(call, modules, types)
    loaded: list[AssetLike] = [item for item in found if isinstance(item, types)]
    loaded = _prefixed(call, bound, loaded, modules)
    given = {name: bound[name] for name in _CHANGES if is_given(bound.get(name))}
    group = bound["group_name"] if is_given(bound.get("group_name")) else None
    wanted = [call.machine.hash_key(value) for value in (*given.values(), group or NONE)]
    grouping = LoaderGroup(call, group) if group is not None else None
    change = partial(_changed, call, given=given, grouping=grouping)
    if None in wanted:  # what is loaded with unknown attributes is loaded again each time
        return list(map(change, loaded)), losses
    kind = ("loaded", call.site.origin)
    return call.machine.each(change, kind, loaded, (tuple(given), wanted)), losses


def _changed(
    call: Call,
    item: AssetLike,
    *,
    given: ReadOnlyMapping[str, Value],
    grouping: LoaderGroup | None,
) -> AssetLike:
    """The loader's object for a definition, with what the loader gives it."""
    made = item
    if not isinstance(item, SourceAssetValue):
        made = with_attributes(call, item, given)
    if grouping is not None:
        made = grouping.given_to(made)
    return _own(item) if made is item else made


def _own(item: AssetLike) -> AssetLike:
    """The loader's object for a definition: another object, so that both together are
    duplicates."""
    return replace(item) if isinstance(item, (AssetsValue, ChecksValue)) else item


def _prefixed(
    call: Call, bound: Bound, loaded: list[AssetLike], modules: list[Module]
) -> list[AssetLike]:
    """`key_prefix` is put before the keys of assets and their deps in the loaded set, but not
    before those of `SourceAsset`s and `AssetSpec`s, for which there is `source_key_prefix`. What
    checks loaded with them refer to counts as loaded, so deps on it get the prefix, too."""
    for parameter, types in (
        ("key_prefix", (AssetsValue, ChecksValue)),
        ("source_key_prefix", (SourceAssetValue, SpecValue)),
    ):
        if not is_given(bound.get(parameter)):
            continue
        prefix = read_parts(call, bound[parameter])
        if not isinstance(prefix, tuple):
            cause = why(prefix) if isinstance(prefix, Unknown) else "it is not a string"
            message = f"the {parameter} of loaded assets is not known: {cause}"
            call.report("unresolved-asset", message)
            continue
        prefixed = _Prefixed(call, parameter, prefix, argument_place(call, parameter))
        own = [item for item in loaded if isinstance(item, types)]
        specs_too = [item for item in loaded if isinstance(item, SpecValue)]
        if parameter == "key_prefix":
            beside, _ = objects_in(call, modules, (ChecksValue,))
            checks = [item for item in beside if isinstance(item, ChecksValue)]
            changed = prefixed.of(own, (*own, *specs_too, *checks))
            those = dict(zip(map(id, own), changed, strict=True))
            loaded = [those.get(id(item), item) for item in loaded]
        else:
            loaded = prefixed.of(loaded, (*own, *specs_too))
    return loaded


class _Prefixed:
    """What a loader makes of definitions whose keys get a prefix."""

    def __init__(
        self, call: Call, parameter: str, prefix: tuple[str, ...], place: Site | None
    ) -> None:
        self._machine = call.machine
        self._about = (parameter, call.site.origin)
        self._prefix = prefix
        self._place = place

    def of(self, items: list[_Loaded], loaded: Iterable[AssetLike]) -> list[_Loaded]:
        """The items with the prefix before all keys that one of those `loaded` makes; remembered as
        long as these say the same about the keys of an item."""
        each, about = self._machine.each, self._about
        pairs = each(self._pairs, ("pairs", *about), list(loaded), self._prefix)
        keys = dict(chain.from_iterable(pairs))
        changed = self._machine.memory.changed(("keys", *about), keys)
        mentioned = each(_mentioned, ("mentioned", *about), items)
        anew = {
            id(item)
            for item, spoken_of in zip(items, mentioned, strict=True)
            if not changed.isdisjoint(spoken_of)
        }
        make = partial(with_keys, keys=keys, place=self._place)
        return each(make, ("prefixed", *about), items, None, anew)

    def _pairs(self, item: AssetLike) -> tuple[tuple[AssetKey, AssetKey], ...]:
        return tuple((key, key.with_prefix(self._prefix)) for key in keys_of(item))


def _mentioned(item: AssetLike) -> tuple[AssetKey, ...]:
    return tuple(keys_mentioned(item))


# -- which modules


_MODULES = Parameters(f"modules, {_OPTIONS}")
_PACKAGE_MODULE = Parameters(f"package_module, {_OPTIONS}")
_PACKAGE_NAME = Parameters(f"package_name, {_OPTIONS}")
_CURRENT = Parameters(_OPTIONS)


def _from_modules(call: Call) -> Value:
    bound = _MODULES.bind(call)
    return _assets(call, bound, modules_in(call, bound["modules"]))


def _from_package_module(call: Call) -> Value:
    bound = _PACKAGE_MODULE.bind(call)
    return _assets(call, bound, package_modules(call, bound["package_module"]))


def _from_package_name(call: Call) -> Value:
    bound = _PACKAGE_NAME.bind(call)
    return _assets(call, bound, package_modules(call, imported(call, bound["package_name"])))


def _from_current_module(call: Call) -> Value:
    bound = _CURRENT.bind(call)
    return _assets(call, bound, _current(call))


def _current(call: Call) -> list[Module]:
    """The module that is running, with its globals as they are so far."""
    return [call.site.module]


# -- checks


_CHECK_OPTIONS = "asset_key_prefix=None"
_CHECK_MODULES = Parameters(f"modules, {_CHECK_OPTIONS}")
_CHECK_PACKAGE = Parameters(f"package_module, {_CHECK_OPTIONS}")
_CHECK_NAME = Parameters(f"package_name, {_CHECK_OPTIONS}")
_CHECK_CURRENT = Parameters(_CHECK_OPTIONS)


def _checks(call: Call, bound: Bound, modules: Iterable[Module]) -> Value:
    found, losses = _again(call, bound, list(modules), _loaded_checks)
    return Sequence("list", list(found), list(losses))


def _loaded_checks(call: Call, bound: Bound, modules: list[Module]) -> _Found[AssetLike]:
    found, losses = objects_in(call, modules, (ChecksValue,))
    checks: list[ChecksValue] = [item for item in found if isinstance(item, ChecksValue)]
    if is_given(bound.get("asset_key_prefix")):
        prefix = read_parts(call, bound["asset_key_prefix"])
        if isinstance(prefix, tuple):
            checks = _Prefixed(call, "asset_key_prefix", prefix, None).of(checks, checks)
        else:
            call.report("unresolved-check", "the prefix of loaded checks is not known")
    return call.machine.each(_own, ("own", call.site.origin), checks), losses


def _checks_from(
    parameters: Parameters, modules: Callable[[Call, Bound], Iterable[Module]]
) -> Intrinsic:
    def load(call: Call) -> Value:
        bound = parameters.bind(call)
        return _checks(call, bound, modules(call, bound))

    return load


def _modules_in_package(call: Call) -> Value:
    """`find_modules_in_package(package)`: the package and all modules below it."""
    given = call.only
    return Sequence("list", list(package_modules(call, given)))


TABLE: dict[str, Intrinsic] = {
    "dagster.find_modules_in_package": _modules_in_package,
    "dagster.load_assets_from_modules": _from_modules,
    "dagster.load_assets_from_package_module": _from_package_module,
    "dagster.load_assets_from_package_name": _from_package_name,
    "dagster.load_assets_from_current_module": _from_current_module,
    "dagster.load_asset_checks_from_modules": _checks_from(
        _CHECK_MODULES, lambda call, bound: modules_in(call, bound["modules"])
    ),
    "dagster.load_asset_checks_from_package_module": _checks_from(
        _CHECK_PACKAGE, lambda call, bound: package_modules(call, bound["package_module"])
    ),
    "dagster.load_asset_checks_from_package_name": _checks_from(
        _CHECK_NAME,
        lambda call, bound: package_modules(call, imported(call, bound["package_name"])),
    ),
    "dagster.load_asset_checks_from_current_module": _checks_from(
        _CHECK_CURRENT, lambda call, bound: _current(call)
    ),
}
"""The intrinsics of the loaders."""
