"""The environment variables that a code location reads, and what in it depends on them."""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.spans import Span


@dataclass(frozen=True, slots=True, order=True)
class EnvironmentRead:
    """One place where a variable is read.

    `when` is "import" (while the module is loaded) or "run" (an `EnvVar`, which is read when a run
    starts). `has_default`: the code has a default for when it is not set. `is_required`: the code
    fails there if it is not set.
    """

    span: Span
    when: str = "import"
    has_default: bool = False
    is_required: bool = False


@dataclass(frozen=True, slots=True, order=True)
class EnvironmentEffect:
    """Something that differs if a variable has another value.

    `kind` is "asset", "check", "job", "schedule", "sensor" or "resource". `name` is None if the
    name itself depends on the variable. `attributes` are the fields that differ, by the names of
    the model; "existence" if it may be missing or have another name.
    """

    kind: str
    name: str | None
    span: Span
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnvironmentVariable:
    """A variable by its name; its value is never stored.

    `is_given` if the user gave its value, or said that it is not set. `affects` is None if it was
    not asked for.
    """

    name: str
    is_given: bool
    reads: tuple[EnvironmentRead, ...]
    affects: tuple[EnvironmentEffect, ...] | None = None

    @property
    def state(self) -> str:
        """ "given"; else "required" if something fails without it, "default" if the code has a
        default in every place, or "optional"."""
        if self.is_given:
            return "given"
        if any(read.is_required for read in self.reads):
            return "required"
        return "default" if all(read.has_default for read in self.reads) else "optional"
