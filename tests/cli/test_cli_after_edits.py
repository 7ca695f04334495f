"""What `assetgen lint` says after an edit, without its command line being read again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assetgen.cli.linting import Linting
from assetgen.cli.reading import Reading

SHOP = "import dagster as dg\n\n\n@dg.asset(deps=['nothing'])\ndef orders(): ...\n"


@pytest.fixture
def lint(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "shop.py").write_text(SHOP)
    environment = {**os.environ, "ASSETGEN_CACHE_DIR": str(tmp_path / "cache")}

    def run(*words, edit=None):
        if edit is not None:
            (source / "shop.py").write_text(edit)
        command = [sys.executable, "-X", "importtime", "-m", "assetgen", "lint", *words]
        done = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True)
        lines = done.stderr.splitlines()
        names = {line.rpartition("|")[2].strip() for line in lines if line.startswith("import ti")}
        told = "\n".join(line for line in lines if not line.startswith("import time:"))
        return done.returncode, done.stdout, told, names

    run.source = source
    return run


def test_an_edit_is_linted_without_click(lint):
    first = lint("--format", "concise", "--ignore", "K104", ".")
    assert "click" in first[3]
    for edit in (
        SHOP + "\n\n@dg.asset\ndef more(): ...\n",
        SHOP + "\n\n@dg.asset\ndef other(m): ...",
    ):
        code, said, told, names = lint("--format", "concise", "--ignore", "K104", ".", edit=edit)
        assert "assetgen.analyzer.analysis" in names
        assert "click" not in names
        assert (code, said, told) == lint(
            "--no-cache", "--format", "concise", "--ignore", "K104", "."
        )[:3]


def test_what_can_no_longer_be_done_is_said_as_ever(lint):
    lint("--source-root", "roots", ".")
    roots = lint.source / "roots"
    roots.mkdir()
    assert lint("--source-root", "roots", ".")[0] == 0
    roots.rmdir()
    code, _, told, _ = lint("--source-root", "roots", ".", edit=f"{SHOP}\nx = 1\n")
    assert (code, told) == (2, "Error: --source-root roots: no such folder")
    lint("shop.py")
    (lint.source / "shop.py").unlink()
    assert lint("shop.py")[:3] == lint("--no-cache", "shop.py")[:3]


def test_settings_that_become_wrong_are_told(lint):
    lint(".")
    (lint.source / "pyproject.toml").write_text('[tool.assetgen]\nignore = ["nonsense"]\n')
    code, said, told, _ = lint(".")
    assert (code, said) == (2, "")
    assert told.startswith("Error: pyproject.toml: no rule, code or family is called 'nonsense'")


def test_what_was_asked_for_can_be_kept():
    reading = Reading(
        (Path("a"),), ("m",), (Path("r"),), (("A", "1"),), ("f",), (Path("p"),), (2026,), ("U*",)
    )
    linting = Linting(reading, "json", ("K",), ("K101",))
    assert Linting.of_asked(*json.loads(json.dumps(linting.asked))) == linting
