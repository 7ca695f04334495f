"""Reporting names that a known API does not have, as Python would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.statements.failures import failed

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def tell_misspelt(machine: Machine, qualname: str, exception: str, site: Site) -> None:
    """Tell that a name is misspelt, if that is certain, as it is written of the public modules.

    `exception` is what Python raises; raises `Raised` where the code around it catches that.
    """
    meant = machine.intrinsics.meant_by(qualname)
    if meant is None or site.condition is not None:
        return
    parent, _, name = qualname.rpartition(".")
    message = f"{parent} has no `{name}`; did you mean `{meant}`?"
    failed(machine, exception, message, site)
    machine.report("python-error", f"this raises {exception}: {message}", site.span)
