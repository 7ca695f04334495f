"""The rules that check the finished model."""

from __future__ import annotations

from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.lint.rules import (
    ambiguous_name,
    check_unknown_asset,
    context_name,
    cycle,
    default_arg,
    duplicate_key,
    duplicate_name,
    duplicate_op,
    implicit_group_match,
    missing_job,
    missing_resource,
    overlapping_automation,
    partial_selection,
    partition_mismatch,
    selection_empty,
    selection_unknown_key,
    self_dependency,
    sensor_unknown_asset,
    slash_in_key,
    unknown_dependency,
    unreached_definition,
    unresolved_input,
)

RULES: tuple[Rule, ...] = (
    ambiguous_name.RULE,
    check_unknown_asset.RULE,
    context_name.RULE,
    cycle.RULE,
    default_arg.RULE,
    duplicate_key.RULE,
    duplicate_name.RULE,
    duplicate_op.RULE,
    implicit_group_match.RULE,
    missing_job.RULE,
    missing_resource.RULE,
    overlapping_automation.RULE,
    partial_selection.RULE,
    partition_mismatch.RULE,
    selection_empty.RULE,
    selection_unknown_key.RULE,
    self_dependency.RULE,
    sensor_unknown_asset.RULE,
    slash_in_key.RULE,
    unknown_dependency.RULE,
    unreached_definition.RULE,
    unresolved_input.RULE,
)
