"""Pipelines drawn as text, so that a test of a rule shows nothing but what the rule looks at.

    location shop                 what follows is in this code location (default: one, "main")
    raw/orders @sales             an asset, and its group
    report < raw/orders other!    its dependencies; `!` loads the value, as a parameter does
    report < orders~raw/orders    `orders` is written, `raw/orders` is meant (by the group)
    report < ctx:Context! limit=! parameters with an annotation, and with a default
    external sales                an asset that code defines and nothing computes
    maybe sales                   an asset under a condition that could not be known
    nameless                      an asset whose key could not be known
    split a, b < c                a multi-asset that can be split into its assets; `whole` cannot
    duplicate sales               a second definition of a key
    unreached sales               an asset that is in no Definitions
    check no_nulls on sales       an asset check
    daily orders                  a partitioned asset; or `static`, `dynamic`
    job j of orders users         a job over assets; of nothing: its selection is empty
    schedule s starts j           a schedule
    sensor s starts j             a sensor, which starts a job or `watches` an asset
    lost unresolved-asset         a diagnostic of the analysis, of the location so far

Every finding's span is that of the word in this text.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from assetgen.analyzer.model.assets import Asset, AssetCheck, Dependency
from assetgen.analyzer.model.automation import Job, Schedule, Sensor
from assetgen.analyzer.model.catalogue import COSTS_DEFINITIONS, diagnostic
from assetgen.analyzer.model.functions import FunctionRef
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.partitions import PartitionMapping, Partitions
from assetgen.analyzer.model.pipeline import CodeLocation, Module, Pipeline, Unreached
from assetgen.analyzer.model.spans import Origin, Span
from assetgen.analyzer.model.steps import AssetInput, AssetStep, Input, OpDefinition

PATH = "shop.py"

PARTITIONS = {
    "daily": Partitions("DailyPartitionsDefinition"),
    "static": Partitions("StaticPartitionsDefinition"),
    "dynamic": Partitions("DynamicPartitionsDefinition"),
}


def pipeline(text: str) -> Pipeline:
    drawing = _Drawing()
    for number, line in enumerate(text.splitlines(), start=1):
        words = [
            (word[0], Span(PATH, number, word.start() + 1, number, word.end() + 1))
            for word in re.finditer(r"[^\s,]+", line)
        ]
        if words:
            drawing.read(words)
    return drawing.finished()


Word = tuple[str, Span]


class _Drawing:
    def __init__(self) -> None:
        self.locations: list[CodeLocation] = []
        self.unreached: list[Unreached] = []
        self.diagnostics = []

    def read(self, words: list[Word]) -> None:
        (first, span), rest = words[0], words[1:]
        if first == "location":
            self.locations.append(CodeLocation(rest[0][0], None, PATH))
        elif first == "unreached":
            self.unreached.append(Unreached("asset", rest[0][0], Origin(rest[0][1])))
        elif first == "lost":
            self.diagnostics.append(diagnostic(rest[0][0], "it is lost", span))
            if rest[0][0] in COSTS_DEFINITIONS:
                self._add(unknown=("assets",))
        elif first == "check":
            check = AssetCheck(key(rest[2][0]), rest[0][0], Origin(rest[0][1]))
            self._add(checks=(check,))
        elif first == "job":
            assets = tuple(key(text) for text, _ in rest[2:])
            defined = {asset.key for each in self.locations for asset in each.assets}
            missing = tuple(each for each in assets if each not in defined)
            origin = Origin(rest[0][1])
            self._add(jobs=(Job(rest[0][0], origin, "all", assets, missing=missing),))
        elif first == "schedule":
            self._add(schedules=(Schedule(rest[0][0], Origin(rest[0][1]), rest[2][0]),))
        elif first == "sensor":
            (name, place), (verb, _), (target, _) = rest
            sensor = (
                Sensor(name, Origin(place), jobs=(target,))
                if verb == "starts"
                else Sensor(name, Origin(place), assets=(key(target),))
            )
            self._add(sensors=(sensor,))
        elif first == "duplicate":
            self._add(duplicates=(Asset(key(rest[0][0]), "materializable", Origin(rest[0][1])),))
        else:
            self._read_assets(words)

    def _read_assets(self, words: list[Word]) -> None:
        texts = [text for text, _ in words]
        cut = texts.index("<") if "<" in texts else len(words)
        before, after = words[:cut], words[cut + 1 :]
        group = next((text[1:] for text, _ in before if text.startswith("@")), "default")
        marks = {text for text, _ in before} & {"external", "maybe", "split", "whole", *PARTITIONS}
        names = [word for word in before if word[0] not in marks and not word[0].startswith("@")]
        step = "__".join(key(names[0][0]).parts)
        deps = tuple(_dependency(word) for word in after)
        assets = tuple(
            Asset(
                key=key(name),
                kind="external" if "external" in marks else "materializable",
                origin=Origin(span),
                deps=deps,
                group_name=group,
                step=step,
                partitions=next((PARTITIONS[each] for each in marks & PARTITIONS.keys()), None),
                unknown=("key",) if name == "nameless" else (),
                conditional="a condition" if "maybe" in marks else None,
            )
            for name, span in names
        )
        parameters = tuple(_inputs(after))
        definition = OpDefinition(
            step,
            FunctionRef("shop", PATH, step, names[0][1]),
            inputs=tuple(parameter for parameter, _ in parameters),
        )
        made = AssetStep(
            step,
            "asset",
            definition,
            inputs=tuple(fed for _, fed in parameters),
            assets=tuple(("result", asset.key) for asset in assets),
            can_subset="split" in marks,
        )
        self._add(assets=assets, steps=(made,))

    def _add(self, **more: tuple) -> None:
        if not self.locations:
            self.locations.append(CodeLocation("main", None, PATH))
        last = self.locations[-1]
        grown = {name: getattr(last, name) + items for name, items in more.items()}
        self.locations[-1] = replace(last, **grown)

    def finished(self) -> Pipeline:
        return Pipeline(
            tuple(_resolved(location) for location in self.locations),
            tuple(self.diagnostics),
            tuple(self.unreached),
            (Module("shop", PATH, f"/nowhere/{PATH}"),),
        )


def key(text: str) -> AssetKey:
    return AssetKey(tuple(text.split("/")))


_DEPENDENCY = re.compile(
    r"(?P<name>[^~:=!]+)(~(?P<meant>[^:=!]+))?(:(?P<type>[^=!]+))?(?P<default>=)?"
    r"(?P<mapped>!earlier)?(?P<loads>!)?"
)


def _dependency(word: Word) -> Dependency:
    text, span = word
    match = _DEPENDENCY.fullmatch(text)
    assert match, text
    return Dependency(
        key=key(match["meant"] or match["name"]),
        declared=key(match["name"]),
        how="parameter" if match["loads"] else "deps",
        span=span,
        loads_value=bool(match["loads"]),
        resolution="group" if match["meant"] else "exact",
        partition_mapping=PartitionMapping(
            "TimeWindowPartitionMapping", (("start_offset", -1), ("end_offset", -1))
        )
        if match["mapped"]
        else None,
    )


def _inputs(words: list[Word]) -> Iterator[tuple[Input, AssetInput]]:
    for text, span in words:
        match = _DEPENDENCY.fullmatch(text)
        if match and match["loads"]:
            wanted = key(match["name"])
            parameter = Input(
                wanted.name, has_default=bool(match["default"]), annotation=match["type"]
            )
            yield parameter, AssetInput(parameter.name, wanted, wanted, span)


def _resolved(location: CodeLocation) -> CodeLocation:
    defined = {asset.key for asset in location.assets}
    return replace(
        location,
        assets=tuple(
            replace(
                asset,
                deps=tuple(
                    dep if dep.key in defined else replace(dep, resolution="stub")
                    for dep in asset.deps
                ),
            )
            for asset in location.assets
        ),
    )
