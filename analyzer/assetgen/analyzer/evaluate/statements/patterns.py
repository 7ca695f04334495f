"""Patterns of `match` statements."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects.doubts import doubt_of_key
from assetgen.analyzer.evaluate.objects.ternary import all_of, any_of
from assetgen.analyzer.evaluate.values import (
    Choice,
    Constant,
    External,
    Instance,
    Mapping,
    Sequence,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def matches(machine: Machine, pattern: ast.pattern, subject: Value, frame: Frame) -> bool | None:
    """Whether `subject` matches, binding what the pattern captures; None if it is not known."""
    if isinstance(subject, Choice) and isinstance(pattern, _TAKING_APART):
        return _of_options(machine, pattern, subject, frame)
    return _PATTERNS[type(pattern)](machine, pattern, subject, frame)


_TAKING_APART = (ast.MatchSequence, ast.MatchMapping, ast.MatchClass)


def _of_options(
    machine: Machine, pattern: ast.pattern, subject: Choice, frame: Frame
) -> bool | None:
    """Whether one of several subjects matches; names are bound to what those that may match
    give."""
    answers: list[bool | None] = []
    captured: dict[str, list[Value]] = {}
    names = set(_captured_by(pattern))
    for option in machine.trying(subject):
        answer = matches(machine, pattern, option, frame)
        answers.append(answer)
        for name in names if answer is not False else ():
            value = frame.scope.target(name).get(name)
            if value is not None:
                captured.setdefault(name, []).append(value)
    for name, values in captured.items():
        _bind(machine, name, machine.join(values, subject.condition), frame)
    return answers[0] if len(set(answers)) == 1 else None


def _captured_by(pattern: ast.pattern) -> Iterator[str]:
    for part in ast.walk(pattern):
        name = part.rest if isinstance(part, ast.MatchMapping) else getattr(part, "name", None)
        if isinstance(name, str):
            yield name


def _bind(machine: Machine, name: str | None, value: Value, frame: Frame) -> None:
    if name is not None:
        machine.bind(frame.scope.target(name), name, value)


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
    is_range = isinstance(subject, Constant) and isinstance(subject.value, range)
    if is_range or (isinstance(subject, Instance) and _is_sequence(subject)):
        subject = Sequence("list", list(machine.items(subject, frame.site(pattern)).values))
    if not isinstance(subject, Sequence) or subject.kind not in _SEQUENCES:
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


_SEQUENCES = ("list", "tuple", "deque")


def _is_sequence(subject: Instance) -> bool:
    """Whether an object is a named tuple, or a list or tuple of the project's own."""
    if isinstance(subject.content, Sequence):
        return subject.content.kind in _SEQUENCES
    return External("typing.NamedTuple") in subject.cls.mro


def _star(machine: Machine, pattern: ast.MatchStar, subject: Value, frame: Frame) -> bool:
    _bind(machine, pattern.name, subject, frame)
    return True


def _mapping(
    machine: Machine, pattern: ast.MatchMapping, subject: Value, frame: Frame
) -> bool | None:
    if isinstance(subject, Unknown):
        return None
    if isinstance(subject, Instance) and isinstance(subject.content, Mapping):
        subject = subject.content
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
            if doubt_of_key(subject, key) is not None:
                answers.append(None)
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
    for name in _captured_by(pattern):
        _bind(machine, name, unknown, frame)


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
