"""A bounded reading of dbt's templates: what they `ref`, `source` and `config`, and their values.

Nothing is rendered by Jinja: its syntax tree is walked, known names are plain data or one of the
few functions below, and everything else is lost. It is read as dbt parses: `execute` and
`is_incremental()` are false. Under an unknown condition all branches are read.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from jinja2 import nodes

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost, first_lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.expressions import (
    TABLE as EXPRESSIONS,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.expressions import discard
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.macros import Macros
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.operations import BINARY
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.plain_templates import (
    plain_expressions,
    plain_template,
    plain_text,
    plain_whole,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.statements import (
    TABLE as STATEMENTS,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.statements import inside
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.syntax import (
    BadTemplate,
    parse_template,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.values import (
    UNDEFINED,
    Break,
    Continue,
    Exhausted,
    Package,
    Return,
    attempt,
)
from assetgen.analyzer.model.dataclass import dataclass, field

_STEPS: Final = 100_000
_DEPTH: Final = 25


@dataclass(frozen=True, slots=True)
class Told:
    """What an expression refers to, and what is lost in it."""

    refs: tuple[tuple[str | None, str, Any], ...]
    sources: tuple[tuple[str, str], ...]
    losses: tuple[str, ...]


@dataclass(slots=True)
class Rendering:
    """One reading of one template: what it has met so far.

    `names` are its globals, `macros` what macros it sees, and `model` the node whose file it is, if
    templates may ask for that; `is_of_model` says that one did. `refs` are the arguments of `ref`:
    package or None, name, version or None. `known` is what was found out of expressions that stand
    in other files too.
    """

    names: Mapping[str, Any]
    macros: Macros
    model: Mapping[str, Any] | Lost | None = None
    known: dict[str, Told | None] | None = None
    refs: list[tuple[str | None, str, Any]] = field(default_factory=list)
    sources: list[tuple[str, str]] = field(default_factory=list)
    config: dict[str, Any] = field(default_factory=dict)
    losses: list[str] = field(default_factory=list)
    steps: int = 0
    depth: int = 0
    is_left: bool = False  # whether the macro that is read may have returned before
    is_text_asked: bool = True
    is_of_model: bool = False

    def scan(self, text: str) -> None:
        """Read a template for its references and configuration; its text is not needed."""
        self.is_text_asked = False
        expressions = plain_expressions(text)
        if expressions is not None:
            self._followed(lambda: self._expressions(expressions))
            return
        body = plain_template(text)
        if body is not None:
            self._followed(lambda: self.body(body, {}))
        else:
            self._read(parse_template(text))

    def read(self, text: str) -> Any:
        """The text of the template, or what is lost in it."""
        plain = plain_text(text)
        if plain is not None:
            return plain
        whole = plain_whole(text)
        if whole is None:
            return self._read(parse_template(text))
        return self._followed(lambda: self.body((nodes.Output([whole]),), {}))

    def _read(self, tree: nodes.Template | BadTemplate) -> Any:
        if isinstance(tree, BadTemplate):
            self.losses.append(f"line {tree.line} is not a template: {tree.message}")
            return Lost(tree.message)
        body = tree.body
        return self._followed(lambda: self.body(body, {}))

    def _followed(self, follow: Callable[[], Any]) -> Any:
        try:
            return follow()
        except Exhausted:
            self.losses.append("the template is too long to be followed to its end")
            return Lost("the template is too long")
        except (Break, Continue):
            return Lost("a loop that is left outside of any")
        except Return as returned:
            return returned.value

    def _expressions(self, expressions: list[tuple[str, nodes.Expr]]) -> None:
        """Read expressions; the result of one that does not depend on the model is reused in other
        files."""
        known = self.known if self.known is not None else {}
        for text, node in expressions:
            if text not in known:
                known[text] = self._told(node)
            told = known[text]
            if told is None:
                discard(self, node, {})
            else:
                self.refs += told.refs
                self.sources += told.sources
                self.losses += told.losses

    def _told(self, node: nodes.Expr) -> Told | None:
        alone = Rendering(self.names, self.macros, self.model, is_text_asked=False)
        try:
            discard(alone, node, {})
        except (Exhausted, Break, Continue, Return):
            return None
        if alone.config or alone.is_of_model:
            return None
        return Told(tuple(alone.refs), tuple(alone.sources), tuple(alone.losses))

    def nested(self, text: str) -> Any:
        """The text of a template that the one being read holds as a value."""
        inner = Rendering(self.names, self.macros, self.model, depth=self.depth + 1)
        given = inner.read(text)
        self.is_of_model = self.is_of_model or inner.is_of_model
        return given

    def value(self, text: str) -> Any:
        """What dbt makes of a string in YAML: the object itself if it is one expression."""
        if "{{" not in text and "{%" not in text and "{#" not in text:
            return text.removesuffix("\n")
        whole = plain_whole(text)
        if whole is not None:
            return self._value_of(whole)
        tree = parse_template(text)
        if isinstance(tree, BadTemplate):
            return Lost(tree.message)
        parts = tree.body
        if len(parts) == 1 and isinstance(parts[0], nodes.Output) and len(parts[0].nodes) == 1:
            return self._value_of(parts[0].nodes[0])
        joined = self._read(tree)
        return _literal(joined) if isinstance(joined, str) else joined

    def _value_of(self, expression: nodes.Node) -> Any:
        try:
            value = self.evaluate(expression, {})
        except (Exhausted, Return):
            return Lost("the template is not followed")
        return Lost("what is not defined in a template") if value is UNDEFINED else value

    def body(self, body: Sequence[nodes.Node], scope: dict[str, Any]) -> Any:
        """The text that some statements render."""
        parts: list[str] = []
        lost: Lost | None = None
        for node in body:
            self._step()
            handler = STATEMENTS.get(type(node))
            text = handler(self, node, scope) if handler is not None else inside(self, node, scope)
            if isinstance(text, Lost):
                lost = lost or text
            elif text is not None:
                parts.append(text)
        return lost or "".join(parts)

    def evaluate(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        self._step()
        handler = EXPRESSIONS.get(type(node))
        if handler is not None:
            return handler(self, node, scope)
        operation = BINARY.get(type(node))
        if operation is not None and isinstance(node, nodes.BinExpr):
            left, right = self.evaluate(node.left, scope), self.evaluate(node.right, scope)
            lost = first_lost(left, right)
            return lost or attempt(lambda: operation(left, right))
        for child in node.iter_child_nodes():
            self.evaluate(child, scope)
        return Lost(f"a template's {type(node).__name__} is not followed")

    def call_macro(
        self,
        macro: nodes.Macro,
        args: list[Any],
        kwargs: dict[str, Any],
        caller: Any = UNDEFINED,
    ) -> Any:
        """What a macro returns, else its text; `caller` is the block that it is called with."""
        if self.depth >= _DEPTH:
            return Lost(f"the macro {macro.name} calls itself too deeply")
        declared = {parameter.name for parameter in macro.args}
        scope: dict[str, Any] = {
            "varargs": args[len(macro.args) :],
            "kwargs": {name: value for name, value in kwargs.items() if name not in declared},
            "caller": caller,
        }
        first_default = len(macro.args) - len(macro.defaults)
        for index, parameter in enumerate(macro.args):
            if index < len(args):
                scope[parameter.name] = args[index]
            elif parameter.name in kwargs:
                scope[parameter.name] = kwargs[parameter.name]
            elif index >= first_default:
                default = macro.defaults[index - first_default]
                scope[parameter.name] = self.evaluate(default, scope)
            else:
                scope[parameter.name] = UNDEFINED
        self.depth += 1
        outer, self.is_left = self.is_left, False
        with_text, self.is_text_asked = self.is_text_asked, True
        try:
            value = self.body(macro.body, scope)
        except Return as returned:
            value = returned.value
        finally:
            is_left, self.is_left = self.is_left, outer
            self.is_text_asked = with_text
            self.depth -= 1
        return Lost(f"what the macro {macro.name} returns") if is_left else value

    def result_of(self, macro: nodes.Macro, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """What a macro returns when it is read on its own."""
        try:
            return self.call_macro(macro, args, kwargs)
        except (Exhausted, Break, Continue):
            return Lost(f"the macro {macro.name} is not followed to its end")

    def truth(self, value: Any) -> bool | None:
        """Whether a value is true; None if it is lost."""
        if isinstance(value, (Lost, Package)):
            return None
        return value is not UNDEFINED and bool(value)

    def _step(self) -> None:
        self.steps += 1
        if self.steps > _STEPS:
            raise Exhausted


def _literal(text: str) -> Any:
    """What dbt makes of a string that was put together in YAML: a literal if it is one, else the
    string."""
    try:
        value = ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return text
    return value if isinstance(value, (bool, int, float, str, list, tuple, dict)) else text
