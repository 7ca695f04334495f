"""How much evaluation is allowed before a value is given up as unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetgen.analyzer.model.dataclass import dataclass

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.site import Site


@dataclass(frozen=True, slots=True)
class Budget:
    """Named limits.

    `steps` counts statements and calls in a code location, `module_steps` those while one module
    runs, without the modules that it imports; `depth` counts nested calls, `iterations` rounds of
    one loop, `collection` items of one list or mapping, `text` characters of one string, `options`
    the alternatives that are kept for a value under unknown conditions, `changed` those where what
    is done with it may change them. Of what was spent between
    one definition and the next, only `counted_steps` count, up to `returned_steps` in total: a
    factory may be deep and make many definitions.
    """

    steps: int = 1_000_000
    module_steps: int = 500_000
    counted_steps: int = 12
    returned_steps: int = 600_000
    depth: int = 60
    iterations: int = 50_000
    collection: int = 100_000
    text: int = 2_000_000
    options: int = 8
    changed: int = 100


class BudgetExceeded(Exception):
    """The limit `name` was reached; caught where the value can be given up as unknown."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


REFUSED = "dagster.DagsterInvalidDefinitionError"
"""The name of the exception for a refused definition, which makes the import fail."""


class Raised(Exception):
    """The Python code that is evaluated certainly raises: `exception` is the name of the class,
    `kinds` are those of further classes outside the project that it is derived from.

    `site` is where, if that is more exact than the statement. Caught by the `try` statement that
    would catch it, or by the statement at module level, where it becomes a diagnostic.
    """

    def __init__(
        self,
        exception: str,
        message: str,
        value: object = None,
        kinds: tuple[str, ...] = (),
        site: Site | None = None,
    ) -> None:
        super().__init__(f"{exception}: {message}")
        self.exception = exception
        self.message = message
        self.value = value
        self.kinds = kinds
        self.site = site

    def is_a(self, exception: str) -> bool:
        """Whether it is known to be of a class, by its qualified name, or derived from it."""
        return exception == self.exception or exception in self.kinds
