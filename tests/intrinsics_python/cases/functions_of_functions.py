"""The module `functools`."""

import functools
class A:
    def m(self, a, b): return (a, b)
    p = functools.partialmethod(m, 1)
a = A().p(2)
b = sorted([3, 1, 2], key=functools.cmp_to_key(lambda x, y: y - x))
@functools.singledispatch
def f(x): return "default"
@f.register
def _(x: int): return "int"
@f.register(str)
def _(x): return "str"
@f.register(list)
def _g(x): return "list"
c = f(1), f("a"), f(2.0), f([])
calls = []
@functools.lru_cache(maxsize=None)
def g(n): calls.append(n); return n * 2
d = g(1), g(1), calls
@functools.cache
def h(n): return n if n < 2 else h(n - 1) + h(n - 2)
e = h(10)
class B:
    @functools.cached_property
    def v(self): calls.append("v"); return 7
bb = B(); i = bb.v, bb.v, calls
@functools.total_ordering
class T:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
j = T(1) <= T(2), T(2) >= T(1), T(2) > T(1), max(T(1), T(3)).n
k = functools.reduce(lambda a, b: a + b, [1, 2, 3]), functools.reduce(lambda a, b: a * b, [], 1)
p = functools.partial(int, base=2)
l = p("101"), p.func is int, p.keywords
class SD:
    @functools.singledispatchmethod
    def go(self, x): return "d"
    @go.register
    def _(self, x: int): return "i"
m = SD().go(1), SD().go("")
def deco(fn=None, *, n=1):
    if fn is None: return functools.partial(deco, n=n)
    @functools.wraps(fn)
    def w(*a): return fn(*a) * n
    return w
@deco
def q(): return 1
@deco(n=3)
def r(): return 2
n = q(), r(), r.__name__, r.__wrapped__()


class Counting:
    def __init__(self, function):
        self.calls = 0
        functools.update_wrapper(self, function)

    def __call__(self):
        self.calls += 1
        return self.__wrapped__() * self.calls


@Counting
def counted():
    """Counts."""
    return 2


counted_calls = counted(), counted(), counted.__name__, counted.__doc__
