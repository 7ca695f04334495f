"""How much evaluation is allowed before a value is given up as unknown."""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Budget:
    """Named limits.

    `steps` counts statements and calls over a code location, `module_steps` those while one module
    is run, the modules that it imports left out; `depth` counts nested calls, `iterations` rounds
    of one loop, `collection` items of one list or mapping, `text` characters of one string,
    `options` the alternatives that are kept of a value under unknown conditions. Of what was
    spent between one definition and the next only `counted_steps` count, up to `returned_steps` of
    all: a factory may be deep and make many.
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


class BudgetExceeded(Exception):
    """The limit `name` was reached; caught where the value can be given up as unknown."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


REFUSED = "dagster.DagsterInvalidDefinitionError"
"""The name of what is raised where a definition is refused, and the module cannot be imported."""


class Raised(Exception):
    """Python code that is evaluated raises for certain: `exception` is what, by its class's name.

    `span` is where. Caught by the `try` statement that would catch it, or by the statement at
    module level, where it becomes a diagnostic.
    """

    def __init__(self, exception: str, message: str, value: object = None) -> None:
        super().__init__(f"{exception}: {message}")
        self.exception = exception
        self.message = message
        self.value = value
