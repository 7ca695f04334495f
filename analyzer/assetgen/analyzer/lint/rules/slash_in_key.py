"""slash-in-key: a dependency written with a slash, which makes it one part instead of two."""

from __future__ import annotations

import json
from collections.abc import Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.lint.unmatched import has_slash, proposal
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.keys import AssetKey


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for knowledge in evidence.locations:
        slashed = [each for each in knowledge.unmatched if has_slash(each[1].declared)]
        for asset, dependency in slashed:
            written = "/".join(dependency.declared.parts)
            parts = written.split("/")
            meant = knowledge.defined.get(AssetKey(tuple(parts)))
            is_refused = asset.step is not None
            # A spec may depend on an external asset whose one part has a slash.
            if is_refused or (meant and not evidence.is_external(dependency.key)):
                yield diagnostic(
                    "slash-in-key",
                    f'"{written}" is one part of a key, and not {len(parts)}: '
                    f"write {json.dumps(parts)}",
                    dependency.span,
                    related=proposal([meant] if meant else []).related,
                )


RULE = Rule("slash-in-key", check)
