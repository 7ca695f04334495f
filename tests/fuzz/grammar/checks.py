"""Asset checks, beside assets and of several at once."""

from __future__ import annotations

from fuzz.grammar.attributes import arguments
from fuzz.grammar.draft import Draft
from fuzz.grammar.spelling import coercible_key, text


def check(draft: Draft) -> None:
    if not draft.known:
        return
    draft.pick((single, single, multi))(draft)


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
