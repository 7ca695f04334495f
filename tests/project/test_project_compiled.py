"""What Python has compiled need not be shown to be Python."""

from __future__ import annotations

import importlib.util
import os
import py_compile
from pathlib import Path

import pytest

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.modules.compiled import is_compiled

BODY = "    rows = [row for row in range(100) if row % 3]\n" * 9
ASSET = f"import dagster as dg\n\n\n@dg.asset\ndef orders():\n{BODY}    return rows\n"


def made(folder: Path, text: str = ASSET) -> Path:
    file = folder / "assets.py"
    file.write_text(text, encoding="utf-8")
    return file


def is_known(file: Path) -> bool:
    disk = Disk()
    disk.read(file)
    return is_compiled(str(file), disk.stamp(str(file)))


def test_a_file_that_was_compiled_is_known_until_it_changes(tmp_path: Path) -> None:
    file = made(tmp_path)
    assert not is_known(file)
    py_compile.compile(str(file))
    assert is_known(file)
    file.write_text(f"{ASSET}\n", encoding="utf-8")
    assert not is_known(file)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda header: header[:12],
        lambda header: b"\0\0\0\0" + header[4:],
        lambda header: header[:4] + b"\1\0\0\0" + header[8:],
        lambda header: header[:8] + b"\0\0\0\0" + header[12:],
        lambda header: header[:12] + b"\0\0\0\0",
    ],
    ids=["short", "of another Python", "by its digest", "of another time", "of another size"],
)
def test_what_was_made_of_another_text_tells_nothing(tmp_path: Path, spoil) -> None:
    file = made(tmp_path)
    py_compile.compile(str(file))
    compiled = Path(importlib.util.cache_from_source(str(file)))
    compiled.write_bytes(spoil(compiled.read_bytes()[:16]))
    assert not is_known(file)


def test_an_unsaved_text_is_not_what_was_compiled(tmp_path: Path) -> None:
    file = made(tmp_path)
    py_compile.compile(str(file))
    disk = Disk()
    disk.read(file)
    disk.replace(file, ASSET.encode() + b"\n")
    assert not is_compiled(str(file), disk.stamp(str(file)))


def test_a_body_that_is_no_python_raises_when_it_is_run(tmp_path: Path) -> None:
    """As Python itself runs what it has compiled, only a call can tell."""
    wrong = BODY.replace("row % 3]", "row % 3)", 1)
    text = f"import dagster as dg\n\n\ndef keys():\n{BODY}    return rows\n\n\nx = keys()\n{ASSET}"
    file = made(tmp_path, text)
    py_compile.compile(str(file))
    stamp = file.stat()
    file.write_text(text.replace(BODY, wrong, 1), encoding="utf-8")
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    pipeline = analyze(Request(paths=(file,))).pipeline
    assert [str(asset.key) for asset in pipeline.locations[0].assets] == ["orders"]
    assert [finding.rule for finding in pipeline.diagnostics] == ["python-error"]
    assert "SyntaxError" in pipeline.diagnostics[0].message
