"""Data that functions hold on to, in which values of environment variables may be."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.spans import Span
from assetgen.codegen.link.text.literals import literal_text


@dataclass(frozen=True, slots=True)
class Held:
    """The source of plain data as it is written, and the place of the function that holds it.
    `probed` is the source that it has where environment variables have other values."""

    source: str
    holder: Span
    probed: str | None = None


@dataclass(frozen=True, slots=True)
class Probe:
    """What functions held, in the same order, and the declaration of the pipeline, where some
    environment variables had other `values`: a text that is now what such a variable was given, and
    was its other value there, is the variable's. Scripts can ask for those that are `askable`."""

    held: tuple[Held, ...]
    declaration: str
    values: Mapping[str, str]
    askable: frozenset[str]


_MARK = "\0"


class HeldData:
    """The data that functions hold on to, in the order in which it is written."""

    def __init__(self, given: Mapping[str, str] | None = None, probe: Probe | None = None) -> None:
        """`given` are the values that environment variables had for the analysis."""
        self.all: list[Held] = []
        self._probed = probe.held if probe is not None else ()
        self._variables: dict[tuple[str, str], str] = {}
        if probe is not None:
            values = given or {}
            self._variables = {
                (values.get(name, ""), probe.values[name]): name for name in probe.askable
            }

    def parts(self, source: str, holder: Span) -> tuple[str, ...]:
        """The source of some data, divided by the names of the variables whose values are in it."""
        number = len(self.all)
        probed = self._probed[number].source if number < len(self._probed) else None
        parts: tuple[str, ...] = (source,)
        if probed is not None and probed != source:
            parts = self._divided(source, probed)
        self.all.append(Held("".join(parts[::2]), holder, probed))
        return parts

    def _divided(self, source: str, probed: str) -> tuple[str, ...]:
        try:
            data, other = ast.literal_eval(source), ast.literal_eval(probed)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            return (source,)
        parts = tuple(literal_text(_merged(data, other, self._variables)).split(_MARK))
        return parts if len(parts) > 1 else (source,)


class _Read:
    """Stands for the value of a variable in data that is written down."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return f"{_MARK}{self._name}{_MARK}"


def _merged(data: object, other: object, variables: Mapping[tuple[str, str], str]) -> object:
    if isinstance(data, str) and isinstance(other, str):
        name = variables.get((data, other))
        return data if name is None else _Read(name)
    if isinstance(data, dict) and isinstance(other, dict):
        return {key: _merged(value, other.get(key), variables) for key, value in data.items()}
    for kind in (list, tuple):
        if isinstance(data, kind) and isinstance(other, kind) and len(data) == len(other):
            pairs = zip(data, other, strict=True)
            return kind(_merged(one, two, variables) for one, two in pairs)
    return data
