"""Which names a block of code binds in its own scope."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import TypeGuard

Binder = ast.AST
"""What binds a name: `Name`, a definition, `alias`, `ExceptHandler`, a pattern, `arg`."""


def bound_names(nodes: Iterable[ast.AST], *, walrus: bool = True) -> Iterator[tuple[str, Binder]]:
    """Each binding in the scope that the nodes stand in, nested scopes left out.

    A walrus inside a comprehension binds outside of it, and is found. Where there is none at
    all (`walrus=False`) most expressions need no look.
    """
    stack = list(nodes)[::-1]
    while stack:
        node = stack.pop()
        if not walrus and isinstance(node, ast.expr) and not isinstance(node, _TARGETS):
            continue
        step = _STEPS.get(type(node))
        if step is None:
            stack.extend(children(node)[::-1])
        else:
            found, inner = step(node)
            yield from found
            stack.extend(inner[::-1])


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes right below one, as `ast.iter_child_nodes` gives them, without contexts and
    operators, several times as fast."""
    found: list[ast.AST] = []
    for name in _INNER[type(node)]:
        value = getattr(node, name, None)
        if isinstance(value, list):
            found += value if name not in _WITH_GAPS else [each for each in value if each]
        elif value is not None:
            found.append(value)
    return found


# Fields that hold no nodes, or none that matter: contexts, operators, names, flags.
_BARE = frozenset(
    {
        *("arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "is_lazy", "kind"),
        *("kwd_attrs", "level", "lineno", "module", "op", "ops", "rest", "simple", "str"),
        *("tag", "type_comment", "type_ignores"),
    }
)
# Names are strings in some of the nodes, and nodes in others.
_OWN_BARE: dict[type[ast.AST], frozenset[str]] = {
    ast.Constant: frozenset({"value"}),
    ast.Global: frozenset({"names"}),
    ast.MatchSingleton: frozenset({"value"}),
    ast.Nonlocal: frozenset({"names"}),
}
_NAMED = frozenset(
    {
        *("FunctionDef", "AsyncFunctionDef", "ClassDef", "ExceptHandler", "MatchAs", "MatchStar"),
        *("alias", "TypeVar", "ParamSpec", "TypeVarTuple"),
    }
)
# Lists with None for what is left out: `{**more}`, and parameters without a default.
_WITH_GAPS = frozenset({"keys", "kw_defaults"})


class _InnerFields(dict[type[ast.AST], tuple[str, ...]]):
    """By type of node, the fields that hold nodes."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        bare = _BARE | _OWN_BARE.get(kind, frozenset())
        if kind.__name__ in _NAMED:
            bare |= {"name"}
        self[kind] = tuple(name for name in kind._fields if name not in bare)
        return self[kind]


_INNER = _InnerFields()
_TARGETS = (ast.Name, ast.Tuple, ast.List, ast.Starred)


def is_constant(node: ast.AST) -> TypeGuard[ast.Assign]:
    """Whether a statement does nothing but give names to a constant."""
    return (
        type(node) is ast.Assign
        and type(node.value) is ast.Constant
        and all(type(each) is ast.Name for each in node.targets)
    )


def argument_names(arguments: ast.arguments) -> Iterator[tuple[str, ast.arg]]:
    """Every parameter of a function."""
    parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    for extra in (arguments.vararg, arguments.kwarg):
        if extra is not None:
            parameters.append(extra)
    return ((parameter.arg, parameter) for parameter in parameters)


def defaulted_names(arguments: ast.arguments) -> set[str]:
    """The parameters that have a default."""
    placed = [*arguments.posonlyargs, *arguments.args]
    named = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    return {
        *(each.arg for each in placed[len(placed) - len(arguments.defaults) :]),
        *(each.arg for each, default in named if default is not None),
    }


def import_name(alias: ast.alias) -> str:
    """The name that an import binds."""
    return alias.asname or alias.name.partition(".")[0]


_Step = tuple[list[tuple[str, Binder]], list[ast.AST]]


def _name(node: ast.Name) -> _Step:
    return ([], []) if isinstance(node.ctx, ast.Load) else ([(node.id, node)], [])


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> _Step:
    outer: list[ast.AST] = [*node.decorator_list, *node.args.defaults]
    return [(node.name, node)], outer + [each for each in node.args.kw_defaults if each]


def _lambda(node: ast.Lambda) -> _Step:
    return [], [*node.args.defaults, *(each for each in node.args.kw_defaults if each)]


def _class(node: ast.ClassDef) -> _Step:
    return [(node.name, node)], [*node.decorator_list, *node.bases, *node.keywords]


def _import(node: ast.Import | ast.ImportFrom) -> _Step:
    return [(import_name(alias), alias) for alias in node.names if alias.name != "*"], []


def _handler(node: ast.ExceptHandler) -> _Step:
    inner: list[ast.AST] = [*([node.type] if node.type else []), *node.body]
    return ([(node.name, node)] if node.name else []), inner


def _capture(node: ast.MatchAs | ast.MatchStar) -> _Step:
    inner: list[ast.AST] = [node.pattern] if isinstance(node, ast.MatchAs) and node.pattern else []
    return ([(node.name, node)] if node.name else []), inner


def _rest(node: ast.MatchMapping) -> _Step:
    return ([(node.rest, node)] if node.rest else []), [*node.keys, *node.patterns]


def _comprehension(node: ast.AST) -> _Step:
    walruses = [each for each in ast.walk(node) if isinstance(each, ast.NamedExpr)]
    return [(each.target.id, each.target) for each in walruses], []


_STEPS: dict[type[ast.AST], Callable[..., _Step]] = {
    ast.Name: _name,
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Lambda: _lambda,
    ast.ClassDef: _class,
    ast.Import: _import,
    ast.ImportFrom: _import,
    ast.ExceptHandler: _handler,
    ast.MatchAs: _capture,
    ast.MatchStar: _capture,
    ast.MatchMapping: _rest,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.DictComp: _comprehension,
    ast.GeneratorExp: _comprehension,
}
