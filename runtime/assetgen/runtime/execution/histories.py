"""What was made and looked at before, for the steps that ask."""

import os
import pickle
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Lock
from types import SimpleNamespace
from typing import Any, NamedTuple

from assetgen.runtime.model.asset_keys import AssetKey
from assetgen.runtime.model.events import Materialized, Observed
from assetgen.runtime.model.instances import Instance
from assetgen.runtime.model.metadata_values import MetadataFact
from assetgen.runtime.model.step_results import AssetEvent, AssetMaterialization, AssetObservation


class DagsterEventType(Enum):
    """The kinds of events that are kept."""

    ASSET_MATERIALIZATION = "ASSET_MATERIALIZATION"
    ASSET_OBSERVATION = "ASSET_OBSERVATION"


@dataclass(frozen=True, slots=True)
class EventLogEntry:
    """A materialization or an observation, with the run and the step that told of it.

    `timestamp` is in seconds since 1970 in UTC.
    """

    asset_event: AssetEvent
    run_id: str
    timestamp: float
    step_key: str | None
    job_name: str | None

    @property
    def dagster_event_type(self) -> DagsterEventType:
        """Which of the two it is."""
        is_made = isinstance(self.asset_event, AssetMaterialization)
        return DagsterEventType("ASSET_MATERIALIZATION" if is_made else "ASSET_OBSERVATION")

    @property
    def asset_materialization(self) -> AssetMaterialization | None:
        """The materialization, if it is one."""
        event = self.asset_event
        return event if isinstance(event, AssetMaterialization) else None

    @property
    def asset_observation(self) -> AssetObservation | None:
        """The observation, if it is one."""
        event = self.asset_event
        return event if isinstance(event, AssetObservation) else None

    @property
    def dagster_event(self) -> Any:
        """The same in another order."""
        made, observed = self.asset_materialization, self.asset_observation
        return SimpleNamespace(
            event_type=self.dagster_event_type,
            event_type_value=self.dagster_event_type.value,
            asset_key=self.asset_event.asset_key,
            partition=self.asset_event.partition,
            step_key=self.step_key,
            job_name=self.job_name,
            event_specific_data=SimpleNamespace(materialization=made, asset_observation=observed),
            step_materialization_data=SimpleNamespace(materialization=made),
            materialization=made,
        )


@dataclass(frozen=True, slots=True)
class EventLogRecord:
    """An entry and its number: later ones have higher numbers."""

    storage_id: int
    event_log_entry: EventLogEntry

    @property
    def run_id(self) -> str:
        """The run."""
        return self.event_log_entry.run_id

    @property
    def timestamp(self) -> float:
        """When it happened."""
        return self.event_log_entry.timestamp

    @property
    def asset_event(self) -> AssetEvent:
        """What happened."""
        return self.event_log_entry.asset_event

    @property
    def asset_key(self) -> AssetKey:
        """The asset."""
        return self.asset_event.asset_key

    @property
    def partition_key(self) -> str | None:
        """The partition of the asset."""
        return self.asset_event.partition

    @property
    def asset_materialization(self) -> AssetMaterialization | None:
        """What was made."""
        return self.event_log_entry.asset_materialization

    @property
    def asset_observation(self) -> AssetObservation | None:
        """What was observed."""
        return self.event_log_entry.asset_observation

    @property
    def event_type(self) -> DagsterEventType:
        """Which of the two it is."""
        return self.event_log_entry.dagster_event_type


class EventRecordsFilter(NamedTuple):
    """Which events are wanted; bounds are not among them."""

    event_type: DagsterEventType
    asset_key: AssetKey | None = None
    asset_partitions: Sequence[str] | None = None
    after_cursor: int | None = None
    before_cursor: int | None = None
    after_timestamp: float | None = None
    before_timestamp: float | None = None
    storage_ids: Sequence[int] | None = None


class AssetRecordsFilter(NamedTuple):
    """Which events of an asset, or of any, are wanted; bounds are not among them."""

    asset_key: AssetKey | None
    asset_partitions: Sequence[str] | None = None
    after_timestamp: float | None = None
    before_timestamp: float | None = None
    after_storage_id: int | None = None
    before_storage_id: int | None = None
    storage_ids: Sequence[int] | None = None


class EventRecordsResult(NamedTuple):
    """Some events; `cursor` says where those after them begin, if there may be more."""

    records: Sequence[EventLogRecord]
    cursor: str
    has_more: bool


class DagsterInstance(Instance):
    """An instance that remembers what was made and looked at, in the folder of the storage.

    What Dagster kept of earlier runs, it does not know.
    """

    def __init__(self, folder: "str | os.PathLike[str] | None" = None) -> None:
        """`folder` is that of the storage; without one nothing outlives the instance."""
        super().__init__(folder)
        self._known: list[EventLogRecord] = []
        self._read_to = 0
        self._lock = Lock()

    def noting(self, run: Any, report: Callable[[Any], None]) -> Callable[[Any], None]:
        """An observer of a run that keeps what is to be remembered, and passes all on."""

        def note(event: Any) -> None:
            """Keep an event of an asset."""
            if type(event) in (Materialized, Observed):
                self._keep(event, run.run_id, event.step, run.pipeline.name)
            report(event)

        return note

    def report_runless_asset_event(self, asset_event: AssetEvent) -> None:
        """Remember something that happened elsewhere."""
        kind = Materialized if isinstance(asset_event, AssetMaterialization) else Observed
        parts = asset_event.asset_key.parts
        event = kind("", parts, asset_event.partition, asset_event.metadata, asset_event.tags)
        self._keep(event, "", None, None)

    def get_latest_materialization_event(self, asset_key: AssetKey) -> EventLogEntry | None:
        """The last time that the asset was made; None if it never was."""
        wanted = AssetRecordsFilter(asset_key)
        found = self._found(DagsterEventType.ASSET_MATERIALIZATION, wanted, False, 1)
        return found[0].event_log_entry if found else None

    def get_latest_materialization_events(
        self, asset_keys: Iterable[AssetKey]
    ) -> Mapping[AssetKey, EventLogEntry | None]:
        """The last time that each of the assets was made."""
        return {key: self.get_latest_materialization_event(key) for key in asset_keys}

    def get_materialized_partitions(self, asset_key: AssetKey) -> set[str]:
        """The partitions of the asset that were ever made."""
        wanted = AssetRecordsFilter(asset_key)
        found = self._found(DagsterEventType.ASSET_MATERIALIZATION, wanted, False, None)
        return {record.partition_key for record in found if record.partition_key is not None}

    def get_event_records(
        self,
        event_records_filter: EventRecordsFilter,
        limit: int | None = None,
        ascending: bool = False,
    ) -> list[EventLogRecord]:
        """The events that are wanted, the newest first unless `ascending`."""
        kind, key, partitions, after, before, since, until, numbers = event_records_filter
        wanted = AssetRecordsFilter(key, partitions, since, until, after, before, numbers)
        return self._found(kind, wanted, ascending, limit)

    def fetch_materializations(
        self,
        records_filter: "AssetKey | AssetRecordsFilter",
        limit: int,
        cursor: str | None = None,
        ascending: bool = False,
    ) -> EventRecordsResult:
        """When an asset was made, the newest first unless `ascending`."""
        kind = DagsterEventType.ASSET_MATERIALIZATION
        return self._fetched(kind, records_filter, limit, cursor, ascending)

    def fetch_observations(
        self,
        records_filter: "AssetKey | AssetRecordsFilter",
        limit: int,
        cursor: str | None = None,
        ascending: bool = False,
    ) -> EventRecordsResult:
        """When an asset was looked at, the newest first unless `ascending`."""
        kind = DagsterEventType.ASSET_OBSERVATION
        return self._fetched(kind, records_filter, limit, cursor, ascending)

    def _fetched(
        self,
        kind: DagsterEventType,
        records_filter: "AssetKey | AssetRecordsFilter",
        limit: int,
        cursor: str | None,
        ascending: bool,
    ) -> EventRecordsResult:
        """One page of events."""
        if isinstance(records_filter, AssetKey):
            records_filter = AssetRecordsFilter(records_filter)
        if cursor and ascending:
            records_filter = records_filter._replace(after_storage_id=int(cursor))
        elif cursor:
            records_filter = records_filter._replace(before_storage_id=int(cursor))
        found = self._found(kind, records_filter, ascending, limit)
        last = str(found[-1].storage_id) if found else cursor or ""
        return EventRecordsResult(found, last, len(found) == limit)

    def _found(
        self, kind: DagsterEventType, wanted: AssetRecordsFilter, ascending: bool, limit: int | None
    ) -> list[EventLogRecord]:
        """The events that are wanted."""
        _, partitions, since, until, after, before, numbers = wanted
        found: list[EventLogRecord] = []
        records = self._records()
        for record in records if ascending else reversed(records):
            if (
                record.event_type is kind
                and wanted.asset_key in (None, record.asset_key)
                and (not partitions or record.partition_key in partitions)
                and (not since or record.timestamp > since)
                and (not until or record.timestamp < until)
                and (after is None or record.storage_id > after)
                and (before is None or record.storage_id < before)
                and (not numbers or record.storage_id in numbers)
            ):
                found.append(record)
                if len(found) == limit:
                    break
        return found

    def _keep(self, event: Any, run_id: str, step: str | None, job: str | None) -> None:
        """Add an event at the end; all of it, or nothing."""
        partition = None if event.partition is None else str(event.partition)
        facts = {name: (fact.kind, fact.value) for name, fact in event.metadata.items()}
        fields = (type(event) is Materialized, event.key, partition, facts, dict(event.tags))
        row = (*fields, run_id, time.time(), step, job)
        if self.folder is None:
            self._add(row)
            return
        data = pickle.dumps(row, 5)
        Path(self.folder).mkdir(parents=True, exist_ok=True)
        with open(self._place(), "ab", 0) as file:  # noqa: PTH123
            file.write(data)

    def _records(self) -> list[EventLogRecord]:
        """All events by now, the oldest first."""
        with self._lock:
            if self.folder is not None and os.path.exists(self._place()):  # noqa: PTH110
                with open(self._place(), "rb") as file:  # noqa: PTH123
                    file.seek(self._read_to)
                    while file.peek(1):
                        self._add(pickle.load(file))
                        self._read_to = file.tell()
            return self._known[:]

    def _add(self, row: Any) -> None:
        """Make a record of what was kept."""
        is_made, parts, partition, facts, tags, *told = row
        metadata = {name: MetadataFact(kind, value) for name, (kind, value) in facts.items()}
        kind = AssetMaterialization if is_made else AssetObservation
        event = kind(AssetKey(parts), None, metadata, partition, tags)
        self._known.append(EventLogRecord(len(self._known) + 1, EventLogEntry(event, *told)))

    def _place(self) -> str:
        """The file with all events, one after another."""
        return os.path.join(os.fspath(self.folder or "."), ".asset_events")  # noqa: PTH118
