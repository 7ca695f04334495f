"""Unpacking, closures, augmented assignment, matching."""

def f(x):
    match x:
        case 0: return "zero"
        case int() | float() if x > 10: return "big"
        case int(): return "int"
        case str() as s: return f"str {s}"
        case [a, b]: return f"pair {a} {b}"
        case [a, *rest]: return f"list {a} {rest}"
        case {"k": v, **others}: return f"map {v} {others}"
        case None: return "none"
        case (1, 2, 3): return "t"
        case P(x=0, y=yy): return f"P {yy}"
        case P(xx, yy): return f"P2 {xx} {yy}"
        case _: return "other"
class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x = x; self.y = y
r = [f(v) for v in (0, 11, 5, "q", [1, 2], [1, 2, 3], {"k": 1, "z": 2}, None, P(0, 1), P(2, 3), 2.5, {1: 2})]
class Color:
    RED = "r"
def g(c):
    match c:
        case Color.RED: return 1
        case "x" | "y": return 2
        case {"type": "a" | "b" as t}: return t
        case {"nested": {"deep": [first, *_]}}: return first
        case True: return "t"
        case -1: return "neg"
r2 = [g(v) for v in ("r", "y", {"type": "b"}, {"nested": {"deep": [9, 8]}}, True, -1, 77)]
if (n := 5) > 3: w = n
lst = [y := 1, y ** 2]
a, *b, c = range(5)
(d, e), f = (1, 2), 3
*g, h = "abc"
i = [*range(2), *"ab"]
j = {**{"a": 1}, "b": 2, **{"a": 3}}
k = (*(1, 2), 3)
x = y = z = []
x.append(1)
yz = z
def dflt(a, /, b=2, *args, c, d=4, **kw): return a, b, args, c, d, kw
l = dflt(1, c=3), dflt(1, 2, 3, 4, c=5, e=6)
m = [v for row in [[1, 2], [3]] for v in row if v != 2]
s = {v % 2 for v in range(5)}
ch = 1 < 2 < 3 < 2
tern = "a" if [] else "b"
lam = (lambda *a, **k: (a, k))(1, b=2)
aug = [1]; aug += (2, 3); aug *= 2
dct = {}; dct.setdefault("a", []).append(1); dct |= {"b": 2}
swap1, swap2 = 1, 2; swap1, swap2 = swap2, swap1
q = [1, 2, 3, 4, 5]; q[1:3] = ["x"]; del q[0]; q[-1] += 10
nested = {"a": {"b": [1, {"c": 2}]}}; nc = nested["a"]["b"][1]["c"]
nested["a"]["b"][1]["c"] += 1
string = "a" "b" f"{1 + 1:03d}" r"\n"
cl = [f() for f in [lambda i=i: i for i in range(3)]]
cl2 = [f() for f in [lambda: i2 for i2 in range(3)]]
glob = 0
def incr():
    global glob
    glob += 1
incr(); incr()
def outer():
    n = 0
    def inner():
        nonlocal n
        n += 1
        return n
    inner(); return inner()
no = outer()
b2 = not 0 and 5 or 6
bits = 5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 4, -7 // 2, -7 % 3, 2 ** -1, divmod(-7, 2)
cmpx = [1, 2] < [1, 3], (1,) == (1,), "a" < "b", {1} <= {1, 2}, not None
isx = None is None, [] is [], True is True
inx = "b" in "abc", 1 in {1: 2}, 3 not in (1, 2)
by = b"abc"[0], b"abc"[1:], bytes([65]).decode(), "é".encode()
cplx = (1 + 2j).real
ell = ... is Ellipsis
dd = {(1, 2): "t", frozenset([1]): "f"}
trues = all([]), any([]), all(x > 0 for x in [1, 2]), sum([[1], [2]], []), max("abc"), min([3, 1], key=lambda v: -v), max([], default=0)
srt = sorted([("b", 1), ("a", 2)], key=lambda t: t[1], reverse=True), sorted({"b": 1, "a": 2}), list(reversed([1, 2])), sorted("bca", key=str.upper)
zipd = dict(zip("ab", [1, 2])), list(zip(*[(1, 2), (3, 4)])), list(enumerate("ab", 1)), list(map(lambda a, b: a + b, [1], [2])), list(filter(None, [0, 1]))
assert n == 5, "no"
del n
hasn = "n" in dir()
