"""`@asset`, with its key and dependencies in all their forms; and external `AssetSpec`s."""

from __future__ import annotations

from fuzz.grammar.attributes import Options, arguments, asset_options, spec_options
from fuzz.grammar.draft import Draft, Key
from fuzz.grammar.spelling import coercible_key, text, texts
from fuzz.grammar.upstreams import Upstreams, upstreams

PREFIXES = (("warehouse",), ("lake", "bronze"), ("a-b",))


def asset(draft: Draft) -> None:
    name = draft.fresh()
    key, options = keyed(draft, name)
    above = upstreams(draft)
    options |= asset_options(draft) | above.options()
    decorator = f"@dg.asset({arguments(draft, options)})" if options else "@dg.asset"
    draft.write(f"\n\n{decorator}\n{function(draft, name, above)}\n")
    draft.add(key, name)
    draft.export(name, "asset")


def keyed(draft: Draft, name: str) -> tuple[Key, Options]:
    """A key, and the options of `@asset` over a function of that name that make it."""
    form = draft.pick(("function", "name", "prefix", "both", "key", "parts"))
    other = draft.fresh()
    prefix = draft.pick(PREFIXES)
    spelled = texts(draft, prefix) if len(prefix) > 1 or draft.chance(2) else repr(prefix[0])
    if form == "name":
        return (other,), {"name": text(draft, other)}
    if form == "prefix":
        return (*prefix, name), {"key_prefix": spelled}
    if form == "both":
        return (*prefix, other), {"name": text(draft, other), "key_prefix": spelled}
    if form == "key":
        return (other,), {"key": coercible_key(draft, (other,))}
    if form == "parts":
        return (*prefix, other), {"key": coercible_key(draft, (*prefix, other))}
    return (name,), {}


def function(draft: Draft, name: str, above: Upstreams, *, returns: bool = True) -> str:
    """A function that an asset is computed by, with a context or a docstring at times."""
    parameters = list(above.parameters)
    if draft.chance(4):
        parameters.insert(0, draft.pick(("context", "context: dg.AssetExecutionContext", "_")))
    keyword = "async def" if draft.chance(10) else "def"
    returned = " -> int" if returns and draft.chance(5) else ""
    doc = '    """What it says.\n\n    More.\n    """\n' if draft.chance(4) else ""
    return f"{keyword} {name}({', '.join(parameters)}){returned}:\n{doc}    return 1"


def spec(draft: Draft) -> None:
    """An external asset, at times changed after it has been made."""
    name = draft.fresh("spec")
    key = spec_key(draft)
    options = spec_options(draft) | upstreams(draft, 2, loading=False).options()
    words = [coercible_key(draft, key), arguments(draft, options)]
    draft.write(f"{name} = dg.AssetSpec({', '.join(word for word in words if word)})")
    if draft.chance(3):
        change = draft.pick(
            (
                "replace_attributes(group_name='changed')",
                "replace_attributes(description='new', kinds={'csv'})",
                "merge_attributes(tags={'more': '1'}, owners=['team:late'])",
                "merge_attributes(metadata={'m': 2}, kinds={'s3'})",
                "with_io_manager_key('io_manager')",
            )
        )
        draft.write(f"{name} = {name}.{change}")
    draft.add(key, name, is_spec=True)
    draft.export(name, "spec")


def spec_key(draft: Draft) -> Key:
    name = draft.fresh()
    return (*draft.pick(PREFIXES), name) if draft.chance(2) else (name,)


def source(draft: Draft) -> None:
    """An observable source, which is an asset of its own kind."""
    name = draft.fresh()
    options = {"group_name": "'sources'"} if draft.chance(2) else {}
    draft.write(f"\n\n@dg.observable_source_asset({arguments(draft, options)})")
    draft.write(f"def {name}():\n    return dg.DataVersion('1')\n")
    draft.add((name,), is_spec=True)
    draft.export(name, "asset")


def late_asset(draft: Draft) -> None:
    """An asset that is changed after it has been made."""
    name = late = draft.fresh()
    above = upstreams(draft)
    options = above.options() | ({"tags": "{'early': '1'}"} if draft.chance(2) else {})
    draft.write(f"\n\n@dg.asset({arguments(draft, options)})\n{function(draft, name, above)}\n")
    change = draft.pick(
        (
            "{}.map_asset_specs(lambda spec: spec.replace_attributes(tags={{'late': '1'}}))",
            "{}.map_asset_specs(lambda spec: spec.merge_attributes(owners=['team:late']))",
            "{}.with_attributes(group_names_by_key={{{}.key: 'late'}})",
            "next(iter(dg.map_asset_specs(lambda s: s.replace_attributes(group_name='g'), [{}])))",
        )
    )
    draft.write(f"{late} = {change.format(name, name)}")
    draft.add((name,), late)
    draft.export(late, "asset")
