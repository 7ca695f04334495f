"""What is set on a model: frozen ones refuse it, and some validate it."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.descriptors import set_own
from assetgen.analyzer.evaluate.values import NONE, TRUE, Constant, Instance, Value
from assetgen.analyzer.intrinsics.python.pydantic.model_options import option_of
from assetgen.analyzer.intrinsics.python.pydantic.pydantic_models import (
    as_refused_by_model,
    field_value,
    model_fields,
)
from assetgen.analyzer.intrinsics.python.pydantic.validators import after_model, validators_of


def _set(call: Call) -> Value:
    model, (named, new) = call.receiver, call.args
    if not isinstance(model, Instance) or not isinstance(named, Constant):
        return NONE
    cls, name = model.cls, str(named.value)
    item = model_fields(cls).get(name)
    if item is None:
        set_own(call.machine, model, name, new, call.site)
        return NONE
    if option_of(cls, "frozen") == TRUE or item.spec.flag("frozen", False):
        raise Raised("pydantic.ValidationError", f"{cls.name} is frozen: `{name}` cannot be set")
    if option_of(cls, "validate_assignment") != TRUE:
        set_own(call.machine, model, name, new, call.site)
        return NONE
    with as_refused_by_model(cls):
        value = field_value(call, model, item, new, was_given=True)
        set_own(call.machine, model, name, value, call.site)
        after_model(call, cls, validators_of(cls), model)
    return NONE


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    f"{base}.__set_on__": _set
    for base in ("pydantic.BaseModel", "pydantic.BaseSettings", "pydantic_settings.BaseSettings")
}
