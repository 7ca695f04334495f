"""Automation conditions of any shape: what Dagster offers, joined, narrowed and named."""

from __future__ import annotations

from fuzz.grammar.draft import Draft

LEAVES = (
    "eager()",
    "on_cron('0 1 * * *')",
    "on_cron('@daily', 'Europe/Berlin')",
    "on_missing()",
    "missing()",
    "in_progress()",
    "in_latest_time_window()",
    "newly_updated()",
    "newly_requested()",
    "newly_missing()",
    "code_version_changed()",
    "cron_tick_passed('5 * * * *')",
    "any_deps_updated()",
    "any_deps_missing()",
    "execution_failed()",
    "backfill_in_progress()",
    "initial_evaluation()",
)
OF_DEPS = ("any_deps_match", "all_deps_match")
SELECTIONS = ("dg.AssetSelection.groups('sales')", "dg.AssetSelection.all()")


def condition(draft: Draft, depth: int = 2) -> str:
    """A condition; most have few parts."""
    if depth == 0 or draft.chance(2):
        return f"dg.AutomationCondition.{draft.pick(LEAVES)}"
    form = draft.pick(("both", "either", "not", "since", "newly", "label", "deps", "named"))
    inner = condition(draft, depth - 1)
    if form == "both":
        return f"({inner} & {condition(draft, depth - 1)})"
    if form == "either":
        return f"({inner} | {condition(draft, depth - 1)})"
    if form == "not":
        return f"(~{inner})"
    if form == "since":
        return f"{inner}.since({condition(draft, depth - 1)})"
    if form == "newly":
        return f"{inner}.newly_true()"
    if form == "label":
        return f"{inner}.with_label('named')"
    if form == "deps":
        return f"dg.AutomationCondition.{draft.pick(OF_DEPS)}({inner}){narrowed(draft)}"
    name = draft.fresh("condition")
    draft.write(f"{name} = {inner}")
    return name


def narrowed(draft: Draft) -> str:
    """To some of the upstream assets, or to all."""
    if not draft.chance(2):
        return ""
    return f".{draft.pick(('allow', 'ignore'))}({draft.pick(SELECTIONS)})"
