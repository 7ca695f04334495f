"""Assets whose parameters are no inputs: resources, configuration, defaults, keyword-only ones."""

from __future__ import annotations

from fuzz.grammar.attributes import arguments, asset_options
from fuzz.grammar.draft import Draft
from fuzz.grammar.upstreams import upstreams


def configured_asset(draft: Draft) -> None:
    """An asset with parameters of all sorts; a resource is bound where the project is loaded."""
    name = draft.fresh()
    above = upstreams(draft, 2)
    parameters = [*above.parameters]
    if draft.chance(2):
        config = draft.fresh("Settings")
        draft.write(f"\n\nclass {config}(dg.Config):\n    size: int = 3\n    name: str = 'x'\n")
        parameters.append(f"config: {config}")
    if draft.chance(2):
        parameters.append(f"store: {resource(draft)}")
    parameters = draft.draw_order(parameters)
    if draft.chance(3):
        parameters.insert(0, draft.pick(("context", "context: dg.AssetExecutionContext")))
    if draft.chance(4):
        parameters.append("*, later=None")
    options = asset_options(draft, 2) | above.options()
    draft.write(f"\n\n@dg.asset({arguments(draft, options)})")
    draft.write(f"def {name}({', '.join(parameters)}):\n    return 1\n")
    draft.add((name,), name)
    draft.export(name, "asset")


def resource(draft: Draft) -> str:
    """The annotation of a resource named `store`."""
    form = draft.pick(("class", "child", "param", "quoted"))
    if form == "param":
        return "dg.ResourceParam[object]"
    name = draft.fresh("Store")
    draft.write(f"\n\nclass {name}(dg.ConfigurableResource):\n    url: str = 'u'\n")
    if form == "child":
        child = draft.fresh("Store")
        draft.write(f"\n\nclass {child}({name}):\n    pass\n")
        return child
    return f"'{name}'" if form == "quoted" else name
