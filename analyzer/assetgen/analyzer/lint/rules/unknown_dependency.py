"""unknown-dependency: a dependency on something that nothing defines, where an asset must be
meant."""

from __future__ import annotations

import json
from collections.abc import Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.knowledge import Knowledge
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.lint.unmatched import assets_of_that_name, has_slash, proposal
from assetgen.analyzer.model.assets import Asset, Dependency
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Edit, Fix, Related, Severity
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import Unreached


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    unreached = {each.name: each for each in evidence.pipeline.unreached if each.kind == "asset"}
    for knowledge in evidence.locations:
        for asset, dependency in knowledge.unmatched:
            if dependency.loads_value:
                continue
            if knowledge.is_elsewhere(dependency.key) or evidence.is_external(dependency.key):
                continue
            if has_slash(dependency.declared):
                continue
            if len(assets_of_that_name(dependency.declared, asset, knowledge)) > 1:
                continue
            forgotten = unreached.get(str(dependency.key))
            meant = _meant(dependency.declared, asset, knowledge)
            if forgotten or meant or evidence.options.externals:
                yield _finding(asset, dependency, meant, forgotten, knowledge)


RULE = Rule("unknown-dependency", check)


def _meant(wanted: AssetKey, asset: Asset, knowledge: Knowledge) -> tuple[Asset, ...]:
    """The assets that `wanted` can only be a misspelling of.

    Assets that depend on `asset` are left out: a dependency on them would be a cycle.
    """
    near = knowledge.near.mistyped_as(wanted)
    return tuple(
        knowledge.defined[key] for key in near if not _depends_on(key, asset.key, knowledge)
    )


def _depends_on(key: AssetKey, other: AssetKey, knowledge: Knowledge) -> bool:
    """Whether an asset is another one, or depends on it, directly or through others."""
    reached, waiting = {key}, [key]
    while waiting and other not in reached:
        asset = knowledge.defined.get(waiting.pop())
        for dependency in asset.deps if asset is not None else ():
            if dependency.key not in reached:
                reached.add(dependency.key)
                waiting.append(dependency.key)
    return other in reached


def _finding(
    asset: Asset,
    dependency: Dependency,
    meant: tuple[Asset, ...],
    forgotten: Unreached | None,
    knowledge: Knowledge,
) -> Diagnostic:
    proposed = proposal(meant)
    message = f"`{asset.key}` depends on `{dependency.declared}`, which no asset has as its key"
    related = proposed.related
    if forgotten:
        message += "; it is defined, but no Definitions reaches it"
        related = (Related(f"`{forgotten.name}` is defined here", forgotten.origin.span),)
    else:
        message += proposed.message
    is_certain = knowledge.is_complete_everywhere and asset.conditional is None
    return diagnostic(
        "unknown-dependency",
        message,
        dependency.span,
        severity=None if is_certain else Severity.INFO,
        related=related,
        fix=_fix(dependency, meant[0].key) if meant and not forgotten else None,
    )


def _fix(dependency: Dependency, meant: AssetKey) -> Fix | None:
    """The key that is meant instead of a string literal; nothing else can be replaced safely."""
    span, written = dependency.span, dependency.declared
    width = len(written.name) + len('""')
    is_literal = span.line == span.end_line and span.end_column - span.column == width
    if dependency.how != "deps" or len(written.parts) > 1 or not is_literal:
        return None
    parts = [json.dumps(part, ensure_ascii=False) for part in meant.parts]
    text = parts[0] if len(parts) == 1 else f"[{', '.join(parts)}]"
    return Fix(f"Depend on `{meant}`", (Edit(span, text),))
