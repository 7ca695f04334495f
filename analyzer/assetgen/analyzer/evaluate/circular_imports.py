"""Names of modules that import in a circle, asked for before they are bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.statements.failures import failed
from assetgen.analyzer.evaluate.values import Module, Unknown
from assetgen.analyzer.syntax.bindings import names_bound_before

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def comes_too_early(machine: Machine, module: Module, name: str) -> bool:
    """Whether a module is being run, and certainly has not bound a name yet.

    Only if what is loaded is known is it also known which module of a circle comes first.
    """
    if module.state != "running" or module.stars or not machine.order_is_known:
        return False
    parsed = machine.text_of(module)
    bound = names_bound_before(parsed.tree, module.line) if parsed is not None else None
    return bound is not None and name not in bound


def fail_in_circle(machine: Machine, module: Module, name: str, site: Site) -> Unknown:
    """What `from module import name` gives if the name comes too early."""
    message = f"cannot import name {name!r} from partially initialized module {module.name!r}"
    shown = f"{message}, which imports this module before it binds the name"
    return failed(machine, "ImportError", message, site, shown=shown)
