"""The abstract machine: the state of one evaluation, and the tables that dispatch it."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Hashable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from collections.abc import Sequence as ReadOnlySequence
from pathlib import Path
from typing import Any

from assetgen.analyzer.evaluate import checked_imports, importing
from assetgen.analyzer.evaluate.allowance import Allowance
from assetgen.analyzer.evaluate.attempts import Attempt
from assetgen.analyzer.evaluate.branching import each_option
from assetgen.analyzer.evaluate.budget import Budget, Raised
from assetgen.analyzer.evaluate.call import Intrinsics
from assetgen.analyzer.evaluate.changes import Changes
from assetgen.analyzer.evaluate.contribution import Retained
from assetgen.analyzer.evaluate.expressions import (
    changed_items,
    comprehensions,
    displays,
    literals,
    names,
    operators,
    relations,
    subscripts,
)
from assetgen.analyzer.evaluate.frame import Completion, Frame
from assetgen.analyzer.evaluate.functions import calls
from assetgen.analyzer.evaluate.journal import is_beyond, is_shared
from assetgen.analyzer.evaluate.ledger import Ledger
from assetgen.analyzer.evaluate.objects import (
    attributes,
    classes,
    comparison,
    descriptors,
    instances,
    iteration,
    keys,
)
from assetgen.analyzer.evaluate.objects.iteration import Items
from assetgen.analyzer.evaluate.objects.key_index import KeyIndex
from assetgen.analyzer.evaluate.objects.namespaces import LossesOfModule, namespace, sorted_names
from assetgen.analyzer.evaluate.relevance import Relevance
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.statements import (
    control,
    definitions,
    failures,
    import_statements,
    statements,
)
from assetgen.analyzer.evaluate.values import (
    Choice,
    Class,
    Declared,
    Deferred,
    External,
    Instance,
    Module,
    Reason,
    Unknown,
    Value,
    options_of,
)
from assetgen.analyzer.evaluate.variables import Variables
from assetgen.analyzer.project.files.project_files import ProjectFiles
from assetgen.analyzer.project.modules.modules import Project
from assetgen.analyzer.syntax.module import ParsedModule
from assetgen.analyzer.syntax.problem import SyntaxProblem
from assetgen.analyzer.syntax.proven import Proven

Expression = Callable[["Machine", Any, Frame], Value]
Statement = Callable[["Machine", Any, Frame], "Completion | None"]

EXPRESSIONS: ReadOnlyMapping[type[ast.AST], Expression] = {
    **literals.TABLE,
    **displays.TABLE,
    **names.TABLE,
    **operators.TABLE,
    **relations.TABLE,
    **attributes.TABLE,
    **subscripts.TABLE,
    **calls.TABLE,
    **comprehensions.TABLE,
}
STATEMENTS: ReadOnlyMapping[type[ast.AST], Statement] = {
    **statements.TABLE,
    **control.TABLE,
    **definitions.TABLE,
    **import_statements.TABLE,
}


class Machine(Ledger, Allowance, Changes):
    """Evaluates modules of `project`, and remembers what was made and what could not be known.

    `environment` holds the environment variables whose values are given, and knows those that are
    `unset`; `files` reads data beside the code. `withheld` are variables whose values are unknown
    even if the code has a default. `now` is what the clock shows, as far as that is known: year,
    month, day, hour, minute, second. `retained` are modules that need not be evaluated again;
    `on_evaluated` is called for each that was. `trees` are the contents of files and what they were
    parsed to. `alike` holds the objects that define their own equality, by hash.
    """

    def __init__(
        self,
        project: Project,
        files: ProjectFiles,
        intrinsics: Intrinsics,
        environment: ReadOnlyMapping[str, str],
        budget: Budget,
        shown: Callable[[str], str] = str,
        withheld: frozenset[str] = frozenset(),
        now: tuple[int, ...] = (),
        unset: tuple[str, ...] = (),
    ) -> None:
        Ledger.__init__(self)
        Allowance.__init__(self, budget)
        Changes.__init__(self)
        self.project = project
        self.files = files
        self.intrinsics = intrinsics
        self.withheld = withheld
        self.now = now
        self.shown = shown
        self.relevance = Relevance(project)
        self.modules: dict[str, Module] = {}
        self.environment = Variables(
            environment, lambda name: self.current.variables.add(name), unset
        )
        self.retained: ReadOnlyMapping[str, Retained] = {}
        self.trees: dict[str, tuple[bytes, ParsedModule | SyntaxProblem]] = {}
        self.lets_go = False
        self.proven: Proven | None = None
        self.on_evaluated: Callable[[Module], None] | None = None
        self.key_index = KeyIndex()
        self.alike: dict[Hashable, list[Instance]] = {}
        self.order_is_known = True
        self.depth = 0
        self.running: dict[int, list[dict[str, Value]]] = {}
        self.forming: list[Class] = []
        self.attempts: list[Attempt] = []
        self.fled: Attempt | None = None
        self.catchers: list[Callable[[Raised], bool]] = []

    # -- evaluation

    def evaluate(self, node: ast.expr, frame: Frame) -> Value:
        """The value of an expression; raises `Raised` where Python certainly would."""
        handler = EXPRESSIONS.get(type(node))
        if handler is None:
            kind = type(node).__name__
            return self.unknown("unsupported", f"{kind} is not evaluated", frame.site(node))
        return handler(self, node, frame)

    def execute(self, body: ReadOnlySequence[ast.stmt], frame: Frame) -> Completion | None:
        """Run statements; gives how the block ended, None when it ran to its end."""
        for number, statement in enumerate(body, start=1):
            self.step()
            handler = STATEMENTS.get(type(statement))
            if handler is not None:
                completion = handler(self, statement, frame)
                if completion is not None:
                    return completion
                may_be_left = frame.left is not None and not frame.is_leaving
                may_be_left = may_be_left or self.fled is not None
                if (may_be_left or frame.skipped is not None) and (
                    number < len(body) or frame.binding is not None
                ):
                    return control.rest(self, body[number:], frame)
        return None

    def declare(self, value: Declared) -> None:
        """Remember a definition that was made."""
        super().declare(value)
        self.give_back()

    def failed(self, exception: str, message: str, site: Site, *causes: Value) -> Unknown:
        """What Python certainly raises here: raised where the code around it catches that."""
        return failures.failed(self, exception, message, site, *causes)

    def condition(self, test: Value, node: ast.expr, frame: Frame) -> Unknown:
        """The unknown that decides between the arms of a condition; its message is its text."""
        return self.unknown("condition", _shortened(ast.unparse(node)), frame.site(node), test)

    # -- names outside and inside the project

    def intrinsic(self, qualname: str) -> Value:
        """The name outside the project: its value if that is known, or `External`."""
        name = self.intrinsics.canonical(qualname)
        return self.intrinsics.value(name) or External(name)

    def knows(self, qualname: str) -> bool:
        """Whether the tables have a row or a value for the name."""
        name = self.intrinsics.canonical(qualname)
        known = self.intrinsics
        return known.row(name) is not None or known.value(name) is not None

    def describes(self, qualname: str) -> bool:
        """Whether the tables have a row or a value for the name, or for a member of it."""
        return self.intrinsics.describes(self.intrinsics.canonical(qualname))

    def is_described(self, module: str) -> bool:
        """Whether the tables say what is in a module, be its source in the project or not: one
        that exports the API under another name, such as assetgen's own runtime."""
        return self.knows(f"{module}.AssetKey")

    def is_external(self, package: str) -> bool:
        """Whether a top-level name is that of a package that the tables speak of."""
        return package in self.intrinsics.packages

    def is_relevant(self, module: Module) -> bool:
        """Whether being imported can matter by itself."""
        file = self.project.find_module(module.name)
        return file is not None and self.relevance.is_relevant(file)

    def path(self, file: str) -> Path:
        return Path(file)

    def module_site(self, module: Module) -> Site:
        """The beginning of a module, where nothing more exact is known."""
        parsed = module.parsed
        return Site(module, parsed.first if parsed is not None else ast.Module([], []))

    def text_at(self, site: Site) -> str:
        """The source text of a site, on one line, shortened if it is long."""
        parsed = site.module.parsed
        if parsed is None:
            return ""
        place = site.line, site.column, site.end_line, site.end_column
        return _shortened(parsed.segment_between(*place))

    def defines_nowhere(self, module: Module, name: str) -> bool:
        """Whether nothing in the text of a module can bind a name."""
        parsed = self.text_of(module)
        return parsed is not None and parsed.defines_nowhere(name)

    def member(self, module: Module, name: str, site: Site) -> Value | None:
        """A global or submodule of a module, or None."""
        return importing.member(self, module, name, site)

    def settle(self, deferred: Deferred, site: Site) -> Value:
        """What a deferred import stands for."""
        return importing.settle(self, deferred, site)

    def namespace(self, module: Module) -> Value:
        """`globals()` of a module: a dictionary; what is set in it becomes a global."""
        found = namespace(self.globals_of(module))
        found.losses = LossesOfModule(module.stars, found.losses)
        return found

    def sorted_names(self, names: dict[str, Value]) -> Value:
        """A list of names as `dir()` gives it."""
        return sorted_names(names)

    def find_own(self, instance: Instance, name: str) -> Value | None:
        """A method that the user's class defines."""
        found = classes.lookup(instance.cls, name)
        return found[1] if found is not None else None

    # -- what intrinsics ask of the machine

    def call(
        self,
        function: Value,
        args: ReadOnlySequence[Value],
        kwargs: ReadOnlyMapping[str, Value],
        site: Site,
        losses: ReadOnlySequence[Unknown] = (),
    ) -> Value:
        """What calling `function` gives."""
        return calls.call(self, function, tuple(args), dict(kwargs), site, tuple(losses))

    def get_attribute(self, value: Value, name: str, site: Site) -> Value:
        return attributes.get_attribute(self, value, name, site)

    def find_attribute(self, value: Value, name: str, site: Site) -> Value | None:
        """The attribute, or None when `value` has none of that name for certain."""
        return attributes.find_attribute(self, value, name, site)

    def each_of(self, choice: Choice, action: Callable[[Value], Value], site: Site) -> list[Value]:
        """What an action on the one of several values that it is gives, and changes."""
        return each_option(self, choice, action, site)

    def set_attribute(self, value: Value, name: str, new: Value, site: Site) -> None:
        descriptors.set_attribute(self, value, name, new, site)

    def subscript(self, value: Value, index: Value, site: Site) -> Value:
        return subscripts.get_item(self, value, index, site)

    def set_item(self, value: Value, index: Value, new: Value, site: Site) -> None:
        changed_items.set_item(self, value, index, new, site)

    def items(self, value: Value, site: Site) -> Items:
        """Everything that iterating over `value` gives; an iterator is used up by it."""
        return iteration.items(self, value, site)

    def iterable(self, value: Value, site: Site) -> Value:
        """What is iterated over when the code itself says so of `value`."""
        return iteration.iterable(self, iteration.iterated(self, value, site), site)

    def iterate(self, value: Value, site: Site) -> Iterator[Value]:
        """The same one by one; what is lost is told by `losses_of`."""
        return iteration.iterate(self, value, site)

    def losses_of(self, value: Value, site: Site) -> tuple[Unknown, ...]:
        return iteration.losses_of(self, value, site)

    def losses_in_order(self, value: Value, site: Site) -> tuple[Unknown, ...]:
        return iteration.losses_in_order(self, value, site)

    def binary(self, operation: type[ast.operator], left: Value, right: Value, site: Site) -> Value:
        """`left op right`, as the operator's node class says: `ast.Add`, `ast.BitOr` ..."""
        return operators.binary(self, operation, left, right, site)

    def truth(self, value: Value, site: Site | None = None) -> bool | None:
        """Whether `value` counts as true; None if that is not known."""
        return classes.truth(self, value, site)

    def equal(self, left: Value, right: Value) -> bool | None:
        """Whether two values are equal, the user's `__eq__` aside; None if that is not known."""
        return comparison.equal(left, right)

    def equals(self, left: Value, right: Value, site: Site) -> bool | None:
        """Whether `left == right`, by `__eq__` of the user's where it stands."""
        return relations.equals(self, left, right, site)

    def hash_key(self, value: Value) -> Hashable | None:
        return keys.key_of(self, value)

    def type_name(self, value: Value) -> str:
        """The qualified name of the class of `value`."""
        return classes.type_name(value)

    def type_of(self, value: Value) -> Value:
        """The class of `value`."""
        return instances.type_of(self, value)

    def is_instance(self, value: Value, cls: Value) -> bool | None:
        """`isinstance(value, cls)`; None if that is not known."""
        return instances.is_instance(self, value, cls)

    def is_subclass(self, cls: Value, other: Value) -> bool | None:
        """`issubclass(cls, other)`; None if that is not known."""
        return instances.is_subclass(self, cls, other)

    def import_module(self, name: str) -> Value:
        """A module of the project, evaluated, or the `External` that `name` is."""
        return importing.import_module(self, name)

    def check_exists(self, name: str, site: Site) -> None:
        """Tell of a module that a package of the project lacks, or raise `Raised`."""
        checked_imports.check_exists(self, name, site)

    def doubt_installed(self, name: str, site: Site) -> None:
        """What an import raises or not, where that is caught: the package may not be installed."""
        checked_imports.doubt_installed(self, name, site)

    def globals_of(self, module: Module) -> dict[str, Value]:
        """The globals of a module, evaluated to its end, nothing in them deferred."""
        return importing.globals_of(self, module)

    def join(self, options: ReadOnlySequence[Value], condition: Unknown, since: int = 0) -> Value:
        """One of `options`, by a condition that is unknown. Equal ones count once, unless they were
        made before the age `since`: others may have them, too, and what changes one must not change
        the other. Many are still told apart where what is done with them changes them."""
        flat: list[Value] = []
        for single in itertools.chain.from_iterable(map(options_of, options)):
            is_known = any(single is other for other in flat)
            if not is_known and not is_shared(single, since):
                is_known = any(self.equal(single, other) for other in flat)
            if not is_known:
                flat.append(single)
        if len(flat) == 1:
            return flat[0]
        if not flat or is_beyond(flat, since, self.budget):
            return Unknown("condition", condition.message, condition.span, (condition,))
        return Choice(tuple(flat), condition, since)

    def unknown(self, reason: Reason, message: str, site: Site, *causes: Value) -> Unknown:
        """An `Unknown` at `site`, caused by those of `causes` that are unknown themselves."""
        found = []
        for cause in causes:
            if isinstance(cause, Unknown):
                found.append(cause)
            elif isinstance(cause, Choice):
                found.append(cause.condition)
        return Unknown(reason, message, site.span, tuple(found))


_SHOWN = 60  # characters of a condition that are shown


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 3]}..."
