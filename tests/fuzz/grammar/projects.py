"""Whole projects: settings, one to three modules of definitions, and the module that Dagster loads.

`projects()` is the strategy; a `SourceProject` is the text of its files.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fuzz.grammar.assets import asset, late_asset, source, spec
from fuzz.grammar.changes import changed_assets, rekeyed_asset
from fuzz.grammar.checks import check
from fuzz.grammar.components import LOADED, defs_folder
from fuzz.grammar.draft import PACKAGE, Draft, File, Known
from fuzz.grammar.factories import factory
from fuzz.grammar.graphs import graph_asset, graph_multi_asset
from fuzz.grammar.jobs import jobs
from fuzz.grammar.multi_assets import multi_asset
from fuzz.grammar.partitioned import partitioned_asset
from fuzz.grammar.resources import configured_asset
from fuzz.grammar.surroundings import decorated_asset, in_condition
from fuzz.grammar.yaml_tables import data_factory
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

CONCEPTS = (
    asset,
    spec,
    factory,
    multi_asset,
    asset,
    graph_asset,
    check,
    late_asset,
    changed_assets,
    rekeyed_asset,
    configured_asset,
    partitioned_asset,
    source,
    graph_multi_asset,
    decorated_asset,
    in_condition,
    data_factory,
)


@dataclass(frozen=True)
class SourceProject:
    """A drawn project: its files by their paths, and the module that is loaded."""

    files: tuple[tuple[str, str], ...]
    module: str = f"{PACKAGE}.definitions"

    def write(self, folder: Path) -> None:
        for path, text in self.files:
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)

    def __str__(self) -> str:
        shown = [(path, text) for path, text in self.files if text.strip()]
        return "\n".join(f"`{path}`:\n\n```python\n{text.strip()}\n```\n" for path, text in shown)


@st.composite
def projects(draw: DrawFn) -> SourceProject:
    draft = Draft(draw)
    modules = [draft.open(f"part{number}") for number in range(1, draft.count(2, 0) + 1)]
    loaded: list[File] = []
    for file in modules:
        draft.file = file
        loading = draft.pick(("names", "loader", "prefix"))
        before = len(draft.known)
        outside, draft.known = (draft.known, []) if loading == "prefix" else ([], draft.known)
        write_definitions(draft)
        if loading == "prefix":
            draft.known = [*outside, *map(prefixed, draft.known)]
        elif loading == "loader":
            for known in draft.known[before:]:
                known.variable = ""
        if loading != "names":
            file.exports["*"] = loading
            loaded.append(file)
    has_folder = draft.chance(4)
    if has_folder:
        defs_folder(draft)
    draft.open("definitions")
    if not modules or draft.chance(2):
        write_definitions(draft)
    jobs(draft)
    write_loading(draft, has_folder=has_folder)
    texts = {f"{PACKAGE}/{file.module}.py": file.text() for file in draft.files}
    if not draft.files[0].lines:
        texts.pop(f"{PACKAGE}/settings.py")
    files = ((f"{PACKAGE}/__init__.py", ""), *texts.items(), *draft.data.items())
    return SourceProject(files)


def write_definitions(draft: Draft) -> None:
    for _ in range(draft.count(4, 1)):
        draft.pick(CONCEPTS)(draft)


def prefixed(known: Known) -> Known:
    return Known(("pre", *known.key), known.file, "", known.is_spec, known.whole)


def write_loading(draft: Draft, *, has_folder: bool) -> None:
    """`Definitions` of all that was written, together or in parts that are merged."""
    parts = [sources_of(draft, file) for file in draft.files[1:]]
    if any("store: " in line for file in draft.files for line in file.lines):
        parts[-1]["resources"] = ["'store': dg.ResourceDefinition.mock_resource()"]
    if has_folder:
        draft.need("from pathlib import Path")
    if has_folder or draft.chance(3):
        merged = ", ".join((*(definitions(draft, part) for part in parts), *[LOADED] * has_folder))
        if draft.chance(2):
            name = draft.fresh("parts")
            draft.write(f"{name} = [{merged}]")
            merged = f"*{name}"
        draft.write(f"defs = dg.Definitions.merge({merged})")
        return
    whole: dict[str, list[str]] = {}
    for part in parts:
        for what, items in part.items():
            whole.setdefault(what, []).extend(items)
    if draft.chance(4):
        draft.write(f"\n\n@dg.definitions\ndef defs():\n    return {definitions(draft, whole)}")
        return
    draft.write(f"defs = {definitions(draft, whole)}")


FIELDS = {
    "asset": "assets",
    "assets": "assets",
    "spec": "assets",
    "check": "asset_checks",
    "job": "jobs",
    "schedule": "schedules",
    "sensor": "sensors",
    "checks": "asset_checks",
}


def sources_of(draft: Draft, file: File) -> dict[str, list[str]]:
    """The expressions for what a file defines, by the argument of `Definitions`."""
    found: dict[str, list[str]] = {}
    loading = file.exports.get("*", "names")
    if loading != "names":
        module = module_of(draft, file)
        options = ", key_prefix='pre'" if loading == "prefix" else ""
        found["assets"] = [f"*dg.load_assets_from_modules([{module}]{options}, include_specs=True)"]
        prefix = ", asset_key_prefix='pre'" if loading == "prefix" else ""
        if {"check", "checks"} & set(file.exports.values()):
            found["asset_checks"] = [f"*dg.load_asset_checks_from_modules([{module}]{prefix})"]
        return found
    for name, what in file.exports.items():
        expression = draft.name_from(file, name)
        item = f"*{expression}" if what in ("assets", "checks") else expression
        found.setdefault(FIELDS[what], []).append(item)
    return found


def module_of(draft: Draft, file: File) -> str:
    form = draft.pick(("from", "import", "relative", "alias"))
    draft.need(
        {
            "from": f"from {PACKAGE} import {file.module}",
            "import": f"import {PACKAGE}.{file.module}",
            "relative": f"from . import {file.module}",
            "alias": f"import {PACKAGE}.{file.module} as {file.module}",
        }[form]
    )
    return f"{PACKAGE}.{file.module}" if form == "import" else file.module


def definitions(draft: Draft, items: dict[str, list[str]]) -> str:
    words = [
        f"{name}={{{', '.join(each)}}}" if name == "resources" else f"{name}=[{', '.join(each)}]"
        for name, each in items.items()
    ]
    return f"dg.Definitions({', '.join(words)})"
