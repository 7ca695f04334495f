"""The text of the files that findings refer to."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from assetgen.analyzer.project.disk import Disk, absolute

if TYPE_CHECKING:
    from assetgen.analyzer.model.pipeline import Pipeline

Sources = Callable[[str], bytes | None]
"""Gives the bytes of a file by the path that spans show, or None if it cannot be read."""


def sources_on_disk(pipeline: Pipeline, disk: Disk | None = None) -> Sources:
    """Reads files from disk, each at most once, or not at all if `disk` has them.

    The paths of modules of the pipeline are known; those of other files (which could not be parsed,
    or configure the project) are relative to the working directory.
    """
    files = {module.path: module.file for module in pipeline.modules}
    return sources_of(files, disk if disk is not None else Disk())


def sources_of(files: Mapping[str, str], disk: Disk) -> Sources:
    """The same for given files, by the paths under which their modules are shown."""

    def read(path: str) -> bytes | None:
        file = files.get(path)
        content = disk.source(file if file is not None else absolute(path))
        return content if isinstance(content, bytes) else None

    return read


def decode(content: bytes) -> tuple[str, str] | None:
    """The text of a Python file and the encoding that it declares, or None if it cannot be
    decoded."""
    try:
        encoding = _encoding(content)
        return content.decode(encoding), encoding
    except (SyntaxError, ValueError, LookupError):
        return None


def encoded(text: str) -> bytes:
    """The bytes of a Python file with that text, in the encoding that it declares or, if that is
    none which could hold it, in UTF-8."""
    content = text.encode("utf-8", "replace")
    try:
        return text.encode(_encoding(content))
    except (SyntaxError, ValueError, LookupError):
        return content


def _encoding(content: bytes) -> str:
    # Python ends lines at a lone CR too, `readline` of bytes does not.
    head = content.replace(b"\r", b"\n") if b"\r" in content else content
    if b"coding" not in b"".join(head.split(b"\n", 2)[:2]) and not head.startswith(codecs.BOM_UTF8):
        return "utf-8"
    from tokenize import detect_encoding  # imports much

    return detect_encoding(io.BytesIO(head).readline)[0]


def lines_of(text: str) -> list[str]:
    """The lines with their ends, split exactly where Python splits them."""
    return list(io.StringIO(text, newline=""))
