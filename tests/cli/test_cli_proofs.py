"""What the parser took in an earlier run is not looked at again, and proves nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BODY = "".join(f"    step_{number} = {number} + {number}\n" for number in range(20))
HEAD = "import dagster as dg\n\n\n@dg.asset\ndef {name}({deps}):\n"


@pytest.fixture
def project(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    for number in range(3):
        write(source, number)
    return source


def write(source: Path, number: int, last: str = "1", *, deps: str = "") -> None:
    head = HEAD.format(name=f"asset_{number}", deps=deps)
    text = f"{head}{BODY}    return {last}\n"
    (source / f"module_{number}.py").write_text(text)


def lint(source: Path, *options: str) -> list[dict[str, object]]:
    environment = {**os.environ, "ASSETGEN_CACHE_DIR": str(source.parent / "cache")}
    words = [sys.executable, "-m", "assetgen", "lint", "--format", "json", *options, "."]
    done = subprocess.run(words, cwd=source, env=environment, capture_output=True, text=True)
    assert done.stderr == ""
    findings: list[dict[str, object]] = json.loads(done.stdout)["findings"]
    return findings


def proofs(source: Path) -> Path:
    (path,) = (source.parent / "cache").glob("*.proofs")
    return path


def test_each_text_is_kept_once(project):
    assert lint(project) == []
    before = proofs(project).read_bytes()
    write(project, 1, "2", deps="asset_0")
    lint(project)
    assert len(before) == 16  # bodies that are alike are one text
    assert len(proofs(project).read_bytes()) == 32
    assert before in proofs(project).read_bytes()


def test_what_is_wrong_in_a_body_is_told_whatever_is_known(project):
    lint(project)
    write(project, 1, "1 +")
    told = lint(project)
    assert told == lint(project, "--no-cache")
    assert [item["rule"] for item in told] == ["syntax-error"]
    lint(project, "--select", "syntax-error")
    write(project, 1, "1 + 2")
    assert lint(project) == []
    write(project, 1, "1 +")
    assert lint(project) == told


@pytest.mark.parametrize("content", [b"", b"odd", b"\0" * 33])
def test_what_cannot_be_read_proves_nothing(project, content):
    lint(project)
    proofs(project).write_bytes(content)
    write(project, 2, "1 +")
    assert [item["rule"] for item in lint(project)] == ["syntax-error"]


def test_they_are_cleared_with_the_rest(project):
    lint(project)
    environment = {**os.environ, "ASSETGEN_CACHE_DIR": str(project.parent / "cache")}
    words = [sys.executable, "-m", "assetgen", "cache", "clear"]
    subprocess.run(words, env=environment, check=True, capture_output=True)
    assert not list((project.parent / "cache").iterdir())
