"""Tables of intrinsics that are imported when one of their names is first asked for.

There are some hundred of them, and no project needs more than a few.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module

from assetgen.analyzer.evaluate.call import Family, Intrinsic
from assetgen.analyzer.evaluate.values import Value

Rows = Mapping[str, Intrinsic]


def on_demand(
    package: str,
    directory: Mapping[str, tuple[str, ...]],
    finish: Callable[[Rows], Rows] = lambda rows: rows,
) -> dict[str, Callable[[], Family]]:
    """What makes the families of a directory, in terms of `Intrinsics.later`.

    `directory` gives, by module in `package`, the packages and the names in packages of which its
    `TABLE` has rows. It may also have `VALUES` and `PROPERTIES`. `finish` is done to the rows of
    each module.
    """
    modules: dict[str, list[str]] = {}
    for module, names in directory.items():
        for name in names:
            modules.setdefault(name, []).append(f"{package}.{module}")
    return {name: partial(_together, tuple(each), finish) for name, each in modules.items()}


def _together(modules: tuple[str, ...], finish: Callable[[Rows], Rows]) -> Family:
    calls: dict[str, Intrinsic] = {}
    values: dict[str, Value] = {}
    properties: set[str] = set()
    for each in map(import_module, modules):
        calls.update(finish(each.TABLE))
        values.update(getattr(each, "VALUES", {}))
        properties.update(getattr(each, "PROPERTIES", ()))
    return Family(calls, values, frozenset(properties))
