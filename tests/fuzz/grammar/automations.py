"""Sensors and schedules of every kind, by decorators, classes and helpers."""

from __future__ import annotations

from fuzz.grammar.attributes import arguments
from fuzz.grammar.draft import Draft
from fuzz.grammar.spelling import asset_key, text

CRONS = ("0 3 * * *", "@daily", "*/15 * * * *", "0 0 1 * *")


def automations(draft: Draft, jobs: list[str]) -> None:
    """Some that start the jobs of the file, or assets, or that only watch."""
    for _ in range(draft.count(2)):
        draft.pick((schedule, sensor, decorated_schedule, asset_sensor, watching, condition))(
            draft, jobs
        )


def target(draft: Draft, jobs: list[str]) -> dict[str, str]:
    """What is started: a job, or a selection of assets under an anonymous job."""
    if jobs and draft.chance(2):
        job = draft.pick(jobs)
        return draft.pick(({"job": job}, {"job_name": repr(job)}))
    known = [each for each in draft.known if each.whole and not each.is_spec]
    if not known:
        return {"target": "'*'"}
    key = asset_key(draft, draft.pick(known).key)
    return {
        "target": draft.pick((f"dg.AssetSelection.assets({key})", f"[{key}]", "'*'")),
    }


def schedule(draft: Draft, jobs: list[str]) -> None:
    name = draft.fresh("schedule")
    options = {"cron_schedule": text(draft, draft.pick(CRONS)), **target(draft, jobs)}
    if draft.chance(3):
        options["execution_timezone"] = "'Europe/Berlin'"
    draft.write(f"{name} = dg.ScheduleDefinition({name!r}, {arguments(draft, options)})")
    draft.export(name, "schedule")


def decorated_schedule(draft: Draft, jobs: list[str]) -> None:
    name = draft.fresh("schedule")
    crons = f"[{draft.pick(CRONS)!r}, '5 5 * * *']" if draft.chance(3) else repr(draft.pick(CRONS))
    options = {"cron_schedule": crons, **target(draft, jobs)}
    if draft.chance(3):
        options["name"] = text(draft, draft.fresh("named"))
    draft.write(f"\n\n@dg.schedule({arguments(draft, options)})")
    draft.write(f"def {name}(context):\n    return dg.RunRequest()\n")
    draft.export(name, "schedule")


def sensor(draft: Draft, jobs: list[str]) -> None:
    name = draft.fresh("sensor")
    options = target(draft, jobs)
    if draft.chance(3):
        options["minimum_interval_seconds"] = "60"
    if draft.chance(3):
        options["name"] = text(draft, draft.fresh("named"))
    draft.write(f"\n\n@dg.sensor({arguments(draft, options)})")
    draft.write(f"def {name}(context):\n    return dg.SkipReason('no')\n")
    draft.export(name, "sensor")


def asset_sensor(draft: Draft, jobs: list[str]) -> None:
    if not draft.known or not jobs:
        return
    name = draft.fresh("sensor")
    key = f"dg.AssetKey({list(draft.pick(draft.known).key)!r})"
    form = draft.pick(("one", "many", "class"))
    job = draft.pick(jobs)
    if form == "class":
        draft.write(
            f"{name} = dg.AssetSensorDefinition({name!r}, {key}, {job!r}, lambda context: None)"
        )
    else:
        first = f"asset_key={key}" if form == "one" else f"monitored_assets=[{key}]"
        decorator = "asset_sensor" if form == "one" else "multi_asset_sensor"
        draft.write(f"\n\n@dg.{decorator}({first}, job={job})")
        draft.write(f"def {name}(context):\n    return dg.SkipReason('no')\n")
    draft.export(name, "sensor")


def watching(draft: Draft, jobs: list[str]) -> None:
    """A sensor of runs."""
    name = draft.fresh("sensor")
    monitored = f"monitored_jobs=[{draft.pick(jobs)}]" if jobs and draft.chance(2) else ""
    if draft.chance(2):
        status = draft.pick(("SUCCESS", "FAILURE", "STARTED"))
        words = [f"run_status=dg.DagsterRunStatus.{status}", monitored]
        draft.write(f"\n\n@dg.run_status_sensor({', '.join(word for word in words if word)})")
    else:
        draft.write(f"\n\n@dg.run_failure_sensor{f'({monitored})' if monitored else ''}")
    draft.write(f"def {name}(context):\n    pass\n")
    draft.export(name, "sensor")


def condition(draft: Draft, jobs: list[str]) -> None:
    name = draft.fresh("sensor")
    draft.write(
        f"{name} = dg.AutomationConditionSensorDefinition({name!r}, target="
        f"{draft.pick(('dg.AssetSelection.all()', repr('*')))})"
    )
    draft.export(name, "sensor")
