"""Context managers that decorate functions, that are stacked, closed, and that take what is printed."""

import io
import string
from contextlib import (
    AbstractContextManager,
    ContextDecorator,
    ExitStack,
    closing,
    contextmanager,
    redirect_stdout,
    suppress,
)

log = []


@contextmanager
def entered(name, swallows=False):
    log.append(f"in {name}")
    try:
        yield name * 2
    except KeyError as error:
        log.append(f"error {error}")
        if not swallows:
            raise
    finally:
        log.append(f"out {name}")


@entered("f", swallows=True)
def decorated(key):
    """Looks it up."""
    log.append("runs")
    return {"a": 1}[key]


results = [decorated("a"), decorated("a"), decorated("b")]
name_and_text = decorated.__name__, decorated.__doc__


class Timed(ContextDecorator):
    def __enter__(self):
        log.append("begins")
        return self

    def __exit__(self, kind, value, traceback):
        log.append(f"ends {kind and kind.__name__}")
        return False


@Timed()
def timed(number):
    log.append("timed")
    return number


timed_result = timed(3)

with ExitStack() as stack:
    stack.enter_context(entered("s"))
    stack.callback(log.append, "callback")
    stack.push(lambda kind, value, traceback: log.append(f"pushed {kind}"))

with ExitStack() as stack:
    stack.enter_context(suppress(KeyError))
    log.append({}["swallowed by the stack"])


class Connection(AbstractContextManager):
    def close(self):
        log.append("closed")

    def __exit__(self, kind, value, traceback):
        log.append(kind is None)
        return True


with Connection() as connection, closing(connection):
    raise RuntimeError
is_itself = isinstance(connection, Connection)

buffer = io.StringIO()
with redirect_stdout(buffer):
    print("hello", 1, sep="-", end="!")
    print()
print("last", file=buffer)
buffer.write("written")
printed = buffer.getvalue()

template = string.Template("$a and ${b}")
try:
    template.substitute(a=1)
    substituted = True
except KeyError as error:
    substituted = error.args
safe = template.safe_substitute(a=1)
