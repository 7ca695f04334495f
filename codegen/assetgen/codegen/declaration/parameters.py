"""Partitions, their mappings and retry policies, as calls of the runtime's constructors."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from datetime import datetime

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.functions import FunctionRef
from assetgen.analyzer.model.literals import Literal, Shown, Table
from assetgen.analyzer.model.partitions import PartitionMapping, Partitions, RetryPolicy
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.model.steps import OpDefinition
from assetgen.codegen.declaration.linking import Linking
from assetgen.codegen.link.fragments.expression import joined
from assetgen.codegen.link.text.literals import model_literal
from assetgen.codegen.script.layout import Atom, Tree, call, literal, mapping_of


class ParameterTrees:
    """Writes what the model says of partitions and retries for the runtime."""

    def __init__(self, linking: Linking) -> None:
        self._linking = linking

    def partitions_of(
        self, asset: Asset, partitions: Partitions, declarers: Iterable[FunctionRef | None]
    ) -> Tree:
        """The partitions of an asset as the model knows them, or else as the decorators of the
        functions that declare it say them."""
        for function in () if partitions.is_known else declarers:
            if function is not None:
                written = self._linking.argument(function, "partitions_def")
                if written is not None:
                    return Atom(written)
        return self.partitions(partitions, asset.origin.span)

    def partitions(self, partitions: Partitions, span: Span) -> Tree:
        """A partitions definition."""
        if partitions.unknown:
            names = ", ".join(f"`{name}`" for name in partitions.unknown)
            self._linking.refuse(f"{names} of the partitions could not be known", span)
            return literal(None)
        if not self._is_known(partitions.kind, span):
            return literal(None)
        if partitions.dimensions:
            dimensions = tuple(
                (name, self.partitions(each, span)) for name, each in partitions.dimensions
            )
            return call(self._linking.runtime(partitions.kind), ("", mapping_of(dimensions)))
        return self._constructed(partitions.kind, partitions.parameters, span)

    def partition_mapping(self, mapping: PartitionMapping, span: Span) -> Tree:
        """A partition mapping."""
        if not self._is_known(mapping.kind, span):
            return literal(None)
        return self._constructed(mapping.kind, mapping.parameters, span)

    def retry_policy(self, policy: RetryPolicy) -> Tree:
        """A retry policy."""
        arguments: list[tuple[str, Tree]] = []
        if policy.max_retries is not None:
            arguments.append(("max_retries", literal(policy.max_retries)))
        if policy.delay is not None:
            arguments.append(("delay", literal(policy.delay)))
        for name, enum in (("backoff", "Backoff"), ("jitter", "Jitter")):
            value = getattr(policy, name)
            if value is not None:
                member = str(value).rpartition(".")[2].upper()
                arguments.append((name, Atom(joined(self._linking.runtime(enum), f".{member}"))))
        return call(self._linking.runtime("RetryPolicy"), *arguments)

    def _constructed(
        self, kind: str, parameters: tuple[tuple[str, Literal], ...], span: Span
    ) -> Tree:
        given = dict(parameters)
        arguments: list[tuple[str, Tree]] = []
        for name, value in parameters:
            moment = _is_moment(name, value, given)
            arguments.append((name, self._moment(value) if moment else self._value(value, span)))
        return call(self._linking.runtime(kind), *arguments)

    def _moment(self, value: Literal) -> Tree:
        """A datetime that the model shows as ISO text."""
        moment = self._linking.library("datetime", "datetime")
        return Atom(joined(moment, f".fromisoformat({model_literal(value)})"))

    def _value(self, value: Literal, span: Span) -> Tree:
        if isinstance(value, Table):
            return mapping_of(tuple((key, self._value(each, span)) for key, each in value.entries))
        if not isinstance(value, Shown):
            return Atom(joined(model_literal(value)))
        found = self._shown(value.text)
        if found is None:
            self._linking.refuse(f"the value `{value.text}` cannot be written down", span)
            return literal(None)
        return found

    def _shown(self, text: str) -> Tree | None:
        """A value by the text that would make it: of a class of datetime's, or a mapping between
        partitions."""
        found = _datetime_call(text)
        if found is not None:
            name, rest = found
            return Atom(joined(self._linking.library("datetime", name), rest))
        try:
            node = ast.parse(text, mode="eval").body
        except SyntaxError:
            return None
        return self._mapping(node)

    def _mapping(self, node: ast.expr) -> Tree | None:
        """A partition mapping, with those in it."""
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            return None
        kind = node.func.id
        if not kind.endswith("PartitionMapping") or not self._linking.has_in_runtime(kind):
            return None
        arguments: list[tuple[str, Tree]] = []
        for name, value in [("", each) for each in node.args] + [
            (each.arg or "", each.value) for each in node.keywords
        ]:
            found = self._mapping(value) or _plain(value)
            if found is None:
                return None
            arguments.append((name, found))
        return call(self._linking.runtime(kind), *arguments)

    def _is_known(self, kind: str, span: Span) -> bool:
        if self._linking.has_in_runtime(kind):
            return True
        self._linking.refuse(f"the runtime has no `{kind}`", span)
        return False


def priority_of(op: OpDefinition) -> int:
    """What the tags of an op say of its turn among others."""
    value = dict(op.tags).get("dagster/priority")
    try:
        return int(value) if isinstance(value, (str, int)) else 0
    except ValueError:
        return 0


def _plain(node: ast.expr) -> Tree | None:
    """Plain data as it is written."""
    try:
        return literal(ast.literal_eval(node))
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


def _is_moment(name: str, value: Literal, parameters: dict[str, Literal]) -> bool:
    """Whether a parameter was given as a datetime: a text would be of the format that is said."""
    return (
        name in ("start_date", "end_date", "start", "end")
        and isinstance(value, str)
        and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*", value) is not None
        and not ("fmt" in parameters and _has_format(value, parameters["fmt"]))
    )


def _has_format(text: str, form: Literal) -> bool:
    try:
        datetime.strptime(text, str(form))
    except ValueError:
        return False
    return True


def _datetime_call(text: str) -> tuple[str, str] | None:
    """The class and the arguments of a call such as `datetime.datetime(2024, 1, 1)`."""
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError:
        return None
    if not isinstance(tree, ast.Call):
        return None
    name = ast.unparse(tree.func).rpartition(".")[2]
    if name not in ("date", "datetime", "time", "timedelta"):
        return None
    values = [*tree.args, *(keyword.value for keyword in tree.keywords)]
    if not all(isinstance(value, ast.Constant) for value in values):
        return None
    return name, text[text.index("(") :]
