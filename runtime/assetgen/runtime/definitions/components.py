"""What the classes of components derive from.

A script has the assets that components make, with the component itself where one of their
functions asks it. Nothing here loads any.
"""

from typing import Any

from assetgen.runtime.config.config_classes import Config


class Resolvable:
    """Base of classes whose instances are made of YAML."""


class Component:
    """Base of components."""


class Model(Config):
    """Base of classes with annotated fields."""


class Resolver:
    """In an annotation, how a field is made of YAML: here it is made already."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """What it says is not kept."""

    @staticmethod
    def default(*_: Any, **__: Any) -> "Resolver":
        """The usual way."""
        return Resolver()
