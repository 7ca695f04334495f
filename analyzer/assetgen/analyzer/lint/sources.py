"""The text of the files that findings point at."""

from __future__ import annotations

import codecs
import io
import tokenize
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from assetgen.analyzer.project.disk import Disk, absolute

if TYPE_CHECKING:
    from assetgen.analyzer.model.pipeline import Pipeline

Sources = Callable[[str], bytes | None]
"""Gives the bytes of a file by the path that spans show, or None if it cannot be read."""


def sources_on_disk(pipeline: Pipeline, disk: Disk | None = None) -> Sources:
    """Reads files from where they lie, each at most once, or not at all if `disk` has.

    That is known of the modules of the pipeline; the paths of others (which could not be parsed,
    or configure the project) start at the working directory.
    """
    files = {module.path: module.file for module in pipeline.modules}
    return sources_of(files, disk if disk is not None else Disk())


def sources_of(files: Mapping[str, str], disk: Disk) -> Sources:
    """The same, by the files that the paths of modules stand for."""

    def read(path: str) -> bytes | None:
        file = files.get(path)
        content = disk.source(file if file is not None else absolute(path))
        return content if isinstance(content, bytes) else None

    return read


def decode(content: bytes) -> tuple[str, str] | None:
    """The text of a Python file and its encoding as the file declares it, or None if neither."""
    # Python ends lines at a lone CR too, `readline` of bytes does not.
    head = content.replace(b"\r", b"\n") if b"\r" in content else content
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(head).readline)
        return codecs.decode(content, encoding), encoding
    except (SyntaxError, UnicodeDecodeError, LookupError):
        return None


def lines_of(text: str) -> list[str]:
    """The lines with their ends, broken where Python breaks them and nowhere else."""
    return list(io.StringIO(text, newline=""))
