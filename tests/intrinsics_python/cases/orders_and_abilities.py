"""The order in which Python evaluates, and classes that are abstract ones for their methods."""

import collections
import typing
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sized

order = []


def noted(name, value=None):
    order.append(name)
    return name if value is None else value


display = {noted("k1"): noted("v1"), noted("k2"): noted("v2"), **noted("spread", {"x": 1})}
items = [0, 0]
index = 0
index, items[index] = 1, 5
compared = noted(1) < noted(2) < noted(3)
asked = order


class Called:
    def __call__(self): ...


class Gone:
    def __iter__(self):
        return iter(())


class Next(Gone):
    def __init__(self, left):
        self.left = left

    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left -= 1
        return self.left

    def __len__(self):
        return 0


class Equal:
    def __eq__(self, other):
        return True


class Items(list): ...


class Frozen(Mapping):
    def __init__(self, **names):
        self.names = names

    def __getitem__(self, name):
        return self.names[name]

    def __iter__(self):
        return iter(sorted(self.names))

    def __len__(self):
        return len(self.names)


abilities = [
    [isinstance(each, kind) for kind in (Callable, Iterable, Iterator, Sized, Collection)]
    for each in (Called(), Gone(), Next(1), Equal(), Items(), Frozen())
]
hashable = [isinstance(each, Hashable) for each in (Called(), Equal(), Items(), 5, [])]
as_typing = (isinstance(Called(), typing.Callable), issubclass(Gone, typing.Iterable))
nexts = (next(Next(0), "none"), next(Next(2), "none"))
frozen = Frozen(b=2, a=1)
merged = ({**frozen, "c": 3}, dict(frozen), list(frozen.values()))
ordered = collections.OrderedDict.fromkeys("abc", 0)
ordered.move_to_end("a")
in_order = list(ordered.items())
