"""Asset checks, beside assets and of several at once."""

from __future__ import annotations

from fuzz.grammar.attributes import arguments
from fuzz.grammar.draft import Draft
from fuzz.grammar.spelling import coercible_key, text


def check(draft: Draft) -> None:
    if not draft.known:
        return
    draft.pick((single, single, multi, built, in_loop, loading_others))(draft)


def single(draft: Draft) -> None:
    name = draft.fresh("check")
    known = draft.pick(draft.known)
    target = coercible_key(draft, known.key)
    if known.variable and not known.is_spec and draft.chance(2):
        target = draft.name_from(known.file, known.variable)
    options = {"asset": target}
    if draft.chance(3):
        options["blocking"] = "True"
    if draft.chance(3):
        options["name"] = text(draft, draft.fresh("named"))
    if draft.chance(3):
        options["description"] = text(draft, "is good")
    others = [each for each in draft.known if each.key != known.key]
    if others and draft.chance(4):
        options["additional_deps"] = f"[{coercible_key(draft, draft.pick(others).key)}]"
    draft.write(f"\n\n@dg.asset_check({arguments(draft, options)})")
    draft.write(f"def {name}():\n    return dg.AssetCheckResult(passed=True)\n")
    draft.export(name, "check")


def multi(draft: Draft) -> None:
    name = draft.fresh("checks")
    specs = [
        f"dg.AssetCheckSpec({draft.fresh('named')!r}, "
        f"asset={coercible_key(draft, draft.pick(draft.known).key)})"
        for _ in range(draft.count(2, 1))
    ]
    draft.write(f"\n\n@dg.multi_asset_check(specs=[{', '.join(specs)}])")
    draft.write(f"def {name}():\n    yield dg.AssetCheckResult(passed=True)\n")
    draft.export(name, "check")


def built(draft: Draft) -> None:
    """Checks that Dagster's own factories make."""
    name = draft.fresh("checks")
    loaded = [each for each in draft.known if each.variable and not each.is_spec]
    targets = [draft.name_from(each.file, each.variable) for each in draft.some(loaded, 2)]
    targets = targets or [f"dg.AssetKey({list(draft.pick(draft.known).key)!r})"]
    draft.need("from datetime import timedelta")
    made = draft.pick(
        (
            "dg.build_last_update_freshness_checks(assets=[{}], "
            "lower_bound_delta=timedelta(hours=2))",
            "dg.build_metadata_bounds_checks(assets=[{}], metadata_key='rows', min_value=1)",
            "dg.build_column_schema_change_checks(assets=[{}])",
        )
    )
    draft.write(f"{name} = {made.format(', '.join(targets))}")
    draft.export(name, "checks")


def in_loop(draft: Draft) -> None:
    """A factory of checks, called for several assets."""
    name, maker = draft.fresh("checks"), draft.fresh("make_check")
    keys = [coercible_key(draft, each.key) for each in draft.some(draft.known, 3)]
    draft.write(f"""

def {maker}(key, number):
    @dg.asset_check(asset=key, name=f"check_{{number}}", blocking=number % 2 == 0)
    def _check():
        return dg.AssetCheckResult(passed=True)

    return _check


{name} = [{maker}(key, number) for number, key in enumerate([{", ".join(keys)}])]
""")
    draft.export(name, "checks")


def loading_others(draft: Draft) -> None:
    """A check that loads its asset, and another one beside it."""
    name = draft.fresh("check")
    known = draft.pick(draft.known)
    others = [each for each in draft.known if each.key != known.key]
    options = {"asset": coercible_key(draft, known.key)}
    parameters = [draft.fresh("value")]
    if others:
        other = draft.fresh("other")
        key = coercible_key(draft, draft.pick(others).key)
        options["additional_ins"] = f"{{{other!r}: dg.AssetIn(key={key})}}"
        parameters.append(other)
    draft.write(f"\n\n@dg.asset_check({arguments(draft, options)})")
    draft.write(
        f"def {name}({', '.join(parameters)}):\n    return dg.AssetCheckResult(passed=True)\n"
    )
    draft.export(name, "check")
