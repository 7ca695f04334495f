"""What an asset depends on: `deps` in all their forms, parameters, `ins`."""

from __future__ import annotations

from dataclasses import dataclass, field

from fuzz.grammar.draft import Draft, Known
from fuzz.grammar.spelling import asset_key, coercible_key, text, texts


@dataclass
class Upstreams:
    """Expressions of `deps`, the entries of `ins`, and the names of the parameters."""

    deps: list[str] = field(default_factory=list)
    ins: dict[str, str] = field(default_factory=dict)
    parameters: list[str] = field(default_factory=list)

    def options(self) -> dict[str, str]:
        options = {}
        if self.deps:
            options["deps"] = f"[{', '.join(self.deps)}]"
        if self.ins:
            entries = ", ".join(f"{name!r}: {value}" for name, value in self.ins.items())
            options["ins"] = f"{{{entries}}}"
        return options


def upstreams(draft: Draft, most: int = 3, *, loading: bool = True) -> Upstreams:
    """Dependencies on assets that are there already, or, now and then, on one that never is."""
    found = Upstreams()
    for known in draft.some(draft.known, most):
        if loading and draft.chance(2):
            add_parameter(draft, known, found)
        else:
            found.deps.append(dep(draft, known))
    if draft.chance(12):
        found.deps.append(repr(draft.fresh("nowhere")))
    if draft.chance(12) and draft.known:
        found.deps.append(repr(draft.pick(draft.known).key[-1]))
        found.deps = list(dict.fromkeys(found.deps))
    return found


def dep(draft: Draft, known: Known) -> str:
    """An entry of `deps`."""
    if known.variable and draft.chance(2):
        expression = draft.name_from(known.file, known.variable)
        forms = [expression, f"dg.AssetDep({expression})"]
        forms.append(f"{expression}.key")
        return draft.pick(forms)
    if draft.chance(5):
        return f"dg.AssetDep({coercible_key(draft, known.key)})"
    return coercible_key(draft, known.key)


def add_parameter(draft: Draft, known: Known, found: Upstreams) -> None:
    """A parameter that loads the asset: by its name, or by an `AssetIn`."""
    if len(known.key) == 1 and known.key[0].isidentifier() and not draft.chance(3):
        found.parameters.append(known.key[0])
        return
    name = known.key[-1] if known.key[-1].isidentifier() else draft.fresh("given")
    if len(known.key) > 1 and name == known.key[-1] and draft.chance(2):
        prefix = known.key[:-1]
        expression = texts(draft, prefix) if len(prefix) > 1 else text(draft, prefix[0])
        found.ins[name] = f"dg.AssetIn(key_prefix={expression})"
    else:
        name = draft.fresh("given")
        found.ins[name] = draft.pick(
            (
                f"dg.AssetIn(key={asset_key(draft, known.key)})",
                f"dg.AssetIn({coercible_key(draft, known.key)})",
                f"dg.AssetIn({asset_key(draft, known.key)}, metadata={{'a': 1}})",
            )
        )
    found.parameters.append(name)
