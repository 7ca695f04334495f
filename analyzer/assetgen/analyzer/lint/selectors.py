"""Which rules a selector stands for: a name, a code, a prefix of codes, a family, or all."""

from __future__ import annotations

from collections.abc import Iterable

from assetgen.analyzer.model import closeness
from assetgen.analyzer.model.catalogue import CATALOGUE, FAMILIES


class UnknownSelectorError(ValueError):
    """A selector that stands for no rule; the text names it and a similar one that does."""


def rules_selected(select: Iterable[str], ignore: Iterable[str] = ()) -> frozenset[str]:
    """The names of the rules in `select` that are not in `ignore`.

    Raises UnknownSelectorError for a selector that stands for nothing.
    """
    return _union(select) - _union(ignore)


def rules_meant(selector: str) -> frozenset[str]:
    """The names of the rules that one selector stands for; raises UnknownSelectorError if none."""
    if selector == "all":
        return frozenset(CATALOGUE)
    if selector in CATALOGUE:
        return frozenset((selector,))
    meant = frozenset(
        name
        for name, info in CATALOGUE.items()
        if info.family == selector
        or (_looks_like_code(selector) and info.code.startswith(selector))
    )
    if not meant:
        raise UnknownSelectorError(
            f"no rule, code or family is called {selector!r}{nearest(selector)}"
        )
    return meant


def nearest(name: str) -> str:
    """`; did you mean 'x'?` for a name close to a rule, code or family, or nothing."""
    codes = [info.code for info in CATALOGUE.values()]
    known = [*CATALOGUE, *FAMILIES.values(), *codes, "all"]
    near = closeness.nearest(name, known)
    return f"; did you mean {near!r}?" if near is not None else ""


def _union(selectors: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(rules_meant(selector) for selector in selectors))


def _looks_like_code(selector: str) -> bool:
    return selector[:1] in FAMILIES and (selector[1:].isdigit() or len(selector) == 1)
