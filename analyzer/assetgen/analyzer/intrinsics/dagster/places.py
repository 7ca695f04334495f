"""Where the arguments of a call are in the source, so that diagnostics point at them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.functions.wrapping import wrapped_in
from assetgen.analyzer.evaluate.objects.doubts import doubt_of_key
from assetgen.analyzer.evaluate.site import Site, definition_site
from assetgen.analyzer.evaluate.values import Function, Mapping, Unknown, Value


def argument_place(call: Call, name: str, position: int | None = None) -> Site:
    """The expression given for the parameter `name`; the call itself if it is not written there."""
    node = call.site.node
    if isinstance(node, ast.Call):
        for keyword in node.keywords:
            if keyword.arg == name:
                return call.site.at(keyword.value)
        if position is not None and position < len(node.args):
            argument = node.args[position]
            if not any(isinstance(one, ast.Starred) for one in node.args[: position + 1]):
                return call.site.at(argument)
    return call.site


def key_places(call: Call) -> dict[str, Site]:
    """The arguments of a definition that its key is made from, by parameter."""
    node = call.site.node
    keywords = node.keywords if isinstance(node, ast.Call) else ()
    parameters = ("key", "key_prefix", *(("name",) if call.name in _NAMED else ()))
    return {
        keyword.arg: call.site.at(keyword.value)
        for keyword in keywords
        if keyword.arg is not None and keyword.arg in parameters
    }


_NAMED = ("dagster.asset", "dagster.graph_asset", "dagster.observable_source_asset")
"""The definitions whose `name` is a part of their key; others name an op or a job."""


def element_place(site: Site, index: int, count: int) -> Site:
    """The item `index` of the list, tuple or set display at `site`, if it has `count` of them."""
    node = site.node
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)) and len(node.elts) == count:
        return site.at(node.elts[index])
    return site


def entry_place(site: Site, key: str) -> Site:
    """The value under `key` of the dictionary display at `site`."""
    node = site.node
    if isinstance(node, ast.Dict):
        for key_node, value_node in zip(node.keys, node.values, strict=True):
            if isinstance(key_node, ast.Constant) and key_node.value == key:
                return site.at(value_node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict":
        for keyword in node.keywords:
            if keyword.arg == key:
                return site.at(keyword.value)
    return site


class PlacedEntry(NamedTuple):
    """An entry of a mapping, with its place, and the condition on which it exists, if any."""

    name: str
    value: Value
    site: Site
    condition: Unknown | None


def placed_entries(mapping: Mapping, place: Site) -> Iterator[PlacedEntry]:
    """The entries of the mapping at `place` that have strings as keys."""
    for name, value in mapping.text_entries():
        doubt = doubt_of_key(mapping, ("constant", name))
        condition = doubt.condition if doubt is not None else None
        yield PlacedEntry(name, value, entry_place(place, name), condition)


def function_place(function: Value, site: Site) -> Site:
    """The definition of a function that was decorated at `site`, or of the function that it wraps,
    which is the one that a reader would look for; `site` if there is none."""
    functions = [each for each in wrapped_in(function) if isinstance(each, Function)]
    return definition_site(functions[-1], site.chain, site.condition) if functions else site
