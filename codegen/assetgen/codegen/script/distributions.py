"""Which distributions have to be installed for some imports."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType

from assetgen.analyzer.project.distributions.import_names import known_distribution


def requirements_of(
    imports: Iterable[str],
    stated: Iterable[str] = (),
    extras: Mapping[str, AbstractSet[str]] = MappingProxyType({}),
) -> tuple[str, ...]:
    """The requirements of dotted import names, sorted; none for the standard library.

    `stated` are the project's own requirements (PEP 508): one for the same distribution is
    taken over with its version. `extras` are needed of some distributions, by their names.
    """
    versions = {_normal(_name_of(requirement)): requirement.strip() for requirement in stated}
    names = {name for each in imports if (name := _distribution(each, versions)) is not None}
    found = {
        _with_extras(versions.get(_normal(name), name), extras.get(name, frozenset()))
        for name in names
    }
    return tuple(sorted(found, key=str.lower))


def _distribution(imported: str, stated: Iterable[str]) -> str | None:
    top = imported.partition(".")[0]
    if top in sys.stdlib_module_names or top == "__future__":
        return None
    known = known_distribution(imported)
    # A project may state another distribution of the same module, such as `psycopg2`.
    return _normal(top) if known is None else top if _normal(top) in stated else known


def _with_extras(requirement: str, extras: AbstractSet[str]) -> str:
    """A requirement with more extras."""
    found = re.match(r"([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[([^\]]*)\])?", requirement)
    if found is None or not extras:
        return requirement
    given = {each.strip() for each in (found.group(2) or "").split(",")} - {""}
    return f"{found.group(1)}[{','.join(sorted(given | extras))}]{requirement[found.end() :]}"


def _name_of(requirement: str) -> str:
    found = re.match(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)", requirement)
    return found.group(1) if found else ""


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
