"""What a job of ops was given beside its graph."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from assetgen.analyzer.model.automation import Job
from assetgen.codegen.declaration.linking import Linking
from assetgen.codegen.link.fragments.expression import Expression, joined
from assetgen.codegen.plan.job_steps import JOB

# Arguments that make no difference to what a script does.
_INDIFFERENT = frozenset(
    {
        *("name", "description", "metadata", "owners"),
        *("executor_def", "logger_defs", "graph_def"),
    }
)
_HEEDED = frozenset({"config", "resource_defs", "hooks", "op_retry_policy", "tags", "run_tags"})


class JobArguments:
    """The arguments that a job of ops was given, each as an expression.

    What a script cannot heed of them is refused.
    """

    def __init__(self, linking: Linking, job: Job) -> None:
        self._linking = linking
        self._job = job
        self._given = dict(self._read())

    def __getitem__(self, name: str) -> Expression | None:
        """An argument; None if it was not given."""
        node = self._given.get(name)
        return self._expression(node, name) if node is not None else None

    def resource(self, key: str) -> Expression | None:
        """A resource that the job brings; None if it is not known to."""
        node = self._given.get("resource_defs")
        if not isinstance(node, ast.Dict):
            return None
        for name, value in zip(node.keys, node.values, strict=True):
            if isinstance(name, ast.Constant) and name.value == key:
                return self._expression(value, key)
        return None

    def tags(self) -> Expression | None:
        """The tags of the job's runs: those for runs in place of the job's, over its graph's."""
        own, runs = self["tags"], self["run_tags"]
        given = own if runs is None else runs
        if own is not None and runs is not None and not self._writes_out_run_tags():
            given = joined("(", own, " if ", runs, " is None else ", runs, ")")
        graph = self._job.graph
        function = graph.function if graph is not None else None
        if function is None or not self._linking.is_declared(function, "graph"):
            return given
        inner = self._linking.argument(function, "tags")
        if inner is None or given is None:
            return given if inner is None else inner
        return joined("{**", inner, ", **", given, "}")

    def _read(self) -> Iterator[tuple[str, ast.expr]]:
        job, span = self._job, self._job.origin.span
        for method in dict.fromkeys(job.changed):
            self._linking.refuse(f"what `{method}` changes of the job is not heeded", span)
        if job.partitions is not None:
            self._linking.refuse("a job of ops with partitions is not made a script of", span)
        function = job.graph.function if job.graph is not None else None
        call = self._linking.call_of(job.origin, function, JOB)
        if call is None:
            return
        if len(call.args) > 1 or any(isinstance(each, ast.Starred) for each in call.args):
            self._linking.refuse("arguments of the job stand without their names", span)
        for keyword in call.keywords:
            if isinstance(keyword.value, ast.Constant) and keyword.value.value is None:
                continue
            if keyword.arg in _HEEDED:
                yield keyword.arg, keyword.value
            elif keyword.arg not in _INDIFFERENT:
                name = keyword.arg or "**"
                self._linking.refuse(f"a script does not heed `{name}` of the job", span)
        given = next((each.value for each in call.keywords if each.arg == "resource_defs"), None)
        if given is not None and not (isinstance(given, ast.Dict) and all(given.keys)):
            self._linking.refuse("the resources of the job are not written out", span)

    def _writes_out_run_tags(self) -> bool:
        return isinstance(self._given.get("run_tags"), ast.Dict)

    def _expression(self, node: ast.expr, name: str) -> Expression:
        return self._linking.expression(self._job.origin, node, f"_make_{name}")
