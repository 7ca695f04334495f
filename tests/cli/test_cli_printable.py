"""Whatever a project holds, what is printed of it steers no terminal and breaks no line."""

import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner

from assetgen.cli.application import application

KEYS = 'dg.AssetKey(["a\\nb", "\\x1b[31mred", "\\u202eright"])'
CODE = f"""
import dagster as dg


@dg.asset(key={KEYS}, group_name="one\\ntwo")
def made():  # \x1b[2J\x0c \u202e
    pass


@dg.asset(deps=[{KEYS}, "lost\\x9b\\rhere"])
def used(missing):
    return 1
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "new\nline \x1b[1m.py").write_text(CODE, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ("analyze",),
        ("analyze", "--explain", "a\nb/\x1b[31mred/\u202eright"),
        ("analyze", "--explain", "lost"),
        ("analyze", "--format", "env"),
        ("lint",),
        ("lint", "--format", "concise"),
        ("generate", "mermaid"),
        ("generate", "dot"),
    ],
)
def test_no_control_characters_are_printed(project: Path, words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(application, [*words, str(project)])
    assert result.output.strip()
    steering = {each for each in result.output if unicodedata.category(each) in ("Cc", "Cf", "Zl")}
    assert steering <= {"\n"}


def test_each_finding_is_one_line(project: Path) -> None:
    result = CliRunner().invoke(application, ["lint", "--format", "concise", str(project)])
    lines = result.output.splitlines()
    assert lines
    assert all(line.startswith(r"project/new\nline \x1b[1m.py:") for line in lines)
    assert any(r"one\ntwo" in line for line in lines)
