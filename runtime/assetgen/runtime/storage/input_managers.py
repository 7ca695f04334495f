"""Functions that load the values of inputs."""

from collections.abc import Callable
from typing import Any

from assetgen.runtime.definitions.resources import ResourceDefinition
from assetgen.runtime.storage.io_managers import InputManager


class FunctionInputManager(InputManager):
    """Loads by a function, or by the manager that the function gives."""

    def __init__(self, function: Callable[..., Any]) -> None:
        """`function` takes the `InputContext`, or nothing."""
        self.function = function

    def load_input(self, context: Any) -> Any:
        """What the function gives, or loads by what it gives."""
        takes_context = self.function.__code__.co_argcount > 0
        found = self.function(context) if takes_context else self.function()
        return found.load_input(context) if isinstance(found, InputManager) else found


def input_manager(config_schema: Any = None, *_: Any, **__: Any) -> Any:
    """Make an input manager of a function, with parentheses or without."""
    if callable(config_schema) and not isinstance(config_schema, type):
        return managed(config_schema, None)
    return lambda function: managed(function, config_schema)


def managed(function: Callable[..., Any], config_schema: Any) -> ResourceDefinition:
    """The resource that loads by a function."""
    return ResourceDefinition(lambda: FunctionInputManager(function), config_schema)
