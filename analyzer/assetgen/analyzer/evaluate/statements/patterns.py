"""Patterns of `match` statements."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects.ternary import all_of, any_of
from assetgen.analyzer.evaluate.values import (
    Choice,
    Constant,
    Mapping,
    Sequence,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def matches(machine: Machine, pattern: ast.pattern, subject: Value, frame: Frame) -> bool | None:
    """Whether `subject` matches, binding what the pattern captures; None if it is not known."""
    return _PATTERNS[type(pattern)](machine, pattern, subject, frame)


def _bind(machine: Machine, name: str | None, value: Value, frame: Frame) -> None:
    if name is not None:
        machine.write(frame.scope.target(name), name, value)


def _value(machine: Machine, pattern: ast.MatchValue, subject: Value, frame: Frame) -> bool | None:
    return machine.equal(subject, machine.evaluate(pattern.value, frame))


def _singleton(
    machine: Machine, pattern: ast.MatchSingleton, subject: Value, frame: Frame
) -> bool | None:
    if isinstance(subject, (Choice, Unknown)):
        return machine.equal(subject, Constant(pattern.value))
    return isinstance(subject, Constant) and subject.value is pattern.value


def _as(machine: Machine, pattern: ast.MatchAs, subject: Value, frame: Frame) -> bool | None:
    answer = matches(machine, pattern.pattern, subject, frame) if pattern.pattern else True
    if answer is not False:
        _bind(machine, pattern.name, subject, frame)
    return answer


def _or(machine: Machine, pattern: ast.MatchOr, subject: Value, frame: Frame) -> bool | None:
    return any_of(matches(machine, option, subject, frame) for option in pattern.patterns)


def _sequence(
    machine: Machine, pattern: ast.MatchSequence, subject: Value, frame: Frame
) -> bool | None:
    if isinstance(subject, Unknown):
        return None
    if isinstance(subject, Constant) and isinstance(subject.value, range):
        subject = Sequence("list", list(machine.items(subject, frame.site(pattern)).values))
    if not isinstance(subject, Sequence) or subject.kind not in ("list", "tuple"):
        return False
    if subject.losses:
        return None
    items = list(subject.items)
    stars = [i for i, item in enumerate(pattern.patterns) if isinstance(item, ast.MatchStar)]
    if stars:
        rest = len(pattern.patterns) - 1
        if len(items) < rest:
            return False
        start, end = stars[0], len(items) - (rest - stars[0])
        items[start:end] = [Sequence("list", items[start:end])]
    elif len(items) != len(pattern.patterns):
        return False
    return all_of(
        matches(machine, part, item, frame)
        for part, item in zip(pattern.patterns, items, strict=True)
    )


def _star(machine: Machine, pattern: ast.MatchStar, subject: Value, frame: Frame) -> bool:
    _bind(machine, pattern.name, subject, frame)
    return True


def _mapping(
    machine: Machine, pattern: ast.MatchMapping, subject: Value, frame: Frame
) -> bool | None:
    if isinstance(subject, Unknown):
        return None
    if not isinstance(subject, Mapping):
        return False
    answers: list[bool | None] = []
    used = set()
    for key_node, part in zip(pattern.keys, pattern.patterns, strict=True):
        key = machine.hash_key(machine.evaluate(key_node, frame))
        used.add(key)
        if key is None or (key not in subject.entries and subject.losses):
            answers.append(None)
        elif key not in subject.entries:
            return False
        else:
            answers.append(matches(machine, part, subject.entries[key][1], frame))
    if pattern.rest is not None:
        rest = {key: entry for key, entry in subject.entries.items() if key not in used}
        _bind(machine, pattern.rest, Mapping("dict", rest, list(subject.losses)), frame)
    return all_of(answers)


def _class(machine: Machine, pattern: ast.MatchClass, subject: Value, frame: Frame) -> bool | None:
    cls = machine.evaluate(pattern.cls, frame)
    answers = [machine.is_instance(subject, cls)]
    if answers[0] is False:
        return False
    site = frame.site(pattern)
    names = list(pattern.kwd_attrs)
    if pattern.patterns:
        found = machine.find_attribute(cls, "__match_args__", site)
        if isinstance(found, Sequence):
            arguments = [item.value for item in found.items if isinstance(item, Constant)]
            names = [str(name) for name in arguments[: len(pattern.patterns)]] + names
        elif len(pattern.patterns) == 1 and isinstance(subject, (Constant, Sequence, Mapping)):
            answers.append(matches(machine, pattern.patterns[0], subject, frame))
            return all_of(answers)
        else:
            _capture(machine, pattern, subject, frame)
            return None
    parts = [*pattern.patterns, *pattern.kwd_patterns]
    for name, part in zip(names, parts, strict=False):
        value = machine.find_attribute(subject, name, site)
        if value is None:
            return False
        answers.append(matches(machine, part, value, frame))
    return all_of(answers)


def _capture(machine: Machine, pattern: ast.pattern, subject: Value, frame: Frame) -> None:
    """What a pattern would bind, of which it is not known what it takes apart."""
    unknown = machine.unknown("unsupported", "a part of an object", frame.site(pattern), subject)
    for part in ast.walk(pattern):
        if isinstance(part, (ast.MatchAs, ast.MatchStar)):
            _bind(machine, part.name, unknown, frame)
        elif isinstance(part, ast.MatchMapping):
            _bind(machine, part.rest, unknown, frame)


_PATTERNS: ReadOnlyMapping[type[ast.pattern], Callable[[Any, Any, Value, Frame], bool | None]] = {
    ast.MatchValue: _value,
    ast.MatchSingleton: _singleton,
    ast.MatchAs: _as,
    ast.MatchOr: _or,
    ast.MatchSequence: _sequence,
    ast.MatchStar: _star,
    ast.MatchMapping: _mapping,
    ast.MatchClass: _class,
}
