"""The rules that are checks on the finished model."""

from __future__ import annotations

from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.lint.rules import (
    ambiguous_name,
    check_unknown_asset,
    context_name,
    cycle,
    default_arg,
    duplicate_check,
    duplicate_key,
    implicit_group_match,
    redundant_dependency,
    self_dependency,
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
    duplicate_check.RULE,
    duplicate_key.RULE,
    implicit_group_match.RULE,
    redundant_dependency.RULE,
    self_dependency.RULE,
    unknown_dependency.RULE,
    unreached_definition.RULE,
    unresolved_input.RULE,
)
