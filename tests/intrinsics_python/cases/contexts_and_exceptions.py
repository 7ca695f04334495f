"""Contexts that are entered and left in order, and exceptions that are raised and caught."""

from contextlib import contextmanager, ExitStack, suppress, nullcontext, closing
log = []
@contextmanager
def cm(n):
    log.append(f"enter {n}")
    try:
        yield n * 2
    finally:
        log.append(f"exit {n}")
with cm(1) as a, cm(2) as b:
    log.append("body")
with suppress(KeyError):
    {}["x"]
    log.append("not here")
with ExitStack() as stack:
    xs = [stack.enter_context(cm(i)) for i in (5, 6)]
    stack.callback(log.append, "cb")
with nullcontext(4) as nc: pass
class M:
    def __enter__(self): log.append("E"); return self
    def __exit__(self, *a): log.append("X"); return True
with M() as m:
    raise ValueError
@contextmanager
def prefix():
    global current
    current = "p"
    yield
    current = None
with prefix():
    inside = current
after = current
@cm(9)
def decorated(): return 3

r = []
try:
    r.append(1)
    raise ValueError("x")
    r.append(2)
except ValueError as e:
    r.append(str(e))
else:
    r.append("else")
finally:
    r.append("fin")
def f():
    try:
        return 1
    finally:
        r.append("f")
g = f()
def h():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
        finally:
            r.append(i)
    else:
        r.append("no")
    return i
hhh = h()
try:
    {}["a"]
except (KeyError, IndexError) as err:
    k = err.args
try:
    [][1]
except LookupError:
    r.append("lookup")
try:
    int("x")
except ValueError as err:
    m = str(err)
class MyErr(Exception):
    def __init__(self, code): self.code = code; super().__init__(f"code {code}")
class Sub(MyErr): pass
try:
    raise Sub(3)
except MyErr as e:
    code = e.code
    s = str(e)
try:
    try:
        raise KeyError("a")
    except KeyError as e:
        raise RuntimeError("b") from e
except RuntimeError as e2:
    cause = str(e2)
def nested():
    try:
        try:
            1 / 0
        except ValueError:
            return "v"
    except ZeroDivisionError:
        return "z"
n = nested()
try:
    raise SystemExit(1)
except BaseException as e:
    t = type(e).__name__
try:
    "a".foo
except AttributeError:
    ae = 1
try:
    undefined_name
except NameError:
    ne = 1
try:
    None + 1
except TypeError:
    te = 1
try:
    a, b = 1, 2, 3
except ValueError:
    ve = 1
try:
    def needs(a): pass
    needs()
except TypeError:
    nt = 1
try:
    open("missing.txt")
except FileNotFoundError:
    fnf = 1
try:
    assert False, "msg"
except AssertionError as e:
    am = str(e)
try:
    next(iter([]))
except StopIteration:
    si = 1
