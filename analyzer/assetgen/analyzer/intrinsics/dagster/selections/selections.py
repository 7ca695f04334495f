"""`AssetSelection`: its constructors, algebra and string form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    Declared,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.keys import KeyValue
from assetgen.analyzer.intrinsics.dagster.declared.selections import (
    AllAssets,
    ChecksSelected,
    Downstream,
    Ends,
    FieldSelected,
    KeyMatched,
    KeysSelected,
    PrefixesSelected,
    Selection,
    SelectionValue,
    SetOperation,
    UnknownSelection,
    Upstream,
    WithoutChecks,
)
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.expected.argument_types import described_value
from assetgen.analyzer.intrinsics.dagster.keys import (
    check_key_of,
    is_surely_no_key,
    read_key,
    read_parts,
)
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, shown, why
from assetgen.analyzer.intrinsics.dagster.selections.selection_strings import (
    SelectionSyntaxError,
    parse_selection,
)
from assetgen.analyzer.model.keys import AssetKey


def read_selection(call: Call, value: Value) -> SelectionValue:
    """What Dagster accepts as a selection: one, a string, a definition, or a list of these."""
    if isinstance(value, SelectionValue):
        return value
    if isinstance(value, Constant) and isinstance(value.value, str):
        return _made(call, _parsed(call, value.value), repr(value.value))
    if isinstance(value, Choice):
        options = [read_selection(call, option).selection for option in value.options]
        options.append(_lost(call, value.condition))
        return _made(call, SetOperation("or", tuple(options)))
    if isinstance(value, Unknown):
        return _made(call, _lost(call, value))
    if isinstance(value, Declared):
        return _made(call, _element(call, value))
    items = call.items(value)
    if isinstance(value, Sequence) and not items.values and not items.losses:
        call.report("selection-syntax", "an empty list selects nothing")
        return _made(call, UnknownSelection("an empty list"))
    _check_alike(call, items.values)
    parts = [_element(call, item) for item in (*items.values, *items.losses)]
    if len(parts) == 1:
        return _made(call, parts[0])
    return _made(call, SetOperation("or", tuple(parts)))


def _check_alike(call: Call, items: Iterable[Value]) -> None:
    """Report a list of anything but strings, keys or assets, or a mixture, which Dagster
    refuses."""
    known = [item for item in items if not isinstance(item, (Unknown, Choice))]
    sorts = [
        next((sort for sort, types in _SORTS if isinstance(item, types)), "other") for item in known
    ]
    if "other" in sorts:
        message = f"a selection by a list holds {shown(known[sorts.index('other')])}"
    elif len(set(sorts)) > 1:
        message = "a selection by a list mixes " + " and ".join(sorted(set(sorts)))
    else:
        return
    call.report("wrong-type", f"{message}: it takes strings, AssetKeys or assets")


_SORTS: tuple[tuple[str, tuple[type[Value], ...]], ...] = (
    ("strings", (Constant,)),
    ("keys", (KeyValue,)),
    ("assets", (AssetsValue, SourceAssetValue, ChecksValue)),
)


def _element(call: Call, item: Value) -> Selection:
    if isinstance(item, Constant) and isinstance(item.value, str):
        return _parsed(call, item.value)
    if isinstance(item, SelectionValue):
        return item.selection
    keys = _keys(call, (item,))
    return keys if keys is not None else _lost(call, item)


def _parsed(call: Call, text: str, include_sources: bool = False) -> Selection:
    try:
        return parse_selection(text, include_sources=include_sources)
    except SelectionSyntaxError as error:
        call.report("selection-syntax", str(error))
        return UnknownSelection(str(error))


def _lost(call: Call, value: Value) -> Selection:
    if is_surely_no_key(value):
        call.report("wrong-type", f"assets are selected by keys, and {shown(value)} is not one")
        return UnknownSelection("no selection")
    value = value.condition if isinstance(value, Choice) else value
    reason = why(value) if isinstance(value, Unknown) else "it is not a selection"
    call.report("unresolved-job", f"a selection of assets is not known: {reason}")
    return UnknownSelection(reason)


def _made(call: Call, selection: Selection, text: str | None = None) -> SelectionValue:
    return SelectionValue(selection, call.site, text or call.machine.text_at(call.site))


def _keys(call: Call, values: tuple[Value, ...]) -> Selection | None:
    """The keys of strings, keys and definitions, all keys of a multi-asset; checks have none."""
    found: list[AssetKey] = []
    for value in values:
        if isinstance(value, ChecksValue):
            continue
        if isinstance(value, AssetsValue):
            found += [spec.key for spec in value.specs]
            continue
        if isinstance(value, Choice):
            return None
        key = read_key(call, value)
        if not isinstance(key, AssetKey):
            return None
        found.append(key)
    return KeysSelected(tuple(found))


def _selected_assets(call: Call) -> Value:
    """`AssetSelection.assets(...)` and `.keys(...)`; both split a string at slashes."""
    parts: list[Selection] = []
    for argument in call.args:
        if isinstance(argument, Constant) and isinstance(argument.value, str):
            parts.append(KeysSelected((AssetKey(tuple(argument.value.split("/"))),)))
            continue
        if isinstance(argument, (SourceAssetValue, SpecValue)):
            _refuse(call, f"{call.last_name}() takes an asset or a key", argument)
        keys = _keys(call, (argument,))
        parts.append(keys if keys is not None else _lost(call, argument))
    parts += [_lost(call, loss) for loss in call.losses]
    return _made(call, parts[0] if len(parts) == 1 else SetOperation("or", tuple(parts)))


def _refuse(call: Call, takes: str, value: Value) -> None:
    call.report("invalid-definition", f"{takes}, not {described_value(value)}")


_ALL = Parameters("include_sources=False")


def _all(call: Call) -> Value:
    return _made(call, AllAssets(Doubts().flag(_ALL.bind(call)["include_sources"])))


_GROUPS = Parameters("*group_strs, include_sources=False")


def _groups(call: Call) -> Value:
    bound = _GROUPS.bind(call)
    sources = Doubts().flag(bound["include_sources"])
    return _any_of(call, bound.star, lambda text: FieldSelected("group", text, None, sources))


def _any_of(call: Call, values: tuple[Value, ...], make: Callable[[str], Selection]) -> Value:
    parts: list[Selection] = []
    for value in values:
        text = Doubts().text(value)
        if isinstance(value, Sequence):
            _refuse(call, "groups() takes strings: write groups(*...)", value)
            continue
        parts.append(make(text) if text is not None else _lost(call, value))
    parts += [_lost(call, loss) for loss in call.losses]
    return _made(call, parts[0] if len(parts) == 1 else SetOperation("or", tuple(parts)))


_PREFIXES = Parameters("*key_prefixes, include_sources=False")


def _key_prefixes(call: Call) -> Value:
    bound = _PREFIXES.bind(call)
    prefixes = []
    for value in bound.star:
        parts = read_parts(call, value)
        if not isinstance(parts, tuple):
            return _made(call, _lost(call, value))
        prefixes.append(parts)
    sources = Doubts().flag(bound["include_sources"])
    return _made(call, PrefixesSelected(tuple(prefixes), sources))


_TAG = Parameters("key, value, include_sources=False")


def _tag(call: Call) -> Value:
    bound = _TAG.bind(call)
    key, value = Doubts().text(bound["key"]), Doubts().text(bound["value"])
    if key is None or value is None:
        return _made(call, _lost(call, bound["value"]))
    return _made(call, FieldSelected("tag", value, key, Doubts().flag(bound["include_sources"])))


_TAG_STRING = Parameters("string, include_sources=False")


def _tag_string(call: Call) -> Value:
    bound = _TAG_STRING.bind(call)
    text = Doubts().text(bound["string"])
    if text is None:
        return _made(call, _lost(call, bound["string"]))
    key, _, value = text.partition("=")
    if "=" in value:
        call.report("selection-syntax", f'"{text}" is a tag and its value, with one = at most')
    return _made(call, FieldSelected("tag", value, key, Doubts().flag(bound["include_sources"])))


def _by(field: str) -> Intrinsic:
    def select(call: Call) -> Value:
        bound = Parameters(f"{field}, include_sources=False").bind(call)
        text = Doubts().text(bound[field])
        if text is None and bound[field] != NONE:
            return _made(call, _lost(call, bound[field]))
        sources = Doubts().flag(bound["include_sources"])
        return _made(call, FieldSelected(field, text, include_sources=sources))

    return select


def _substring(call: Call) -> Value:
    given = call.only
    text = Doubts().text(given)
    return _made(call, KeyMatched(f"*{text}*") if text is not None else _lost(call, given))


def _from_string(call: Call) -> Value:
    bound = _TAG_STRING.bind(call)
    text = Doubts().text(bound["string"])
    if text is None:
        return _made(call, _lost(call, bound["string"]))
    sources = Doubts().flag(bound["include_sources"])
    return _made(call, _parsed(call, text, sources), repr(text))


def _from_coercible(call: Call) -> Value:
    return read_selection(call, call.first)


def _checks_for(call: Call) -> Value:
    keys = _keys(call, call.args)
    return _made(call, ChecksSelected(keys if keys is not None else _lost(call, NONE)))


def _checks(call: Call) -> Value:
    found = []
    for argument in call.args:
        specs = argument.specs if isinstance(argument, ChecksValue) else (argument,)
        found += [key for spec in specs if (key := check_key_of(spec)) is not None]
    return _made(call, ChecksSelected(None, tuple(found)))


# -- algebra


def _operator(operator: str, *, reflected: bool = False) -> Intrinsic:
    def combine(call: Call) -> Value:
        own = _own(call)
        if call.args and isinstance(call.args[0], (Constant, Sequence)):
            _refuse(call, "a selection is combined with a selection", call.args[0])
        other = read_selection(call, call.first).selection
        operands = (other, own) if reflected else (own, other)
        made = _made(call, SetOperation(operator, tuple(_flat(operator, operands))))
        made.depth = call.receiver.depth if isinstance(call.receiver, SelectionValue) else 0
        return made

    return combine


def _flat(operator: str, operands: tuple[Selection, ...]) -> Iterator[Selection]:
    """The operands, those of the same operator among them as theirs: a long chain is not deep."""
    for operand in operands:
        if isinstance(operand, SetOperation) and operand.operator == operator != "not":
            yield from operand.operands
        else:
            yield operand


_AROUND = Parameters("depth=None, include_self=True")


def _around(kind: type[Upstream] | type[Downstream]) -> Intrinsic:
    def walk(call: Call) -> Value:
        bound = _AROUND.bind(call)
        depth = bound.plain("depth")
        steps = depth if isinstance(depth, int) else None
        include_self = bound.plain("include_self") is not False
        return _around_it(call, lambda own: kind(own, steps, include_self))

    return walk


def _ends(which: str) -> Intrinsic:
    return lambda call: _around_it(call, lambda own: Ends(which, own))


def _without_checks(call: Call) -> Value:
    return _around_it(call, WithoutChecks)


def _around_it(call: Call, make: Callable[[Selection], Selection]) -> Value:
    """A selection that is made from another one; Dagster itself fails where this is too deep."""
    own = call.receiver
    if not isinstance(own, SelectionValue):
        return _made(call, make(_own(call)))
    if own.depth < _DEEPEST:
        made = _made(call, make(own.selection))
        made.depth = own.depth + 1
        return made
    if not isinstance(own.selection, UnknownSelection):
        message = f"a selection is made in more than {_DEEPEST} steps"
        call.report("budget-exceeded", message)
        own = SelectionValue(UnknownSelection(message), call.site, "...", own.depth)
    return own


_DEEPEST: Final = 400


def _own(call: Call) -> Selection:
    value = call.receiver
    return (
        value.selection if isinstance(value, SelectionValue) else UnknownSelection("no selection")
    )


def _text(call: Call) -> Value:
    value = call.receiver
    return Constant(value.text) if isinstance(value, SelectionValue) else NONE


TABLE: dict[str, Intrinsic] = {
    "dagster.AssetSelection.all": _all,
    "dagster.AssetSelection.assets": _selected_assets,
    "dagster.AssetSelection.keys": _selected_assets,
    "dagster.AssetSelection.groups": _groups,
    "dagster.AssetSelection.key_prefixes": _key_prefixes,
    "dagster.AssetSelection.key_substring": _substring,
    "dagster.AssetSelection.tag": _tag,
    "dagster.AssetSelection.tag_string": _tag_string,
    "dagster.AssetSelection.kind": _by("kind"),
    "dagster.AssetSelection.owner": _by("owner"),
    "dagster.AssetSelection.from_string": _from_string,
    "dagster.AssetSelection.from_coercible": _from_coercible,
    "dagster.AssetSelection.checks_for_assets": _checks_for,
    "dagster.AssetSelection.checks": _checks,
    "dagster.AssetSelection.all_asset_checks": lambda call: _made(
        call, ChecksSelected(AllAssets())
    ),
    "dagster.AssetSelection.__or__": _operator("or"),
    "dagster.AssetSelection.__and__": _operator("and"),
    "dagster.AssetSelection.__sub__": _operator("not"),
    "dagster.AssetSelection.__ror__": _operator("or", reflected=True),
    "dagster.AssetSelection.__rand__": _operator("and", reflected=True),
    "dagster.AssetSelection.__rsub__": _operator("not", reflected=True),
    "dagster.AssetSelection.upstream": _around(Upstream),
    "dagster.AssetSelection.downstream": _around(Downstream),
    "dagster.AssetSelection.roots": _ends("roots"),
    "dagster.AssetSelection.sinks": _ends("sinks"),
    "dagster.AssetSelection.sources": _ends("roots"),
    "dagster.AssetSelection.upstream_source_assets": _ends("sources"),
    "dagster.AssetSelection.required_multi_asset_neighbors": _ends("neighbours"),
    "dagster.AssetSelection.materializable": _ends("materializable"),
    "dagster.AssetSelection.without_checks": _without_checks,
    "dagster.AssetSelection.to_selection_str": _text,
    "dagster.AssetSelection.__str__": _text,
}
"""The intrinsics of asset selections."""
