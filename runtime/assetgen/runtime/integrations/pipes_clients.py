"""Other programs as steps: they learn of the run, and report what they made, by Dagster's pipes.

Such a program uses the library `dagster_pipes`, which needs no Dagster. Files take the context to
it and its messages back; where they lie stands in two environment variables.
"""

import base64
import json
import os
import signal
import subprocess
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assetgen.runtime.definitions.resources import ConfigurableResource
from assetgen.runtime.model.asset_keys import AssetKey
from assetgen.runtime.model.check_results import AssetCheckResult, AssetCheckSeverity
from assetgen.runtime.model.failures import StepError
from assetgen.runtime.model.metadata_values import MetadataFact
from assetgen.runtime.model.step_results import DataVersion, MaterializeResult


class PipesSubprocessClient(ConfigurableResource[Any]):
    """Runs commands of this machine."""

    env: dict[str, str] = {}  # noqa: RUF012 -- each instance gets its own
    cwd: str | None = None
    forward_termination: bool = True
    forward_stdio: bool = True
    termination_timeout_seconds: float = 20

    def __init__(self, env: Any = None, cwd: Any = None, **values: Any) -> None:
        """`env` and `cwd` are those of every command, unless it has its own."""
        super().__init__(env=dict(env or {}), cwd=cwd and os.fspath(cwd), **values)

    def run(
        self,
        *,
        context: Any,
        extras: Mapping[str, Any] | None = None,
        command: str | Sequence[str],
        env: Mapping[str, str] | None = None,
        cwd: str | None = None,
    ) -> "PipesClientCompletedInvocation":
        """Run a command to its end; StepError if it ends in failure."""
        with tempfile.TemporaryDirectory() as folder:
            told, heard = Path(folder, "context"), Path(folder, "messages")
            told.write_text(json.dumps(context_data(context, extras)), encoding="utf-8")
            heard.touch()
            places = {
                "DAGSTER_PIPES_CONTEXT": encoded({"path": str(told)}),
                "DAGSTER_PIPES_MESSAGES": encoded(
                    {"path": str(heard), "include_stdio_in_messages": False}
                ),
            }
            silent = None if self.forward_stdio else subprocess.DEVNULL
            process = subprocess.Popen(
                command,
                cwd=cwd or self.cwd,
                env={**os.environ, **self.env, **(env or {}), **places},
                stdout=silent,
                stderr=silent,
            )
            try:
                process.wait()
            except KeyboardInterrupt:
                if self.forward_termination:
                    process.send_signal(signal.SIGINT)
                    process.wait(timeout=self.termination_timeout_seconds)
                raise
            messages = [json.loads(line) for line in heard.read_text("utf-8").splitlines()]
        done = PipesClientCompletedInvocation(context, messages)
        if process.returncode:
            raise StepError(f"the command failed with code {process.returncode}")
        return done


class PipesClientCompletedInvocation:
    """What a command has reported."""

    def __init__(self, context: Any, messages: Sequence[Mapping[str, Any]]) -> None:
        """`messages` in the order in which they were sent; those for the log go there."""
        self.context = context
        self.messages = messages
        for parameters in self.sent("log"):
            level = str(parameters.get("level", "info")).lower()
            getattr(context.log, level, context.log.info)(parameters["message"])

    def get_results(self, *, implicit_materializations: bool = True) -> Sequence[Any]:
        """Materializations and checks, and each asset of the step that nothing was said of."""
        found: list[Any] = []
        for message in self.messages:
            if message["method"] in REPORTS:
                found.append(REPORTS[message["method"]](message["params"] or {}))
        if implicit_materializations:
            said = {each.asset_key for each in found if isinstance(each, MaterializeResult)}
            left = (key for key in self.context.selected_asset_keys if key not in said)
            found += [MaterializeResult(asset_key=key) for key in left]
        return tuple(found)

    def get_materialize_result(self, implicit_materialization: bool = True) -> Any:
        """The one materialization, with the checks; StepError if there is none, or several."""
        results = self.get_results(implicit_materializations=implicit_materialization)
        made = [each for each in results if isinstance(each, MaterializeResult)]
        if len(made) != 1:
            raise StepError(f"{len(made)} materializations were reported, and one was expected")
        made[0].check_results = tuple(each for each in results if each is not made[0])
        if any(each.asset_key != made[0].asset_key for each in made[0].check_results):
            raise StepError("a check was reported of an asset that was not")
        return made[0]

    def get_asset_check_result(self) -> Any:
        """The one check; StepError if something else was reported."""
        results = self.get_results()
        if len(results) != 1 or not isinstance(results[0], AssetCheckResult):
            raise StepError("not just one check was reported")
        return results[0]

    def get_custom_messages(self) -> Sequence[Any]:
        """What the program has sent beside."""
        return tuple(parameters["payload"] for parameters in self.sent("report_custom_message"))

    def sent(self, method: str) -> Iterator[Mapping[str, Any]]:
        """The parameters of the messages of a kind."""
        for message in self.messages:
            if message["method"] == method:
                yield message["params"] or {}


def context_data(context: Any, extras: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a program is told of the run."""
    outputs = [each for each in context._step.makes if each.asset_parts]
    codes = {AssetKey(each.asset_parts): getattr(each, "code_version", "") for each in outputs}
    keys = sorted(context.selected_asset_keys)
    names = [name_of(key) for key in keys]
    partition = context.partition_key if context.has_partition_key else None
    window = None
    if partition is not None and hasattr(context._run.partitions_of(context._step), "windows"):
        window = [moment.isoformat() for moment in context.partition_time_window]
    return {
        "asset_keys": names or None,
        "code_version_by_asset_key": {name_of(key): codes.get(key) or None for key in keys} or None,
        "provenance_by_asset_key": dict.fromkeys(names) or None,
        "partition_key": None if partition is None else str(partition),
        "partition_key_range": partition and {"start": str(partition), "end": str(partition)},
        "partition_time_window": window and {"start": window[0], "end": window[1]},
        "run_id": context.run_id,
        "job_name": context.job_name,
        "retry_number": context.retry_number,
        "extras": dict(extras or {}),
    }


def materialization(parameters: Mapping[str, Any]) -> MaterializeResult[Any]:
    """What a program has said of an asset."""
    version = parameters.get("data_version")
    return MaterializeResult(
        asset_key=key_named(parameters["asset_key"]),
        metadata=facts(parameters.get("metadata")),
        data_version=None if version is None else DataVersion(version),
    )


def verdict(parameters: Mapping[str, Any]) -> AssetCheckResult:
    """What a program has said of a check."""
    return AssetCheckResult(
        asset_key=key_named(parameters["asset_key"]),
        check_name=parameters["check_name"],
        passed=parameters["passed"],
        severity=AssetCheckSeverity(parameters["severity"]),
        metadata=facts(parameters.get("metadata")),
    )


def facts(metadata: Mapping[str, Any] | None) -> dict[str, Any]:
    """Metadata as a program sends it: each value with its kind, or one that shows its kind."""
    found: dict[str, Any] = {}
    for name, entry in (metadata or {}).items():
        kind, value = entry["type"], entry["raw_value"]
        if kind == "asset":
            value = AssetKey(value.split("/"))
        found[name] = value if kind == "__infer__" else MetadataFact(kind, value)
    return found


def name_of(key: AssetKey) -> str:
    """A key as programs name it."""
    return "/".join(part.replace("/", "\\/") for part in key.parts)


def key_named(name: str) -> AssetKey:
    """The key that a program means."""
    return AssetKey([part.replace("\0", "/") for part in name.replace("\\/", "\0").split("/")])


def encoded(value: Any) -> str:
    """A value as the variables hold it."""
    return base64.b64encode(zlib.compress(json.dumps(value).encode())).decode()


REPORTS = {"report_asset_materialization": materialization, "report_asset_check": verdict}
