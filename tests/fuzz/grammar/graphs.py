"""Assets made of ops: `@graph_asset`, `@graph_multi_asset`, and graphs inside of graphs."""

from __future__ import annotations

from fuzz.grammar.attributes import arguments, chosen, description, group, tags
from fuzz.grammar.draft import Draft
from fuzz.grammar.spelling import text
from fuzz.grammar.upstreams import upstreams


def graph_asset(draft: Draft) -> None:
    name = draft.fresh()
    above = upstreams(draft, 2)
    above.deps.clear()
    options = above.options() | chosen(
        draft, {"group_name": group, "description": description, "tags": tags}, 2
    )
    key = (name,)
    if draft.chance(3):
        key = ("lake", name)
        options["key_prefix"] = "'lake'"
    elif draft.chance(3):
        other = draft.fresh()
        key = (other,)
        options["name"] = text(draft, other)
    body = composition(draft, above.parameters)
    decorator = f"@dg.graph_asset({arguments(draft, options)})" if options else "@dg.graph_asset"
    draft.write(f"\n\n{decorator}\ndef {name}({', '.join(above.parameters)}):\n{body}\n")
    draft.add(key, name)
    draft.export(name, "asset")


def graph_multi_asset(draft: Draft) -> None:
    name = draft.fresh("many")
    above = upstreams(draft, 2)
    above.deps.clear()
    outs = [draft.fresh() for _ in range(2)]
    entries = ", ".join(f"{out!r}: dg.AssetOut()" for out in outs)
    options = {"outs": f"{{{entries}}}"} | above.options()
    if draft.chance(3):
        options["group_name"] = group(draft)
    step = operation(draft, 1)
    body = composition(draft, above.parameters).rpartition("\n")[0]
    draft.write(f"\n\n@dg.graph_multi_asset({arguments(draft, options)})")
    draft.write(
        f"def {name}({', '.join(above.parameters)}):\n{body}\n"
        f"    return {{{outs[0]!r}: value, {outs[1]!r}: {step}(value)}}\n"
    )
    for out in outs:
        draft.add((out,), whole=False)
    draft.export(name, "asset")


def composition(draft: Draft, parameters: list[str]) -> str:
    """The body of a graph: calls of ops, one after the other, that use all parameters."""
    lines = [f"    value = {operation(draft, 0)}()"]
    step = operation(draft, 1)
    for parameter in parameters:
        lines.append(f"    value = {operation(draft, 2)}(value, {parameter})")
    for _ in range(draft.count(3)):
        form = draft.pick(("call", "alias", "same", "graph", "loop", "tag"))
        lines.append(
            {
                "call": f"    value = {operation(draft, 1)}(value)",
                "alias": f"    value = {step}.alias({draft.fresh('named')!r})(value)",
                "same": f"    value = {step}(value)",
                "graph": f"    value = {inner_graph(draft)}(value)",
                "loop": f"    for _ in range(2):\n        value = {step}(value)",
                "tag": f"    value = {step}.tag({{'a': 'b'}})(value)",
            }[form]
        )
    return "\n".join([*lines, "    return value"])


def operation(draft: Draft, inputs: int) -> str:
    """A new op with so many inputs."""
    name = draft.fresh("op")
    parameters = ["a", "b"][:inputs]
    if draft.chance(4):
        parameters.insert(0, "context")
    options = {}
    if draft.chance(5):
        options["retry_policy"] = "dg.RetryPolicy(max_retries=1)"
    if draft.chance(5):
        options["name"] = repr(draft.fresh("step"))
    decorator = f"@dg.op({arguments(draft, options)})" if options else "@dg.op"
    draft.write(f"\n\n{decorator}\ndef {name}({', '.join(parameters)}):\n    return 1\n")
    return name


def inner_graph(draft: Draft) -> str:
    name = draft.fresh("inner")
    first, second = operation(draft, 1), operation(draft, 1)
    draft.write(f"\n\n@dg.graph\ndef {name}(a):\n    return {second}({first}(a))\n")
    return name
