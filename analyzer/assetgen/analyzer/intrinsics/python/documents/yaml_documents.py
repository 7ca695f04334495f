"""YAML as values: plain data as the safe loader returns it, and unknowns for unknown tags."""

from __future__ import annotations

from typing import Any, Final

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects.conversion import from_python
from assetgen.analyzer.evaluate.values import Constant, External, Mapping, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.python.documents.yaml_tags import Tagged, constructed
from assetgen.analyzer.intrinsics.python.plain import raised, too_much
from assetgen.analyzer.project.files.plain_yaml import TooLarge, plain_documents

SAFE_LOADER: Final = External("yaml.SafeLoader")


DAGSTER_LOADER: Final = External("dagster.DagsterYamlLoader")
"""The loader that leaves dates as they are written."""


def load_yaml(call: Call, content: str | bytes, by: Value = SAFE_LOADER) -> list[Value] | Unknown:
    """The documents in a stream; `by` is the loader whose tags apply.

    Anchors are expanded; a stream that would exceed the budget by them, or that contains itself, is
    given up beforehand.
    """
    import yaml

    try:
        is_plain = by != DAGSTER_LOADER
        plain = plain_documents(content, call.machine.budget.collection) if is_plain else None
    except TooLarge:
        return _too_much(call, content)
    except RecursionError:
        return too_much(call)
    except (ValueError, TypeError) as error:
        raise raised(error) from error
    if plain is not None:
        return [value_of(call, data, None, by) for data in plain]

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """The safe loader, except that unknown tags become `Tagged`."""

    Loader.add_constructor(None, lambda loader, node: Tagged(node))
    if by == DAGSTER_LOADER:
        Loader.yaml_implicit_resolvers = {
            first: [each for each in resolvers if not each[0].endswith(":timestamp")]
            for first, resolvers in Loader.yaml_implicit_resolvers.items()
        }
    loader = Loader(content)
    documents: list[Value] = []
    try:
        while loader.check_node():
            node = loader.get_node()
            if _size(node, {}, set()) > call.machine.budget.collection:
                return _too_much(call, content)
            documents.append(value_of(call, loader.construct_document(node), loader, by))
    except RecursionError:
        return too_much(call)
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise raised(error) from error
    finally:
        loader.dispose()
    return documents


def _too_much(call: Call, content: str | bytes) -> Unknown:
    """What is not read of a long text, with the file that it stands in, if one was read."""
    data = content.encode() if isinstance(content, str) else content
    found = call.machine.files.disk.file_with(data)
    where = f" in `{call.machine.shown(found)}`" if found is not None else ""
    return too_much(call, f"{len(content):,} characters of YAML{where}")


def _size(node: Any, known: dict[int, int], open_nodes: set[int]) -> int:
    """The number of nodes after anchors are expanded."""
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


def value_of(call: Call, data: object, reader: Any, by: Value) -> Value:
    """A document as a value, with what the project's constructors make of its tags."""
    if isinstance(data, Tagged):
        return constructed(call, data, reader, by)
    if isinstance(data, (list, tuple)):
        kind = "list" if isinstance(data, list) else "tuple"
        return Sequence(kind, [value_of(call, item, reader, by) for item in data])
    if isinstance(data, dict):
        mapping = Mapping()
        for key, item in data.items():
            if isinstance(key, Tagged):
                mapping.losses.append(_unknown_key(call, key))
                continue
            name = from_python(key)
            mapping.entries[call.machine.hash_key(name)] = (name, value_of(call, item, reader, by))
        return mapping
    if isinstance(data, set):
        return Sequence("set", [value_of(call, item, reader, by) for item in data])
    return Constant(data)


def _unknown_key(call: Call, key: Tagged) -> Unknown:
    return call.unknown("unsupported", f"a key that the YAML tag {key.tag!r} makes")
