"""Orders by what comes first, copies by the object's own method, what models make of texts."""

import copy
import json
from datetime import date, datetime, timedelta

from pydantic import BaseModel


class Load:
    pass


class Clean:
    pass


steps = {"load": Load, "clean": Clean, "mark": lambda: 1}
ordered = [name for name, _ in sorted(steps.items())], max(steps.items())[0]
_tied = sorted([("a", 2, Load), ("a", 1, Clean)])
tied = [number for _, number, _ in _tied]


class Node:
    def __init__(self, value, children=()):
        self.value = value
        self.children = list(children)

    def __deepcopy__(self, memo):
        return Node(self.value * 10, copy.deepcopy(self.children, memo))


_copied = copy.deepcopy([Node(1, [Node(2)])])[0]
copied = _copied.value, _copied.children[0].value


def coerced(value):
    for make in (int, float, json.loads):
        try:
            return make(value)
        except (ValueError, TypeError):
            continue
    return value


coercions = [coerced(value) for value in ("1", "2.5", '{"k": 1}', "zz", "null", None)]


class Window(BaseModel):
    start: date
    until: datetime = datetime(2024, 1, 1)
    tags: set[str] = set()


window = Window(start="2024-02-03", until="2024-02-04T05:06:07", tags=["b", "b"])
moments = window.start + timedelta(days=1), window.until.hour, window.tags
