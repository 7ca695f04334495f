"""`load_assets_from_modules` and its kin: definitions found among the globals of modules."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from copy import copy
from functools import partial
from typing import TypeVar

from assetgen.analyzer.evaluate import importing
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    Declared,
    Module,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.assets.changing import (
    Keys,
    keys_mentioned,
    keys_of,
    with_attributes,
    with_keys,
    with_loader_group,
)
from assetgen.analyzer.intrinsics.dagster.assets.keys import is_given, read_parts
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import AssetLike
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.definitions.collecting import Loss, tell_losses
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import shown, why

_Made = TypeVar("_Made")
_Loaded = TypeVar("_Loaded", bound=AssetLike)
_ASSETS = (AssetsValue, SourceAssetValue)
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

    A list counts if all of its elements are of the types. Globals that may hold such objects and
    are not known are losses.
    """
    found: dict[int, Declared] = {}
    losses: list[Unknown] = []
    for module in modules:
        importing.ensure(call.machine, module)
        make = partial(_objects_of, call, module, types)
        # A module that is running will have other globals.
        is_over = module.state != "running"
        recall = call.machine.recall if is_over else _anew
        items, lost = recall(make, ("objects", types), (module,), None)
        found.update((id(item), item) for item in items)
        losses += lost
    if issubclass(call.site.kind, ast.Call):
        for item in found.values():
            if isinstance(item, (*_ASSETS, SpecValue)):
                call.machine.current.loads.append((item.identity, call.site))
    return list(found.values()), losses


def _objects_of(
    call: Call, module: Module, types: tuple[type[Declared], ...]
) -> tuple[list[Declared], list[Unknown]]:
    items: list[Declared] = []
    losses: list[Unknown] = []
    for _, value in sorted(importing.settled_globals(call.machine, module).items()):
        for option in value.options if isinstance(value, Choice) else (value,):
            items += _members(call, option, types, losses)
    return items, losses


def _members(
    call: Call, value: Value, types: tuple[type[Declared], ...], losses: list[Unknown]
) -> Iterator[Declared]:
    if isinstance(value, types):
        yield value
    elif isinstance(value, Unknown):
        if _may_define(call, value):
            losses.append(value)
    elif isinstance(value, Sequence) and value.kind == "list":
        items = [
            option
            for item in value.items
            for option in (item.options if isinstance(item, Choice) else (item,))
        ]
        losses.extend(loss for loss in value.losses if _may_define(call, loss))
        losses.extend(
            item for item in items if isinstance(item, Unknown) and _may_define(call, item)
        )
        known = [item for item in items if not isinstance(item, Unknown)]
        if all(isinstance(item, types) for item in known):
            yield from (item for item in known if isinstance(item, Declared))


def _may_define(call: Call, value: Unknown) -> bool:
    """Whether an unknown may be definitions: what an integration makes, or a lost one."""
    root = value.root()
    if root.maker:
        return call.machine.intrinsics.may_declare(root.maker)
    return "asset" in root.message or "definition" in root.message


def told(call: Call, losses: Iterable[Unknown]) -> list[Unknown]:
    """The losses, after they have been told as losses of assets."""
    kept = list(losses)
    tell_losses(call, [Loss(loss, "asset", call.site) for loss in kept])
    return kept


def _assets(call: Call, bound: Bound, modules: Iterable[Module]) -> Value:
    """The assets of modules, with the loader's prefix and group, and its policies where they are
    no `SourceAsset`s."""
    types = (*_ASSETS, SpecValue) if bound.plain("include_specs") is True else _ASSETS
    modules = list(modules)
    found, losses = objects_in(call, modules, types)
    beside, _ = objects_in(call, modules, (ChecksValue,))
    checks = [item for item in beside if isinstance(item, ChecksValue)]
    loaded: list[AssetLike] = [item for item in found if isinstance(item, types)]
    loaded = _prefixed(call, bound, loaded, checks)
    given = {name: bound[name] for name in _CHANGES if is_given(bound.get(name))}
    group = bound["group_name"] if is_given(bound.get("group_name")) else None
    wanted = [call.machine.hash_key(value) for value in (*given.values(), group or NONE)]
    kind = ("loaded", call.site.origin)
    # What is loaded with unknown attributes is loaded anew each time.
    recall = call.machine.recall if None not in wanted else _anew
    changed = [
        recall(partial(_changed, call, item, given, group), kind, (item,), (tuple(given), wanted))
        for item in loaded
    ]
    return Sequence("list", list(changed), told(call, losses))


def _anew(make: Callable[[], _Made], *_: object) -> _Made:
    return make()


def _changed(
    call: Call, item: AssetLike, given: ReadOnlyMapping[str, Value], group: Value | None
) -> AssetLike:
    """The loader's object for a definition, with what the loader gives it."""
    if not isinstance(item, SourceAssetValue):
        item = with_attributes(call, _own(item), given)
    return item if group is None else with_loader_group(call, item, group)


def _own(item: AssetLike) -> AssetLike:
    """The loader's object for a definition: another one, so that both together are a duplicate."""
    return copy(item) if isinstance(item, (AssetsValue, ChecksValue)) else item


def _prefixed(
    call: Call, bound: Bound, loaded: list[AssetLike], checks: list[ChecksValue]
) -> list[AssetLike]:
    """`key_prefix` is put before the keys of assets and their deps in the loaded set, not before
    those of `SourceAsset`s and `AssetSpec`s, for which there is `source_key_prefix`. What checks
    beside them speak of counts as loaded, so that deps on it get the prefix, too."""
    for parameter, types in (
        ("key_prefix", (AssetsValue, ChecksValue)),
        ("source_key_prefix", (SourceAssetValue, SpecValue)),
    ):
        if not is_given(bound.get(parameter)):
            continue
        prefix = read_parts(call, bound[parameter])
        if not isinstance(prefix, tuple):
            cause = why(prefix) if isinstance(prefix, Unknown) else "it is no text"
            message = f"the {parameter} of loaded assets is not known: {cause}"
            call.report("unresolved-asset", message)
            continue
        place = argument_place(call, parameter)
        own = [item for item in loaded if isinstance(item, types)]
        specs_too = [item for item in loaded if isinstance(item, SpecValue)]
        keys = {
            key: key.with_prefix(prefix)
            for item in (*own, *specs_too, *(checks if parameter == "key_prefix" else ()))
            for key in keys_of(item)
        }
        if parameter == "key_prefix":
            loaded = [
                _with_keys(call, item, keys, place) if isinstance(item, types) else item
                for item in loaded
            ]
        else:
            loaded = [_with_keys(call, item, keys, place) for item in loaded]
    return loaded


def _with_keys(call: Call, item: _Loaded, keys: Keys, place: Site | None = None) -> _Loaded:
    """`with_keys`, remembered as long as the keys that the item speaks of stay what they are."""
    answers = [keys.get(key) for key in keys_mentioned(item)]
    make = partial(with_keys, item, keys, place)
    return call.machine.recall(make, ("keys", call.site.origin), (item,), answers)


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


def imported(call: Call, name: Value) -> Value:
    """The module that a text names; any other value as it is."""
    if isinstance(name, Constant) and isinstance(name.value, str):
        return call.machine.import_module(name.value, call.site)
    return name


def _current(call: Call) -> list[Module]:
    """The module that is running, its globals as they are by now."""
    return [call.site.module]


def modules_in(call: Call, value: Value) -> list[Module]:
    """The modules in a collection; others than the project's are told of."""
    if isinstance(value, (Module, Constant)):
        described = f"the module {value.name}" if isinstance(value, Module) else shown(value)
        call.report("wrong-type", f"a list of modules is loaded, not {described}")
        return [value] if isinstance(value, Module) else []
    items = call.machine.items(value, call.site)
    found = [item for item in items.values if isinstance(item, Module)]
    others = [item for item in items.values if not isinstance(item, Module)]
    for other in (*others, *items.losses):
        _tell_foreign(call, other)
    return found


def package_modules(call: Call, value: Value) -> list[Module]:
    """A package and all modules below it, in the order in which Dagster walks them."""
    if not isinstance(value, Module):
        _tell_foreign(call, value)
        return []
    if not value.is_package:
        call.report("wrong-type", f"the module {value.name} is loaded as a package, and is none")
    found = [value]
    file = call.machine.project.find_module(value.name)
    if file is not None and file.is_package:
        for below in call.machine.project.walk_modules(file):
            module = importing.adopt(call.machine, below)
            importing.ensure(call.machine, module)
            found.append(module)
    return found


def _tell_foreign(call: Call, value: Value) -> None:
    if isinstance(value, Constant):
        call.report("wrong-type", f"{shown(value)} is loaded, which is no module")
        return
    unknown = call.unknown("external", "a module that is loaded is not in the project", value)
    root = why(unknown) if unknown.causes else getattr(value, "qualname", unknown.message)
    call.report("unresolved-asset", f"the assets of a module are not known: {root}")


# -- checks


_CHECK_OPTIONS = "asset_key_prefix=None"
_CHECK_MODULES = Parameters(f"modules, {_CHECK_OPTIONS}")
_CHECK_PACKAGE = Parameters(f"package_module, {_CHECK_OPTIONS}")
_CHECK_NAME = Parameters(f"package_name, {_CHECK_OPTIONS}")
_CHECK_CURRENT = Parameters(_CHECK_OPTIONS)


def _checks(call: Call, bound: Bound, modules: Iterable[Module]) -> Value:
    found, losses = objects_in(call, modules, (ChecksValue,))
    checks: list[ChecksValue] = [item for item in found if isinstance(item, ChecksValue)]
    if is_given(bound.get("asset_key_prefix")):
        prefix = read_parts(call, bound["asset_key_prefix"])
        if isinstance(prefix, tuple):
            keys = {key: key.with_prefix(prefix) for item in checks for key in keys_of(item)}
            checks = [_with_keys(call, item, keys) for item in checks]
        else:
            call.report("unresolved-check", "the prefix of loaded checks is not known")
    kind, recall = ("own", call.site.origin), call.machine.recall
    own = [recall(partial(_own, item), kind, (item,), None) for item in checks]
    return Sequence("list", list(own), losses)


def _checks_from(
    parameters: Parameters, modules: Callable[[Call, Bound], Iterable[Module]]
) -> Intrinsic:
    def load(call: Call) -> Value:
        bound = parameters.bind(call)
        return _checks(call, bound, modules(call, bound))

    return load


def _modules_in_package(call: Call) -> Value:
    """`find_modules_in_package(package)`: the package and all modules below it."""
    given = next(iter((*call.args, *call.kwargs.values())), NONE)
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
