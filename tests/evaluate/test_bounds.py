"""Hostile and absurd code ends in a diagnostic: never a crash, never a hang, nothing executed."""

import pytest

from assetgen.analyzer.evaluate.budget import Budget

SMALL = Budget(steps=20_000, depth=30, iterations=500, collection=500, text=10_000)


GROWN = """
def grown(twice, x=1):
    for i in range(64):
        x = twice(x)
    return x
"""
PAIRS = f"""{GROWN}
import dataclasses
@dataclasses.dataclass
class Pair:
    a: object
    b: object
"""


@pytest.mark.parametrize(
    "text",
    [
        "while True:\n    x = 1\n",
        "x = []\nwhile True:\n    x.append(x)\n",
        "def f(): return f()\nf()\n",
        "def f(n): return [f(n - 1), f(n - 1)]\nf(100)\n",
        "x = 'a' * 10 ** 9\n",
        "x = 10 ** 10 ** 10\n",
        "x = list(range(10 ** 12))\n",
        "x = [0] * 10 ** 9\n",
        "x = 'a'\nfor i in range(200):\n    x = x + x\n",
        "import itertools\nx = list(itertools.count())\n",
        "import itertools\nx = [a for a in itertools.product(range(1000), repeat=5)]\n",
        "def g():\n    while True:\n        yield 1\nx = list(g())\n",
        "x = 1 << 10 ** 9\n",
        "class A:\n    def __getattr__(self, n): return getattr(self, n)\nA().b\n",
        "class A:\n    @property\n    def p(self): return self.p\nA().p\n",
        "f = lambda: f()\nf()\n",
        "import vendor\ndef f(n): return [f(n.left), f(n.right)]\nf(vendor.tree)\n",
        "x = " + "(" * 90 + "1" + ")" * 90 + "\n",
        "x = '{:1000000000}'.format(1)\n",
        "import decimal\nx = f\"{decimal.Decimal('1e1000000000'):f}\"\n",
        "import decimal\nx = '%d' % decimal.Decimal('1e1000000000')\n",
        "import decimal, math\nx = math.floor(decimal.Decimal('1e1000000000'))\n",
        "x = 'a' in range(10 ** 15)\n",
        "import enum\nclass F(enum.Flag):\n    A = 1 << 10 ** 7\n    B = 1\nx = ~F.A\n",
        "import string\nx = string.Template('$x' * 5000).substitute(x='y' * 5000)\n",
        "def f(): ...\nf.__wrapped__ = f\nimport inspect\nx = inspect.getsource(f)\n",
        "class A: ...\nA.__call__ = A()\nA()()\n",
        "l = list(range(400))\nx = [[l.index(a), l.count(a)] for a in l * 100]\n",
        "d = {}\nfor a in range(100_000):\n    d = {**d, a % 400: 1}\n",
        "x = range(10 ** 15).index('a')\n",
        "x = ' '.join(str(i) for i in range(10 ** 8))\n",
        "d = {}\nd['d'] = d\nx = str(d)\n",
        "d = []\nfor i in range(64):\n    d = [d, d]\nx = str(d)\n",
        "import json\nd = []\nfor i in range(64):\n    d = [d, d]\nx = json.dumps(d)\n",
        GROWN + "dagster.asset(metadata={'x': grown(lambda x: [x, x])})(lambda: 1)\n",
        GROWN + "dagster.asset(op_tags=grown(lambda x: {'a': x, 'b': x}))(lambda: 1)\n",
        GROWN + "dagster.asset(deps=grown(lambda x: (x, x)))(lambda: 1)\n",
        GROWN + "dagster.Definitions(assets=grown(lambda x: [x, x]))\n",
        GROWN + "a = grown(lambda x: (x, x)) == grown(lambda x: (x, x))\n",
        GROWN + "a = grown(lambda x: (x, x)) < grown(lambda x: (x, x))\n",
        GROWN + "a = {grown(lambda x: (x, x)): 1}\n",
        GROWN + "a = isinstance(1, grown(lambda x: (x, x)))\n",
        GROWN + "a = issubclass(int, grown(lambda x: (x, x)))\n",
        GROWN + "dagster.op(config_schema=grown(lambda x: dagster.Shape({'a': x, 'b': x})))\n",
        PAIRS + "a = str(grown(lambda x: Pair(x, x)))\n",
        PAIRS + "a = dataclasses.asdict(grown(lambda x: Pair(x, x)))\n",
        PAIRS + "a = grown(lambda x: Pair(x, x)) == grown(lambda x: Pair(x, x))\n",
        "import math\nx = math.prod(range(1, 10 ** 4 * 40))\n",
        "from decimal import Decimal\nx = int(Decimal('1e100000000'))\n",
        "from fractions import Fraction\nx = Fraction('1e100000000')\n",
        "from fractions import Fraction\nx = Fraction(10) ** 10 ** 8\n",
        "c = dagster.AutomationCondition.eager()\nfor i in range(60):\n    c = c | c\n",
    ],
)
def test_code_without_end_is_given_up(analyse, text):
    analysis = analyse(f"import dagster\n{text}", budget=SMALL)
    assert analysis.pipeline.locations


def test_classes_that_derive_from_many(revealed):
    chain = "".join(f"class A{i}(A{i - 1}): pass\n" for i in range(1, 600))
    text = f"import dagster\nclass A0:\n    x = 1\n{chain}reveal((A599.x, len(A599.__mro__)))\n"
    assert revealed(text) == ["(1, 601)"]


def test_what_is_no_class_is_no_base(revealed):
    text = "def made(base):\n    try:\n        class A(base): pass\n"
    text += "    except TypeError as error:\n        return str(error)\n"
    text += "reveal([made(None), made(5)])\n"
    # Python words it otherwise from version to version.
    names = {}
    exec(text.replace("reveal(", "said = ("), names)  # noqa: S102
    assert revealed(f"import dagster\n{text}") == [repr(names["said"])]


def test_what_is_given_up_is_told(analyse):
    analysis = analyse("import dagster\nwhile True:\n    pass\n", budget=SMALL)
    assert "budget-exceeded" in {item.rule for item in analysis.pipeline.diagnostics}


WALKED = """
import dagster
import vendor

def walk(node, found):
    if isinstance(node, dict):
        for value in node.values():
            yield node
            yield from walk(value, found)
    else:
        for item in node:
            found.append(item)
            yield from walk(item, found)

found = []
nodes = list(walk(vendor.tree, found))
"""
SOUGHT = """
import dagster
import vendor

place, places = 0, []
while True:
    place = vendor.text.find(",", place)
    if place < 0:
        break
    places.append(place)
"""


@pytest.mark.parametrize("text", [WALKED, SOUGHT])
def test_what_is_not_known_to_end_does_not_take_all_that_is_allowed(analyse, text):
    analysis = analyse(text, budget=SMALL)
    assert "budget-exceeded" not in {item.rule for item in analysis.pipeline.diagnostics}


TRIES = """
for i in range(20):
    try:
        for j in range(3):
            try:
                try:
                    found.append(entries["k"])
                except KeyError:
                    found.append(entries["a"])
            except KeyError:
                found.append(entries["a"])
    except KeyError:
        found.append(i)
"""
WALKED_TWICE = """
def walk(n):
    try:
        return n and entries["k"] + walk(n - 1)
    except KeyError:
        return walk(n - 1)

walk(20)
"""


@pytest.mark.parametrize("text", [TRIES, WALKED_TWICE])
def test_entries_that_may_not_exist_are_read_again_and_again(analyse, text):
    head = "import os\nimport dagster\nentries, found = {}, []\n"
    head += "if os.environ['WHO_KNOWS']:\n    entries.update(k=1, a=2)\n"
    analysis = analyse(f"{head}{text}", budget=SMALL)
    assert "budget-exceeded" not in {item.rule for item in analysis.pipeline.diagnostics}


def test_statements_that_compute_for_too_long_do_not_end_the_module(analyse):
    text = "import dagster as dg\n\ndef count(n):\n    return n and count(n - 1) + count(n - 1)\n\n"
    text += "".join(f"n{at} = count(40)\n" for at in range(12))
    text += "\ndef build(name):\n    @dg.asset(name=name)\n    def table(): ...\n    return table\n"
    text += "\nkept = [build(f't{at}') for at in range(3)]\n"
    analysis = analyse(text, budget=Budget(steps=60_000, module_steps=30_000))
    keys = [str(asset.key) for asset in analysis.pipeline.locations[0].assets]
    assert keys == ["t0", "t1", "t2"]
    told = [item for item in analysis.pipeline.diagnostics if item.rule == "budget-exceeded"]
    assert [item.span.line for item in told] == list(range(6, 18))


def test_a_statement_that_raises_does_not_end_the_module(analyse):
    text = "import dagster as dg\nx = {}['missing']\n\n@dg.asset\ndef kept(): ...\n"
    analysis = analyse(text)
    assert [str(asset.key) for asset in analysis.pipeline.locations[0].assets] == ["kept"]
    (told,) = [item for item in analysis.pipeline.diagnostics if item.rule == "python-error"]
    assert told.span.line == 2
    assert "KeyError" in told.message


def test_modules_that_import_in_a_circle_end(revealed):
    files = {"a.py": "from b import y\nx = 1\n", "b.py": "import a\ny = 2\n"}
    assert revealed("import dagster\nfrom a import x, y\nreveal((x, y))\n", files) == ["(1, 2)"]


DEEP = """
import dagster as dg

def deep(n, name): return deep(n - 1, name) if n else name

def build(name):
    @dg.asset(name=deep(25, name))
    def table(): ...
    return table

defs = dg.Definitions(assets=[{made} for i in range(100)])
"""


@pytest.mark.parametrize("made", ["build(f't{i}')", "dg.AssetSpec(deep(25, f't{i}'))"])
def test_a_deep_factory_may_make_many(analyse, made):
    few = Budget(steps=1_500, module_steps=2_400, returned_steps=8_000)
    analysis = analyse(DEEP.replace("{made}", made), budget=few)
    assert len(analysis.pipeline.locations[0].assets) == 100


def test_what_definitions_take_is_bounded_too(analyse):
    few = Budget(steps=1_500, module_steps=2_400, returned_steps=1_000)
    analysis = analyse(DEEP.replace("{made}", "build(f't{i}')"), budget=few)
    assert "budget-exceeded" in {item.rule for item in analysis.pipeline.diagnostics}
