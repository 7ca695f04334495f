"""Functions that compute several assets: `@multi_asset` by specs and by outs."""

from __future__ import annotations

from fuzz.grammar.assets import function, spec_key
from fuzz.grammar.attributes import arguments, spec_options
from fuzz.grammar.draft import Draft, Key
from fuzz.grammar.spelling import asset_key, coercible_key, texts
from fuzz.grammar.upstreams import Upstreams, upstreams


def multi_asset(draft: Draft) -> None:
    draft.pick((by_specs, by_outs, by_made_specs))(draft)


def by_specs(draft: Draft) -> None:
    """Each spec with its own dependencies, some on the specs before it."""
    name = draft.fresh("many")
    keys: list[Key] = []
    specs = []
    for _ in range(draft.count(3, 1)):
        key = spec_key(draft)
        above = upstreams(draft, 2, loading=False)
        for sibling in draft.some(keys, 1):
            above.deps.append(asset_key(draft, sibling))
        options = spec_options(draft, 2) | above.options()
        words = [coercible_key(draft, key), arguments(draft, options)]
        if draft.chance(5):
            words.append("skippable=True")
        specs.append(f"dg.AssetSpec({', '.join(word for word in words if word)})")
        keys.append(key)
    options = {"specs": f"[{', '.join(specs)}]"} | options_of_all(draft)
    finish(draft, name, options, Upstreams(), keys)


def by_made_specs(draft: Draft) -> None:
    """Specs out of a comprehension over names."""
    name, parts = draft.fresh("many"), draft.fresh("PARTS")
    names = [draft.fresh() for _ in range(draft.count(3, 1))]
    draft.write(f"{parts} = {texts(draft, names)}")
    made = draft.pick(
        (
            "[dg.AssetSpec(each) for each in {}]",
            "[dg.AssetSpec(['lake', each], group_name=each) for each in {}]",
            "list(map(dg.AssetSpec, {}))",
            "[dg.AssetSpec(n, deps=[f'{{n}}_in'], tags={{'i': str(i)}}) for i, n in enumerate({})]",
            "[*(dg.AssetSpec(dg.AssetKey([*'ab', each])) for each in reversed({}))]",
        )
    )
    prefix: Key = ("lake",) if "'lake'" in made else ("a", "b") if "'ab'" in made else ()
    finish(
        draft,
        name,
        {"specs": made.format(parts)} | options_of_all(draft),
        Upstreams(),
        [(*prefix, each) for each in names],
    )


def by_outs(draft: Draft) -> None:
    """Outputs by name, which all inputs feed, unless it is said otherwise."""
    name = draft.fresh("many")
    above = upstreams(draft, 2)
    keys: list[Key] = []
    outs = {}
    for _ in range(draft.count(3, 1)):
        out = draft.fresh()
        options = spec_options(draft, 2)
        options.pop("owners", None)
        if draft.chance(4):
            options["is_required"] = "False"
        key: Key = (out,)
        if draft.chance(3):
            key = ("lake", out)
            options["key_prefix"] = "'lake'"
        elif draft.chance(3):
            key = spec_key(draft)
            options["key"] = asset_key(draft, key)
        outs[out] = f"dg.AssetOut({arguments(draft, options)})"
        keys.append(key)
    entries = ", ".join(f"{out!r}: {value}" for out, value in outs.items())
    options = {"outs": f"{{{entries}}}"} | options_of_all(draft) | above.options()
    if not above.options() and draft.chance(2):
        options["internal_asset_deps"] = inner_deps(draft, list(outs), keys)
    finish(draft, name, options, above, keys)


def inner_deps(draft: Draft, outs: list[str], keys: list[Key]) -> str:
    """What each output depends on: some of those before it."""
    entries = []
    for number, out in enumerate(outs):
        before = [f"dg.AssetKey({list(key)!r})" for key in draft.some(keys[:number], 2)]
        entries.append(f"{out!r}: {{{', '.join(before)}}}" if before else f"{out!r}: set()")
    return f"{{{', '.join(entries)}}}"


def options_of_all(draft: Draft) -> dict[str, str]:
    options = {}
    if draft.chance(4):
        options["name"] = repr(draft.fresh("op"))
    if draft.chance(5):
        options["can_subset"] = "True"
    if draft.chance(5):
        options["op_tags"] = "{'cpu': '1'}"
    return options


def finish(
    draft: Draft, name: str, options: dict[str, str], above: Upstreams, keys: list[Key]
) -> None:
    draft.write(f"\n\n@dg.multi_asset({arguments(draft, options)})")
    draft.write(f"{function(draft, name, above, returns=len(keys) == 1)}\n")
    for key in keys:
        draft.add(key, whole=len(keys) == 1 or "can_subset" in options)
    draft.export(name, "asset")
