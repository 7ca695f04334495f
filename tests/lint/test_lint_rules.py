"""What each rule finds in a model, and what it leaves alone."""

from dataclasses import replace

import pytest
from lint.pipelines import pipeline

from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.run import lint
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import Pipeline
from assetgen.analyzer.model.spans import Span

QUIET: list[str] = []


def found(text: str, options: LintOptions | None = None) -> list[str]:
    """`rule severity message` of what lint finds, without what the drawing itself lost."""
    report = lint(pipeline(text), options, sources=lambda _: None)
    return [
        f"{each.rule} {each.severity.value}: {each.message}"
        for each in report.findings
        if each.message != "it is lost"
    ]


CASES = {
    # unresolved-input
    "a parameter that is misspelled": (
        "orders\nreport < ordres!",
        [
            "unresolved-input error: `report` loads `ordres`, which no asset has as its key; "
            "did you mean `orders`?"
        ],
    ),
    "a parameter like nothing else": (
        "orders\nreport < weather!",
        ["unresolved-input error: `report` loads `weather`, which no asset has as its key"],
    ),
    "a parameter whose asset may be among what was lost": (
        "orders\nreport < ordres!\nlost unresolved-asset",
        [
            "unresolved-input info: `report` loads `ordres`, which no asset has as its key; did "
            "you mean `orders`?; but not every definition could be read"
        ],
    ),
    "a parameter, while something was lost in another location": (
        "location one\norders\nlost unresolved-asset\nlocation two\nbills\nreport < bils!",
        [
            "unresolved-input error: `report` loads `bils`, which no asset has as its key; did "
            "you mean `bills`?"
        ],
    ),
    "a dependency, which another location may define, while something was lost there": (
        "location one\norders\nlost unresolved-asset\nlocation two\ninvoices\nreport < invoces",
        [
            "unknown-dependency info: `report` depends on `invoces`, which no asset has as its "
            "key; did you mean `invoices`?"
        ],
    ),
    "a parameter of an asset that may not exist": (
        "orders\nmaybe report < ordres!",
        [
            "unresolved-input info: `report` loads `ordres`, which no asset has as its key; did "
            "you mean `orders`?"
        ],
    ),
    "a parameter that loads an external asset": ("external orders\nreport < orders!", QUIET),
    "one parameter that feeds two assets": (
        "whole a, b < weather!",
        ["unresolved-input error: `a` loads `weather`, which no asset has as its key"],
    ),
    "a parameter with the name of an asset of another location": (
        "location one\norders\nlocation two\nreport < orders!",
        ["unresolved-input error: `report` loads `orders`, which no asset has as its key"],
    ),
    # context-name, default-arg
    "ctx": (
        "report < ctx!",
        [
            "context-name error: `ctx` in `report` is taken for an asset: the context is the "
            "first parameter, and must be called `context`"
        ],
    ),
    "a context by its annotation": (
        "report < info:dg.AssetExecutionContext!",
        [
            "context-name error: `info` in `report` is taken for an asset: the context is the "
            "first parameter, and must be called `context`"
        ],
    ),
    "an asset called ctx": ("ctx\nreport < ctx!", QUIET),
    "a default": (
        "report < limit=!",
        [
            "default-arg error: `limit` in `report` is an input although it has a default, and no "
            "asset is called `limit`; make it keyword-only, or a field of its config"
        ],
    ),
    "a default, but a name close to an asset": (
        "orders\nreport < ordres=!",
        [
            "unresolved-input error: `report` loads `ordres`, which no asset has as its key; "
            "did you mean `orders`?"
        ],
    ),
    # unknown-dependency
    "a dependency that is misspelled": (
        "orders\nreport < ordres",
        [
            "unknown-dependency warning: `report` depends on `ordres`, which no asset has as its "
            "key; did you mean `orders`?"
        ],
    ),
    "a dependency like nothing else is an external asset": ("orders\nreport < weather", QUIET),
    "near, and no mistake: another prefix word": ("stg_orders\nreport < src_orders", QUIET),
    "near, and no mistake: another number": ("sales_2023\nreport < sales_2024", QUIET),
    "near, and no mistake: another layer": ("staging/users\nreport < raw/users", QUIET),
    "a dependency in another location": (
        "location one\nordres\nlocation two\norders\nreport < ordres",
        QUIET,
    ),
    "a bare name for an asset with a prefix, in another group": (
        "raw/orders @sales\nreport < orders",
        [
            "unknown-dependency warning: `report` depends on `orders`, which no asset has as its "
            "key; did you mean `raw/orders`?"
        ],
    ),
    "a bare name for the source of the asset of that name": ("raw/orders < orders", QUIET),
    "a bare name for the source of an upstream asset of that name": (
        "marts/orders < clean\nclean < orders",
        QUIET,
    ),
    "a dependency that is defined and not reached": (
        "report < weather\nunreached weather",
        [
            "unknown-dependency warning: `report` depends on `weather`, which no asset has as its "
            "key; it is defined, but no Definitions reaches it",
            "unreached-definition warning: no Definitions reaches asset `weather`: Dagster does "
            "not load it",
        ],
    ),
    # ambiguous-name
    "a parameter that two assets of the group end in": (
        "eu/orders\nus/orders\nreport < orders!",
        [
            "ambiguous-name error: `orders` in `report` cannot be loaded, since 2 assets of the "
            "group end in it: `eu/orders`, `us/orders`"
        ],
    ),
    "a dependency that two assets of the group end in": (
        "eu/orders\nus/orders\nreport < orders",
        [
            "ambiguous-name warning: `orders` in `report` becomes an external asset, since 2 "
            "assets of the group end in it: `eu/orders`, `us/orders`"
        ],
    ),
    # implicit-group-match
    "a bare name resolved by the group": (
        "raw/orders @sales\nreport @sales < orders~raw/orders",
        [
            "implicit-group-match warning: `orders` means `raw/orders` only because both assets "
            "are in the group `sales`"
        ],
    ),
    # duplicate-key, unreached-definition
    "a key defined twice": (
        "orders\nduplicate orders",
        ["duplicate-key error: `orders` is defined a second time"],
    ),
    "a key defined in two arms of a condition": ("maybe orders\nduplicate orders", QUIET),
    "an asset that is reached as a source asset": ("external sales\nunreached sales", QUIET),
    "an asset whose name was bound again": (
        "sales\nunreached sales",
        [
            "unreached-definition warning: no Definitions reaches asset `sales`: Dagster does not "
            "load it"
        ],
    ),
    "an asset that nothing reaches, or so it seems": (
        "orders\nunreached sales\nlost unresolved-asset",
        [
            "unreached-definition info: no Definitions reaches asset `sales`, as far as "
            "Definitions can be read"
        ],
    ),
    "assets of a file that nothing reaches, or so it seems": (
        "orders\nunreached a\nunreached b\nunreached c\nunreached d\nlost unresolved-asset",
        [
            "unreached-definition info: no Definitions reaches asset `a`, asset `b`, asset `c` and "
            "1 more, as far as Definitions can be read"
        ],
    ),
    # self-dependency, cycle
    "an asset that depends on itself": (
        "orders < orders",
        [
            "self-dependency error: `orders` depends on itself; that takes time partitions, and a "
            "partition mapping to earlier ones"
        ],
    ),
    "daily partitions that depend on the day before": ("daily orders < orders!earlier", QUIET),
    "two assets in a circle": (
        "a < b\nb < a",
        ["cycle error: circular dependency: `a` -> `b` -> `a`"],
    ),
    "a circle through a step that runs as a whole": (
        "whole a, b < x\nx < a",
        ["cycle error: circular dependency: `a` -> `x` -> `a`"],
    ),
    "no circle where the step can be split": ("split a\nsplit b < x\nx < a", QUIET),
    "a circle of external assets": ("external a < b\nexternal b < a", QUIET),
    "two circles that share an asset": (
        "a < b c\nb < a\nc < a",
        [
            "cycle error: circular dependency: `a` -> `b` -> `a`",
            "cycle error: circular dependency: `a` -> `c` -> `a`",
        ],
    ),
    # partition-mismatch
    "daily partitions of static ones": (
        "static regions\ndaily report < regions",
        [
            "partition-mismatch error: `report` on `regions`: time partitions cannot be mapped to "
            "static ones without a partition mapping"
        ],
    ),
    "daily partitions of static ones, mapped by time": (
        "static regions\ndaily report < regions!earlier",
        [
            "partition-mismatch error: `report` on `regions`: a TimeWindowPartitionMapping needs "
            "partitions by time on both sides, and the upstream ones are static"
        ],
    ),
    "partitions of none": ("regions\ndaily report < regions\nsum < report", QUIET),
    # jobs, schedules, sensors
    "two jobs of one name": (
        "a\njob j of a\njob j of a",
        ["duplicate-name error: there already is a job called `j`"],
    ),
    "a schedule and a sensor of one name": (
        "a\njob j of a\nschedule s starts j\nsensor s starts j",
        ["duplicate-name error: there already is a schedule or sensor called `s`"],
    ),
    "a job and a schedule of one name": ("a\njob j of a\nschedule j starts j", QUIET),
    "a schedule of no job": (
        "a\njob daily_job of a\nschedule s starts dayly_job\nsensor t starts other",
        [
            "missing-job error: schedule `s` starts the job `dayly_job`, which is not defined; "
            "did you mean `daily_job`?",
            "missing-job error: sensor `t` starts the job `other`, which is not defined",
        ],
    ),
    "a schedule of Dagster's own job": ("a\nschedule s starts __ASSET_JOB", QUIET),
    "a job of an asset that is misspelled": (
        "orders\njob j of ordres",
        [
            "selection-unknown-key error: job `j` selects `ordres`, which nothing here computes; "
            "did you mean `orders`?"
        ],
    ),
    "a job of nothing": (
        "orders\njob j of",
        ["selection-empty warning: no asset is in the selection of job `j`: all"],
    ),
    "a job of nothing that is known": ("orders\njob j of\nlost unresolved-asset", QUIET),
    "a sensor on an asset that is misspelled": (
        "orders\nsensor s watches ordres",
        [
            "sensor-unknown-asset warning: sensor `s` watches `ordres`, which no asset has as "
            "its key; did you mean `orders`?"
        ],
    ),
    "a sensor on an asset of another deployment": ("orders\nsensor s watches weather", QUIET),
    # checks
    "a check on an asset that is misspelled": (
        "orders\ncheck no_nulls on ordres",
        [
            "check-unknown-asset warning: check `no_nulls` is on `ordres`, which no asset has as "
            "its key; did you mean `orders`?"
        ],
    ),
    "a check on an asset of another location": (
        "location one\norders\nlocation two\ncheck no_nulls on orders",
        QUIET,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_rule_finds_what_it_should(case: str) -> None:
    text, expected = CASES[case]
    assert found(text) == expected


def test_externals_are_taken_for_granted() -> None:
    options = LintOptions(externals=("raw/*",))
    text = "orders\ncheck c on raw/x\nreport < raw/ordres raw/weather weather"
    assert found(text, options) == [
        "unknown-dependency warning: `report` depends on `weather`, which no asset has as its key"
    ]


def test_a_cycle_shows_every_edge_where_it_is_written() -> None:
    [finding] = lint(pipeline("c < a\na < b\nb < c"), sources=lambda _: None).findings
    assert finding.message == "circular dependency: `c` -> `a` -> `b` -> `c`"
    assert [(each.message, each.span.line, each.span.column) for each in finding.related] == [
        ("`c` depends on `a`", 1, 5),
        ("`a` depends on `b`", 2, 5),
        ("`b` depends on `c`", 3, 5),
    ]


def test_a_circle_of_ten_thousand_assets_is_found() -> None:
    count = 10_000
    text = "\n".join(f"a{number} < a{(number + 1) % count}" for number in range(count))
    [finding] = lint(pipeline(text), sources=lambda _: None).findings
    assert len(finding.related) == count


def keyed(written: str, *, uses_specs: bool = False) -> Pipeline:
    """`raw/orders`, and a `report` with a dependency whose span is that of `written`."""
    drawn = pipeline("raw/orders @raw\norders\nreport < x")
    [location] = drawn.locations
    *others, report = location.assets
    *steps, step = location.steps
    declared = AssetKey((written.strip('"'),))
    place = Span("shop.py", 3, 10, 3, 10 + len(written))
    dep = replace(report.deps[0], key=declared, declared=declared, span=place)
    location = replace(
        location,
        assets=(*others, replace(report, deps=(dep,))),
        steps=(*steps, replace(step, uses_specs=uses_specs)),
    )
    return replace(drawn, locations=(location,))


@pytest.mark.parametrize(
    ("written", "replacement"), [('"ordres"', '"orders"'), ("ordres", None), ("ORDRES", None)]
)
def test_a_misspelled_string_can_be_replaced(written: str, replacement: str | None) -> None:
    [finding] = lint(keyed(written), sources=lambda _: None).findings
    assert finding.rule == "unknown-dependency"
    assert (finding.fix and finding.fix.edits[0].text) == replacement
    assert finding.fix is None or not finding.fix.safe


@pytest.mark.parametrize(
    ("written", "uses_specs", "rules"),
    [
        ("raw/orders", False, ["slash-in-key"]),
        ("raw/orders", True, ["slash-in-key"]),
        ("s3/bucket", False, ["slash-in-key"]),
        ("s3/bucket", True, ["slash-in-key"]),
    ],
)
def test_a_slash_in_a_dependency(written: str, uses_specs: bool, rules: list[str]) -> None:
    findings = lint(keyed(written, uses_specs=uses_specs), sources=lambda _: None).findings
    assert [finding.rule for finding in findings] == rules


def test_a_parameter_may_be_a_resource_while_those_are_not_all_known() -> None:
    drawn = pipeline("report < warehouse:Warehouse! weather!")
    [location] = drawn.locations
    drawn = replace(drawn, locations=(replace(location, unknown=("resources",)),))
    findings = lint(drawn, sources=lambda _: None).findings
    assert [finding.severity.value for finding in findings] == ["info", "error"]


def test_a_parameter_that_is_wrong_as_such_is_told_once() -> None:
    drawn = pipeline("report < settings:Settings!")
    place = drawn.locations[0].assets[0].deps[0].span
    told = diagnostic("config-name", "it must be named `config`", place)
    assert lint(replace(drawn, diagnostics=(told,)), sources=lambda _: None).findings == (told,)


def test_what_the_analysis_has_told_is_not_told_again() -> None:
    drawn = pipeline("report < ctx!")
    place = drawn.locations[0].assets[0].deps[0].span
    told = diagnostic("context-name", "as the analysis says it", place)
    [finding] = lint(replace(drawn, diagnostics=(told,)), sources=lambda _: None).findings
    assert finding.message == "as the analysis says it"
