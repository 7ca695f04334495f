"""YAML as values: plain data as the safe loader gives it, and unknowns for unknown tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.conversion import from_python
from assetgen.analyzer.evaluate.values import Constant, Mapping, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.python.plain import raised, too_much

if TYPE_CHECKING:
    import yaml


def load_yaml(call: Call, content: str | bytes) -> list[Value] | Unknown:
    """The documents of a stream.

    Anchors are expanded; a stream that would grow beyond the budget by them, or holds itself, is
    given up before.
    """
    import yaml

    class Loader(yaml.SafeLoader):
        """The safe loader, which makes `_Tagged` of tags that it does not know."""

    Loader.add_constructor(None, _tagged)
    loader = Loader(content)
    documents: list[Value] = []
    try:
        while loader.check_node():
            node = loader.get_node()
            if _size(node, {}, set()) > call.machine.budget.collection:
                return too_much(call)
            documents.append(_value(call, loader.construct_document(node)))
    except RecursionError:
        return too_much(call)
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise raised(error) from error
    finally:
        loader.dispose()
    return documents


class _Tagged:
    """A node with a tag that means something to another loader."""

    def __init__(self, tag: str) -> None:
        self.tag = tag


def _tagged(loader: Any, node: yaml.Node) -> _Tagged:
    return _Tagged(node.tag)


def _size(node: Any, known: dict[int, int], open_nodes: set[int]) -> int:
    """How many nodes there are with anchors expanded."""
    if id(node) in open_nodes:
        raise RecursionError
    if id(node) in known:
        return known[id(node)]
    open_nodes.add(id(node))
    size = 1
    if isinstance(node.value, list):
        for item in node.value:
            for part in item if isinstance(item, tuple) else (item,):
                size += _size(part, known, open_nodes)
    open_nodes.discard(id(node))
    known[id(node)] = size
    return size


def _value(call: Call, data: object) -> Value:
    if isinstance(data, _Tagged):
        return call.unknown("unsupported", f"what the YAML tag {data.tag!r} makes")
    if isinstance(data, (list, tuple)):
        kind = "list" if isinstance(data, list) else "tuple"
        return Sequence(kind, [_value(call, item) for item in data])
    if isinstance(data, dict):
        mapping = Mapping()
        for key, item in data.items():
            if isinstance(key, _Tagged):
                mapping.losses.append(_unknown_key(call, key))
                continue
            name = from_python(key)
            mapping.entries[call.machine.hash_key(name)] = (name, _value(call, item))
        return mapping
    if isinstance(data, set):
        return Sequence("set", [_value(call, item) for item in data])
    return Constant(data)


def _unknown_key(call: Call, key: _Tagged) -> Unknown:
    return call.unknown("unsupported", f"a key that the YAML tag {key.tag!r} makes")
