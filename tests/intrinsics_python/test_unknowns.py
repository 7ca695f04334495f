"""What cannot be known is said to be unknown, with its reason; what is too large is refused."""

from pathlib import Path

import pytest
from intrinsics_python.evaluation import evaluated, plain_value

from assetgen.analyzer.evaluate.budget import Budget
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.values import Unknown

SMALL = Budget(steps=100_000, iterations=1_000, collection=1_000, text=10_000)


def value_of(tmp_path: Path, text: str, **options: object) -> object:
    path = tmp_path / "module_under_test.py"
    path.write_text(text, encoding="utf-8")
    _, names = evaluated(path, **options)  # type: ignore[arg-type]
    value = names["x"]
    return value.root().reason if isinstance(value, Unknown) else plain_value(value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import os\nx = os.environ['A']", "environment"),
        ("import os\nx = os.getenv('A')", "environment"),
        ("import os\nx = os.getenv('A').upper()", "environment"),
        ("import os\nx = ', '.join(['a', os.environ['A']])", "environment"),
        ("import datetime\nx = datetime.datetime.now()", "time"),
        ("import os, pendulum\nx = pendulum.date(int(os.environ['A']), 7, 1)", "environment"),
        ("import operator, lib\nx = operator.call(*lib.names())", "external"),
        ("import random\nx = f'{random.random()}'", "time"),
        ("import uuid\nx = str(uuid.uuid4())", "time"),
        ("import sys\nx = sys.platform", "environment"),
        ("from pathlib import Path\nx = Path('missing.txt').read_text()", "file"),
        ("x = open('/etc/hostname').read()", "file"),
        ("x = open('made.txt', 'w')", "file"),
        ("from pathlib import Path\nx = Path.cwd() / 'a'", "environment"),
        ("import yaml\nx = yaml.safe_load('a: !Ref b')['a']", "unsupported"),
        ("import lib\nglobals().update(lib.names())\nx = NAME", "external"),
        ("class A: ...\nx = getattr(A, '__delattr__')", "unsupported"),
        ("import lib\nlib.Kind().convert(__name__)\nx = NAME", "external"),
        ("from lib import *\nglobals()\nx = NAME.upper()", "external"),
        (
            "import os\ndef g():\n    if os.getenv('A'):\n        yield 1\n    yield 2\n"
            "x = len(list(g()))",
            "environment",
        ),
        (
            "import os\ndef g():\n    if os.getenv('A'):\n        yield 1\n    yield 2\n"
            "    yield 3\nx, y = g()",
            "environment",
        ),
        ("import textwrap\nx = textwrap.fill('x' * 400_000)", "budget"),
        ("import tomllib\nx = tomllib.loads('a.' * 20_000 + 'a = 1')", "budget"),
        ("import yaml\nx = yaml.safe_load('- 1\\n' * 200_000)", "budget"),
        ("x = list({'a', 'b'})[0]", "time"),
        ("x = ', '.join({'a', 'b'})", "time"),
        (
            "import io, vendor\nf = io.StringIO()\nvendor.writer(f).writerow([1])\n"
            "x = f.getvalue()",
            "external",
        ),
    ],
)
def test_reason(tmp_path: Path, text: str, reason: str) -> None:
    assert value_of(tmp_path, text) == reason


def test_what_is_raised_is_the_same_in_each_run(tmp_path: Path) -> None:
    attempt = "try:\n    ast.literal_eval('f()')\nexcept ValueError as error:\n    x = str(error)"
    assert " at 0x" not in str(value_of(tmp_path, f"import ast\n{attempt}"))


@pytest.mark.parametrize(
    "text",
    [
        "x = 'a'.ljust(10 ** 9)",
        "x = 'aa'.replace('a', 'b' * 9000)",
        "x = '%1000000000d' % 1",
        "x = '%*d' % (10 ** 9, 1)",
        "x = '{:1000000000}'.format(1)",
        "x = pow(10, 10 ** 10)",
        "x = bytes(10 ** 12)",
        "import math\nx = math.factorial(10 ** 8)",
        "import re\nx = re.match(r'(a+)+$', 'a' * 60 + 'b')",
        "import re\nx = re.match(r'(a|a)*$', 'a' * 60 + 'b')",
        "import yaml\nx = yaml.safe_load("
        "'a: &a [x,x,x,x,x,x,x,x]\\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\\n"
        "c: &c [*b,*b,*b,*b,*b,*b,*b,*b]\\nd: [*c,*c,*c,*c,*c,*c,*c,*c]')",
        "import yaml\nx = yaml.safe_load('a: &a [*a]')",
    ],
)
def test_what_is_too_large_is_refused_before_it_is_made(tmp_path: Path, text: str) -> None:
    assert value_of(tmp_path, text, budget=SMALL) == "budget"


@pytest.mark.parametrize(
    ("text", "environment", "expected"),
    [
        ("import os\nx = os.getenv('A', 'd')", {}, "d"),
        ("import os\nx = os.environ.get('A', 'd')", {"A": "e"}, "e"),
        ("import os\nx = 'A' in os.environ", {"A": "e"}, True),
        ("import os\nx = int(os.environ['A']) + 1", {"A": "2"}, 3),
        (
            "from pydantic_settings import BaseSettings\n"
            "class S(BaseSettings):\n    model_config = {'env_prefix': 'MY_'}\n    n: int = 1\n"
            "x = S().n",
            {"MY_N": "5"},
            5,
        ),
        (
            "from pydantic import BaseModel, Field\n"
            "class Item(BaseModel):\n    name: str\n    tags: list = Field(default_factory=list)\n"
            "class Box(BaseModel):\n    items: list[Item]\n"
            "x = [i.name for i in Box.model_validate({'items': [{'name': 'a'}]}).items]",
            {},
            ["a"],
        ),
        ("import attrs\n@attrs.define\nclass A:\n    _y: int = 3\nx = A(y=4)._y", {}, 4),
    ],
)
def test_what_the_environment_gives(
    tmp_path: Path, text: str, environment: dict[str, str], expected: object
) -> None:
    assert value_of(tmp_path, text, environment=environment) == expected


def test_every_read_of_the_environment_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "module_under_test.py"
    path.write_text("import os\nos.getenv('A', 'd')\nos.environ['B']\n", encoding="utf-8")
    machine, _ = evaluated(path)
    assert [name for name, _ in machine.environment_reads] == ["A", "B"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("os.path.join('a', c)", {"a/x", "a/y"}),
        ("c.upper()", {"X", "Y"}),
        ("'{}_{}'.format(c, c)", {"x_x", "y_y"}),
        ("'%s' % c", {"x", "y"}),
        ("getattr(SimpleNamespace(x=1, y=2), c)", {1, 2}),
    ],
)
def test_a_choice_is_followed_by_its_options(
    tmp_path: Path, expression: str, expected: set[object]
) -> None:
    path = tmp_path / "module_under_test.py"
    text = "import os, sys\nfrom types import SimpleNamespace\n"
    path.write_text(f"{text}c = 'x' if sys.platform == 'z' else 'y'\nv = {expression}\n")
    _, names = evaluated(path)
    assert {plain_value(option) for option in names["v"].options} == expected  # type: ignore[attr-defined]


def test_a_file_that_may_be_there_leaves_both_ways(tmp_path: Path) -> None:
    path = tmp_path / "module_under_test.py"
    text = "try:\n    x = open('made.txt').read()\nexcept FileNotFoundError:\n    x = 'default'"
    path.write_text(text, encoding="utf-8")
    _, names = evaluated(path)
    assert display(names["x"]).endswith("| 'default'")


@pytest.mark.parametrize(
    "text",
    [
        "def there(p):\n    if not p.exists():\n        raise ValueError(p)\n    return str(p)",
        "def there(p):\n    assert p.is_dir(), p\n    return str(p)",
        "def there(p):\n    if p.is_file():\n        return str(p)\n    else:\n"
        "        raise FileNotFoundError(p)",
    ],
)
def test_what_may_be_there_where_it_runs_does_not_raise(tmp_path: Path, text: str) -> None:
    path = tmp_path / "module_under_test.py"
    path.write_text(f"from pathlib import Path\n{text}\nx = there(Path('build/target'))", "utf-8")
    machine, names = evaluated(path)
    assert plain_value(names["x"]) == "build/target"
    assert [each.rule for each in machine.diagnostics.values()] == []
