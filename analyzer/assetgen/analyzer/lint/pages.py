"""The page of a rule: what it finds, why that is bad, and what to write instead."""

from __future__ import annotations

from importlib.resources import files

from assetgen.analyzer.lint.selectors import UnknownSelectorError, nearest
from assetgen.analyzer.model.catalogue import CATALOGUE


def page(rule: str) -> str:
    """The Markdown page of a rule, given by its name or its code.

    Raises UnknownSelectorError if there is no such rule.
    """
    for name, info in CATALOGUE.items():
        if rule in (name, info.code):
            file = files("assetgen.analyzer.lint.rules") / f"{name.replace('-', '_')}.md"
            return file.read_text(encoding="utf-8")
    raise UnknownSelectorError(f"no rule is called {rule!r}{nearest(rule)}")
