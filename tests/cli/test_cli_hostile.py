"""Code that is made to break its reader: every command ends, says where, and executes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from assetgen.cli.application import application

ASSET = "\n@dg.asset\ndef made(): ...\n"
CANARY = "__import__('pathlib').Path('executed').touch()"
SOURCES: dict[str, str | bytes] = {
    "deep parentheses": "x = " + "(" * 5_000 + "1" + ")" * 5_000,
    "deep blocks": "".join(f"{' ' * depth}if x:\n" for depth in range(99)) + " " * 99 + "pass",
    "long chain of operators": "x = " + "+".join(["1"] * 5_000),
    "long chain of attributes": "x = dg" + ".a" * 2_000,
    "giant integer": "x = " + "9" * 50_000,
    "giant power": "x = 10 ** 10 ** 10 ** 10\ny = 'a' * 10 ** 12\nz = [0] * 10 ** 12",
    "giant width": "x = '{:1000000000}'.format(1)\ny = f'{1:>999999999}'\nz = 'a'.ljust(10 ** 10)",
    "doubling": "x = 'a'\nfor i in range(200):\n    x = x + x",
    "list of itself": "x = []\nx.append(x)\nx == x\nrepr(x)\nd = {}\nd['d'] = d\nstr(d)",
    "endless generator": "def g():\n    while True:\n        yield 1\nx = list(g())",
    "endless recursion": "def f(n):\n    return f(n + 1)\nx = f(0)",
    "object that asks itself": (
        "class A:\n    def __getattr__(self, name):\n        return getattr(self, name)\n"
        "    def __eq__(self, other):\n        return self == other\n"
        "    def __iter__(self):\n        return self\n"
        "    def __next__(self):\n        return self\n"
        "a = A()\na.x\na == a\nfor b in a:\n    pass"
    ),
    "slow pattern": "import re\nx = re.match(r'(a+)+$', 'a' * 40 + '!')",
    "product of products": "import itertools\nx = list(itertools.product(range(999), repeat=9))",
    "code in texts": f'exec("{CANARY}")\neval("{CANARY}")\nx = {CANARY}',
    "code in names": f'@dg.asset(key=["{CANARY}"], description="{CANARY}\'\'\'")\ndef a(): ...',
    "no such encoding": b"# -*- coding: klingon -*-\nimport dagster as dg\n",
    "wrong bytes": b"import dagster as dg\nx = '\xe9'\n",
    "wide characters": "import dagster as dg\n".encode("utf-16"),
    "zero": b"import dagster as dg\n\0\n",
}
COMMANDS = (
    ("analyze",),
    ("lint", "--format", "concise"),
    ("generate", "html"),
    ("generate", "pipeline"),
)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str | bytes], Path]:
    """Writes a project, in a folder of which links lead nowhere and in circles."""
    monkeypatch.chdir(tmp_path)
    project = tmp_path / "project"
    project.mkdir()
    (project / "around").symlink_to(".")
    (project / "one.py").symlink_to("other.py")
    (project / "other.py").symlink_to("one.py")
    (project / "lost.py").symlink_to("nowhere.py")
    os.mkfifo(project / "pipe.py")

    def make(source: str | bytes) -> Path:
        text = (
            source
            if isinstance(source, bytes)
            else f"import dagster as dg\n{source}{ASSET}".encode()
        )
        (project / "module.py").write_bytes(text)
        return project

    return make


@pytest.mark.parametrize("name", SOURCES)
def test_every_command_ends(made: Callable[[str | bytes], Path], tmp_path: Path, name: str) -> None:
    project = made(SOURCES[name])
    for words in COMMANDS:
        result = CliRunner().invoke(application, [*words, str(project)])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert result.exit_code in (0, 1)
        if words[0] == "lint":
            assert all(line.startswith("project/") for line in result.output.splitlines())
    assert not (tmp_path / "executed").exists()
