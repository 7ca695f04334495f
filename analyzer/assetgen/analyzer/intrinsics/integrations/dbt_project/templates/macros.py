"""Which macros the templates of a package see, and which of them `adapter.dispatch` returns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from jinja2 import nodes

from assetgen.analyzer.intrinsics.integrations.dbt_project.configs import listed
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.model.dataclass import dataclass, field

_PARENTS: Final[Mapping[str, tuple[str, ...]]] = {
    "redshift": ("postgres",),
    "materialize": ("postgres",),
    "databricks": ("spark",),
    "synapse": ("fabric", "sqlserver"),
    "fabric": ("sqlserver",),
}
"""Adapters that use the macros of another one unless they have their own."""


@dataclass(slots=True)
class Macros:
    """The macros of one package (`own`), of the root project, and of every package by its name.

    `has_templates` if variables hold templates, which macros may depend on; `inert` is what was
    found out about which macros depend on nothing.
    """

    own: dict[str, nodes.Macro] = field(default_factory=dict)
    root: dict[str, nodes.Macro] = field(default_factory=dict)
    packages: dict[str, dict[str, nodes.Macro]] = field(default_factory=dict)
    root_name: str = ""
    adapter: str | Lost | None = None
    orders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    has_templates: bool = False
    inert: dict[nodes.Macro, bool] = field(default_factory=dict)

    def find(self, name: str) -> nodes.Macro | None:
        """What a name without a package refers to."""
        return self.own.get(name) or self.root.get(name)

    def dispatched(self, name: str, namespace: str | None) -> nodes.Macro | None:
        """The first implementation for the adapter, else the default one."""
        if "." in name:
            namespace, _, name = name.partition(".")
        for package in self._searched(namespace):
            for prefix in self._prefixes():
                found = (
                    self.find(f"{prefix}__{name}")
                    if package is None
                    else self.packages.get(package, {}).get(f"{prefix}__{name}")
                )
                if found is not None:
                    return found
        return None

    def _searched(self, namespace: str | None) -> Iterable[str | None]:
        if namespace is None:
            return (None,)
        return self.orders.get(namespace) or (self.root_name, namespace)

    def _prefixes(self) -> tuple[str, ...]:
        if not isinstance(self.adapter, str):
            return ("default",)
        return (self.adapter, *_PARENTS.get(self.adapter, ()), "default")


def search_orders(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """`dispatch` of `dbt_project.yml`: by namespace, the packages that are searched."""
    return {
        entry["macro_namespace"]: tuple(str(name) for name in listed(entry.get("search_order")))
        for entry in listed(data.get("dispatch"))
        if isinstance(entry, dict) and isinstance(entry.get("macro_namespace"), str)
    }
