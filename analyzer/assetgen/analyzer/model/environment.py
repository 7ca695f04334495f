"""The environment variables that a code location reads, and what of it depends on them."""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.spans import Span


@dataclass(frozen=True, slots=True, order=True)
class EnvironmentRead:
    """One place where a variable is read.

    `when` is "import" (while the module is loaded) or "run" (an `EnvVar`, which is read when a
    run starts). `has_default`: the code says what holds when it is not set. `is_required`: it
    fails there when the variable is not set.
    """

    span: Span
    when: str = "import"
    has_default: bool = False
    is_required: bool = False


@dataclass(frozen=True, slots=True, order=True)
class EnvironmentEffect:
    """Something that is made otherwise when the value of a variable is another.

    `kind` is "asset", "check", "job", "schedule", "sensor" or "resource". `name` is None where the
    name itself is made from the variable. `attributes` are the fields that differ, by the names of
    the model; "existence" if it may not be there, or be under another name.
    """

    kind: str
    name: str | None
    span: Span
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnvironmentVariable:
    """A variable by its name; its value is never held.

    `is_given` if the user said what it holds. `affects` is None where it was not asked for.
    """

    name: str
    is_given: bool
    reads: tuple[EnvironmentRead, ...]
    affects: tuple[EnvironmentEffect, ...] | None = None

    @property
    def state(self) -> str:
        """ "given"; else "required" if something fails without it, "default" if the code has one
        for each place, or "optional"."""
        if self.is_given:
            return "given"
        if any(read.is_required for read in self.reads):
            return "required"
        return "default" if all(read.has_default for read in self.reads) else "optional"
