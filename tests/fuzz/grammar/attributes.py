"""The keyword arguments that say more of an asset: groups, tags, owners, partitions ..."""

from __future__ import annotations

from collections.abc import Callable

from fuzz.grammar.conditions import condition
from fuzz.grammar.draft import Draft
from fuzz.grammar.spelling import mapping, text, texts

Options = dict[str, str]

GROUPS = ("sales", "ops", "ml")
PARTITIONS = (
    "dg.StaticPartitionsDefinition(['de', 'fr'])",
    "dg.DailyPartitionsDefinition(start_date='2024-01-01')",
    "dg.DailyPartitionsDefinition('2024-01-01', timezone='Europe/Berlin', end_offset=1)",
    "dg.WeeklyPartitionsDefinition(start_date='2024-01-01')",
    "dg.MonthlyPartitionsDefinition('2024-01-01', end_date='2025-01-01')",
    "dg.HourlyPartitionsDefinition('2024-01-01-00:00')",
    "dg.DynamicPartitionsDefinition(name='files')",
)


def group(draft: Draft) -> str:
    return text(draft, draft.pick(GROUPS))


def description(draft: Draft) -> str:
    return text(draft, draft.pick(("All rows", "What was sold,\nby day", "x")))


def tags(draft: Draft) -> str:
    values = {"layer": "bronze", "team/part": "a.b", "empty": ""}
    return mapping(draft, {name: values[name] for name in draft.some(tuple(values), 3)})


def kinds(draft: Draft) -> str:
    return texts(draft, draft.some(("python", "sql", "duckdb"), 2), "set")


def owners(draft: Draft) -> str:
    return texts(draft, draft.some(("team:data", "ann@shop.com"), 2))


def metadata(draft: Draft) -> str:
    return draft.pick(
        (
            "{'rows': 3}",
            "{'a': 1.5, 'b': [1, 2], 'c': {'d': None}}",
            "{'url': dg.MetadataValue.url('https://x.y')}",
            "dict(source='here', **{'dagster/uri': 's3://x'})",
        )
    )


def partitions(draft: Draft) -> str:
    """A definition of partitions, the same object for several assets at times."""
    definition = draft.pick(PARTITIONS)
    if not draft.chance(3):
        return definition
    name = draft.fresh("partitions")
    draft.write(f"{name} = {definition}")
    return name


def retries(draft: Draft) -> str:
    return draft.pick(
        (
            "dg.RetryPolicy(max_retries=2)",
            "dg.RetryPolicy(3, delay=0.5, backoff=dg.Backoff.EXPONENTIAL)",
        )
    )


SPEC_OPTIONS: dict[str, Callable[[Draft], str]] = {
    "group_name": group,
    "description": description,
    "tags": tags,
    "kinds": kinds,
    "owners": owners,
    "metadata": metadata,
    "code_version": lambda draft: text(draft, "v1"),
    "automation_condition": condition,
}
ASSET_OPTIONS: dict[str, Callable[[Draft], str]] = {
    **SPEC_OPTIONS,
    "partitions_def": partitions,
    "retry_policy": retries,
    "pool": lambda draft: text(draft, "slow"),
    "op_tags": lambda draft: mapping(draft, {"cpu": "2"}),
    "output_required": lambda draft: "False",
    "backfill_policy": lambda draft: "dg.BackfillPolicy.single_run()",
    "io_manager_key": lambda draft: text(draft, "io_manager"),
    "compute_kind": lambda draft: text(draft, "sql"),
}


def spec_options(draft: Draft, most: int = 3) -> Options:
    return chosen(draft, SPEC_OPTIONS, most)


def asset_options(draft: Draft, most: int = 3) -> Options:
    """Keyword arguments of `@asset`; two that contradict each other are not drawn together."""
    options = chosen(draft, ASSET_OPTIONS, most)
    if "kinds" in options:
        options.pop("compute_kind", None)
    return options


def chosen(draft: Draft, table: dict[str, Callable[[Draft], str]], most: int) -> Options:
    return {name: table[name](draft) for name in draft.some(tuple(table), most)}


def arguments(draft: Draft, options: Options) -> str:
    """The options as the text of keyword arguments, some by way of a dictionary at times."""
    if not options or not draft.chance(4):
        return ", ".join(f"{name}={value}" for name, value in options.items())
    names = list(options)
    apart, given = names[: len(names) // 2 + 1], names[len(names) // 2 + 1 :]
    common = draft.fresh("common")
    entries = ", ".join(f"{name!r}: {options[name]}" for name in apart)
    draft.write(
        draft.pick(
            (
                f"{common} = {{{entries}}}",
                f"{common} = dict({', '.join(f'{name}={options[name]}' for name in apart)})",
                f"{common} = {{}}\n"
                + "\n".join(f"{common}[{name!r}] = {options[name]}" for name in apart),
                f"{common} = {{}}\n{common}.update({{{entries}}})",
            )
        )
    )
    rest = [f"{name}={options[name]}" for name in given]
    spread = draft.pick((f"**{common}", f"**{{**{common}}}", f"**dict({common})"))
    return ", ".join([*rest, spread])
