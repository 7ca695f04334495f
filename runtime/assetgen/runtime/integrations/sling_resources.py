"""Replications that Sling runs, each of their streams an asset."""

import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from assetgen.runtime.config.config_classes import EnvVar, PermissiveConfig
from assetgen.runtime.config.config_files import merged, read_yaml
from assetgen.runtime.definitions.resources import ConfigurableResource
from assetgen.runtime.integrations.sling_translators import DagsterSlingTranslator, said_of
from assetgen.runtime.model.asset_keys import AssetKey
from assetgen.runtime.model.metadata_tables import (
    TableColumn,
    TableColumnDep,
    TableColumnLineage,
    TableSchema,
)
from assetgen.runtime.model.metadata_values import normalize_metadata
from assetgen.runtime.model.step_results import AssetMaterialization, MaterializeResult


class SlingMode(str, Enum):
    """How a stream is replicated."""

    INCREMENTAL = "incremental"
    TRUNCATE = "truncate"
    FULL_REFRESH = "full-refresh"
    SNAPSHOT = "snapshot"
    BACKFILL = "backfill"


class SlingConnectionResource(PermissiveConfig):
    """A database or a folder, under the name that replications call it by."""

    name: str
    type: str
    connection_string: str | None = None


class SlingResource(ConfigurableResource[Any]):
    """Runs Sling, and says which assets it made."""

    connections: list[SlingConnectionResource] = []  # noqa: RUF012 -- each instance gets its own

    def prepare_environment(self) -> dict[str, Any]:
        """The connections as Sling finds them, in variables of the environment."""
        return {each.name: json.dumps(connection_of(each)) for each in self.connections}

    def run_sling_cli(self, args: Sequence[str], force_json: bool = False) -> str:
        """What Sling says to some arguments."""
        import sling  # type: ignore[import-not-found]

        env = {**os.environ, **self.prepare_environment()}
        if force_json:
            env["SLING_OUTPUT"] = "json"
        return subprocess.check_output([sling.SLING_BIN, *args], text=True, env=env)

    def replicate(
        self,
        *,
        context: Any,
        replication_config: Any = None,
        dagster_sling_translator: Any = None,
        debug: bool = False,
        stream: bool = False,
    ) -> "SlingEvents":
        """The assets made, once they are asked for; what is not given here is what the step has.

        Only the streams of the assets wanted are replicated. With `stream` each is told of when it
        is done.
        """
        given = context.op.tags
        declared = given.get("dagster_sling/replication"), given.get("dagster_sling/translator")
        translator, config = dagster_sling_translator, replication_config
        if not config and not translator:
            config, translator = declared
        translator = translator or DagsterSlingTranslator()
        replication = read_replication(config)
        chosen = chosen_streams(context, read_replication(declared[0]), declared[1])
        wanted = Replication(self, context, replication, chosen, translator, debug)
        made = wanted.one_by_one() if stream else wanted.at_once()
        return SlingEvents(made, self, replication, context)

    def stream_raw_logs(self) -> Iterator[str]:
        """The lines that Sling wrote."""
        yield from vars(self).get("_lines", ())

    def get_column_info_for_table(self, target_name: str, table_name: str) -> list[dict[str, Any]]:
        """The columns of a table, each as a dict."""
        words = ["conns", "discover", target_name, "--pattern", table_name, "--columns"]
        return rows_of(self.run_sling_cli(words, force_json=True))

    def get_row_count_for_table(self, target_name: str, table_name: str) -> int:
        """How many rows a table has."""
        words = ["conns", "exec", target_name, f"select count(*) as ct from {table_name}"]
        return int(next(iter(rows_of(self.run_sling_cli(words, force_json=True))[0].values())))


class SlingEvents:
    """The assets that Sling made, one after another."""

    def __init__(
        self,
        made: Iterator[Any],
        sling: SlingResource,
        replication: Mapping[str, Any],
        context: Any,
    ) -> None:
        """`made` is gone through once."""
        self.made = made
        self.sling = sling
        self.replication = replication
        self.context = context

    def __iter__(self) -> "SlingEvents":
        """Once."""
        return self

    def __next__(self) -> Any:
        """The next asset."""
        return next(self.made)

    def fetch_row_count(self) -> "SlingEvents":
        """The same, each with the number of rows that its table has."""
        return self.with_facts(
            lambda event, table: {"dagster/row_count": self.sling.get_row_count_for_table(*table)}
        )

    def fetch_column_metadata(self) -> "SlingEvents":
        """The same, each with the columns of its table, and where they come from."""
        return self.with_facts(self.columns_of)

    def with_facts(self, find: Callable[[Any, Any], Mapping[str, Any]]) -> "SlingEvents":
        """The same with more metadata, where the table is known and can be looked at."""
        more = (self.with_fact(event, find) for event in self.made)
        return SlingEvents(more, self.sling, self.replication, self.context)

    def with_fact(self, event: Any, find: Callable[[Any, Any], Mapping[str, Any]]) -> Any:
        """One of them with more metadata."""
        target, stream = self.replication["target"], event.metadata["stream_name"]
        table = table_in(self.sling.stream_raw_logs(), getattr(stream, "value", stream))
        if table:
            try:
                found = {**find(event, (target, table)), "dagster/storage_kind": target}
            except Exception as error:
                self.context.log.warning(
                    "nothing was found out about the table %s: %s", table, error
                )
            else:
                event.metadata = normalize_metadata({**found, **event.metadata})
        return event

    def columns_of(self, event: Any, table: Any) -> dict[str, Any]:
        """The columns of an asset, and those of the one asset that it depends on."""
        told = self.sling.get_column_info_for_table(*table)
        kinds = {each["Column"]: each["General Type"] for each in told if "General Type" in each}
        columns = [TableColumn(name.lower(), kind) for name, kind in kinds.items()]
        facts: dict[str, Any] = {"dagster/column_schema": TableSchema(columns)}
        above = keys_above(self.context, event.asset_key)
        if len(above) == 1:
            facts["dagster/column_lineage"] = TableColumnLineage(
                {
                    name.lower(): [TableColumnDep(above[0], name.lower())]
                    for name in kinds
                    if not name.startswith("_sling_")
                }
            )
        return facts


def keys_above(context: Any, key: AssetKey) -> list[AssetKey]:
    """The keys that an asset of the step depends on."""
    step = context._attempt.unit.step
    for output in step.makes:
        if output.asset_parts == key.parts:
            said = getattr(output, "dep_parts", None)
            parts = [getattr(each, "key_parts", ()) for each in step.inputs]
            return [AssetKey(each) for each in (parts if said is None else said) if each]
    return []


def connection_of(connection: SlingConnectionResource) -> dict[str, Any]:
    """The properties of a connection, with its variables read."""
    found = {
        name: value.get_value() if isinstance(value, EnvVar) else value
        for name, value in vars(connection).items()
    }
    url = found.pop("connection_string", None)
    return {**found, "url": url} if url else found


def read_replication(config: Any) -> dict[str, Any]:
    """A replication: a mapping, or the file that holds one."""
    if not config or isinstance(config, Mapping):
        return dict(config or {})
    return dict(read_yaml(Path(config).resolve().read_bytes()))


def streams_of(replication: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The streams of a replication that are not disabled."""
    return [
        {"name": name, "config": config}
        for name, config in replication.get("streams", {}).items()
        if not (config and config.get("disabled"))
    ]


def chosen_streams(
    context: Any, replication: Mapping[str, Any], translator: Any
) -> Mapping[str, Any]:
    """The streams of the assets wanted, as the step's declaration says; nothing where all of the
    replication's are. A run that is configured has those that its configuration names."""
    if not context.selected_asset_keys:
        return {}
    if context.run_config:
        ops = context.run_config.get("ops", {})
        config = ops.get(context.op.name, {}).get("config", {}) if isinstance(ops, dict) else {}
        named: Mapping[str, Any] = config.get("context_streams", {})
        return named
    translator = translator or DagsterSlingTranslator()
    streams = (with_defaults(each, replication) for each in streams_of(replication))
    return {
        each["name"]: each["config"]
        for each in streams
        if translator.get_asset_spec(each).key in context.selected_asset_keys
    }


def with_defaults(stream: dict[str, Any], replication: Mapping[str, Any]) -> dict[str, Any]:
    """A stream that says of its asset what all streams do by default."""
    defaults = said_of({"config": replication.get("defaults")})
    if not defaults:
        return stream
    config = stream["config"] or {}
    meta = config.get("meta") or {}
    said = merged(defaults, meta.get("dagster") or {})
    return {**stream, "config": {**config, "meta": {**meta, "dagster": said}}}


@dataclass
class Replication:
    """A replication that is to run: what Sling is told, and who is told what it made.

    `chosen` are the streams to replicate by name, none of them for all.
    """

    sling: SlingResource
    context: Any
    config: dict[str, Any]
    chosen: Mapping[str, Any]
    translator: Any
    debug: bool

    def at_once(self) -> Iterator[Any]:
        """Run it, and tell of its assets when all are made."""
        import sling

        command, file, env = self.prepared()
        started = time.time()
        said = sling._run(cmd=command, temp_file=file, return_output=True, env=env)
        seconds = time.time() - started
        lines = [cleaned(line) for line in said.split("\n")]
        object.__setattr__(self.sling, "_lines", [*self.sling.stream_raw_logs(), *lines])
        for line in lines:
            self.context.log.debug(line)
        target = self.config.get("target")
        for stream in streams_of(self.config):
            place = (stream["config"] or {}).get("object") or stream["name"]
            facts: dict[str, Any] = {"elapsed_time": seconds, "stream_name": stream["name"]}
            if target:
                facts["dagster/table_name"] = f"{target}.{place}"
                facts["dagster/storage_kind"] = target
            yield self.event_of(stream, facts)

    def one_by_one(self) -> Iterator[Any]:
        """Run it, and tell of each asset when what Sling writes says that it is made."""
        import sling

        command, file, env = self.prepared()
        started, name, lines = time.time(), "", list[str]()
        for line in sling._exec_cmd(command, env=env):
            if line == "":
                continue
            text = cleaned(line)
            text = text.split("  ")[1] if "  " in text else text
            self.context.log.info(text)
            if not name:
                found = re.findall(r"stream (.*)$", text)
                found = found or re.findall(r"Sling Replication [|] .* [|] (\S*)$", text)
                name = found[0] if found else ""
                continue
            if "execution succeeded" in text:
                facts = told_in("\n".join(lines), time.time() - started)
                stream = {"name": name, "config": self.config.get("streams", {}).get(name, {})}
                yield self.event_of(stream, {**facts, "stream_name": name})
                started, name, lines = time.time(), "", []
            lines.append(text)
        os.remove(file)  # noqa: PTH107

    def prepared(self) -> tuple[str, str, dict[str, str]]:
        """The command that runs the chosen streams, the file that it reads, its environment."""
        import sling

        if self.chosen:
            self.config["streams"] = dict(self.chosen)
        with tempfile.NamedTemporaryFile(
            "w", prefix="sling-replication-", suffix=".json", delete=False, encoding="utf-8"
        ) as file:
            json.dump(self.config, file, cls=sling.JsonEncoder)
        command = f"{sling.SLING_BIN} run {'-d' if self.debug else ''} -r {file.name}"
        return command, file.name, {**os.environ, **self.sling.prepare_environment()}

    def event_of(self, stream: Mapping[str, Any], facts: Mapping[str, Any]) -> Any:
        """That the asset of a stream was made."""
        key = self.translator.get_asset_spec(stream).key
        kind = MaterializeResult if self.context.selected_asset_keys else AssetMaterialization
        return kind(asset_key=key, metadata=facts)


def cleaned(line: str) -> str:
    """A line that Sling wrote without colours, time and level."""
    plain = re.sub(r"\x1B(?:[@-Z\\-_]|\[[0-?]*[ -/]*[@-~])", "", line)
    return re.sub(r"^\d{1,2}:\d{2}[AP]M\s+(INF|WRN|ERR|DBG)\s+", "", plain)


def told_in(text: str, seconds: float) -> dict[str, Any]:
    """How many rows went where, as what Sling wrote of a stream says."""
    target = next(iter(re.findall(r"writing to target ([\w\s]*) ", text)), "")
    words = ("wrote", "to") if target == "file system" else ("inserted", "into")
    found = re.findall(rf"{words[0]} ([0-9]*) rows .*{words[1]} ([\w.:/;-_\"\'{{}}]*)", text)
    if not found:
        return {}
    rows, place = found[0]
    facts: dict[str, Any] = {"row_count": rows} if rows else {}
    place = re.sub(r"[^\w\s.]", "", place)
    if target in DESTINATIONS and place:
        facts[DESTINATIONS[target]] = place
    return {**facts, "elapsed_time": seconds}


DESTINATIONS = {"database": "destination_table", "file system": "destination_file"}


def table_in(lines: Iterator[str], stream: str) -> str:
    """The table that rows of a stream went to, as what Sling wrote says; empty if it does not."""
    is_its_own = False
    for line in lines:
        if stream in line:
            is_its_own = True
        elif is_its_own and not line.strip():
            break
        if is_its_own and (found := re.match(r".*inserted (\d+) rows into (.*) in.*", line)):
            return found.group(2).replace('"', "")
    return ""


def rows_of(output: str) -> list[dict[str, Any]]:
    """The rows of a table that Sling wrote as JSON, by column."""
    table = json.loads(output.strip())
    return [dict(zip(table["fields"], row, strict=False)) for row in table["rows"]]
