"""Generators that run as far as they are asked, contexts, and exceptions that are caught."""

def g():
    x = yield 1
    yield x
    y = yield 3
it = g()
a = next(it)
b = it.send(5)
def h():
    r = yield from g()
    yield "end"
c = list(h())
def sub():
    yield 1
    return 7
def outer():
    r = yield from sub()
    yield r
d = list(outer())
def inf():
    n = 0
    while True:
        yield n
        n += 1
import itertools
e = list(itertools.islice(inf(), 4))
z = [x for x, _ in zip(inf(), "abc")]
def countdown(n):
    while n > 0:
        yield n
        n -= 1
f = sum(countdown(4))
def two():
    yield from (1, 2)
    yield from [i * 2 for i in range(2)]
gg = [*two()]
hh = {k: v for k, v in (lambda: ((i, i) for i in "ab"))()}
def tree(n):
    if n:
        yield n
        yield from tree(n - 1)
tt = tuple(tree(3))
def agen():
    try:
        yield 1
    finally:
        pass
first = next(agen())
nx = next((i for i in range(10) if i > 4), None)

