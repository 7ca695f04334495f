"""The one binder of arguments: a call against the parameters that an intrinsic declares.

An intrinsic declares its parameters as Python writes them and binds its call to them:

    _SORTED = Parameters("iterable, /, *, key=None, reverse=False")

    def _sorted(call: Call) -> Value:
        bound = _SORTED.bind(call)
        key = bound["key"]
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects.conversion import from_python
from assetgen.analyzer.evaluate.objects.doubts import may_be_absent, or_instead
from assetgen.analyzer.evaluate.values import NONE, Choice, Constant, Unknown, Value
from assetgen.analyzer.model.dataclass import dataclass, field


class Parameters:
    """Declared parameters, written as in a `def`: `"a, /, b=1, *args, c, **kwargs"`.

    Defaults are literals (None, numbers, text, `...`, `()`, `[]`, `{}`). They are read when the
    first call is bound, since most rows of the tables are never called.
    """

    __slots__ = ("_layout", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._layout: _Layout | None = None

    def bind(self, call: Call) -> Bound:
        """The arguments of `call` by parameter.

        Raises `Raised` of `builtins.TypeError` when the call would fail in Python: too many
        positional arguments, an unexpected or doubled keyword, or a required parameter without an
        argument, unless `call.losses` may hold it.
        """
        layout = self._layout
        if layout is None:
            layout = self._layout = _layout(self.text)
        bound = Bound(call, layout.defaults())
        _bind_positional(layout, call, bound)
        _bind_keywords(layout, call, bound)
        if not call.losses:
            _check_required(layout, call, bound)
        return bound

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parameters but `*args` and `**kwargs`, in order."""
        layout = self._layout
        if layout is None:
            layout = self._layout = _layout(self.text)
        return (*layout.positional, *layout.keyword_only)


@dataclass(slots=True, eq=False)
class Bound:
    """The arguments of one call, by the names of the parameters.

    `passed` are those that were written in the call; `star` and `rest` what `*args` and `**kwargs`
    took.
    """

    call: Call
    defaults: dict[str, Value]
    passed: dict[str, Value] = field(default_factory=dict)
    star: tuple[Value, ...] = ()
    rest: dict[str, Value] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Value:
        """The argument, or the default; an `Unknown` if it may have been among the losses."""
        value = self.passed.get(name)
        if value is not None:
            return value
        if self.call.losses:
            return self.call.unknown(
                self.call.losses[0].reason,
                f"argument `{name}` may be among arguments that are not known",
                *self.call.losses,
            )
        return self.defaults[name]

    def get(self, name: str) -> Value | None:
        """The argument if it was written in the call, whatever the losses hold."""
        return self.passed.get(name)

    def __contains__(self, name: object) -> bool:
        return name in self.passed

    def __iter__(self) -> Iterator[str]:
        return iter(self.passed)

    def given(self, names: Iterable[str], default: Value = NONE) -> dict[str, Value]:
        """Those of some arguments that say something, which the `default` does not, in the order of
        `names`. What may be among the losses is unknown."""
        found: dict[str, Value] = {}
        for name in names:
            value = self.passed.get(name)
            if value is None and self.losses and name in self.defaults:
                value = self[name]
            if value is not None and value != default:
                found[name] = value
        return found

    @property
    def losses(self) -> tuple[Unknown, ...]:
        """Unknowns that were spread into the call: what was not passed may have been."""
        return self.call.losses

    def plain(self, name: str) -> object:
        """The Python object of an argument that is a constant; the `Value` itself if it is none."""
        value = self[name]
        return value.value if isinstance(value, Constant) else value


@dataclass(frozen=True, slots=True)
class _Layout:
    positional: tuple[str, ...]
    positional_only: frozenset[str]
    keyword_only: tuple[str, ...]
    required: tuple[str, ...]
    takes_star: bool
    takes_rest: bool
    constants: dict[str, Value]
    changeable: tuple[tuple[str, ast.expr], ...]

    def defaults(self) -> dict[str, Value]:
        """Lists and dictionaries are made again for each call, since they are changed in place."""
        made = {name: from_python(ast.literal_eval(node)) for name, node in self.changeable}
        return {**self.constants, **made}


def _layout(text: str) -> _Layout:
    tree = ast.parse(f"def _({text}): ...").body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise ValueError(f"no parameters: {text}")
    arguments = tree.args
    positional = [parameter.arg for parameter in (*arguments.posonlyargs, *arguments.args)]
    keyword_only = [parameter.arg for parameter in arguments.kwonlyargs]
    defaults: dict[str, ast.expr] = {}
    if arguments.defaults:
        defaults.update(
            zip(positional[-len(arguments.defaults) :], arguments.defaults, strict=True)
        )
    for name, default in zip(keyword_only, arguments.kw_defaults, strict=True):
        if default is not None:
            defaults[name] = default
    return _Layout(
        positional=tuple(positional),
        positional_only=frozenset(parameter.arg for parameter in arguments.posonlyargs),
        keyword_only=tuple(keyword_only),
        required=tuple(name for name in (*positional, *keyword_only) if name not in defaults),
        takes_star=arguments.vararg is not None,
        takes_rest=arguments.kwarg is not None,
        constants={
            name: from_python(node.value)
            for name, node in defaults.items()
            if isinstance(node, ast.Constant)
        },
        changeable=tuple(
            (name, node) for name, node in defaults.items() if not isinstance(node, ast.Constant)
        ),
    )


def _bind_positional(layout: _Layout, call: Call, bound: Bound) -> None:
    bound.passed.update(zip(layout.positional, call.args, strict=False))
    extra = call.args[len(layout.positional) :]
    if extra and not layout.takes_star:
        takes = len(layout.positional)
        plural = "" if takes == 1 else "s"
        verb = "was" if len(call.args) == 1 else "were"
        raise _misfit(
            call,
            f"takes {takes} positional argument{plural} but {len(call.args)} {verb} given",
        )
    bound.star = extra


def _bind_keywords(layout: _Layout, call: Call, bound: Bound) -> None:
    for name, value in call.kwargs.items():
        known = name in layout.positional or name in layout.keyword_only
        if known and name not in layout.positional_only:
            if name in bound.passed:
                raise _misfit(call, f"got multiple values for argument '{name}'")
            if type(value) is Choice:
                value = or_instead(call.machine, value, bound.defaults.get(name))
            bound.passed[name] = value
        elif layout.takes_rest:
            bound.rest[name] = value
        elif not may_be_absent(value):
            raise _misfit(call, f"got an unexpected keyword argument '{name}'")


def _check_required(layout: _Layout, call: Call, bound: Bound) -> None:
    missing = [name for name in layout.required if name not in bound.passed]
    if missing:
        plural = "" if len(missing) == 1 else "s"
        names = ", ".join(f"'{name}'" for name in missing)
        raise _misfit(call, f"missing {len(missing)} required argument{plural}: {names}")


def _misfit(call: Call, message: str) -> Raised:
    name = call.last_name
    return Raised("builtins.TypeError", f"{name}() {message}", site=call.site)
