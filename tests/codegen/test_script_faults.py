"""The check that no script breaks by a missing name."""

from __future__ import annotations

import pytest
from script_faults import faults_of


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    return g()\n\n\ndef g():\n    return [x for x in range(3)]\n",
        "from __future__ import annotations\n\n\ndef f(x: Later): ...\n\n\nclass Later: ...\n",
        "class A:\n    x = 1\n    y = x\n\n    def f(self):\n        return A\n",
        "def f():\n    global made\n    made = 1\n\n\ndef g():\n    return made\n",
        "try:\n    import json\nexcept ImportError:\n    json = None\nprint(json, __file__)\n",
        "import os.path\nx = [y for y in os.path.split('a')]\n",
        "x = 1\nz = lambda a=x: (a, later)\nlater = 1\n",
    ],
)
def test_sound_scripts(source):
    assert faults_of(source, "script.py") == ()


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("def f(:\n", "line 1"),
        ("def f():\n    return gone\n", "`gone` is not defined"),
        ("print(gone)\n", "`gone` is not defined"),
        ("class A(B): ...\n\n\nclass B: ...\n", "`B` is used before its definition"),
        ("def f(x: B): ...\n\n\nclass B: ...\n", "`B` is used before its definition"),
        ("def f(x=y): ...\n\n\ny = 1\n", "`y` is used before its definition"),
    ],
)
def test_broken_scripts(source, fault):
    assert any(fault in each for each in faults_of(source, "script.py"))
