"""Random Python expressions, as text, that CPython and the evaluator must agree on.

`FORMS` says of each kind of value by which expressions it is made: `{int}` stands for one whose
value is a number, `{slice}` and the like for pieces of syntax.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

FORMS: Mapping[str, tuple[str, ...]] = {
    "int": (
        *("({int} + {int})", "({int} - {int})", "({int} * {int})", "({int} // {int})"),
        *("({int} % {int})", "({int} & {int})", "({int} | {int})", "({int} ^ {int})"),
        *("(-{int})", "(~{int})", "abs({int})", "len({text})", "len({numbers})", "sum({numbers})"),
        *("max({numbers}, default=7)", "min({int}, {int})", "{text}.count({text})"),
        *("{text}.find({text})", "{numbers}.index({int})", "{numbers}[{int}]", "int({text})"),
        *("({int} if {truth} else {int})", "divmod({int}, {int})[1]", "int({int} / 3)"),
        *("round({int} / 7, 2)", "({int} or {int})", "{table}.get({text}, {int})", "ord({text})"),
        *("{table}[{text}]", "int({text}.zfill(2), 16)", "({int} << 2)", "pow({int}, 2, 7)"),
    ),
    "text": (
        *("({text} + {text})", "({text} * 2)", "{text}{slice}", "{text}[{int}]", "{text}.{case}()"),
        *("{text}.strip({text})", "{text}.removeprefix({text})", "{text}.removesuffix({text})"),
        *("{text}.replace({text}, {text})", "{text}.zfill(5)", "{text}.center(7, '*')"),
        *("{text}.join({texts})", "{text}.partition({text})[2]", "{text}.rpartition({text})[0]"),
        *(
            "str({any})",
            "repr({any})",
            "f'{{{bare}}}'",
            "f'{{{bare}!r}}'",
            "f'<{{{bare}:{spec}}}>'",
        ),
        *("format({int}, '{spec}')", "format({text}, '{spec}')", "'{{:{spec}}}'.format({int})"),
        *("'{{0}}|{{x!r}}'.format({any}, x={any})", "('%s %r' % ({any}, {any}))"),
        *("('%{percent}' % {int})", "('%(a){percent}' % {{'a': {int}}})", "min({text}, {text})"),
        *("{texts}[{int}]", "({text} or {text})", "{text}.translate({{97: 'x', 98: None}})"),
        *("{text}.encode().decode()", "chr({int})", "ascii({text})"),
    ),
    "texts": (
        *("{text}.split({text})", "{text}.split()", "{text}.rsplit({text}, 1)", "list({text})"),
        *("[str(n) for n in {numbers}]", "[t + {text} for t in {texts} if t]"),
        *("sorted({texts}, key={key}, reverse={truth})", "sorted(set({texts}))"),
        *("({texts} + {texts})", "{texts}{slice}", "list({table})", "{text}.splitlines()"),
        *("[a + b for a, b in zip({texts}, {texts})]", "list(map(str.upper, {texts}))"),
        *("[*{texts}, *reversed({texts})]", "[t for t, n in {table}.items() if n]"),
        *("[f'{{t:>4}}' for t in {texts}]", "sorted({texts}, key=lambda t: t[::-1])[:2]"),
    ),
    "numbers": (
        *("[{int}, {int}]", "list(range({int} % 40, {int} % 50, 3))", "({numbers} + {numbers})"),
        *("{numbers}{slice}", "({numbers} * 2)", "sorted({numbers}, reverse={truth})"),
        *("sorted({numbers}, key=lambda n: (n % 3, -n))", "[n - {int} for n in {numbers}]"),
        *("[len(t) for t in {texts}]", "[i + n for i, n in enumerate({numbers}, 1)]"),
        *("list(filter(None, {numbers}))", "sorted(set({numbers}) {set} set({numbers}))"),
        *("list({table}.values())", "[n for t in {texts} for n in range(len(t))]"),
        *("list(dict.fromkeys({numbers}))", "[n for n in {numbers} if n * 2 > 1]"),
        *("list(zip({numbers}, {texts}))", "[ord(c) for c in {text}]"),
    ),
    "table": (
        *("{{{text}: {int}, {text}: {int}}}", "{{t: len(t) for t in {texts}}}"),
        *("dict(zip({texts}, {numbers}))", "({table} | {table})", "{{**{table}, {text}: {int}}}"),
        "dict(sorted({table}.items(), key=lambda p: (p[1], p[0])))",
        "{{k: v for k, v in {table}.items() if v > {int}}}",
    ),
    "truth": (
        *(
            "({int} {order} {int})",
            "({int} {order} {int} {order} {int})",
            "({text} {order} {text})",
        ),
        *("({numbers} {order} {numbers})", "({table} == {table})", "({int} in {numbers})"),
        *("({int} not in {numbers})", "({text} in {text})", "({text} in {texts})"),
        *("({text} in {table})", "{text}.startswith({text})", "{text}.endswith(({text}, 'a'))"),
        *("{text}.{asks}()", "(not {truth})", "bool({any})", "any(n > {int} for n in {numbers})"),
        *("all({texts})", "(set({numbers}) <= set({numbers}))", "({truth} and {truth})"),
        *("isinstance({any}, (int, list))", "({any} == {any})", "({int} in (None, 7))"),
    ),
}
PIECES: Mapping[str, tuple[str, ...]] = {
    "asks": ("isdigit", "isalpha", "isupper", "islower", "isidentifier", "isspace", "istitle"),
    "case": ("upper", "lower", "title", "capitalize", "swapcase", "strip", "casefold"),
    "key": ("len", "str.lower", "lambda t: (len(t), t)", "lambda t: t[::-1]"),
    "order": ("<", "<=", ">", ">=", "==", "!="),
    "percent": ("d", "05d", "x", "5.1f", "+d", "s", "-4d", "o", "e", "#x", "3c"),
    "set": ("|", "&", "-", "^"),
    "slice": ("[1:]", "[:-1]", "[::-1]", "[1:4:2]", "[-3:]", "[::3]", "[5:1:-1]", "[:]"),
    "spec": (
        *(">7", "<4", "^9", "*^6", ".2f", "8.3f", "e", "g", ".1%", "s", ".3", "", "d", "05d"),
        *("+", " ", "x", "#b", ",", "_", "0=6", "o", "c", "n", "-5", "#o", "+.1e"),
    ),
}
STATEMENTS: tuple[str, ...] = (
    *("n += {int}", "t += {text}", "ns.append({int})", "ns.extend({numbers})", "ns += {numbers}"),
    *("ns.insert({int}, {int})", "del ns[:1]", "ns[1:2] = {numbers}", "ns.reverse()"),
    *("ns.sort(key=lambda k: (k % 3, k), reverse={truth})", "ns, ts = ns[::-1], ts * 2"),
    *("d[{text}] = {int}", "d.update({table})", "d.setdefault({text}, {int})", "d |= {table}"),
    *("d.pop({text}, None)", "ts = [k for k in ts if k != {text}]", "n, *ns = [n, *{numbers}]"),
    "n = ns.pop() if ns else {int}",
    "for x in {numbers}:\n    if x == {int}: break\n    n += x\nelse:\n    n = -n",
    "for i, x in enumerate({texts}):\n    if not x: continue\n    d[x] = i",
    "while n > 50:\n    n //= 2\n    if n % 7 == 0: break",
    "try:\n    n = int({text})\nexcept ValueError:\n    n += 1\nfinally:\n    ns.append(n)",
    "try:\n    n = d[{text}]\nexcept (KeyError, IndexError) as error:\n    t = str(error)",
    "if {truth}:\n    ts.append({text})\nelif {truth}:\n    ns.clear()\nelse:\n    d.clear()",
    "def f(a, *b, c={int}, **e):\n    return a + len(b) + c + len(e)\nn = f({int}, *{numbers})",
    "def g(k):\n    yield k\n    yield from ns\n    return n\nns = list(g({int}))",
    "def h():\n    global n\n    n += 1\n    return lambda: n\nns.append(h()())",
    "match ns:\n    case []: n = 0\n    case [x, *_] if x > 0: n = x\n    case [*_, x]: n = -x",
    "class C:\n    v = {int}\n    def __init__(self, w): self.w = w + self.v\nn = C({int}).w",
    "(n, t), ns = ({int}, {text}), {numbers}",
)
_NAMES: Mapping[str, str] = {"int": "n", "text": "t", "numbers": "ns", "texts": "ts", "table": "d"}
_LETTERS = "abAB_ -.,09éß\t'\"%{}"


def program(random: Random) -> str:
    """Statements that change the variables of `_NAMES`."""
    lines = [f"{name} = {_LITERALS[kind](random)}" for kind, name in _NAMES.items()]
    for _ in range(random.randrange(4, 12)):
        found = {name: _Drawn(random, name, 1, True) for name in (*FORMS, *PIECES)}
        lines.append(random.choice(STATEMENTS).format_map(found))
    return "\n".join(lines) + "\n"


def expression(random: Random, kind: str, depth: int, with_names: bool = False) -> str:
    """An expression whose value is of `kind`, if it does not raise."""
    if with_names and kind in _NAMES and random.random() < 0.4:
        return _NAMES[kind]
    if kind == "any":
        kind = random.choice(tuple(FORMS))
    if depth <= 0 or random.random() < 0.15:
        return _LITERALS[kind](random)
    form = random.choice(FORMS[kind])
    found = {
        name: _Drawn(random, name, depth - 1, with_names)
        for name in (*FORMS, *PIECES, "any", "bare")
    }
    return form.format_map(found)


class _Drawn:
    """What a field of a form stands for: another one each time that it is written."""

    def __init__(self, random: Random, name: str, depth: int, with_names: bool) -> None:
        self.random, self.name, self.depth, self.with_names = random, name, depth, with_names

    def __format__(self, spec: str) -> str:
        if self.name in PIECES:
            return self.random.choice(PIECES[self.name])
        if self.name == "bare":
            return _bare(self.random)
        return expression(self.random, self.name, self.depth, self.with_names)


def _bare(random: Random) -> str:
    """An expression that may stand in an f-string before Python 3.12."""
    while True:
        text = expression(random, random.choice(("int", "numbers", "truth")), 1)
        if not set(text) & set("'\\\"{}:!="):
            return text


def _text(random: Random) -> str:
    return "".join(random.choice(_LETTERS) for _ in range(random.randrange(6)))


_LITERALS: Mapping[str, Callable[[Random], str]] = {
    "int": lambda random: f"({random.randint(-9, 120)})",
    "numbers": lambda random: repr([random.randint(-9, 9) for _ in range(random.randrange(5))]),
    "table": lambda random: repr({_text(random): random.randint(-3, 9) for _ in range(3)}),
    "text": lambda random: f"({_text(random)!r})",
    "texts": lambda random: repr([_text(random) for _ in range(random.randrange(4))]),
    "truth": lambda random: random.choice(("True", "False")),
}
