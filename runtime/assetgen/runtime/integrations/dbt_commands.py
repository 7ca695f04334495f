"""dbt as a resource: commands run as processes, and what they report as results of a step.

The assets of a step say which node of the dbt project each is, by ``dagster_dbt/unique_id`` in
their metadata; no manifest is read. Column metadata and row counts are not fetched.
"""

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from assetgen.runtime.definitions.resources import ConfigurableResource
from assetgen.runtime.model.check_results import AssetCheckResult, AssetCheckSeverity
from assetgen.runtime.model.step_results import Output

NODE = "dagster_dbt/unique_id"
SELECTION = ("select", "exclude", "selector")
RESULTS = ("LogSeedResult", "LogModelResult", "LogSnapshotResult", "LogTestResult", "NodeFinished")
BUILT = ("success", "no-op", "reused", "warn")


class DagsterDbtCliRuntimeError(Exception):
    """A dbt command that failed."""


class DbtProject:
    """Where a dbt project lies, and the profile to use with it."""

    def __init__(
        self,
        project_dir: Any,
        *,
        target_path: Any = "target",
        profiles_dir: Any = None,
        profile: str | None = None,
        target: str | None = None,
        packaged_project_dir: Any = None,
        state_path: Any = None,
    ) -> None:
        """A packaged project goes before, where there is one."""
        packaged = Path(packaged_project_dir) if packaged_project_dir else None
        self.packaged_project_dir = packaged
        self.project_dir = packaged if packaged and packaged.exists() else Path(project_dir)
        self.target_path = Path(target_path)
        self.manifest_path = self.project_dir / self.target_path / "manifest.json"
        self.profiles_dir = Path(profiles_dir) if profiles_dir else None
        self.profile = profile
        self.target = target
        self.state_path = self.project_dir / state_path if state_path else None

    def prepare_if_dev(self) -> None:
        """Nothing: that is for ``dagster dev``."""


class DbtCliResource(ConfigurableResource[Any]):
    """The dbt command, for one project."""

    project_dir: str
    global_config_flags: list[str] = []  # noqa: RUF012 -- each instance gets its own
    profiles_dir: str | None = None
    profile: str | None = None
    target: str | None = None
    dbt_executable: str = ""
    state_path: str | None = None

    def __init__(self, project_dir: Any, **values: Any) -> None:
        """`project_dir` is a path or a `DbtProject`, which may say more."""
        if isinstance(project_dir, DbtProject):
            for name in ("profiles_dir", "profile", "target", "state_path"):
                values[name] = values.get(name) or getattr(project_dir, name)
            project_dir = project_dir.project_dir
        for name, value in (("project_dir", project_dir), *values.items()):
            values[name] = os.fspath(value.resolve()) if isinstance(value, Path) else value
        values["global_config_flags"] = values.get("global_config_flags") or []
        super().__init__(**values)

    def cli(
        self,
        args: Sequence[str],
        *,
        raise_on_error: bool = True,
        manifest: Any = None,
        dagster_dbt_translator: Any = None,
        context: Any = None,
        target_path: Any = None,
    ) -> "DbtCliInvocation":
        """Start a command; with a context, for the nodes that its step is to build."""
        folder = Path(self.project_dir).resolve()
        name = str(uuid.uuid4())[:7]
        if context is not None:
            name = f"{context.op_handle}-{context.run_id[:7]}-{name}"
        if target_path is None:
            target_path = Path(os.environ.get("DBT_TARGET_PATH", "target"), name)
        target = folder / target_path
        flags = [("--profile", self.profile), ("--target", self.target)]
        words = [
            self.dbt_executable or ("dbtf" if shutil.which("dbtf") else "dbt"),
            *self.global_config_flags,
            *args,
            *(word for flag, value in flags if value for word in (flag, value)),
            *(selection_of(context) if context is not None else ()),
        ]
        settings = {
            "DBT_LOG_FORMAT": "json",
            "DBT_LOG_PATH": str(target),
            "DBT_PROJECT_DIR": str(folder),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DBT_TARGET_PATH": str(target),
            "PYTHONUNBUFFERED": "1",
        }
        if self.profiles_dir:
            settings["DBT_PROFILES_DIR"] = os.fspath(Path(self.profiles_dir).resolve())
        process = subprocess.Popen(
            words,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, **settings},
            cwd=folder,
        )
        return DbtCliInvocation(process, target, raise_on_error, context)


class DbtCliEvent:
    """One line that dbt logs: `raw_event` has its ``info`` and its ``data``."""

    def __init__(self, raw_event: Mapping[str, Any]) -> None:
        """As it was read."""
        self.raw_event = raw_event

    def __str__(self) -> str:
        """What people read."""
        return str(self.raw_event["info"]["msg"])

    @property
    def node(self) -> Mapping[str, Any]:
        """The node that the line is about, empty if it is about none."""
        found: Mapping[str, Any] = self.raw_event["data"].get("node_info") or {}
        return found

    @property
    def is_result(self) -> bool:
        """Whether it says how a node ended."""
        name = self.raw_event["info"]["name"]
        unit = str(self.node.get("unique_id", "unit_test")).startswith("unit_test")
        return name in RESULTS and not unit

    @property
    def status(self) -> str:
        """How the node ended."""
        status = self.node.get("node_status")
        if status and status != "None":
            return str(status)
        return str(self.raw_event["data"]["status"]).lower()

    def metadata(self) -> dict[str, Any]:
        """What is told of the node."""
        data, node = self.raw_event["data"], self.node
        started, finished = node.get("node_started_at"), node.get("node_finished_at")
        if started and finished:
            seconds = (_moment(finished) - _moment(started)).total_seconds()
        else:
            seconds = data.get("execution_time")
        return {
            **({"Execution Duration": seconds} if seconds is not None else {}),
            "unique_id": node["unique_id"],
            "invocation_id": self.raw_event["info"]["invocation_id"],
            "status": self.status,
        }


def _moment(stamp: str) -> datetime:
    """What a stamp of dbt says, however many digits its seconds have: Python 3.10 wants six."""
    whole, _, fraction = stamp.rstrip("Z").partition(".")
    return datetime.fromisoformat(f"{whole}.{fraction[:6]:0<6}")


class DbtCliInvocation:
    """A command that runs or has run."""

    def __init__(self, process: Any, target_path: Path, raise_on_error: bool, context: Any) -> None:
        """`target_path` is where dbt puts its artifacts."""
        self.process = process
        self.target_path = target_path
        self.raise_on_error = raise_on_error
        self.context = context
        self.errors: list[str] = []
        self._read: list[Any] = []

    def wait(self) -> "DbtCliInvocation":
        """Wait for the end."""
        for _ in self.stream_raw_events():
            pass
        return self

    def is_successful(self) -> bool:
        """Wait for the end; whether nothing went wrong."""
        self._read += self._lines()
        return self.process.wait() == 0 and not self.errors

    def get_error(self) -> Exception | None:
        """Wait for the end; what went wrong, if anything did."""
        if self.is_successful():
            return None
        code = self.process.returncode
        log = self.target_path / "dbt.log"
        errors = "\n\n".join(self.errors)
        return DagsterDbtCliRuntimeError(
            f"`{' '.join(self.process.args)}` failed with exit code {code}; see {log}\n\n{errors}"
        )

    def get_artifact(self, artifact: str) -> Any:
        """The content of an artifact, such as ``run_results.json``."""
        return json.loads((self.target_path / artifact).read_bytes())

    def stream_raw_events(self) -> Iterator[DbtCliEvent]:
        """The lines logged, as they come; they are printed, too."""
        for line in self._read or self._lines():
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
            if isinstance(line, DbtCliEvent):
                yield line
        error = self.get_error()
        if error is not None and self.raise_on_error:
            raise error

    def stream(self) -> "DbtResults":
        """The results of the step: an `Output` for each node built, and verdicts of tests."""
        return DbtResults(self)

    def _lines(self) -> Iterator[Any]:
        """What is still to be read, events where a line is one."""
        if self.process.stdout.closed:
            return
        with self.process.stdout as lines:
            for line in lines:
                text = line.decode().strip()
                try:
                    event = json.loads(text)
                    if event["info"]["level"] == "error":
                        self.errors.append(event["info"]["msg"])
                except (ValueError, TypeError, KeyError):
                    yield text
                else:
                    yield DbtCliEvent(event)


class DbtResults:
    """The results of a command, as they come."""

    def __init__(self, invocation: DbtCliInvocation) -> None:
        """Nothing is read yet."""
        self._results = self._found(invocation)

    def __iter__(self) -> Iterator[Any]:
        """The results."""
        return self._results

    def __next__(self) -> Any:
        """The next result."""
        return next(self._results)

    def fetch_row_counts(self) -> "DbtResults":
        """The same: rows are not counted here."""
        return self

    def fetch_column_metadata(self, with_column_lineage: bool = True) -> "DbtResults":
        """The same: columns are not looked at here."""
        return self

    def _found(self, invocation: DbtCliInvocation) -> Iterator[Any]:
        context = invocation.context
        made = {} if context is None else nodes_of(context)
        for event in invocation.stream_raw_events():
            if not event.is_result:
                continue
            node = str(event.node["unique_id"])
            if node.startswith("test."):
                yield from verdicts(event, context)
            elif event.status in BUILT and event.node.get("materialized") != "ephemeral":
                if node not in made:
                    raise DagsterDbtCliRuntimeError(f"dbt built {node}, which is no asset here")
                yield Output(None, made[node].name, event.metadata())


def nodes_of(context: Any) -> dict[str, Any]:
    """The outputs to make, by the node that each is."""
    outputs = context.outputs_to_make
    return {
        metadata[NODE]: output
        for output in outputs
        if (metadata := getattr(output, "metadata", {})) and NODE in metadata
    }


def selection_of(context: Any) -> list[str]:
    """What the command is to build: all that the decorator selects, or the outputs to make."""
    if not context.is_subset:
        tags = context.step_tags
        found = [(name, tags.get(f"dagster_dbt/{name}")) for name in SELECTION]
        return [word for name, value in found if value for word in (f"--{name}", value)]
    chosen = []
    for node in nodes_of(context):
        kind, package, name, *_ = node.split(".")
        chosen.append(f"{name},package:{package},resource_type:{kind}")
    return ["--select", " ".join(chosen)]


def verdicts(event: DbtCliEvent, context: Any) -> Iterator[AssetCheckResult]:
    """The verdict of a test, if it is a check here; others are only logged."""
    if context is None or event.status == "skipped":
        return
    name = event.node["node_name"]
    failures = event.raw_event["data"].get("num_failures")
    counted = {} if failures is None else {"dagster_dbt/failed_row_count": failures}
    warned = event.status == "warn"
    for output in context.outputs_to_make:
        if getattr(output, "check", None) == name:
            yield AssetCheckResult(
                passed=event.status == "pass",
                asset_key=output.asset,
                check_name=name,
                severity=AssetCheckSeverity.WARN if warned else AssetCheckSeverity.ERROR,
                metadata={**event.metadata(), **counted},
            )
