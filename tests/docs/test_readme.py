"""The README tells the truth: what it shows is what the commands print."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from assetgen.analyzer.lint.registry import RULES

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^    \$ (?P<command>.+)\n(?P<output>(?:(?:    .*)?\n)*)", README, re.MULTILINE)
EXAMPLE = re.search(r"Take a `(?P<file>.+)`:\n\n(?P<code>(?:(?:    .*)?\n)*)", README)


def run(command: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    assert words[0] == "assetgen"
    return subprocess.run(
        [sys.executable, "-m", "assetgen", *words[1:]],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "100"},
    )


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_what_is_shown_is_what_is_printed(command: str, output: str, tmp_path: Path) -> None:
    assert EXAMPLE is not None
    (tmp_path / EXAMPLE["file"]).write_text(dedent(EXAMPLE["code"]), encoding="utf-8")
    folder = tmp_path if EXAMPLE["file"] in command else ROOT
    expected = dedent(output).strip("\n")
    assert run(command, folder).stdout.strip("\n") == expected


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`assetgen (\w+)", README))))
def test_named_commands_exist(name: str) -> None:
    assert run(f"assetgen {name} --help").returncode == 0


def test_linked_files_exist() -> None:
    for text in (README, (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert (ROOT / target).exists(), target


def test_settings_are_those_that_are_known() -> None:
    block = README.split("### Settings")[1].split("###")[0]
    names = re.findall(r"^    ([a-z-]+) = ", block, re.MULTILINE)
    page = (ROOT / "analyzer/assetgen/analyzer/project/locations/configuration.py").read_text()
    for name in names:
        assert f'"{name}"' in page


def test_rules_named_in_examples_exist() -> None:
    named = set(re.findall(r'ignore = \["([a-z-]+)"\]', README))
    assert named <= {rule.name for rule in RULES}
