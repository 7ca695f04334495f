"""Reporting names that a known API does not have, as Python would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.attempts import may_raise
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.statements.failures import failed, is_caught

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site
    from assetgen.analyzer.evaluate.values import Unknown


def tell_misspelt(machine: Machine, qualname: str, exception: str, site: Site) -> Unknown | None:
    """Tell that there is no such name, if that is certain, as it is written of the public modules,
    and give what it stands for then.

    `exception` is what Python raises; raises `Raised` where the code around it catches that.
    """
    if site.condition is not None:
        return None
    parent, _, name = qualname.rpartition(".")
    meant = machine.intrinsics.meant_by(qualname)
    if meant is not None:
        message = f"{parent} has no `{name}`; did you mean `{meant}`?"
    else:
        when = _gone(machine, qualname)
        if when is None and not _was_never_there(machine, qualname):
            _tell_if_unheard_of(machine, qualname, exception, site)
            return None
        package, _, rest = qualname.partition(".")
        first, _, further = rest.partition(".")
        if further and exception == "AttributeError":
            return None  # told of the module
        exception = "ModuleNotFoundError" if further else exception
        message = f"{package} has no `{first}`" + (f" as of Dagster {when}" if when else "")
    unknown = failed(machine, exception, message, site)
    machine.report("python-error", f"this raises {exception}: {message}", site.span)
    return unknown


def tell_misspelt_module(machine: Machine, name: str, site: Site) -> Unknown | None:
    """The same for a top-level module that the project does not have: it is misspelt if the project
    does not say that it needs a package of that name."""
    meant = machine.intrinsics.meant_by(name)
    if meant is None or machine.is_external(name) or machine.project.is_required(name):
        return None
    message = f"No module named {name!r}"
    shown = f"{message}; did you mean `{meant}`?"
    return failed(machine, "ModuleNotFoundError", message, site, shown=shown)


def _gone(machine: Machine, qualname: str) -> str | None:
    """As of which version of Dagster a former name is gone; None if the project may have it."""
    gone = machine.intrinsics.gone_in(qualname)
    if gone is None or machine.project.has_dagster_before(*gone):
        return None
    return f"{gone[0]}.{gone[1]}"


def _tell_if_unheard_of(machine: Machine, qualname: str, exception: str, site: Site) -> None:
    """A name that no known version of Dagster has may be in a later one: to use it raises or not,
    where a `try` waits for that."""
    if not machine.attempts or machine.knows(qualname):
        return
    if machine.intrinsics.never_until(qualname) is None:
        return
    package, _, name = qualname.partition(".")
    raised = Raised(f"builtins.{exception}", f"cannot import name {name!r} from {package!r}")
    if is_caught(machine, raised):
        message = f"whether {package} has `{name}`"
        may_raise(machine, machine.unknown("environment", message, site), raised)


def _was_never_there(machine: Machine, qualname: str) -> bool:
    """Whether no version of Dagster that the project admits has a name."""
    if not qualname.startswith("dagster.") or machine.knows(qualname):
        return False
    known = machine.intrinsics.never_until(qualname)
    newest = machine.project.newest_dagster() if known is not None else None
    return known is not None and newest is not None and newest <= known
