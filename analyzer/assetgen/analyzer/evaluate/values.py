"""The abstract values that module-level Python is evaluated to.

The union is closed except for `Declared`, which the intrinsics subclass for the objects of the APIs
they know. Immutable values are frozen; lists, dictionaries, sets, instances, classes and modules
have identity and are changed in place, as in Python, so that aliases see each other's changes.
"""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from itertools import count, islice
from typing import TYPE_CHECKING, ClassVar, Literal

from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.syntax.shape import FunctionNode
from assetgen.analyzer.syntax.taking import Taken

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.frame import Frame
    from assetgen.analyzer.evaluate.scope import Scope
    from assetgen.analyzer.evaluate.site import Site
    from assetgen.analyzer.syntax.module import ParsedModule


class Value:
    """Anything that a name can stand for."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Constant(Value):
    """An immutable Python object, held as itself.

    Only of types whose methods are pure: None, bool, int, float, complex, str, bytes, Ellipsis,
    range, slice, date, time, datetime, timedelta, timezone, Decimal, Fraction, UUID, pure paths
    (which stand for `pathlib.Path` too) and compiled regular expressions and their matches.
    """

    value: object


NONE = Constant(None)
TRUE = Constant(True)
FALSE = Constant(False)


@dataclass(frozen=True, slots=True, eq=False)
class Unknown(Value):
    """What cannot be known, and why.

    `message` finishes the sentence "cannot be known: ...". `causes` are the unknowns that it was
    computed from. `maker` is the qualified name of what was called outside of the project and
    returned it, if anything was, or "file:" and the path of the file that would have been read.
    """

    reason: Reason
    message: str
    span: Span | None = None
    causes: tuple[Unknown, ...] = ()
    maker: str = ""

    def root(self) -> Unknown:
        """The first cause: the expression that, if it were known, would make this known."""
        unknown = self
        while unknown.causes:
            unknown = unknown.causes[0]
        return unknown


Reason = Literal[
    "parameter",  # of a function that is evaluated without a call
    "external",  # what a package outside the project makes
    "environment",  # an environment variable without a value
    "file",  # a file that is not in the project, or is made at run time
    "condition",  # differs under a condition that is unknown
    "loop",  # an item of an iterable that is unknown, or what a loop over it makes
    "unsupported",  # Python that the evaluator does not follow
    "budget",  # given up after too many steps
    "error",  # evaluation raises in Python, too
    "unbound",  # a name that nothing defines
    "time",  # the clock, randomness, the machine
    "told",  # lost, and reported as such already
]


@dataclass(frozen=True, slots=True, eq=False)
class Choice(Value):
    """One of several values, by an unknown condition.

    `options` are at least two values, none of them a `Choice`; `condition` decides. What was made
    before the age `since` may also be held by others.
    """

    options: tuple[Value, ...]
    condition: Unknown
    since: int = 0


def options_of(value: Value) -> tuple[Value, ...]:
    """Everything that a value may be: the options of a `Choice`, or any other value alone."""
    return value.options if isinstance(value, Choice) else (value,)


_AGES = count()
made_next = _AGES.__next__
"""The age of what is made next."""


def make_younger(than: int) -> None:
    """Everything made from now on is younger than what was made before an age."""
    deque(islice(_AGES, max(0, than - made_next())), maxlen=0)


@dataclass(slots=True, eq=False)
class Sequence(Value):
    """A list, tuple, set, frozenset or deque (`kind`).

    `losses` are iterables of unknown content that were spread into it, so that there may be more
    items, or `Doubt`s about its items. `age` tells which of two collections or objects was made
    first; a deque holds at most `most` items. The keys of a dictionary are a set that `is_ordered`.
    """

    kind: str
    items: list[Value]
    losses: list[Unknown] = field(default_factory=list)
    age: int = field(default_factory=made_next, repr=False)
    most: int | None = None
    is_ordered: bool = False


@dataclass(slots=True, eq=False)
class Mapping(Value):
    """A dict, defaultdict, OrderedDict or Counter (`kind`).

    `entries` maps `machine.hash_key(key)` to the key and its value, in order. `losses` are mappings
    of unknown content that were merged into it, unknown keys, and `Doubt`s about its entries.
    """

    kind: str = "dict"
    entries: dict[Hashable, tuple[Value, Value]] = field(default_factory=dict)
    losses: list[Unknown] = field(default_factory=list)
    default_factory: Value | None = None
    age: int = field(default_factory=made_next, repr=False)

    def text_entries(self) -> Iterator[tuple[str, Value]]:
        """The entries that have strings as keys."""
        for key, value in self.entries.values():
            if isinstance(key, Constant) and isinstance(key.value, str):
                yield key.value, value


@dataclass(slots=True, eq=False)
class Iterator_(Value):
    """A Python iterator of values, consumed as Python consumes it; it may be endless.

    `result` is what a generator has returned; its `losses` grow as it runs. `again` makes it anew.
    `taken_in` is the arm of an unknown condition in which it was taken from: elsewhere it is not
    known what is left.
    """

    source: Iterator[Value]
    losses: list[Unknown] = field(default_factory=list)
    result: Value = NONE
    again: Callable[[], Iterator_] | None = None
    taken_in: object = None
    age: int = field(default_factory=made_next, repr=False)


@dataclass(slots=True, eq=False)
class Module(Value):
    """A module of the project.

    `scope.names` are its globals, read through `machine.globals_of`. `state` is "new", "running",
    "done", or "broken" if its file cannot be read or parsed. `stars` are modules outside of the
    project from which all names were imported. `entered` are the lines at which those of its
    functions begin that were called. `line` is that of the statement that runs or ran last.
    `is_description` if it tells what is known about a package.
    """

    name: str
    scope: Scope
    parsed: ParsedModule | None = None
    is_package: bool = False
    file: str | None = None
    state: str = "new"
    stars: list[str] = field(default_factory=list)
    entered: set[int] = field(default_factory=set)
    line: int = 0
    is_description: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Deferred(Value):
    """What `from module import name` binds until the name is used.

    It only occurs in the names of a scope: looking up the name evaluates the module and replaces
    it. `site` is the import, where a name that the module does not have is reported.
    """

    module: Module
    name: str
    site: Site | None = None


@dataclass(frozen=True, slots=True)
class External(Value):
    """A name outside of the project, by its qualified name: `dagster.asset`, `builtins.len`.

    Nothing is known about it but what the intrinsics' tables say about calling it and about its
    attributes.
    """

    qualname: str


@dataclass(frozen=True, slots=True, eq=False)
class Parameterised(External):
    """A generic name outside of the project with its parameters: `Literal["a", "b"]`, `list[int]`.

    It behaves like the name alone, except for code that asks for the parameters, which are not
    evaluated until then: `arguments` is how they are written, `frame` where.
    """

    arguments: ast.expr
    frame: Frame


@dataclass(slots=True, eq=False)
class Function(Value):
    """A function or lambda of the project, as a closure over `scope`.

    `syntax` is its definition, or the position of that if it is not likely to be needed again.
    `defaults` holds the values of parameters with defaults, by name. `attributes` is what was set
    on it (`__name__`, `__doc__`, `__wrapped__`, `__signature__` and the user's own). `decorated` is
    the line and column at which its decorators begin, `taken` what it takes from enclosing
    functions, kept when the syntax is not.
    """

    syntax: FunctionNode | Site
    scope: Scope
    module: Module
    qualname: str
    defaults: dict[str, Value] = field(default_factory=dict)
    attributes: dict[str, Value] = field(default_factory=dict)
    owner: Class | None = None  # the class in whose body it stands, for `super()`
    decorated: tuple[int, int] | None = None
    taken: Taken | None = None

    @property
    def node(self) -> FunctionNode:
        """The definition."""
        syntax = self.syntax
        if isinstance(syntax, ast.AST):
            return syntax
        node = syntax.node
        assert isinstance(node, FunctionNode)
        return node

    @property
    def name(self) -> str:
        return self.qualname.rpartition(".")[2]

    @property
    def is_lambda(self) -> bool:
        return self.name == "<lambda>"


@dataclass(slots=True, eq=False)
class Class(Value):
    """A class of the project, with the names in its body (`namespace`) and its header (`keywords`).

    `mro` is the linearisation, beginning with itself; it may hold `External`s, of which nothing
    more is known. `decorations` are qualified names of known class decorators, such as
    `dataclasses.dataclass`, with their keyword arguments. `metaclass` is one of the project's.
    `has_own_rule` if it has a `__getattribute__`.
    """

    name: str
    qualname: str
    node: ast.ClassDef
    module: Module
    scope: Scope
    bases: tuple[Value, ...]
    namespace: dict[str, Value]
    mro: tuple[Value, ...] = ()
    keywords: dict[str, Value] = field(default_factory=dict)
    metaclass: Class | None = None
    decorations: dict[str, dict[str, Value]] = field(default_factory=dict)
    has_own_rule: bool = False


@dataclass(slots=True, eq=False)
class Instance(Value):
    """An object of one of the project's classes, and the call that made it.

    `content` is the string, number, list or dictionary that it is, if its class derives from one;
    `key` stands for it as a key if its class defines equality.
    """

    cls: Class
    attributes: dict[str, Value] = field(default_factory=dict)
    args: tuple[Value, ...] = ()
    kwargs: dict[str, Value] = field(default_factory=dict)
    site: Site | None = None
    content: Value | None = None
    key: Hashable | None = None
    age: int = field(default_factory=made_next, repr=False)


@dataclass(slots=True, eq=False)
class Declared(Value):
    """An object of an API that the intrinsics know (an asset, a spec, a partitions definition).

    `is_tuple` if its class is derived from `tuple`, though it is not used as one; `is_plain` if it
    is neither iterable nor has operators.
    Its attributes are `attribute(name)`, else the table's row `type_name.name`, which is a method.
    """

    type_name: ClassVar[str] = ""
    type_bases: ClassVar[tuple[str, ...]] = ()
    is_tuple: ClassVar[bool] = False
    is_plain: ClassVar[bool] = False
    is_open: ClassVar[bool] = True  # whether it may have attributes that are not followed

    def attribute(self, name: str) -> Value | None:
        """The value of a data attribute, or None if it has none of that name."""
        return None

    def own_type(self) -> str:
        """The qualified name of its class, where the rows are those of another one."""
        return self.type_name

    def is_also_tuple(self) -> bool:
        """Whether `isinstance` says that it is a tuple."""
        return self.is_tuple

    def own_names(self) -> dict[str, Value] | None:
        """Its attributes, if they are names that code sets and deletes."""
        return None

    def iterated(self) -> Value | None:
        """What is iterated over instead of it, if it only wraps that."""
        return None

    def true_as(self) -> Value | None:
        """What decides whether it is true; None if it always is."""
        return None

    def hand_out(self, to: Unknown) -> None:
        """It was passed to a call of which nothing is known, which may have changed it."""

    def let_go(self) -> None:
        """The module that made it has been evaluated: what can be found again need not be kept."""

    def hash_key(self) -> Hashable | None:
        """What stands for it as a key of a dictionary: equal for equal values, None if unknown."""
        return ("object", id(self))


@dataclass(slots=True, eq=False)
class Record(Declared):
    """An object that consists of its class's qualified name and its arguments by name.

    For API classes that only carry data: `RetryPolicy`, `AutomationCondition`, resources.
    `unknown_fields` if further arguments were passed in ways that could not be known.
    """

    qualname: str = ""
    fields: dict[str, Value] = field(default_factory=dict)
    args: tuple[Value, ...] = ()
    site: Site | None = None
    losses: tuple[Unknown, ...] = ()

    def attribute(self, name: str) -> Value | None:
        return self.fields.get(name)
