"""The arguments of a call by parameter: `Signature.bind`, and `inspect.getfullargspec`."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    Mapping,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.python.inspection.signatures import (
    CALLABLE,
    EMPTY,
    KINDS,
    Parameter,
    Signature,
    signature_of,
)
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass, field


@dataclass(slots=True, eq=False)
class BoundArguments(Declared):
    """The result of `Signature.bind`: the arguments of a call by parameter."""

    type_name: ClassVar[str] = "inspect.BoundArguments"
    signature: Signature = field(default_factory=Signature)
    arguments: Mapping = field(default_factory=Mapping)

    def attribute(self, name: str) -> Value | None:
        return {"arguments": self.arguments, "signature": self.signature}.get(name)


def _bind(call: Call, signature: Signature, partial: bool = False) -> Value:
    if call.losses:
        return lost(call, *call.losses)
    rest = dict(call.kwargs)
    args = list(call.args)
    found: dict[str, Value] = {}
    for each in signature.parameters:
        if each.kind.name == "VAR_POSITIONAL":
            if args:
                found[each.name] = Sequence("tuple", args)
                args = []
        elif each.kind.name == "VAR_KEYWORD":
            if rest:
                found[each.name] = _of_names(rest)
                rest = {}
        elif args and each.kind.name.startswith("POSITIONAL"):
            found[each.name] = args.pop(0)
        elif each.name in rest and each.kind.name != "POSITIONAL_ONLY":
            found[each.name] = rest.pop(each.name)
        elif each.default == EMPTY and not partial:
            raise Raised("builtins.TypeError", f"missing a required argument: {each.name!r}")
    if args:
        raise Raised("builtins.TypeError", "too many positional arguments")
    if rest:
        name = next(iter(rest))
        raise Raised("builtins.TypeError", f"got an unexpected keyword argument {name!r}")
    return BoundArguments(signature, _of_names(found))


def _of_names(names: dict[str, Value]) -> Mapping:
    return Mapping(
        entries={("constant", name): (Constant(name), value) for name, value in names.items()}
    )


def _apply_defaults(call: Call, bound: BoundArguments) -> Value:
    given = dict(bound.arguments.text_entries())
    entries: dict[str, Value] = {}
    for each in bound.signature.parameters:
        empty: Value = each.default
        if each.kind.name == "VAR_POSITIONAL":
            empty = Sequence("tuple", [])
        elif each.kind.name == "VAR_KEYWORD":
            empty = Mapping()
        value = given.get(each.name, empty)
        if value != EMPTY:
            entries[each.name] = value
    bound.arguments.entries = _of_names(entries).entries
    return NONE


def _spread(call: Call, bound: BoundArguments) -> Value:
    """`args` or `kwargs` of bound arguments."""
    positional: list[Value] = []
    named: dict[str, Value] = {}
    given = dict(bound.arguments.text_entries())
    for each in bound.signature.parameters:
        value = given.get(each.name)
        if value is None:
            continue
        if isinstance(value, Sequence) and each.kind.name == "VAR_POSITIONAL":
            positional.extend(value.items)
        elif isinstance(value, Mapping) and each.kind.name == "VAR_KEYWORD":
            named.update(value.text_entries())
        elif each.kind.name.startswith("POSITIONAL"):
            positional.append(value)
        else:
            named[each.name] = value
    return Sequence("tuple", positional) if call.name.endswith(".args") else _of_names(named)


def _full_arguments(call: Call) -> Value:
    """`inspect.getfullargspec`, by its named parts."""
    signature = signature_of(call, CALLABLE.bind(call)["obj"])
    if signature is None:
        return lost(call, *call.args)
    names = {kind: [p for p in signature.parameters if p.kind.name == kind] for kind in KINDS}
    positional = names["POSITIONAL_ONLY"] + names["POSITIONAL_OR_KEYWORD"]
    defaults = [each.default for each in positional if each.default != EMPTY]
    keyword_only = names["KEYWORD_ONLY"]
    return FullArguments(
        {
            "args": Sequence("list", [Constant(each.name) for each in positional]),
            "varargs": _only_name(names["VAR_POSITIONAL"]),
            "varkw": _only_name(names["VAR_KEYWORD"]),
            "defaults": Sequence("tuple", defaults) if defaults else NONE,
            "kwonlyargs": Sequence("list", [Constant(each.name) for each in keyword_only]),
            "kwonlydefaults": _of_names(
                {each.name: each.default for each in keyword_only if each.default != EMPTY}
            ),
            "annotations": _of_names(
                {p.name: p.annotation for p in signature.parameters if p.annotation != EMPTY}
            ),
        }
    )


def _only_name(parameters: list[Parameter]) -> Value:
    return Constant(parameters[0].name) if parameters else NONE


@dataclass(slots=True, eq=False)
class FullArguments(Declared):
    """The result of `inspect.getfullargspec`."""

    type_name: ClassVar[str] = "inspect.FullArgSpec"
    fields: dict[str, Value] = field(default_factory=dict)

    def attribute(self, name: str) -> Value | None:
        return self.fields.get(name)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "inspect.BoundArguments.apply_defaults": method(BoundArguments, _apply_defaults),
    "inspect.BoundArguments.args": method(BoundArguments, _spread),
    "inspect.BoundArguments.kwargs": method(BoundArguments, _spread),
    "inspect.FullArgSpec.__getitem__": method(
        FullArguments,
        lambda call, spec: call.subscript(
            Sequence("tuple", list(spec.fields.values())), call.args[0]
        ),
    ),
    "inspect.Signature.bind": method(Signature, _bind),
    "inspect.Signature.bind_partial": method(
        Signature, lambda call, signature: _bind(call, signature, partial=True)
    ),
    "inspect.getfullargspec": _full_arguments,
}

PROPERTIES: Final[frozenset[str]] = frozenset(
    {"inspect.BoundArguments.args", "inspect.BoundArguments.kwargs"}
)
