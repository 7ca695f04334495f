"""Generator expressions run as far as they are asked; lists may grow while they are gone through."""

factor = 2
scaled = (x * factor for x in [1, 2, 3])
factor = 10
late = list(scaled)
source = [1, 2]
over = (x for x in source)
source.append(3)
grown = list(over)
log = []


def noted(value):
    log.append(value)
    return value


lazy = (noted(x) for x in range(5))
first = next(lazy)
so_far = list(log)
rest = list(lazy)
found = next((x for x in (noted(y) for y in range(10)) if x == 3), None)
short = any(noted(x) > 1 for x in range(10))
nested = list((a, b) for a in "ab" if a for b in range(ord(a) - 96))
try:
    bad = (x for x in None)
except TypeError as error:
    refused = str(error)
queue = ["a"]
for name in queue:
    if len(name) < 4:
        queue.append(name + "x")
walking = iter(queue)
queue.append("late")
walked = list(walking)
