"""`types.SimpleNamespace`, and modules created by the code."""

from __future__ import annotations

from collections.abc import Hashable
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.doubted_names import BESIDE, with_doubts, written
from assetgen.analyzer.evaluate.objects.doubts import or_instead
from assetgen.analyzer.evaluate.objects.hashing import hash_key
from assetgen.analyzer.evaluate.objects.namespaces import namespace
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    Declared,
    External,
    Mapping,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.model.dataclass import dataclass, field

_NAMESPACE: Final = Parameters("mapping=None, /, **entries")
_MODULE: Final = Parameters("name, doc=None")


@dataclass(slots=True, eq=False)
class Namespace(Declared):
    """A `SimpleNamespace`, or a module created by the code: attributes and nothing else."""

    type_name: ClassVar[str] = "types.SimpleNamespace"
    is_open: ClassVar[bool] = False
    names: dict[str, Value] = field(default_factory=dict)

    def attribute(self, name: str) -> Value | None:
        if name == "__dict__":
            return namespace(self.names)
        return self.names.get(name)

    def own_names(self) -> dict[str, Value] | None:
        return self.names

    def hash_key(self) -> Hashable | None:
        """Stands for its attributes: equal attributes make equal objects."""
        keys = tuple((name, hash_key(value)) for name, value in sorted(written(self.names)))
        return None if any(key is None for _, key in keys) else ("namespace", keys)


def _namespace(call: Call) -> Value:
    bound = _NAMESPACE.bind(call)
    names = dict(bound.rest)
    if isinstance(bound["mapping"], Mapping):
        names = {**dict(bound["mapping"].text_entries()), **names}
    made = Namespace({})
    for name, value in names.items():
        held = or_instead(call.machine, value, None)
        made.names[name] = held
        if held is not value and isinstance(value, Choice):
            doubts = with_doubts(made.names, {name: (held, value.condition)})
            if doubts is not None:
                made.names[BESIDE] = doubts
    return made


def _module_type(call: Call) -> Value:
    return Namespace({"__name__": _MODULE.bind(call)["name"]})


def _show_namespace(call: Call) -> Value:
    if not isinstance(call.receiver, Namespace) or BESIDE in call.receiver.names:
        return lost(call)
    shown: list[str] = []
    for name, value in written(call.receiver.names):
        text = call.invoke(External("builtins.repr"), value)
        if not isinstance(text, Constant):
            return lost(call, text)
        shown.append(f"{name}={text.value}")
    return Constant(f"namespace({', '.join(shown)})")


def _set_in_namespace(call: Call) -> Value:
    if isinstance(call.receiver, Namespace) and isinstance(call.args[0], Constant):
        call.machine.bind(call.receiver.names, str(call.args[0].value), call.args[1])
    return NONE


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "types.ModuleType": _module_type,
    "types.SimpleNamespace": _namespace,
    "types.SimpleNamespace.__repr__": _show_namespace,
    "types.SimpleNamespace.__setattr__": _set_in_namespace,
}
