"""Under a condition that is unknown, both arms count."""

import pytest

LOST = "[{}, *Unknown(environment: the environment variable WHO_KNOWS)]"
UNKNOWN = "import os\nwho = os.environ['WHO_KNOWS']\n"


@pytest.mark.parametrize(
    ("body", "value", "expected"),
    [
        ("x = 1 if who == 'a' else 2", "x", "1 | 2"),
        ("x = 1\nif who: x = 2", "x", "2 | 1"),
        ("if who: x = 1\nelse: x = 1", "x", "1"),
        ("if who: x = 1", "x", "1"),
        ("d = {'k': 1}\nif who: d['k'] = 2\nelse: d['k'] = 3", "d['k']", "2 | 3"),
        ("d = {}\nif who: d['k'] = 2", "d", "{'k': 2 ?}"),
        ("class A: pass\na = A()\na.v = 1\nif who: a.v = 2", "a.v", "2 | 1"),
        ("x = 0\nif who:\n    if who: x = 1\n    else: x = 2", "x", "1 | 2 | 0"),
        ("def f():\n    if who: return 1\n    return 2", "f()", "1 | 2"),
        ("def f():\n    if who: return 1\n    else: return 2", "f()", "1 | 2"),
        ("def f():\n    if who: raise ValueError\n    return 2", "f()", "2"),
        ("def f():\n    if who: return 1\n    raise ValueError", "f()", "1"),
        ("x = 1 if [k for k in 'a' if k in who] else 2", "x", "1 | 2"),
        ("x = 1 if {'a'} - set(who) else 2", "x", "1 | 2"),
        ("def f(v):\n    return v + 1\nx = f(1 if who else 2)", "x", "2 | 3"),
        ("x = f\"p_{'a' if who else 'b'}\"", "x", "'p_a' | 'p_b'"),
        ("x = (1, 'a') if who else (2, 'b')\np, q = x", "q", "'a' | 'b'"),
        ("x = {'a': 1}['a' if who else 'b']", "x", "1"),
        ("x = [1]\nif who: x.append(2)", "x", "[1, 2 ?]"),
        ("x = who and False", "x", "False"),
        ("x = True or who", "x", "True"),
        ("match who:\n    case 'a': x = 1\n    case _: x = 2", "x", "1 | 2"),
        ("D = {'k': 0}\ndef f():\n    if who: return\n    D['k'] = 1\nf()", "D['k']", "1 | 0"),
        (
            "D = {'k': 0}\ndef f():\n    if who:\n        D['k'] = 1\n        return\n"
            "    D['k'] = 2\nf()",
            "D['k']",
            "2 | 1",
        ),
        (
            "D = {}\ndef f():\n    if who:\n        D['k'] = 1\n        return 5\nf()",
            "D",
            "{'k': 1 ?}",
        ),
        (
            "D = {'k': 0}\ndef f():\n    for i in range(3):\n        if who == i: return i\n"
            "    D['k'] = 9\nx = f()",
            "x, D['k']",
            "0 | 1 | 2 | None, 9 | 0",
        ),
        (
            "D = {'k': 0}\ndef f():\n    with open('x') as g:\n        if who: return 1\n"
            "    D['k'] = 9\n    return 2\nx = f()",
            "x, D['k']",
            "1 | 2, 9 | 0",
        ),
        ("p = 0\nif who:\n    p = [1, 2]\n    p.pop(0)", "p", "[2] | 0"),
        ("p = [1, 2]\nif who: p[0] = 3", "p[1:]", "[2]"),
        ("x = [1, 2]\nif who: x.append(3)\nelse: x.append(4)", "x", "[1, 2, 3 ?, 4 ?]"),
        (
            "x = ['a', 'b']\nif who: x.insert(0, 'z')",
            "dict(zip(x, '123')), list(map(str.__add__, x, '12'))",
            "{'z': '1' ?, 'a': '2' | '1', 'b': '3' | '2'}, ['z1' ?, 'a2' ?, 'a1' ?, 'b2' ?]",
        ),
        (
            "x = [('a', 1), ('b', 2)]\nif who: x.append(('a', 3))",
            "dict(x), {k: v for k, v in x}",
            "{'a': 1 | 3, 'b': 2}, {'a': 1 | 3, 'b': 2}",
        ),
        (
            "x = ['b', 'a', 'c' if who else 'd']\ny = sorted(x, key=lambda k: who and k)",
            "[n for n, _ in enumerate(y)][0], [w for _, w in zip(y, 'xyz')][0]",
            "Unknown(environment: the environment variable WHO_KNOWS), "
            "Unknown(environment: the environment variable WHO_KNOWS)",
        ),
        ("x = [[1], [2]]\nif who: x.append([3])", "list(zip(*x))", "[(1, 2, 3) ?, (1, 2) ?]"),
        (
            "d = {'a': 1}\nd.update(who)",
            "d['a'], {'a': 1, **who}.get('a')",
            "1 | Unknown(environment: the environment variable WHO_KNOWS), "
            "1 | Unknown(environment: the environment variable WHO_KNOWS)",
        ),
        (
            "x = {'a': {'k': 1}, 'b': None}.get(who) or {}",
            "x, x.get('k')",
            "{'k': 1} | {}, 1 | None",
        ),
        (
            "x = [1, 2, 3]\nif who: x.reverse()",
            "x[:2], 3 in x[:2]",
            "[3 ?, 2 ?, *Unknown(environment: the environment variable WHO_KNOWS)], "
            "Unknown(condition: the comparison is not known)",
        ),
        (
            "def f(x): yield from x\ndef g(x): yield from f(x)\nx = [1]\nif who: x.append(2)\n"
            "y = []\nfor v in g(x): y.append(v)",
            "y",
            "[1, 2 ?]",
        ),
        ("y = []\nfor i in range(0, len(who) if who else 3, 2): y.append(i)", "y", "[0 ?, 2 ?]"),
        (
            "import itertools\nx = [1] + ([2] if who else [])\ny = []\n"
            "for v in itertools.product(x, [0]): y.append(v)",
            "y",
            "[(1, 0) ?, (2, 0) ?]",
        ),
        (
            "import types\nx = types.SimpleNamespace(**({'a': 1} if who else {}))",
            "x.a, hasattr(x, 'a')",
            "1, Unknown(environment: the environment variable WHO_KNOWS)",
        ),
        ("try:\n    assert who\n    x = 1\nexcept AssertionError: x = 2", "x", "1 | 2"),
        (
            "import contextlib\nx = []\n@contextlib.contextmanager\ndef put():\n"
            "    x.append(1)\n    yield\n    x.clear()\n"
            "with put() if who else contextlib.nullcontext(): y = list(x)",
            "y, x",
            "[1 ?], [1 ?]",
        ),
        (
            "d = {}\nif who: d['k'] = 1\ntry: d['k']\nexcept KeyError: d['k'] = 2",
            "d",
            "{'k': 1 | 2}",
        ),
        (
            "d, seen = {}, []\nif who: d.update(a=1, b=2)\n"
            "try: seen.append((d['a'], dict(d)))\nexcept KeyError: seen.append(dict(d))",
            "seen, d",
            "[(1, {'a': 1, 'b': 2}) ?, {'a': 1 ?, 'b': 2 ?} ?], {'a': 1 ?, 'b': 2 ?}",
        ),
        (
            "if who: p = 1\ndef put():\n    global q\n    if who: q = 2\n"
            "def f():\n    for each in who: put()\nf()",
            "q",
            "2",
        ),
        ("x = [1, 2]\nif who: x.remove(1)\nx.append(3)", "x[:3]", "[1 ?, 2, 3]"),
        ("x = [1, 2]\nif who: x.clear()\nelse: x.sort(reverse=True)", "x[:2]", "[2 ?, 1 ?]"),
        (
            "try:\n    if who: raise ValueError\n    x = 1\nexcept ValueError:\n    x = 2",
            "x",
            "1 | 2",
        ),
        (
            "def check():\n    if who: raise KeyError\ntry:\n    check()\n    x = 1\n"
            "except ValueError:\n    x = 2\nexcept KeyError:\n    x = 3",
            "x",
            "1 | 3",
        ),
        (
            "def f():\n    try:\n        if who: raise ValueError\n        return 1\n"
            "    except ValueError:\n        return 2",
            "f()",
            "1 | 2",
        ),
        ("g = 0\ndef set():\n    global g\n    g = 1\nif who: set()", "g", "1 | 0"),
        ("x = [k for k in (['a', 'b'] if who else ['b'])]", "x", "['a' ?, 'b']"),
        ("x = list(range(3 if who else 1))", "x", "[0, 1 ?, 2 ?]"),
        ("x = [*map(str, [1, 2] if who else [2])]", "x", "['1' ?, '2']"),
        ("x = []\nfor k in {'a': 1, 'b': 2} if who else 'b': x.append(k)", "x", "['a' ?, 'b']"),
        ("x = dict.fromkeys(['a', 'b'] if who else ['b'], 1)", "x", "{'a': 1 ?, 'b': 1}"),
        ("x = [0, 1]\nx.pop() if who else None", "x", "[0, 1 ?]"),
        ("x = [0]\nx.append(1) if who else x.append(2)", "x", "[0, 1 ?, 2 ?]"),
        ("x = [0]\nwho and x.append(1)", "x", "[0, 1 ?]"),
        ("x = {}\nwho or x.update(a=1)", "x", "{'a': 1 ?}"),
        ("x = [1] * (who == 'a')", "x", LOST.format("1 ?")),
        ("x = {'a': 1, 'b': 2}[who]", "x", "1 | 2"),
        ("x = {'a': 1, 'b': 2}.get(who)", "x", "1 | 2 | None"),
        ("try: x = {'a': 1}[who]\nexcept KeyError: x = 2", "x", "1 | 2"),
        (
            "match ['a'] if who else ['b', 'c']:\n    case [x]: pass\n    case [_, x]: pass",
            "x",
            "'a' | 'c'",
        ),
        (
            "d = {}\nif who: d['k'] = 1\nmatch d:\n    case {'k': x}: pass\n    case _: x = 0",
            "x",
            "1 | 0",
        ),
        (
            "match {'k': 1} if who else {'k': 2, 'j': 3}:\n    case {'k': x, **more}: pass",
            "x, more",
            "1 | 2, {} | {'j': 3}",
        ),
    ],
)
def test_both_arms_count(revealed, body, value, expected):
    assert revealed(f"{UNKNOWN}{body}\nreveal({value})\n") == [expected]


def test_what_is_known_pins_the_condition(revealed):
    text = f"{UNKNOWN}x = 1 if who == 'me' else 2\nreveal(x)\n"
    assert revealed(text, environment={"WHO_KNOWS": "me"}) == ["1"]


def test_a_handler_that_is_not_needed_counts_for_what_only_it_binds(revealed):
    text = "try:\n    x = 1\nexcept ImportError:\n    x = 2\n    y = 3\nreveal(x)\nreveal(y)\n"
    assert revealed(text)[1] == "3"


def test_a_definition_under_an_unknown_condition_is_kept_and_marked(analyse):
    text = f"{UNKNOWN}import dagster as dg\nif who:\n    @dg.asset\n    def a(): ...\n"
    (asset,) = analyse(text).pipeline.locations[0].assets
    assert (str(asset.key), asset.conditional) == ("a", "who")


def test_whatever_is_defined_under_an_unknown_condition_is_marked(analyse):
    arms = """
@dg.asset
def a(): ...

@dg.job
def always(): ...

if who:
    @dg.job
    def j(): ...
    s = dg.ScheduleDefinition(name="s", job=always, cron_schedule="@daily")
    @dg.sensor(job=always, name="t")
    def t(): ...
    @dg.asset_check(asset=a)
    def c(): ...
    r = {"lake": "s3", "pond": "here"}
else:
    r = {"lake": "here"}
    t = s = j = c = None

def made(*given): return [each for each in given if each]

defs = dg.Definitions(
    [a], made(s), made(t), [always, *made(j)], r, asset_checks=made(c)
)
"""
    (location,) = analyse(f"{UNKNOWN}import dagster as dg\n{arms}").pipeline.locations
    marked = {
        getattr(each, "name", None) or each.key: each.conditional
        for each in (
            *location.jobs,
            *location.schedules,
            *location.sensors,
            *location.checks,
            *location.resources,
        )
    }
    on = dict.fromkeys(("j", "s", "t", "c", "pond"), "who")
    assert marked == {"always": None, "lake": None, **on}
