"""What exceptions know of themselves, and generators that are thrown at."""

shown = []
try:
    try:
        raise KeyError("k")
    except KeyError as error:
        raise RuntimeError("wrapped") from error
except RuntimeError as error:
    shown.append((str(error), repr(error), repr(error.__cause__), error.args))
misfits = []
for make in (
    lambda: "a" + 1,
    lambda: 1 + "a",
    lambda: [] + (),
    lambda: list(zip("ab", "c", strict=True)),
    lambda: (lambda pair: [a for a, b in pair])([(1,)]),
):
    try:
        make()
    except (TypeError, ValueError) as error:
        misfits.append(str(error))


def asking():
    reply = yield 1
    while reply:
        reply = yield reply * 2
    return "done"


asked = asking()
replies = next(asked), asked.send(5), asked.send(6)
try:
    asked.send(0)
except StopIteration as stop:
    returned = stop.value


def closing(log):
    try:
        yield 1
        yield 2
    finally:
        log.append("closed")


log = []
closed = closing(log)
next(closed)
closed.close()


def catching():
    try:
        yield 1
    except ValueError as error:
        yield f"caught {error}"


caught = catching()
next(caught)
thrown = caught.throw(ValueError("z"))
until = list(iter(lambda it=iter([1, 2, 0, 5]): next(it), 0))
