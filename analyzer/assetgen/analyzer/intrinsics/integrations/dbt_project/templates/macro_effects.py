"""Which macros refer to nothing and configure nothing, whatever they are called with."""

from __future__ import annotations

from typing import Final

from jinja2 import nodes

from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.macros import Macros

_TELLING: Final = frozenset(("ref", "source", "config", "builtins", "context", "caller", "env_var"))
"""The names through which a template refers to something, configures it, or asks for it."""


def is_inert(macro: nodes.Macro, macros: Macros) -> bool:
    """Whether neither the macro nor any that it names can depend on its caller.

    `macros` remembers the answers, so all of them must be known when it is first asked.
    """
    known = macros.inert.get(macro)
    if known is not None:
        return known
    reached: dict[nodes.Macro, None] = {macro: None}
    queue = [macro]
    while queue:
        for inner in _named(queue.pop(), macros):
            if inner is None or macros.inert.get(inner) is False:
                macros.inert[macro] = False
                return False
            if inner not in reached and inner not in macros.inert:
                reached[inner] = None
                queue.append(inner)
    macros.inert.update(dict.fromkeys(reached, True))
    return True


def _named(macro: nodes.Macro, macros: Macros) -> list[nodes.Macro | None]:
    """The macros that one names; None if that may be any, or if it depends on its caller."""
    found: list[nodes.Macro | None] = []
    for name in macro.find_all(nodes.Name):
        if name.name in _TELLING or (name.name == "var" and macros.has_templates):
            return [None]
        inner = macros.find(name.name)
        if inner is not None:
            found.append(inner)
    named = 0
    for access in macro.find_all(nodes.Getattr):
        named += access.attr == "dispatch"
        if isinstance(access.node, nodes.Name) and access.node.name in macros.packages:
            inner = macros.packages[access.node.name].get(access.attr)
            if inner is not None:
                found.append(inner)
    for call in macro.find_all(nodes.Call):
        if isinstance(call.node, nodes.Getattr) and call.node.attr == "dispatch":
            found += _dispatched(call, macros)
            named -= 1
    return [None] if named else found


def _dispatched(call: nodes.Call, macros: Macros) -> list[nodes.Macro | None]:
    given: dict[str, str | None] = {"macro_name": None, "macro_namespace": None}
    written = [*zip(given, call.args, strict=False), *((one.key, one.value) for one in call.kwargs)]
    for name, value in written:
        if not isinstance(value, nodes.Const) or not isinstance(value.value, (str, type(None))):
            return [None]
        given[name] = value.value
    if given["macro_name"] is None or call.dyn_args is not None or call.dyn_kwargs is not None:
        return [None]
    found = macros.dispatched(given["macro_name"], given["macro_namespace"])
    return [] if found is None else [found]
