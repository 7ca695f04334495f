"""What an evaluation makes, tells and rests on, by module."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

from assetgen.analyzer.evaluate.budget import REFUSED, Raised
from assetgen.analyzer.evaluate.contribution import Contribution
from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.evaluate.objects.doubted_names import BESIDE, NameDoubts, doubts_in
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Class, Constant, Declared, Module, Unknown, Value
from assetgen.analyzer.model.catalogue import REFUSALS, diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.environment import EnvironmentRead
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.syntax.module import ParsedModule

Known = TypeVar("Known")
Input = TypeVar("Input")

_Load = tuple[Collection[object], Site]
_Loaded = tuple[_Load, dict[int, tuple[Span, ...]]]
"""A load, and where it is, for each identity that it found."""


def _loaded_by(load: _Load) -> _Loaded:
    identities, site = load
    return load, dict.fromkeys(map(id, identities), (site.span,))


class Ledger:
    """What was made and told, in whichever module was running, and what came of it all.

    `contributions` holds, by module, what the evaluation of each gave; `own` what is made outside
    of any, when definitions are loaded; `current` is the one that grows. `memory` is of what was
    made of values before. `afterthoughts` are names of scopes, by the identity of these, that were
    bound because others asked for them, and what they stood for before. What is refused while
    `guarded` grows raises, since the code there catches it. `assigned` are the environment
    variables that the code has set so far, `outputs` what `print` writes to, the last of them.
    `absences` counts how often it was asked for a file or folder that is not there, `reports` how
    often something was told, again or not.
    """

    def __init__(self) -> None:
        self.contributions: dict[str, Contribution] = {}
        self.own = self.current = Contribution()
        self.memory = Memory()
        self.afterthoughts: dict[int, list[tuple[dict[str, Value], str, Value | None]]] = {}
        self.guarded: Contribution | None = None
        self.assigned: dict[str, Value] = {}
        self.outputs: list[Value] = []
        self.absences = 0
        self.reports = 0

    def add_afterwards(self, names: dict[str, Value], name: str, value: Value) -> None:
        """Bind what belongs to a scope, but is only known now that somebody else asks for it."""
        before = names.get(name)
        self._note_afterwards(names, name)
        names[name] = value
        doubts = doubts_in(names)
        condition = doubts.of(name, before)
        if condition is not None:
            self._note_afterwards(names, BESIDE)
            names[BESIDE] = NameDoubts({**doubts.by_name, name: (value, condition)})

    def _note_afterwards(self, names: dict[str, Value], name: str) -> None:
        entry = names, name, names.get(name)
        self.afterthoughts.setdefault(id(names), []).append(entry)

    def each(
        self,
        make: Callable[[Input], Known],
        kind: Hashable,
        values: Sequence[Input],
        surroundings: object = None,
        anew: Collection[int] = (),
    ) -> list[Known]:
        """As `Memory.each`, but what reports or declares something is made again each time."""
        counts = self._counts()

        def is_kept() -> bool:
            nonlocal counts
            before, counts = counts, self._counts()
            return before == counts

        return self.memory.each(make, kind, values, surroundings, anew, is_kept)

    def again(self, make: Callable[[], Known], kind: Hashable, inputs: Hashable) -> Known:
        """As `Memory.again`, but what reports or declares something is made again each time, and
        what it loads counts again."""
        counts, begun = self._counts(), len(self.current.loads)

        def made() -> tuple[Known, list[_Load]]:
            return make(), self.current.loads[begun:]

        result, loads = self.memory.again(made, kind, inputs, lambda: counts == self._counts())
        self.current.loads[begun:] = loads
        return result

    def _counts(self) -> tuple[int, int]:
        return self.reports, len(self.current.declared)

    def text_of(self, module: Module) -> ParsedModule | None:
        """A module, to look at more of its text than what is evaluated: all of it counts then."""
        if module.file is not None:
            self.current.data.add(module.file)
        return module.parsed

    def declare(self, value: Declared) -> None:
        """Remember a definition that was made."""
        self.current.declared.append(value)

    def note_class(self, cls: Class, condition: Unknown | None) -> None:
        """Remember a class that was made, when, and under which unknown condition."""
        self.current.classes.append((len(self.current.needs), cls, condition))

    def classes(self) -> Iterator[tuple[Class, Unknown | None]]:
        """All classes, and under which condition, in the order in which they were made: a module
        that is needed makes its own when it is needed first."""
        begun: set[str] = set()
        for name in self.contributions:
            yield from self._classes_of(name, begun)
        yield from (made[1:] for made in self.own.classes)

    def _classes_of(self, name: str, begun: set[str]) -> Iterator[tuple[Class, Unknown | None]]:
        if name in begun or name not in self.contributions:
            return
        begun.add(name)
        contribution = self.contributions[name]
        made = deque(contribution.classes)
        for number, needed in enumerate(contribution.needs):
            while made and made[0][0] <= number:
                yield made.popleft()[1:]
            yield from self._classes_of(needed, begun)
        yield from (each[1:] for each in made)

    def report(self, rule: str, message: str, span: Span) -> None:
        """Report a diagnostic; the same one at the same place counts once.

        A refusal means that the code raises: inside of a `try` that catches it, it raises `Raised`
        instead of being reported.
        """
        if self.guarded is self.current and rule in REFUSALS:
            raise Raised(REFUSED, message)
        self.reports += 1
        told = self.current.diagnostics
        told.setdefault((rule, span, message), diagnostic(rule, message, span))

    def report_environment(
        self,
        name: str,
        default: Value | None,
        site: Site,
        *,
        is_required: bool = False,
        when: str = "import",
        counts: bool = True,
    ) -> None:
        """Remember that the environment variable `name` was read; in terms of `EnvironmentRead`.

        If it does not count, nothing is made of what it holds.
        """
        has_default = default is not None and default != Constant(None)
        read = EnvironmentRead(site.span, when, has_default, is_required and default is None)
        self.current.environment_reads.setdefault((name, site.span), read)
        if counts:
            self.current.variables.add(name)

    def all_contributions(self) -> tuple[Contribution, ...]:
        """Those of modules in the order in which they were begun, and of what went on beside."""
        return (*self.contributions.values(), self.own)

    def loads(self) -> dict[int, tuple[Span, ...]]:
        """The calls that found a definition among the globals of modules, by its identity."""
        before: dict[int, _Loaded] = self.memory.last("loads") or {}
        now: dict[int, _Loaded] = {}
        found: dict[int, tuple[Span, ...]] = {}
        for load in chain.from_iterable(each.loads for each in self.all_contributions()):
            _, loaded = now[id(load)] = before.get(id(load)) or _loaded_by(load)
            again = found.keys() & loaded.keys()
            several = {each: (*found[each], *loaded[each]) for each in again}
            found.update(loaded)
            found.update((each, tuple(dict.fromkeys(spans))) for each, spans in several.items())
        self.memory.put("loads", now)
        return found

    @property
    def diagnostics(self) -> dict[tuple[str, Span, str], Diagnostic]:
        """Everything that is reported to the user, each diagnostic once."""
        found: dict[tuple[str, Span, str], Diagnostic] = {}
        for contribution in self.all_contributions():
            found.update(contribution.diagnostics)
        return found

    @property
    def environment_reads(self) -> dict[tuple[str, Span], EnvironmentRead]:
        """The environment variables that were asked for, by name and place."""
        found: dict[tuple[str, Span], EnvironmentRead] = {}
        for contribution in self.all_contributions():
            for key, read in contribution.environment_reads.items():
                found.setdefault(key, read)
        return found
