"""`assetgen cache`."""

from __future__ import annotations

from pathlib import Path

import click

from assetgen.cli.cache import cache_of
from assetgen.cli.options import cache_folder_option


@click.group(name="cache")
def command() -> None:
    """What `lint` said before, used again while nothing that it rests on has changed.

    The folder is the platform's for caches, `--cache-dir`, or ASSETGEN_CACHE_DIR; set that to
    nothing to keep nothing.

    \b
    Examples:
      assetgen cache info
      assetgen cache clear
    """


@command.command()
@cache_folder_option
def info(cache_dir: Path | None) -> None:
    """Show where results are kept, how many there are, and how large they are.

    \b
    Example:
      assetgen cache info --cache-dir .cache/assetgen
    """
    cache = cache_of(False, cache_dir)
    size = sum(path.stat().st_size for path in cache.files())
    click.echo(f"folder   {cache.folder or 'none'}")
    click.echo(f"entries  {cache.size}")
    click.echo(f"size     {size / 1024:.0f} KiB")


@command.command()
@cache_folder_option
def clear(cache_dir: Path | None) -> None:
    """Remove all earlier results.

    \b
    Example:
      assetgen cache clear
    """
    removed = cache_of(False, cache_dir).clear()
    click.echo(f"{removed} {'entry' if removed == 1 else 'entries'} removed")
