"""Assets that are changed after they were made, several at once."""

from __future__ import annotations

from fuzz.grammar.assets import spec_key
from fuzz.grammar.attributes import arguments, spec_options
from fuzz.grammar.draft import Draft, Key
from fuzz.grammar.spelling import coercible_key


def changed_assets(draft: Draft) -> None:
    """A list of assets and specs, changed by a function of the specs, or by their keys."""
    name, change = draft.fresh("several"), draft.fresh("change")
    keys: list[Key] = []
    items = []
    for _ in range(draft.count(2, 1)):
        key = spec_key(draft)
        options = spec_options(draft, 1)
        words = [coercible_key(draft, key), arguments(draft, options)]
        items.append(f"dg.AssetSpec({', '.join(word for word in words if word)})")
        keys.append(key)
    body, is_moved = draft.pick(BODIES)
    if not is_moved:  # the keys of what is computed stay
        items.append(f"{maker(draft, keys)}()")
    draft.write(f"\n\ndef {change}(spec):\n{body}\n")
    draft.write(f"\n{name} = [*dg.map_asset_specs({change}, [{', '.join(items)}])]")
    for key in keys:
        draft.add(("moved", *key) if is_moved else key, is_spec=True, whole=False)
    draft.export(name, "assets")


def maker(draft: Draft, keys: list[Key]) -> str:
    """A function that makes what computes an asset, which is in no name of the module."""
    name, many = draft.fresh("make"), draft.fresh("many")
    made, above = draft.fresh("made"), draft.fresh()
    draft.write(f"""

def {name}():
    @dg.multi_asset(specs=[dg.AssetSpec({made!r}, deps=[{above!r}])])
    def {many}():
        return 1

    return {many}
""")
    keys.append((made,))
    return name


BODIES = (
    ("    return spec.replace_attributes(group_name='changed')", False),
    ("    return spec.merge_attributes(tags={'changed': 'yes'}, owners=['team:late'])", False),
    (
        "    if spec.key.path[-1].startswith('raw'):\n"
        "        return spec\n"
        "    return spec.merge_attributes(metadata={'n': len(spec.key.path)}, kinds={'csv'})",
        False,
    ),
    ("    return spec._replace(key=spec.key.with_prefix('moved'))", True),
    ("    return spec.replace_attributes(key=['moved', *spec.key.path])", True),
    ("    return spec.merge_attributes(deps=['added'])", False),
)
"""What is made of each spec, and whether that moves it."""


def rekeyed_asset(draft: Draft) -> None:
    """An asset whose key, or whose upstream's, is replaced afterwards."""
    name, other = draft.fresh(), draft.fresh()
    draft.write(f"\n\n@dg.asset(deps=[{other!r}], check_specs=[{check(name)}])")
    draft.write(f"def {name}():\n    return 1\n")
    late = draft.fresh("late")
    new = draft.fresh("new")
    form = draft.pick(("own", "upstream", "prefix"))
    if form == "own":
        replaced, key = f"{{dg.AssetKey({name!r}): dg.AssetKey({new!r})}}", (new,)
    elif form == "upstream":
        replaced, key = f"{{dg.AssetKey({other!r}): dg.AssetKey(['up', {new!r}])}}", (name,)
    else:
        replaced = f"{{k: k.with_prefix('moved') for k in {name}.keys}}"
        key = ("moved", name)
    draft.write(f"{late} = {name}.with_attributes(asset_key_replacements={replaced})")
    draft.add(key, late)
    draft.export(late, "asset")


def check(name: str) -> str:
    return f"dg.AssetCheckSpec('rows', asset={name!r})"
