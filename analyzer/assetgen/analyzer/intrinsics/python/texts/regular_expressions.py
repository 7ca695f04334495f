"""The module `re`, for patterns and strings on which matching cannot take forever."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from types import NoneType
from typing import Any, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.conversion import NotPlain, from_python
from assetgen.analyzer.evaluate.values import Constant, Iterator_, Sequence, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.python.plain import (
    each_option,
    lost,
    plain,
    pure,
    pure_attribute,
    pure_method,
    raised,
)
from assetgen.analyzer.intrinsics.python.texts.pattern_costs import may_hang

_LONGEST_PATTERN: Final = 2_000

_COMPILE: Final = Parameters("pattern, flags=0")
_SEARCH: Final = Parameters("pattern, string, flags=0")
_WITHIN: Final = Parameters("pattern, string, pos=0, endpos=None")
_SPLIT: Final = Parameters("pattern, string, maxsplit=0, flags=0")
_SUB: Final = Parameters("pattern, repl, string, count=0, flags=0")


def _compile(call: Call) -> Value:
    bound = _COMPILE.bind(call)
    pattern = _pattern(call, bound)
    return pattern if isinstance(pattern, Value) else Constant(pattern)


def _pattern(call: Call, bound: Bound) -> re.Pattern[Any] | Value:
    try:
        source: Any = plain(call, bound["pattern"])
        flags: Any = plain(call, bound["flags"]) if "flags" in bound.defaults else 0
    except NotPlain as error:
        return lost(call, error.value)
    if isinstance(source, re.Pattern):
        return source
    if not isinstance(source, (str, bytes)) or len(source) > _LONGEST_PATTERN:
        return call.unknown("budget", "a pattern that is too long to be tried")
    try:
        return re.compile(source, flags)
    except (re.error, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise raised(error) from error


def _applied(
    parameters: Parameters, apply: Callable[[re.Pattern[Any], Any, Bound], object]
) -> Intrinsic:
    """The row for a function that applies a pattern to a string, or for the method of a compiled
    pattern."""

    def intrinsic(call: Call) -> Value:
        bound = parameters.bind(call.unbound())
        pattern = _pattern(call, bound)
        if isinstance(pattern, Value):
            return pattern
        try:
            text: Any = plain(call, bound["string"])
        except NotPlain as error:
            return lost(call, error.value)
        if isinstance(text, (str, bytes)) and may_hang(pattern, len(text)):
            return call.unknown("budget", "a pattern that may take too long on this text")
        try:
            return _given(apply(pattern, text, bound))
        except NotPlain as error:
            return lost(call, error.value)
        except (TypeError, IndexError, re.error) as error:
            raise raised(error) from error

    return each_option(intrinsic)


def _given(result: object) -> Value:
    if isinstance(result, list):
        return Sequence("list", [_given(item) for item in result])
    if isinstance(result, tuple):
        return Sequence("tuple", [_given(item) for item in result])
    if isinstance(result, Iterator):
        return Iterator_(Constant(item) for item in result)
    return Constant(result)


def _group_index(call: Call) -> Value:
    pattern = call.receiver.value if isinstance(call.receiver, Constant) else None
    if not isinstance(pattern, re.Pattern):
        return lost(call)
    return from_python(dict(pattern.groupindex))


def _substitute(pattern: re.Pattern[Any], text: Any, bound: Bound) -> str:
    return _substitute_and_count(pattern, text, bound)[0]


def _substitute_and_count(pattern: re.Pattern[Any], text: Any, bound: Bound) -> tuple[str, int]:
    call = bound.call
    count = bound.plain("count")
    if not isinstance(count, int):
        raise NotPlain(bound["count"])
    replacement = bound["repl"]
    if isinstance(replacement, Constant):
        template: Any = replacement.value
        if isinstance(template, str) and len(template) * (len(text) + 1) > call.machine.budget.text:
            raise NotPlain(call.unknown("budget", "text that is too long to be made"))
        return pattern.subn(template, text, count)

    def replaced(match: re.Match[Any]) -> str:
        result = call.invoke(replacement, Constant(match))
        made = plain(call, result)
        if not isinstance(made, str):
            raise NotPlain(result)
        return made

    return pattern.subn(replaced, text, count)


def _split(pattern: re.Pattern[Any], text: Any, bound: Bound) -> object:
    count = bound.plain("maxsplit")
    if not isinstance(count, int):
        raise NotPlain(bound["maxsplit"])
    return pattern.split(text, count)


def _within(name: str) -> Intrinsic:
    """The row for a method of a compiled pattern that may look at a part of the string only."""

    def apply(pattern: re.Pattern[Any], text: Any, bound: Bound) -> object:
        start, end = bound.plain("pos"), bound.plain("endpos")
        if not isinstance(start, int) or not isinstance(end, (int, NoneType)):
            raise NotPlain(bound["pos" if not isinstance(start, int) else "endpos"])
        limits = (start,) if end is None else (start, end)
        return getattr(pattern, name)(text, *limits)

    return _applied(_WITHIN, apply)


_find_all: Final = _applied(_SEARCH, lambda pattern, text, bound: pattern.findall(text))
_find_iter: Final = _applied(_SEARCH, lambda pattern, text, bound: pattern.finditer(text))
_full_match: Final = _applied(_SEARCH, lambda pattern, text, bound: pattern.fullmatch(text))
_match: Final = _applied(_SEARCH, lambda pattern, text, bound: pattern.match(text))
_search: Final = _applied(_SEARCH, lambda pattern, text, bound: pattern.search(text))
_split_text: Final = _applied(_SPLIT, _split)
_sub: Final = _applied(_SUB, _substitute)
_sub_and_count: Final = _applied(_SUB, _substitute_and_count)

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "re.compile": each_option(_compile),
    "re.escape": pure(re.escape),
    "re.findall": _find_all,
    "re.finditer": _find_iter,
    "re.fullmatch": _full_match,
    "re.match": _match,
    "re.search": _search,
    "re.split": _split_text,
    "re.sub": _sub,
    "re.subn": _sub_and_count,
    "re.Pattern.findall": _within("findall"),
    "re.Pattern.finditer": _within("finditer"),
    "re.Pattern.flags": pure_attribute(re.Pattern),
    "re.Pattern.fullmatch": _within("fullmatch"),
    "re.Pattern.groups": pure_attribute(re.Pattern),
    "re.Pattern.match": _within("match"),
    "re.Pattern.pattern": pure_attribute(re.Pattern),
    "re.Pattern.search": _within("search"),
    "re.Pattern.split": _split_text,
    "re.Pattern.groupindex": _group_index,
    "re.Pattern.sub": _sub,
    "re.Pattern.subn": _sub_and_count,
    "re.Match.__getitem__": pure_method(re.Match),
    "re.Match.end": pure_method(re.Match),
    "re.Match.expand": pure_method(re.Match),
    "re.Match.group": pure_method(re.Match),
    "re.Match.groupdict": pure_method(re.Match),
    "re.Match.groups": pure_method(re.Match),
    "re.Match.lastgroup": pure_attribute(re.Match),
    "re.Match.lastindex": pure_attribute(re.Match),
    "re.Match.pos": pure_attribute(re.Match),
    "re.Match.re": pure_attribute(re.Match),
    "re.Match.span": pure_method(re.Match),
    "re.Match.start": pure_method(re.Match),
    "re.Match.string": pure_attribute(re.Match),
}

VALUES: Final[ReadOnlyMapping[str, Value]] = {
    "re.A": Constant(re.ASCII),
    "re.ASCII": Constant(re.ASCII),
    "re.DOTALL": Constant(re.DOTALL),
    "re.I": Constant(re.IGNORECASE),
    "re.IGNORECASE": Constant(re.IGNORECASE),
    "re.M": Constant(re.MULTILINE),
    "re.MULTILINE": Constant(re.MULTILINE),
    "re.S": Constant(re.DOTALL),
    "re.U": Constant(re.UNICODE),
    "re.UNICODE": Constant(re.UNICODE),
    "re.VERBOSE": Constant(re.VERBOSE),
    "re.X": Constant(re.VERBOSE),
}

PROPERTIES: Final = frozenset(
    {
        "re.Match.lastgroup",
        "re.Match.lastindex",
        "re.Match.pos",
        "re.Match.re",
        "re.Match.string",
        "re.Pattern.flags",
        "re.Pattern.groupindex",
        "re.Pattern.groups",
        "re.Pattern.pattern",
    }
)
