"""Where the text of a statement begins and ends, and what is cut out of it."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterable

from assetgen.analyzer.syntax.bodies import DeferredBody
from assetgen.codegen.link.fragments.fragment import Edit, LinkedUse
from assetgen.codegen.link.modules.decorators import Definition
from assetgen.codegen.link.modules.source_module import SourceModule
from assetgen.codegen.link.names.bound_names import argument_names


def cut_decorators(
    module: SourceModule, node: Definition, kept: list[ast.expr]
) -> tuple[int, list[Edit]]:
    """Where the definition begins, with the decorators to keep, and edits to cut the others."""
    text = module.text
    own = module.extent(node)[0]
    if not kept:
        return own, []
    starts = [text.rindex("@", 0, module.extent(each)[0]) for each in node.decorator_list]
    keeps = [each in kept for each in node.decorator_list]
    start = next((place for place, keep in zip(starts, keeps, strict=True) if keep), own)
    ends = [*starts[1:], own]
    return start, [
        Edit(place, end, "")
        for place, end, keep in zip(starts, ends, keeps, strict=True)
        if not keep and place > start
    ]


def cut_maker(module: SourceModule, node: ast.ClassDef) -> tuple[ast.ClassDef, list[Edit]]:
    """A class of components without the method that makes definitions, which no script calls, and
    the edit that cuts it; the same class if anything else of it mentions the method."""
    for number, method in enumerate(node.body):
        if number and isinstance(method, ast.FunctionDef) and method.name == _MAKER:
            start = with_remark(module.text, module.extent(node.body[number - 1])[1])
            end = with_remark(module.text, module.extent(method)[1])
            if module.segment(node).count(_MAKER) != module.text[start:end].count(_MAKER):
                break
            rest = copy.copy(node)
            rest.body = [each for each in node.body if each is not method]
            return rest, [Edit(start, end, "")]
    return node, []


_MAKER = "build_defs"


def with_comments(text: str, start: int) -> int:
    """The beginning of the comment lines directly above, indented alike."""
    line_start = text.rfind("\n", 0, start) + 1
    indent = text[line_start:start]
    if indent.strip():
        return start
    while line_start:
        above = text.rfind("\n", 0, line_start - 1) + 1
        line = text[above : line_start - 1]
        if not line.startswith(f"{indent}#") or line.startswith(("#!", "# %%", "# -*-", "# ---")):
            break
        line_start = above
    return line_start + len(indent)


def with_remark(text: str, end: int) -> int:
    """The end of the line, if only a comment follows."""
    stop = text.find("\n", end)
    rest = text[end : stop if stop >= 0 else len(text)]
    return end + len(rest.rstrip()) if rest.strip().startswith("#") else end


def without_import(
    module: SourceModule,
    root: ast.AST,
    statement: ast.Import | ast.ImportFrom,
    names: Iterable[LinkedUse],
) -> Edit:
    """Cut an import of linked code; other names of the same statement stay imported."""
    start, end = module.extent(statement)
    gone = {each.use.node for each in names}
    left = [alias for alias in statement.names if alias not in gone]
    if left:
        return Edit(start, end, "import " + ", ".join(module.segment(each) for each in left), False)
    text = module.text
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    alone = not text[line_start:start].strip() and not text[end : max(line_end, end)].strip()
    if alone and line_end >= 0 and _has_company(root, statement):
        return Edit(line_start, _after_gap(text, line_start, line_end + 1), "", False)
    return Edit(start, end, "pass", False)


def _after_gap(text: str, start: int, end: int) -> int:
    """The end of a cut with the empty lines after it, where these would follow others or begin a
    block."""
    before = text[:start].rstrip(" \t")
    if before.endswith((":\n", "\n\n")):
        while text[end : end + 1] == "\n":
            end += 1
    return end


def _has_company(root: ast.AST, statement: ast.stmt) -> bool:
    """Whether the block that holds a statement holds another one that is no import."""
    for node in ast.walk(root):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list) and statement in block:
                return any(not isinstance(each, (ast.Import, ast.ImportFrom)) for each in block)
    return False


def body_start(module: SourceModule, node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """A place behind the signature of a function and before its statements, if possible behind the
    docstring: no name in that is used."""
    body = node.body
    line = body.unread_from if isinstance(body, DeferredBody) else None
    if line is not None:
        return module.line_start(line)
    return _after_docstring(module.text, _after_signature(module, node))


def _after_signature(module: SourceModule, node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """A place behind all that stands between the brackets of a function, and before its body."""
    arguments = node.args
    parts = [each for _, each in argument_names(arguments)]
    written = [*parts, *arguments.defaults, *arguments.kw_defaults, node.returns]
    ends = [module.extent(each)[1] for each in written if each is not None]
    return max(ends, default=module.text.index("(", module.extent(node)[0]))


_DOCSTRING = re.compile(
    r'[\s()]*:\s*(?:"""[^"\\]*(?:(?:\\.|""?(?!"))[^"\\]*)*"""|"(?!"")[^"\\\n]*")[ \t]*\n',
    re.DOTALL,
)


def _after_docstring(text: str, start: int) -> int:
    """The same place, or one behind the docstring that follows."""
    found = _DOCSTRING.match(text, start)
    return start if found is None else found.end()
