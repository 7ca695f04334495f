"""What stands in class bodies: defaults, of which each instance has its own, and private names."""

from typing import Any


def own_default(default: Any) -> Any:
    """A new copy of the default that a class body says; `...` if that is none."""
    factory = getattr(default, "default_factory", None)
    if factory is not None:
        return factory()
    if hasattr(default, "default") and hasattr(default, "default_factory"):
        default = default.default
    if type(default).__name__ == "PydanticUndefinedType":
        return ...
    if isinstance(default, (list, dict, set)):
        return default.copy()
    return default


def take_private(cls: type) -> dict[str, Any]:
    """Take what a class body assigns to private names out of the class, as pydantic does.

    Functions and other descriptors, classes and class variables stay.
    """
    found = {
        name: value
        for name, value in list(vars(cls).items())  # reading annotations may add to it
        if name.startswith("_")
        and not name.startswith("__")
        and not hasattr(type(value), "__get__")
        and not isinstance(value, type)
        and not is_class_variable(cls, name)
    }
    for name in found:
        delattr(cls, name)
    return found


def is_class_variable(cls: type, name: str) -> bool:
    """Whether the annotation of a name says so. From Python 3.14 on, to read annotations fails
    while one of them names what is not there yet."""
    try:
        return "ClassVar" in str(cls.__annotations__.get(name))
    except NameError:
        return False
