"""The package `omegaconf`: configurations from files of the project, strings and dictionaries."""

from __future__ import annotations

import re
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    Instance,
    Iterator_,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.collections.nested_dictionaries import put_at
from assetgen.analyzer.intrinsics.python.documents.config_nodes import (
    DictConfig,
    ListConfig,
    merged,
    node_of,
    plain,
    select,
    written,
)
from assetgen.analyzer.intrinsics.python.documents.yaml_documents import load_yaml
from assetgen.analyzer.intrinsics.python.plain import lost, nothing
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.system.environment import variable
from assetgen.analyzer.intrinsics.python.system.files import OpenFile, content_of, not_read, path_of
from assetgen.analyzer.project.disk import Refused

_ONE: Final = Parameters("value, /")
_TWO: Final = Parameters("key, value, /")
_GET: Final = Parameters("key, default_value=None")
_OBJECT: Final = Parameters("obj=None, parent=None, flags=None")
_SEVERAL: Final = Parameters("*configs")
_CONTAINER: Final = Parameters("cfg, *, resolve=False, throw_on_missing=False")
_SELECT: Final = Parameters("cfg, key, *, default=None, throw_on_missing=False")
_UPDATE: Final = Parameters("cfg, key, value=None, *, merge=True, force_add=False")
_ENVIRONMENT: Final = re.compile(r"\$\{oc\.env:\s*([^,${}\s]+)\s*(?:,([^${}]*))?\}")


def _load(call: Call) -> Value:
    source = _ONE.bind(call)["value"]
    if isinstance(source, OpenFile):
        content = content_of(call, source)
        return content if isinstance(content, Unknown) else _of_text(call, content)
    path = path_of(call, source)
    if isinstance(path, Unknown):
        return path
    text = call.machine.files.read_text(path)
    return not_read(call, text) if isinstance(text, Refused) else _of_text(call, text)


def _of_text(call: Call, text: str | bytes) -> Value:
    documents = load_yaml(call, text)
    if isinstance(documents, Unknown):
        return documents
    first = documents[0] if documents else Mapping()
    if isinstance(first, Constant):
        first = Mapping("dict", {("constant", first.value): (first, NONE)})
    return node_of(_with_environment(call, first))


def _with_environment(call: Call, value: Value) -> Value:
    """The same value, with the environment variables it refers to resolved."""
    if isinstance(value, Mapping):
        for key, (name, item) in list(value.entries.items()):
            value.entries[key] = (name, _with_environment(call, item))
    elif isinstance(value, Sequence):
        value.items[:] = [_with_environment(call, item) for item in value.items]
    elif isinstance(value, Constant) and isinstance(value.value, str):
        return _text_with_environment(call, value.value)
    return value


def _text_with_environment(call: Call, text: str) -> Value:
    while (match := _ENVIRONMENT.search(text)) is not None:
        given = match[2]
        default: Value | None = None
        if given is not None:
            default = NONE if given.strip() == "null" else Constant(given.strip().strip("'\""))
        value = variable(call, match[1], default, is_required=default is None)
        if match.span() == (0, len(text)) or not isinstance(value, Constant):
            return value
        text = text[: match.start()] + str(value.value) + text[match.end() :]
    return Constant(text)


def _create(call: Call) -> Value:
    value = _OBJECT.bind(call)["obj"]
    if isinstance(value, Constant) and isinstance(value.value, str):
        return _of_text(call, value.value)
    if value == NONE:
        return DictConfig()
    return _node(call, value)


def _node(call: Call, value: Value) -> Value:
    """A new configuration of any value that OmegaConf accepts."""
    data = _data(call, value)
    made = None if data is None else node_of(_with_environment(call, merged(NONE, data)))
    if isinstance(made, DictConfig):
        made.described = _described(call, value)
    return made if isinstance(made, (DictConfig, ListConfig)) else lost(call, value)


def _described(call: Call, value: Value) -> Instance | None:
    if isinstance(value, DictConfig):
        return value.described
    value = call.invoke(value) if isinstance(value, Class) else value
    return value if isinstance(value, Instance) else None


def _data(call: Call, value: Value) -> Value | None:
    value = written(value)
    if isinstance(value, Class):
        value = call.invoke(value)
    if isinstance(value, Instance):
        made = Mapping()
        for name, item in value.attributes.items():
            made.entries["constant", name] = (Constant(name), _data(call, item) or item)
        return made
    if isinstance(value, Mapping):
        entries = {key: (name, _data(call, v) or v) for key, (name, v) in value.entries.items()}
        return Mapping("dict", entries, list(value.losses))
    if isinstance(value, Sequence):
        items = [_data(call, item) or item for item in value.items]
        return Sequence("list", items, list(value.losses))
    return None


def _merge(call: Call) -> Value:
    configs = [_data(call, each) for each in _SEVERAL.bind(call).star]
    if not configs or any(each is None for each in configs):
        return lost(call, *call.args)
    made: Value = NONE
    for each in configs:
        made = merged(made, each or NONE)
    node = node_of(_with_environment(call, made))
    if isinstance(node, DictConfig):
        node.described = _described(call, _SEVERAL.bind(call).star[0])
    return node


def _from_dots(call: Call) -> Value:
    """`OmegaConf.from_dotlist(["a.b=1"])`."""
    items = call.items(_ONE.bind(call)["value"])
    made = Mapping(losses=list(items.losses))
    for item in items.values:
        if not isinstance(item, Constant) or not isinstance(item.value, str):
            return lost(call, item)
        path, _, text = item.value.partition("=")
        values = load_yaml(call, text)
        value = NONE if isinstance(values, Unknown) or not values else values[0]
        put_at(made, path.split("."), value)
    return node_of(made)


def _container(call: Call) -> Value:
    bound = _CONTAINER.bind(call)
    node = bound["cfg"]
    if not isinstance(node, (DictConfig, ListConfig)):
        return lost(call, node)
    if not call.name.endswith("object"):
        return plain(node, resolve=bound["resolve"] == Constant(True))
    data = plain(node, resolve=True)
    if not isinstance(node, DictConfig) or node.described is None:
        return data
    return _object(call, node.described, data) or lost(call, node)


def _object(call: Call, described: Instance, data: Value) -> Value | None:
    """An object of the class that describes a configuration; None where the classes of objects in
    its collections are not known."""
    if not isinstance(data, Mapping) or data.losses:
        return None
    given: dict[str, Value] = {}
    for name, value in data.entries.values():
        if not isinstance(name, Constant) or not isinstance(name.value, str):
            return None
        before = described.attributes.get(name.value)
        made: Value | None = value
        if isinstance(before, Instance):
            made = _object(call, before, value)
        elif isinstance(value, Sequence):
            made = None if any(isinstance(item, Mapping) for item in value.items) else value
        elif isinstance(value, Mapping):
            inner = [item for _, item in value.entries.values()]
            made = None if any(isinstance(item, Mapping) for item in inner) else value
        if made is None:
            return None
        given[name.value] = made
    return call.invoke(described.cls, **given)


def _select(call: Call) -> Value:
    bound = _SELECT.bind(call)
    path = bound.plain("key")
    if not isinstance(bound["cfg"], (DictConfig, ListConfig)) or not isinstance(path, str):
        return lost(call, bound["cfg"], bound["key"])
    return select(bound["cfg"], path) or bound["default"]


def _update(call: Call) -> Value:
    bound = _UPDATE.bind(call)
    path = bound.plain("key")
    if isinstance(bound["cfg"], DictConfig) and isinstance(path, str):
        put_at(bound["cfg"].data, path.split("."), written(bound["value"]))
    return NONE


def _is(*kinds: type) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        value = _ONE.bind(call)["value"]
        return (
            lost(call, value) if isinstance(value, Unknown) else Constant(isinstance(value, kinds))
        )

    return intrinsic


def _item(call: Call, node: DictConfig) -> Value:
    key = _ONE.bind(call)["value"]
    found = node.at(call.machine.hash_key(key))
    if found is not None:
        return found
    if node.data.losses or call.machine.hash_key(key) is None:
        return lost(call, *node.data.losses, key)
    raise Raised("omegaconf.errors.ConfigKeyError", f"Missing key {display(key)}")


def _get(call: Call, node: DictConfig) -> Value:
    bound = _GET.bind(call)
    found = node.at(call.machine.hash_key(bound["key"]))
    return (
        lost(call, *node.data.losses)
        if found is None and node.data.losses
        else (found or bound["default_value"])
    )


def _set(call: Call, node: DictConfig) -> Value:
    bound = _TWO.bind(call)
    call.set_item(node.data, bound["key"], written(bound["value"]))
    return NONE


def _keys(call: Call, node: DictConfig) -> Value:
    return Sequence("set", [key for key, _ in node.data.entries.values()], [*node.data.losses])


def _values(call: Call, node: DictConfig) -> Value:
    return Sequence("list", [value for _, value in node.pairs()], [*node.data.losses])


def _items(call: Call, node: DictConfig) -> Value:
    pairs: list[Value] = [Sequence("tuple", [*pair]) for pair in node.pairs()]
    return Sequence("list", pairs, list(node.data.losses))


def _contains(call: Call, node: DictConfig) -> Value:
    return Constant(call.machine.hash_key(_ONE.bind(call)["value"]) in node.data.entries)


def _pop(call: Call, node: DictConfig) -> Value:
    bound = _GET.bind(call)
    key = call.machine.hash_key(bound["key"])
    found = node.at(key)
    call.machine.take(node.data, key)
    return found or bound["default_value"]


def _as_list(node: ListConfig) -> Sequence:
    return Sequence("list", node.items(), list(node.data.losses))


def _place(call: Call, node: ListConfig) -> Value:
    return call.subscript(_as_list(node), _ONE.bind(call)["value"])


def _append(call: Call, node: ListConfig) -> Value:
    found = call.get_attribute(node.data, "append")
    return call.invoke(found, written(_ONE.bind(call)["value"]))


_MAPPINGS: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "__contains__": method(DictConfig, _contains),
    "__getitem__": method(DictConfig, _item),
    "__iter__": method(
        DictConfig,
        lambda call, node: Iterator_(
            iter([key for key, _ in node.data.entries.values()]), list(node.data.losses)
        ),
    ),
    "__len__": method(DictConfig, lambda call, node: Constant(len(node.data.entries))),
    "__setattr__": method(DictConfig, _set),
    "__setitem__": method(DictConfig, _set),
    "copy": method(DictConfig, _node),
    "get": method(DictConfig, _get),
    "items": method(DictConfig, _items),
    "keys": method(DictConfig, _keys),
    "pop": method(DictConfig, _pop),
    "values": method(DictConfig, _values),
}
_LISTS: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "__getitem__": method(ListConfig, _place),
    "__iter__": method(
        ListConfig,
        lambda call, node: Iterator_(iter(node.items()), list(node.data.losses)),
    ),
    "__len__": method(ListConfig, lambda call, node: Constant(len(node.data.items))),
    "append": method(ListConfig, _append),
}

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "omegaconf.DictConfig": _create,
    "omegaconf.ListConfig": _create,
    **{f"omegaconf.DictConfig.{name}": row for name, row in _MAPPINGS.items()},
    **{f"omegaconf.ListConfig.{name}": row for name, row in _LISTS.items()},
    "omegaconf.OmegaConf.create": _create,
    "omegaconf.OmegaConf.from_dotlist": _from_dots,
    "omegaconf.OmegaConf.is_config": _is(DictConfig, ListConfig),
    "omegaconf.OmegaConf.is_dict": _is(DictConfig),
    "omegaconf.OmegaConf.is_list": _is(ListConfig),
    "omegaconf.OmegaConf.load": _load,
    "omegaconf.OmegaConf.merge": _merge,
    "omegaconf.OmegaConf.resolve": nothing,
    "omegaconf.OmegaConf.select": _select,
    "omegaconf.OmegaConf.set_readonly": nothing,
    "omegaconf.OmegaConf.set_struct": nothing,
    "omegaconf.OmegaConf.structured": _create,
    "omegaconf.OmegaConf.to_container": _container,
    "omegaconf.OmegaConf.to_object": _container,
    "omegaconf.OmegaConf.unsafe_merge": _merge,
    "omegaconf.OmegaConf.update": _update,
}
