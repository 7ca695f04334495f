"""Resources made by functions."""

from __future__ import annotations

from typing import ClassVar

from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Declared, Function, Value
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(slots=True, eq=False)
class ResourceValue(Declared):
    """The result of `@resource`, `@io_manager` or `@input_manager`, by `kind`.

    `required` are the keys of the resources that it needs itself. `schema` is its configuration
    schema, None if it has none.
    """

    type_name: ClassVar[str] = "dagster.ResourceDefinition"
    is_plain: ClassVar[bool] = True

    kind: str
    function: Value
    site: Site
    required: tuple[str, ...] = ()
    schema: Value | None = None

    def attribute(self, name: str) -> Value | None:
        if name in ("resource_fn", "__wrapped__"):
            return self.function
        if name == "__name__" or not isinstance(self.function, Function):
            return None
        return self.function.attributes.get(name)
