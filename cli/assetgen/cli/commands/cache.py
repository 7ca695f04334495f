"""`assetgen cache`."""

from __future__ import annotations

from pathlib import Path

import click

from assetgen.cli.cache import cache_of
from assetgen.cli.options import cache_folder_option


@click.group(name="cache", short_help="Show or remove the results that are kept.")
def command() -> None:
    """Earlier results, which are used again until something that they depend on changes.

    They are kept in --cache-dir, else in the folder that ASSETGEN_CACHE_DIR names (set it to
    nothing to keep none), else in the platform's cache folder.

    \b
    Examples:
      assetgen cache info
      assetgen cache clear
    """


@command.command(short_help="Show how many results are kept, and where.")
@cache_folder_option
def info(cache_dir: Path | None) -> None:
    """Show where results are kept, how many there are and how much space they take.

    \b
    Example:
      assetgen cache info --cache-dir .cache/assetgen
    """
    cache = cache_of(False, cache_dir)
    size = sum(path.stat().st_size for path in cache.files())
    click.echo(f"folder   {cache.folder or 'none'}")
    click.echo(f"entries  {cache.size}")
    click.echo(f"size     {size / 1024:.0f} KiB")


@command.command(short_help="Remove all results that are kept.")
@cache_folder_option
def clear(cache_dir: Path | None) -> None:
    """Remove all results that are kept.

    \b
    Example:
      assetgen cache clear
    """
    removed = cache_of(False, cache_dir).clear()
    click.echo(f"{removed} {'entry' if removed == 1 else 'entries'} removed")
