"""Options that several commands share: what to read, and where the result goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from assetgen.cli.failure import UsageFailure
from assetgen.cli.moments import MOMENT

Command = TypeVar("Command", bound=Callable[..., object])


def output_options(command: Command) -> Command:
    """`-o` and `--force`."""
    for option in reversed(_OUTPUT):
        command = option(command)
    return command


def cache_options(command: Command) -> Command:
    """`--no-cache` and `--cache-dir`."""
    for option in reversed(_CACHE):
        command = option(command)
    return command


def environment(
    pairs: tuple[str, ...], files: tuple[Path, ...], unset: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """The variables of the files, without those that are `unset`, and then of the pairs, the last
    of a name winning; sorted."""
    known: dict[str, str] = {}
    for file in files:
        known.update(_read(file))
    for name in unset:
        if not name or "=" in name:
            raise UsageFailure(f"--unset {name}: a NAME is expected")
        known.pop(name, None)
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not name or not equals:
            raise UsageFailure(f"--env {pair}: NAME=VALUE is expected")
        if name in unset:
            raise UsageFailure(f"--unset {name}: --env gives it a value")
        known[name] = value
    return tuple(sorted(known.items()))


def _read(file: Path) -> dict[str, str]:
    """The assignments of a `.env` file: comments, `export` and quotes are understood."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise UsageFailure(f"{file}: {(reason or str(error)).lower()}") from error
    known: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip().removeprefix("export ").strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = (part.strip() for part in line.partition("="))
        if not name or not equals:
            raise UsageFailure(f"{file}:{number}:1: NAME=VALUE is expected")
        if value[:1] in {"'", '"'}:
            end = value.find(value[0], 1)
            if end < 0:
                raise UsageFailure(f"{file}:{number}:1: the quoted value has no end")
            value = value[1:end]
        else:
            value = value.partition(" #")[0].rstrip()
        known[name] = value
    return known


READING = (
    click.argument("paths", nargs=-1, type=click.Path(path_type=Path)),
    click.option(
        "-m",
        "--module",
        "modules",
        multiple=True,
        metavar="MODULE",
        help="A code location by its module, as Dagster's -m names it, or the package of a dg "
        "project's defs. Can be repeated.",
    ),
    click.option(
        "--source-root",
        "source_roots",
        multiple=True,
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="A folder that modules are imported from, instead of those found in the project's own "
        "files. Can be repeated; earlier ones win.",
    ),
    click.option(
        "--env",
        "env",
        multiple=True,
        metavar="NAME=VALUE",
        help="The value of an environment variable; the real environment is never read.",
    ),
    click.option(
        "--env-file",
        "env_files",
        multiple=True,
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="A file of NAME=VALUE lines; --env and --unset override it.",
    ),
    click.option(
        "--unset",
        "unset",
        multiple=True,
        metavar="NAME",
        help="An environment variable that is not set; with '*', none are but those that are "
        "given. Whether others are set is unknown.",
    ),
    click.option(
        "--follow",
        "follow",
        multiple=True,
        metavar="PACKAGE",
        help="A package outside of the project, by the name it is imported under, to be read like "
        "the project's own source; it is not imported. It is looked up in the source roots, in "
        "--python, in the active virtual environment and in those of the project. Can be repeated.",
    ),
    click.option(
        "--python",
        "python",
        metavar="PATH",
        type=click.Path(path_type=Path),
        help="A virtual environment, or a Python in one, that has the packages for --follow; it is "
        "never run.",
    ),
    click.option(
        "--now",
        "now",
        metavar=MOMENT,
        help="What the clock shows to code that asks for the time while it is loaded, as far as "
        "given; by default only the current year is known.",
    ),
)

_OUTPUT = (
    click.option(
        "-o",
        "--output",
        "output",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Write to FILE instead of standard output.",
    ),
    click.option("--force", is_flag=True, help="Overwrite FILE even if assetgen did not write it."),
)

cache_folder_option = click.option(
    "--cache-dir",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where results are kept, instead of the platform's cache folder.",
)

_CACHE = (
    click.option("--no-cache", is_flag=True, help="Neither use nor store results."),
    cache_folder_option,
)

watch_option = click.option(
    "--watch",
    "watching",
    is_flag=True,
    help="Print the result again whenever a file changes, until interrupted; only what depends on "
    "the change is computed again. Needs assetgen[watch].",
)
