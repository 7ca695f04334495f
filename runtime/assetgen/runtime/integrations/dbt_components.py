"""dbt projects that are built as a component says."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from assetgen.runtime.integrations.dbt_commands import DbtCliResource


class DbtProjectComponent:
    """A dbt project that one step builds."""

    def __init__(self, project: Any, cli_args: Sequence[Any] = ("build",)) -> None:
        """`cli_args` is the command with its options: words, and mappings of an option to what it
        is given."""
        self.project = project
        self.cli_args = cli_args

    def execute(self, context: Any) -> Iterator[Any]:
        """Build what the step is to make of the project."""
        dbt = DbtCliResource(self.project)
        words = [word for each in self.cli_args for word in words_of(each)]
        yield from dbt.cli(words, context=context).stream()


def words_of(argument: Any) -> tuple[str, ...]:
    """An argument of the command, as dbt reads it."""
    if isinstance(argument, str):
        return (argument,)
    ((option, value),) = argument.items()
    return option, json.dumps(value) if isinstance(value, dict) else str(value)
