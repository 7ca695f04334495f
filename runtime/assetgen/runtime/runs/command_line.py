"""A pipeline as a program: ``raise SystemExit(main(PIPELINE))``."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assetgen.runtime.config.config_validators import OutsideLimits
from assetgen.runtime.execution.execution import run_pipeline
from assetgen.runtime.execution.plan import Plan, make_plan
from assetgen.runtime.execution.run_config import check_config, whole_config
from assetgen.runtime.execution.selection import choose_steps
from assetgen.runtime.model.declarations import AssetOutput, Pipeline
from assetgen.runtime.model.failures import PipelineError
from assetgen.runtime.model.instances import Instance
from assetgen.runtime.runs.event_log import EventFile, EventLog
from assetgen.runtime.runs.progress import Progress
from assetgen.runtime.storage.storage import FileStorage


def main(pipeline: Pipeline, argv: Sequence[str] | None = None) -> int:
    """Run the pipeline as the arguments say, and return the exit code.

    0: every step that had to run succeeded. 1: a step failed, or the run could not start (a
    selection that means nothing, an unknown partition, configuration that does not fit).
    2: the arguments cannot be understood. 130: interrupted by Ctrl-C.
    """
    try:
        options = parse_arguments(pipeline, argv)
    except SystemExit as refused:
        return refused.code if isinstance(refused.code, int) else 2
    try:
        return run(pipeline, options, write_now)
    except PipelineError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        return 130


def parse_arguments(pipeline: Pipeline, argv: Sequence[str] | None) -> Any:
    """The options by name; SystemExit after ``--help`` or a mistake."""
    import argparse

    parser = argparse.ArgumentParser(
        description=f"Run the pipeline {pipeline.name}.",
        epilog="SELECTION is a list of: key, a/b, stg_*, group:NAME, +key (with all upstream), "
        "key+ (with all downstream), 1+key (one step upstream). "
        "Exit code: 0 all succeeded, 1 something failed, 2 wrong usage.",
    )
    add = parser.add_argument
    add("--list", action="store_true", help="list the assets and stop")
    add("--select", metavar="SELECTION", action="append", help="make only these assets")
    add("--dry-run", action="store_true", help="say what would run, in which order, and stop")
    add("--storage", metavar="DIR", default="storage", help="where values are kept (%(default)s)")
    add("--partition", metavar="KEY", help="the partition to make; dynamic ones are added")
    add("--config", metavar="FILE", help="run configuration, as JSON")
    add("--jobs", metavar="N", type=int, default=1, help="run up to N steps at once, in threads")
    add("--events", metavar="FILE", help="write what happens to a file, as lines of JSON")
    return parser.parse_args(argv)


def write_now(text: str) -> None:
    """Write to standard output at once, with escapes for what its encoding does not have."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


def run(pipeline: Pipeline, options: Any, write: Callable[[str], object]) -> int:
    """Do what the options say, and return the exit code."""
    selection = " ".join(options.select) if options.select else ""
    chosen = (
        choose_steps(pipeline, selection)
        if selection.strip()
        else dict.fromkeys(step.name for step in pipeline.steps)
    )
    plan = make_plan(pipeline, chosen)
    if options.list:
        list_assets(plan, write)
        return 0
    config = read_config(options.config)
    if options.dry_run:
        describe_steps(plan, whole_config(pipeline, config), write)
        return 0
    storage = FileStorage(options.storage)
    if options.partition is None:
        refuse_without_partition(plan)
    else:
        admit_partition(plan, options.partition, Instance(storage.folder))
    progress = Progress(write, {step.name: step for step in pipeline.steps})
    log = open_events(options.events)
    note = EventLog(log.write) if log else None

    def observe(event: Any) -> None:
        """Tell the user, and the file of events if there is one."""
        progress(event)
        if note:
            note(event)

    try:
        result = run_pipeline(
            pipeline,
            storage,
            plan=plan,
            partition_key=options.partition,
            config=config,
            observer=observe,
            jobs=options.jobs,
        )
    except KeyboardInterrupt:
        progress.summary()
        raise
    finally:
        if log and note:
            note.flush()
            log.close()
    progress.summary()
    return 0 if result.success else 1


def read_config(path: str | None) -> Mapping[str, Any]:
    """The run configuration in a file; PipelineError if it cannot be read."""
    if path is None:
        return {}
    try:
        config = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PipelineError(f"cannot read the configuration: {error}") from error
    if not isinstance(config, dict):
        raise PipelineError("the configuration is no JSON object")
    return config


def open_events(path: str | None) -> EventFile | None:
    """The file that takes the events, None without a path; PipelineError if it cannot be made."""
    if path is None:
        return None
    try:
        return EventFile(path)
    except OSError as error:
        raise PipelineError(f"cannot write the events: {error}") from error


def refuse_without_partition(plan: Plan) -> None:
    """PipelineError if a partition must be given."""
    for outputs in plan.outputs.values():
        for output in outputs.values():
            if getattr(output, "partitions", None) is not None:
                name = "/".join(output.asset_parts)
                raise PipelineError(f"{name} has partitions: say which one with --partition KEY")


def admit_partition(plan: Plan, key: str, instance: Instance) -> None:
    """Add the key to the dynamic partitions of the plan's assets: here nobody else would."""
    for outputs in plan.outputs.values():
        for output in outputs.values():
            partitions = getattr(output, "partitions", None)
            if partitions is not None:
                partitions.admit(key, instance)


def list_assets(plan: Plan, write: Callable[[str], object]) -> None:
    """Write the assets, in order, as a table; the ops where there are no assets."""
    rows: list[tuple[str, ...]] = [("ASSET", "GROUP", "STEP", "DESCRIPTION")]
    for step in plan.steps:
        for output in plan.outputs[step.name].values():
            if isinstance(output, AssetOutput):
                lines = (output.description or step.description).strip().splitlines() or [""]
                rows.append(("/".join(output.asset_parts), output.group, step.name, lines[0]))
    if len(rows) == 1:
        rows = [("OP", "DESCRIPTION"), *((step.name, step.description) for step in plan.steps)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        write("  ".join(cells).rstrip() + "\n")


def describe_steps(plan: Plan, config: Mapping[str, Any], write: Callable[[str], object]) -> None:
    """Write the steps in the order in which they would run, once their configuration fits."""
    for step in plan.steps:
        try:
            check_config(step, config)
        except OutsideLimits as error:
            raise PipelineError(f'the configuration of "{step.name}": {error}') from error
    for number, step in enumerate(plan.steps, 1):
        made = ", ".join(
            "/".join(o.asset_parts) or o.name for o in plan.outputs[step.name].values()
        )
        after = ", ".join(sorted(plan.waits[step.name]))
        write(f"{number:>4}  {step.name} -> {made}{f'  (after {after})' if after else ''}\n")
    write(f"\n{len(plan.steps)} steps would run\n")
