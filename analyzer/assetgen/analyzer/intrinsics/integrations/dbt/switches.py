"""`DagsterDbtTranslatorSettings`: what a translator does besides naming things."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import (
    Constant,
    Declared,
    Instance,
    Record,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.plain import why
from assetgen.analyzer.model.dataclass import dataclass, fields_of


@dataclass(frozen=True, slots=True)
class Switches:
    """The settings by their names in dagster-dbt, with its defaults."""

    enable_asset_checks: bool = True
    enable_duplicate_source_asset_keys: bool = False
    enable_code_references: bool = False
    enable_dbt_selection_by_name: bool = False
    enable_source_tests_as_checks: bool = False
    enable_source_metadata: bool = True
    enable_dbt_views_as_virtual_assets: bool = False


NAMES = tuple(fields_of(Switches))


def switches_of(call: Call, translator: Value) -> Switches:
    """The settings of a translator: those that it was made with, or that its class has."""
    settings = _settings(call, translator)
    given: ReadOnlyMapping[str, Value] = {}
    if isinstance(settings, Record):
        given = {**dict(zip(NAMES, settings.args, strict=False)), **settings.fields}
    elif isinstance(settings, Instance):
        given = settings.attributes
    known = {name: value for name, value in given.items() if name in NAMES}
    for value in (settings, *known.values()):
        if isinstance(value, Unknown):
            message = f"the settings of the dbt translator are not known: {why(value)}"
            call.report("unresolved-check", message)
    return Switches(
        **{name: bool(value.value) for name, value in known.items() if isinstance(value, Constant)}
    )


def _settings(call: Call, translator: Value) -> Value | None:
    if isinstance(translator, Instance):
        if call.machine.find_own(translator, "settings") is not None:
            return call.get_attribute(translator, "settings")
        return translator.attributes.get("_settings")
    return translator.attribute("settings") if isinstance(translator, Declared) else None
