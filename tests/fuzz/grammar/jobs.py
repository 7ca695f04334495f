"""Jobs with selections, schedules and sensors of them."""

from __future__ import annotations

from collections.abc import Callable

from fuzz.grammar.attributes import arguments, chosen
from fuzz.grammar.automations import automations
from fuzz.grammar.draft import Draft, Known
from fuzz.grammar.spelling import asset_key, mapping, text


def jobs(draft: Draft) -> None:
    names = []
    for _ in range(draft.count(2)):
        name = draft.fresh("job")
        names.append(name)
        options = chosen(draft, JOB_OPTIONS, 2) if draft.chance(2) else {}
        words = [f"{name!r}, selection={selection(draft)}", arguments(draft, options)]
        draft.write(f"{name} = dg.define_asset_job({', '.join(each for each in words if each)})")
        draft.export(name, "job")
        if draft.chance(3):
            schedule = draft.fresh("schedule")
            draft.write(
                f"{schedule} = dg.ScheduleDefinition({schedule!r}, "
                f"job={name}, cron_schedule={text(draft, '0 3 * * *')})"
            )
            draft.export(schedule, "schedule")
    automations(draft, names)


JOB_OPTIONS: dict[str, Callable[[Draft], str]] = {
    "description": lambda draft: text(draft, "Every night"),
    "tags": lambda draft: mapping(draft, {"team": "sales"}),
    "op_retry_policy": lambda draft: "dg.RetryPolicy(max_retries=1)",
    "executor_def": lambda draft: "dg.in_process_executor",
}


def selection(draft: Draft, depth: int = 2) -> str:
    """A selection of assets, as an object or a string."""
    executable = selectable(draft)
    if not executable or draft.chance(5):
        return draft.pick(("'*'", "dg.AssetSelection.all()"))
    known = draft.pick(executable)
    forms = [keys, by_string]
    if depth:
        forms += [algebra, walk]
    return draft.pick(forms)(draft, known, depth)


def keys(draft: Draft, known: Known, depth: int) -> str:
    if known.variable and draft.chance(2):
        return f"dg.AssetSelection.assets({draft.name_from(known.file, known.variable)})"
    return draft.pick(
        (
            f"dg.AssetSelection.assets({asset_key(draft, known.key)})",
            f"dg.AssetSelection.keys({asset_key(draft, known.key)})",
            f"[{asset_key(draft, known.key)}]",
        )
        if depth == 2
        else (f"dg.AssetSelection.assets({asset_key(draft, known.key)})",)
    )


def by_string(draft: Draft, known: Known, depth: int) -> str:
    if any("-" in part for part in known.key) or depth < 2:
        return keys(draft, known, 1)
    name = "/".join(known.key)
    return draft.pick(
        (
            repr(f'key:"{name}"'),
            repr(f'+key:"{name}"'),
            repr(f'key:"{name}"+1'),
            repr(f'key:"{name}" or group:default'),
            repr(f'(kind:sql or key:"{name}") and not owner:"team:data"'),
            repr(f'roots(key:"{name}"+)'),
            repr(f'2+key:"{name}"+'),
            repr(f'sinks(+key:"{name}") or tag:layer=bronze'),
        )
    )


def algebra(draft: Draft, known: Known, depth: int) -> str:
    left = objects(draft, depth - 1)
    right = objects(draft, depth - 1)
    return f"{left} {draft.pick(('|', '&', '-'))} {right}"


def walk(draft: Draft, known: Known, depth: int) -> str:
    step = draft.pick(("upstream()", "downstream()", "upstream(depth=1)", "sources()", "roots()"))
    return f"({objects(draft, depth - 1)}).{step}"


def objects(draft: Draft, depth: int) -> str:
    if draft.chance(4):
        return draft.pick(
            (
                "dg.AssetSelection.groups('default')",
                "dg.AssetSelection.all()",
                "dg.AssetSelection.tag('layer', 'bronze')",
                "dg.AssetSelection.kind('sql')",
                "dg.AssetSelection.owner('team:data')",
            )
        )
    return keys(draft, draft.pick(selectable(draft)), 1)


def selectable(draft: Draft) -> list[Known]:
    return [known for known in draft.known if known.whole and not known.is_spec]
