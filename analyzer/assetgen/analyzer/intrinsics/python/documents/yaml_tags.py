"""YAML tags to which the project gives a meaning: `add_constructor` of PyYAML and related APIs.

A constructor is called with the loader and the node. What is registered for a loader also applies
to loaders derived from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.classes import lookup
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    Declared,
    External,
    Instance,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost, nothing
from assetgen.analyzer.intrinsics.python.system.environment import assign, assigned_value
from assetgen.analyzer.model.dataclass import dataclass, field

if TYPE_CHECKING:
    import yaml

_REGISTER: Final = Parameters("tag, constructor, Loader=None")
_MARK: Final = "yaml "
_SAFE: Final = ("yaml.SafeLoader", "yaml.CSafeLoader")
_OTHERS: Final = ("yaml.FullLoader", "yaml.Loader", "yaml.UnsafeLoader", "yaml.CLoader")


@dataclass(slots=True, eq=False)
class TaggedNode(Declared):
    """A node of a document; `reader` converts nodes to plain data and leaves unknown tags."""

    type_name: ClassVar[str] = "yaml.nodes.Node"
    node: Any = None
    reader: Any = None
    loader: Value = NONE

    def attribute(self, name: str) -> Value | None:
        if name == "tag":
            return Constant(self.node.tag)
        if name == "id":
            return Constant(self.node.id)
        return self._held() if name == "value" else None

    def _held(self) -> Value:
        value = self.node.value
        if isinstance(value, str):
            return Constant(value)
        held: list[Value] = []
        for item in value:
            parts = item if isinstance(item, tuple) else (item,)
            nodes: list[Value] = [TaggedNode(each, self.reader, self.loader) for each in parts]
            held.append(Sequence("tuple", nodes) if isinstance(item, tuple) else nodes[0])
        return Sequence("list", held)


@dataclass(slots=True, eq=False)
class LoaderObject(Declared):
    """One of PyYAML's own loaders, as it is passed to constructors."""

    type_name: ClassVar[str] = "yaml.SafeLoader"
    names: dict[str, Value] = field(default_factory=dict)

    def attribute(self, name: str) -> Value | None:
        return self.names.get(name)


class Tagged:
    """A node whose tag the reader does not know."""

    def __init__(self, node: yaml.Node) -> None:
        self.tag = node.tag
        self.node = node


def _names(loader: Value) -> Iterator[str]:
    """The names of a loader and of those that it derives from."""
    if isinstance(loader, External):
        yield loader.qualname
    elif isinstance(loader, Class):
        for base in loader.mro:
            if isinstance(base, Class):
                yield f"{base.module.name}.{base.qualname}"
            elif isinstance(base, External):
                yield base.qualname


def _register(call: Call) -> Value:
    """`Loader.add_constructor(tag, f)` and `yaml.add_constructor(tag, f, Loader=...)`."""
    bound = _REGISTER.bind(call)
    owner, _, name = call.name.rpartition(".")
    tag = bound.plain("tag")
    if not isinstance(tag, str):
        return NONE
    if call.receiver is not None:
        owners = [next(_names(call.receiver), owner)]
    elif owner != "yaml":
        owners = [owner]
    elif bound["Loader"] == NONE:
        owners = list(_OTHERS)
    else:
        owners = [next(_names(bound["Loader"]), owner)]
    kind = "*" if "multi" in name else "="
    for each in owners:
        assign(call, f"{_MARK}{each} {kind}{tag}", bound["constructor"])
    return NONE


def constructed(call: Call, tagged: Tagged, reader: Any, loader: Value) -> Value:
    """What the project's constructor returns for a node; unknown if there is none for its tag."""
    machine = call.machine
    node = TaggedNode(tagged.node, reader, loader)
    for owner in _names(loader):
        mark = f"{_MARK}{owner} "
        exact = f"{mark}={tagged.tag}"
        machine.current.variables.add(exact)
        found = assigned_value(machine, exact)
        if found is not None:
            return call.invoke(found, _object(call, loader), node)
        for name, value in machine.assigned.items():
            prefix = name.removeprefix(f"{mark}*")
            if prefix != name and tagged.tag.startswith(prefix):
                rest = Constant(tagged.tag[len(prefix) :])
                return call.invoke(value, _object(call, loader), rest, node)
    return call.unknown("unsupported", f"what the YAML tag {tagged.tag!r} makes")


def _class_of_tag(call: Call) -> Value:
    """A class derived from `YAMLObject` is instantiated for its tag, by the loaders it names."""
    cls = call.receiver
    tag = cls.namespace.get("yaml_tag") if isinstance(cls, Class) else None
    if not isinstance(cls, Class) or not isinstance(tag, Constant):
        return NONE
    found = lookup(cls, "yaml_loader")
    given = found[1] if found is not None else None
    named = given.items if isinstance(given, Sequence) else [given] if given is not None else []
    loaders = [next(_names(each), "") for each in named] or list(_OTHERS)
    for each in loaders:
        assign(call, f"{_MARK}{each} ={tag.value}", KnownMethod("yaml.YAMLObject.from_yaml", cls))
    return NONE


def _from_yaml(call: Call) -> Value:
    """The object made by the class's own `from_yaml`, else one with the entries of the node."""
    cls = call.receiver
    if not isinstance(cls, Class):
        return lost(call, *call.args)
    own = lookup(cls, "from_yaml")
    if own is not None:
        method = call.get_attribute(cls, "from_yaml")
        return call.invoke(method, *call.args, **call.kwargs)
    entries = _mapping(call)
    if not isinstance(entries, Mapping):
        return lost(call, entries)
    made = Instance(cls, site=call.site)
    state = lookup(cls, "__setstate__")
    if state is not None:
        call.invoke(state[1], made, entries)
    else:
        made.attributes.update(entries.text_entries())
    return made


def _object(call: Call, loader: Value) -> Value:
    """The loader that is passed to a constructor; for a class of the project, an instance of it."""
    stream = call.first
    if isinstance(loader, Class):
        return call.invoke(loader, stream)
    name = call.find_attribute(stream, "name")
    if name is None or isinstance(name, Unknown):
        name = Constant("<unicode string>")
    return LoaderObject({"name": name, "stream": stream})


def _given(call: Call) -> TaggedNode | None:
    args = [value for value in call.values if isinstance(value, TaggedNode)]
    return args[0] if args else None


def _read(call: Call, tagged: TaggedNode, node: Any) -> Value:
    from assetgen.analyzer.intrinsics.python.documents.yaml_documents import value_of

    return value_of(call, tagged.reader.construct_document(node), tagged.reader, tagged.loader)


def _scalar(call: Call) -> Value:
    tagged = _given(call)
    if tagged is None or not isinstance(tagged.node.value, str):
        return lost(call, *call.args)
    return Constant(tagged.node.value)


def _sequence(call: Call) -> Value:
    tagged = _given(call)
    if tagged is None or tagged.node.id != "sequence":
        return lost(call, *call.args)
    return Sequence("list", [_read(call, tagged, each) for each in tagged.node.value])


def _mapping(call: Call) -> Value:
    tagged = _given(call)
    if tagged is None or tagged.node.id != "mapping":
        return lost(call, *call.args)
    tagged.reader.flatten_mapping(tagged.node)
    made = Mapping()
    for key, value in tagged.node.value:
        name = _read(call, tagged, key)
        made.entries[call.machine.hash_key(name)] = (name, _read(call, tagged, value))
    return made


def _any(call: Call) -> Value:
    """`loader.construct_object(node)`."""
    tagged = _given(call)
    if tagged is None:
        return lost(call, *call.args)
    return _read(call, tagged, tagged.node)


def _dump(call: Call) -> Value:
    """`yaml.dump` and `safe_dump` of plain data, as a string."""
    import yaml

    from assetgen.analyzer.intrinsics.python.plain import run

    if any(name not in _OPTIONS for name in call.kwargs) or len(call.args) != 1:
        unknown = lost(call, *call.values)
        for value in call.values:  # a stream that it is written to
            if isinstance(value, Declared):
                value.hand_out(unknown)
        return unknown
    return run(call, yaml.safe_dump, call.args, call.kwargs)


_OPTIONS: Final = ("allow_unicode", "default_flow_style", "indent", "sort_keys", "width")
_LOADERS: Final = (*_SAFE, *_OTHERS, "yaml.BaseLoader")
_METHODS: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "__init__": nothing,
    "add_constructor": _register,
    "add_multi_constructor": _register,
    "construct_mapping": _mapping,
    "construct_object": _any,
    "construct_scalar": _scalar,
    "construct_sequence": _sequence,
}

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    **{f"{loader}.{name}": row for loader in _LOADERS for name, row in _METHODS.items()},
    "yaml.YAMLObject.__created__": _class_of_tag,
    "yaml.YAMLObject.from_yaml": _from_yaml,
    "yaml.add_constructor": _register,
    "yaml.add_multi_constructor": _register,
    "yaml.dump": _dump,
    "yaml.safe_dump": _dump,
}
