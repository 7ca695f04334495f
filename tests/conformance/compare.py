"""Holds assetgen's document of a code location against real Dagster's, field by field.

Both are first brought into one normal form, `Graph`; what neither can know of the other (texts of
classes, the sensor that Dagster adds by itself) is left out there. Attributes that assetgen calls
unknown are differences too, unless the fixture allows them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Document = Mapping[str, Any]
Entries = dict[str, dict[str, Any]]

DEFAULT_SENSOR = "default_automation_condition_sensor"
NOT_PLAIN = "not plain"
STUB_KEY = "dagster/auto_created_stub_asset"


@dataclass(frozen=True)
class Graph:
    """One side in normal form: by name, the fields that are compared of each thing.

    `unknown` are the fields of an asset that are not known; `conditional` the assets that are
    there under an unknown condition only.
    """

    assets: Entries
    checks: Entries
    jobs: Entries
    schedules: Entries
    sensors: Entries
    resources: Entries
    unknown: dict[str, frozenset[str]] = field(default_factory=dict)
    conditional: frozenset[str] = frozenset()


def differences(
    dagster: Graph,
    assetgen: Graph,
    *,
    unknown: Mapping[str, tuple[str, ...]] | None = None,
    partial: bool = False,
) -> list[str]:
    """What the two do not agree in, one line each.

    `unknown` are the fields that may be unknown, by key ("*" for every key). With `partial`,
    everything may: then assetgen's graph has to be a part of Dagster's, and right where it speaks.
    """
    return [
        line
        for kind in ("assets", "checks", "jobs", "schedules", "sensors", "resources")
        for line in compare_entries(
            kind,
            getattr(dagster, kind),
            getattr(assetgen, kind),
            assetgen,
            unknown or {},
            partial,
        )
    ]


def compare_entries(
    kind: str,
    expected: Entries,
    actual: Entries,
    assetgen: Graph,
    allowed: Mapping[str, tuple[str, ...]],
    partial: bool,
) -> Iterator[str]:
    noun = kind.removesuffix("s")
    for name in sorted(set(expected) - set(actual)):
        if not partial:
            yield f"{noun} {name}: missing"
    for name in sorted(set(actual) - set(expected)):
        if not (partial and name in assetgen.conditional):
            yield f"{noun} {name}: not in Dagster"
    for name in sorted(set(expected) & set(actual)):
        unknown = assetgen.unknown.get(name, frozenset()) if kind == "assets" else frozenset()
        may_be = {*allowed.get(name, ()), *allowed.get("*", ())}
        if not partial:
            yield from (f"{noun} {name}: {each} is unknown" for each in sorted(unknown - may_be))
        for each, value in expected[name].items():
            said = actual[name].get(each)
            if each in unknown or agree(each, said, value, partial):
                continue
            yield f"{noun} {name}: {each}: Dagster {value!r}, assetgen {said!r}"


def agree(name: str, said: Any, value: Any, partial: bool) -> bool:
    """Whether what assetgen says of a field is right: with `partial`, a part of a list of keys is;
    a value of metadata that one side cannot write down may be any."""
    if said == value:
        return True
    if name == "metadata":
        return set(said) == set(value) and all(
            NOT_PLAIN in (said[each], value[each]) or said[each] == value[each] for each in value
        )
    return partial and name in ("deps", "assets") and all(item in value for item in said or ())


def graph_of_dagster(document: Document) -> Graph:
    """The normal form of a document of `dagster_graph.py`."""
    return Graph(
        assets={
            name_of(asset["key"]): {name: take(asset) for name, take in DAGSTER_FIELDS.items()}
            for asset in document["assets"]
        },
        checks=checks_of(document["checks"]),
        jobs={
            job["name"]: {"assets": names_of(job["assets"]), "partitions": job["partitions"]}
            for job in document["jobs"]
        },
        schedules={
            name: {"job": entry["job"], "cron": as_list(entry["cron"])}
            for name, entry in document["schedule_details"].items()
        },
        sensors={
            name: {"jobs": sorted(jobs)}
            for name, jobs in document["sensor_jobs"].items()
            if name != DEFAULT_SENSOR
        },
        resources={key: {} for key in document["resources"]},
    )


def graph_of_assetgen(document: Document, build_partitions: Callable[[Any], Any]) -> Graph:
    """The normal form of the document of `assetgen analyze --format json`.

    `build_partitions` asks Dagster what partitions the class and arguments that assetgen names
    make.
    """
    steps = {step["name"]: step for step in document["steps"]}
    assets = {name_of(asset["key"]): asset for asset in document["assets"]}
    return Graph(
        assets={
            name: assetgen_asset(asset, steps.get(asset["step"]), build_partitions)
            for name, asset in assets.items()
        },
        checks=checks_of(document["checks"]),
        jobs={
            job["name"]: {"assets": names_of(job["assets"] or []), "partitions": job["partitions"]}
            for job in document["jobs"]
        },
        schedules={
            each["name"]: {"job": each["job"], "cron": as_list(each["cron"])}
            for each in document["schedules"]
        },
        sensors={
            each["name"]: {"jobs": sorted(each["jobs"])}
            for each in document["sensors"]
            if each["name"] != DEFAULT_SENSOR
        },
        resources={each["key"]: {} for each in document["resources"]},
        unknown={name: frozenset(asset["unknown"]) for name, asset in assets.items()},
        conditional=frozenset(name for name, asset in assets.items() if asset["conditional"]),
    )


def assetgen_asset(
    asset: Document, step: Document | None, build_partitions: Callable[[Any], Any]
) -> dict[str, Any]:
    definition = step["definition"] if step else {}
    return {name: take(asset) for name, take in COMMON_FIELDS.items()} | {
        "partitions_detail": build_partitions(asset["partitions_detail"]),
        "partition_mappings": {
            name_of(dep["key"]): dep["partition_mapping"]["kind"]
            for dep in asset["dependencies"]
            if dep["partition_mapping"]
        },
        "pools": sorted(pools_of(definition)),
        "can_subset": bool(step and step["can_subset"]),
        "graph_ops": sorted(ops_of(definition)),
        "retry_policies": dict(policies_of(definition)),
        "skippable": asset["is_executable"] and asset["is_skippable"],
    }


def ops_of(definition: Document) -> Iterator[str]:
    for each in definition.get("invocations", ()):
        if each["definition"]["type"] == "graph":
            yield from (f"{each['name']}.{handle}" for handle in ops_of(each["definition"]))
        else:
            yield each["name"]


def policies_of(definition: Document, own: Any = None) -> Iterator[tuple[str, Any]]:
    if definition.get("type") == "op" and definition["retry_policy"]:
        yield definition["name"], definition["retry_policy"]
    for each in definition.get("invocations", ()):
        if each["definition"]["type"] == "graph":
            for handle, policy in policies_of(each["definition"]):
                yield f"{each['name']}.{handle}", policy
        elif policy := each["retry_policy"] or each["definition"]["retry_policy"]:
            yield each["name"], policy


def pools_of(definition: Document) -> set[str]:
    pools = {definition["pool"]} if definition.get("pool") else set()
    return pools.union(
        *(pools_of(each["definition"]) for each in definition.get("invocations", ()))
    )


def checks_of(checks: list[Any]) -> Entries:
    return {
        f"{name_of(check['asset'])}:{check['name']}": {
            "blocking": check["blocking"],
            "description": squeezed(check["description"]),
            "additional_deps": names_of(check["additional_deps"]),
        }
        for check in checks
    }


def name_of(key: list[str]) -> str:
    return "/".join(part.replace("/", "\\/") for part in key)


def names_of(keys: list[list[str]]) -> list[str]:
    return sorted(name_of(key) for key in keys)


def as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def squeezed(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def plain_metadata(metadata: Document) -> dict[str, Any]:
    """Metadata whose values both sides can write down; of the others only the names."""
    return {
        name: NOT_PLAIN if is_shown(value) else value
        for name, value in sorted(metadata.items())
        if name != STUB_KEY
    }


def is_shown(value: Any) -> bool:
    return isinstance(value, dict) and set(value) in ({"shown"}, {"class"})


COMMON_FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "deps": lambda asset: names_of(asset["deps"]),
    "group_name": lambda asset: asset["group_name"],
    "description": lambda asset: squeezed(asset["description"]),
    "owners": lambda asset: sorted(asset["owners"]),
    "tags": lambda asset: {
        name: value for name, value in asset["tags"].items() if not name.startswith("dagster/kind/")
    },
    "kinds": lambda asset: sorted(asset["kinds"]),
    "code_version": lambda asset: asset["code_version"],
    "metadata": lambda asset: plain_metadata(asset["metadata"]),
    "partitions": lambda asset: asset["partitions"],
    "op_name": lambda asset: asset["op_name"],
    "multi_asset": lambda asset: asset["multi_asset"],
    "is_graph": lambda asset: asset["is_graph"],
    "is_executable": lambda asset: asset["is_executable"],
    "is_virtual": lambda asset: asset["is_virtual"],
    "io_manager_key": lambda asset: asset["io_manager_key"],
    "automation_condition": lambda asset: bool(asset["automation_condition"]),
    "freshness_policy": lambda asset: bool(asset["freshness_policy"]),
    "backfill_policy": lambda asset: bool(asset["backfill_policy"]),
    "stub": lambda asset: asset["stub"],
}

DAGSTER_FIELDS: Mapping[str, Callable[[Any], Any]] = {
    **COMMON_FIELDS,
    "partitions_detail": lambda asset: asset["partitions_detail"],
    "partition_mappings": lambda asset: asset["partition_mappings"],
    "pools": lambda asset: asset["pools"],
    "can_subset": lambda asset: asset["is_executable"] and asset["can_subset"],
    "graph_ops": lambda asset: asset["graph_ops"],
    "retry_policies": lambda asset: asset["retry_policies"],
    "skippable": lambda asset: asset["is_executable"] and asset["skippable"],
}
