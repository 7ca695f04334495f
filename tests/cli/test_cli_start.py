"""What `assetgen lint` imports when nothing changed: the list that its start-up time is made of."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

OURS = {
    "assetgen",
    "assetgen.__main__",
    "assetgen.analyzer",
    "assetgen.analyzer.model",
    "assetgen.analyzer.model.dataclass",
    "assetgen.analyzer.project",
    "assetgen.analyzer.project.digests",
    "assetgen.analyzer.project.disk",
    "assetgen.analyzer.project.observations",
    "assetgen.cli",
    "assetgen.cli.__main__",
    "assetgen.cli.cache",
    "assetgen.cli.shortcut",
}

OTHERS = {"platformdirs"}
NEEDLESS = {
    *("argparse", "asyncio", "dataclasses", "hashlib", "http", "inspect", "random", "socket"),
    *("subprocess", "tempfile", "unittest"),
}
"""Of the standard library: what takes long, and is not needed to find that nothing changed."""


@pytest.fixture
def warm(tmp_path):
    """Gives the modules that are imported in the second run of a command."""
    source = tmp_path / "source"
    source.mkdir()
    (source / "shop.py").write_text("import dagster as dg\n\n\n@dg.asset\ndef orders(): ...\n")
    environment = {**os.environ, "ASSETGEN_CACHE_DIR": str(tmp_path / "cache")}
    words = [sys.executable, "-X", "importtime", "-m", "assetgen", "lint", "."]

    def run():
        done = subprocess.run(words, cwd=source, env=environment, capture_output=True, text=True)
        lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
        return {line.rpartition("|")[2].strip() for line in lines}

    def second_run():
        # Between the runs our own code must not have changed: the cache is for one engine.
        for _ in range(3):
            imported = run()
            if "assetgen.analyzer.analysis" not in imported:
                return imported
        raise AssertionError("nothing was taken from the cache")

    return second_run


def test_a_warm_lint_imports_what_it_needs_and_nothing_else(warm):
    imported = warm()
    ours = {name for name in imported if name.partition(".")[0] == "assetgen"}
    assert ours | {"assetgen", "assetgen.__main__"} == OURS
    tops = {name.partition(".")[0] for name in imported}
    standard = sys.stdlib_module_names | set(sys.builtin_module_names)
    # `copy` asks for Jython's org; some environments run a module of their own at the start.
    started = {"sitecustomize", "usercustomize", "org", "assetgen", "imported package"}
    others = {name for name in tops - standard - started if not name.startswith("_")}
    assert others <= OTHERS
    assert not tops & NEEDLESS


def test_what_is_for_dbt_and_newer_syntax_alone_is_imported_for_them_alone():
    code = "import sys, assetgen.analyzer.analysis; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"jinja2", "libcst", "networkx", "yaml", "http.client", "random"}
    assert not heavy & set(done.stdout.split())
