"""A module of the project as the linker sees it: statements that can be kept or left out."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence

from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.pipeline import Module
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.syntax.lines import LineIndex
from assetgen.analyzer.syntax.module import ParsedModule
from assetgen.codegen.link.names.bound_names import Binder, bound_names, import_name
from assetgen.codegen.link.text.words import as_word

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A statement at module level; `index` is its place among the pieces of its module."""

    module: str
    index: int
    node: ast.stmt


@dataclass(frozen=True, slots=True)
class Alias:
    """A name bound by importing: from `module` the name `name`, or the module if that is empty.

    `bound` is what an `import a.b` without `as` really binds, the package `a`.
    """

    module: str
    name: str
    node: ast.Import | ast.ImportFrom
    alias: ast.alias
    bound: str


@dataclass(frozen=True, slots=True)
class Binding:
    """One place that binds a module-level name. `alias` is set if it is a plain import.

    `typing_only`: it stands under `if TYPE_CHECKING`. `within` is the import that another statement
    holds.
    """

    piece: Piece
    node: Binder
    alias: Alias | None = None
    typing_only: bool = False
    within: Alias | None = None


@dataclass(slots=True)
class SourceModule:
    """A parsed module; `name` is its dotted name, `is_package` tells an `__init__.py`. `imports`
    are the statements in which imports may be."""

    name: str
    path: str
    is_package: bool
    parsed: ParsedModule
    pieces: tuple[Piece, ...] = ()
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    stars: list[tuple[str, ast.ImportFrom]] = field(default_factory=list)
    future: frozenset[str] = frozenset()
    imports: list[ast.stmt] = field(default_factory=list)
    text: str = field(init=False)
    lines: LineIndex = field(init=False)
    starts: list[int] | None = field(init=False)
    has_walrus: bool = field(init=False)
    has_declarations: bool = field(init=False)
    has_globals: bool = field(init=False)
    _functions: dict[tuple[str, int | None], FunctionNode] | None = field(init=False)
    _words: dict[bytes, str] | None = field(init=False)
    _has: dict[str, bool] = field(init=False)
    _expressions: dict[int, list[tuple[ast.expr, str | None]]] | None = field(init=False)

    def __post_init__(self) -> None:
        self.text = text = self.parsed.text
        self.lines = LineIndex(text)
        self.starts = None
        self._expressions = self._functions = self._words = None
        self._has = {}
        self.has_walrus = ":=" in text
        self.has_declarations = "global" in text or "nonlocal" in text
        self.has_globals = "global " in text

    @property
    def functions(self) -> Mapping[tuple[str, int | None], FunctionNode]:
        """The functions at module level by their names and last lines."""
        if self._functions is None:
            self._functions = {
                (node.name, node.end_lineno): node
                for node in self.parsed.tree.body
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            }
        return self._functions

    @property
    def words(self) -> Mapping[bytes, str]:
        """The names that it binds, by the words of text that they are."""
        if self._words is None:
            self._words = {as_word(name): name for name in self.bindings}
        return self._words

    def has(self, word: str) -> bool:
        """Whether a word stands anywhere in the module, be it as part of another."""
        known = self._has.get(word)
        if known is None:
            known = self._has[word] = word in self.text
        return known

    @property
    def expressions(self) -> Mapping[int, Sequence[tuple[ast.expr, str | None]]]:
        """All expressions by the lines that they begin in, outer ones first, each with the name of
        the argument that it is, if it is a keyword argument."""
        if self._expressions is None:
            self._expressions = {}
            names: dict[int, str | None] = {}
            for node in ast.walk(self.parsed.tree):
                if isinstance(node, ast.keyword):
                    names[id(node.value)] = node.arg
                elif isinstance(node, ast.expr):
                    found = node, names.get(id(node))
                    self._expressions.setdefault(node.lineno, []).append(found)
        return self._expressions

    def extent(self, node: ast.AST) -> tuple[int, int]:
        """Where an expression, a statement or an alias begins and ends, as character offsets."""
        if self.lines.is_ascii:
            starts = self.starts or self._line_starts()
            return (
                starts[node.lineno - 1] + node.col_offset,  # type: ignore[attr-defined]
                starts[node.end_lineno - 1] + node.end_col_offset,  # type: ignore[attr-defined]
            )
        start = self.lines.offset(node.lineno, node.col_offset)  # type: ignore[attr-defined]
        end = self.lines.offset(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]
        return start, end

    def line_start(self, line: int) -> int:
        """Where a line begins."""
        if self.lines.is_ascii:
            return (self.starts or self._line_starts())[line - 1]
        return self.lines.offset(line, 0)

    def _line_starts(self) -> list[int]:
        self.starts = self.lines.starts()
        return self.starts

    def segment(self, node: ast.AST) -> str:
        start, end = self.extent(node)
        return self.text[start:end]

    def span(self, node: ast.AST) -> Span:
        start, end = self.extent(node)
        return Span(self.path, *self.lines.position(start), *self.lines.position(end))

    def absolute(self, node: ast.ImportFrom) -> str | None:
        """The dotted name that a `from` import means; None if it leaves the package tree."""
        if not node.level:
            return node.module or ""
        parts = self.name.split(".") if self.is_package else self.name.split(".")[:-1]
        kept = len(parts) - (node.level - 1)
        if kept < 0 or (kept == 0 and not node.module):
            return None
        return ".".join([*parts[:kept], *([node.module] if node.module else [])])

    @property
    def exports(self) -> frozenset[str]:
        """What `from module import *` brings: `__all__`, or every public name."""
        listed = _listed_exports(self.parsed.tree)
        if listed is not None:
            return listed
        return frozenset(name for name in self.bindings if not name.startswith("_"))


_IMPORTING = frozenset({ast.Import, ast.ImportFrom, ast.If, ast.Try, ast.With})
_DEFINITIONS = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef})


def source_module(module: Module, parsed: ParsedModule) -> SourceModule:
    """Divide a parsed module into pieces and list what each of them binds."""
    is_package = re.search(r"(^|[\\/])__init__\.pyi?$", module.file or module.path) is not None
    result = SourceModule(module.name, module.path, is_package, parsed)
    pieces: list[Piece] = []
    future: set[str] = set()
    # Nothing is bound by what stands in the head of a definition, or on the right of an assignment.
    is_plain = not (result.has_walrus or result.has_declarations)
    for node in _statements(parsed.tree.body):
        kind = type(node)
        if kind in _IMPORTING:
            if kind is ast.ImportFrom and node.module == "__future__" and not node.level:  # type: ignore[attr-defined]
                future.update(alias.name for alias in node.names)  # type: ignore[attr-defined]
                continue
            if kind is ast.If and _runs_as_script(node):
                continue
            result.imports.append(node)
        piece = Piece(module.name, len(pieces), node)
        pieces.append(piece)
        if is_plain and kind in _DEFINITIONS:
            result.bindings.setdefault(node.name, []).append(Binding(piece, node))  # type: ignore[attr-defined]
            continue
        if is_plain and kind is ast.Assign:
            target, *others = node.targets  # type: ignore[attr-defined]
            if not others and type(target) is ast.Name:
                result.bindings.setdefault(target.id, []).append(Binding(piece, target))
                continue
        typing_only = isinstance(node, ast.If) and is_type_checking(node.test)
        _bind(result, piece, [node] if not typing_only else [*node.body], typing_only)  # type: ignore[attr-defined]
    result.pieces = tuple(pieces)
    result.future = frozenset(future)
    return result


def is_type_checking(test: ast.expr) -> bool:
    """Whether a condition is `TYPE_CHECKING`, under whatever name of the typing module."""
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def _statements(body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements of a module; what stands under `else` of TYPE_CHECKING counts as plain."""
    flat: list[ast.stmt] = []
    for node in body:
        flat.append(node)
        if isinstance(node, ast.If) and is_type_checking(node.test):
            flat.extend(_statements(node.orelse))
    return flat


def _runs_as_script(node: ast.stmt) -> bool:
    """Whether a statement is `if __name__ == "__main__"`."""
    if not isinstance(node, ast.If) or not isinstance(node.test, ast.Compare):
        return False
    sides = [node.test.left, *node.test.comparators]
    return any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides) and any(
        isinstance(side, ast.Constant) and side.value == "__main__" for side in sides
    )


def _bind(module: SourceModule, piece: Piece, nodes: list[ast.stmt], typing_only: bool) -> None:
    for node in nodes:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            _bind_imports(module, piece, node, typing_only)
            continue
        for name, binder in bound_names([node], walrus=module.has_walrus):
            within = _within(module, nodes, binder) if isinstance(binder, ast.alias) else None
            binding = Binding(piece, binder, None, typing_only, within)
            module.bindings.setdefault(name, []).append(binding)
    if module.has_globals:
        for name in _declared_global(piece.node):
            module.bindings.setdefault(name, [])


def _bind_imports(
    module: SourceModule, piece: Piece, node: ast.Import | ast.ImportFrom, typing_only: bool
) -> None:
    for each in node.names:
        if each.name == "*":
            assert isinstance(node, ast.ImportFrom)
            module.stars.append((module.absolute(node) or "", node))
            continue
        binding = Binding(piece, each, alias_of(module, node, each), typing_only)
        module.bindings.setdefault(import_name(each), []).append(binding)


def _within(module: SourceModule, nodes: list[ast.stmt], alias: ast.alias) -> Alias | None:
    """What an import inside of a statement, at module level, refers to."""
    for node in nodes:
        for each in ast.walk(node):
            if isinstance(each, (ast.Import, ast.ImportFrom)) and alias in each.names:
                return alias_of(module, each, alias)
    return None


def alias_of(module: SourceModule, node: ast.Import | ast.ImportFrom, alias: ast.alias) -> Alias:
    """What one name of an import statement refers to."""
    if isinstance(node, ast.ImportFrom):
        target = module.absolute(node)
        return Alias(target or "", alias.name, node, alias, "")
    bound = alias.name if alias.asname else import_name(alias)
    return Alias(bound, "", node, alias, alias.name)


def _declared_global(node: ast.stmt) -> set[str]:
    if type(node) not in _DEFINITIONS:
        return set()
    return {name for each in ast.walk(node) if isinstance(each, ast.Global) for name in each.names}


def _listed_exports(tree: ast.Module) -> frozenset[str] | None:
    """The names in `__all__`, if it is written out as a list, possibly in several parts."""
    names: list[str] | None = None
    for node in tree.body:
        value: ast.expr | None = None
        if isinstance(node, ast.Assign) and any(_is_all(target) for target in node.targets):
            value, names = node.value, []
        elif isinstance(node, ast.AugAssign) and _is_all(node.target):
            value = node.value
        if isinstance(value, (ast.List, ast.Tuple)) and names is not None:
            names += [str(item.value) for item in value.elts if isinstance(item, ast.Constant)]
    return None if names is None else frozenset(names)


def _is_all(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "__all__"
