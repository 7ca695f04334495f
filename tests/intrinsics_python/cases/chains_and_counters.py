"""`ChainMap`, `Counter` with operators, `deque` that is full, `UserDict`, `collections.abc`."""

from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, defaultdict, deque
from collections.abc import Mapping, MutableMapping

chain = ChainMap({"x": 1}, {"x": 2, "y": 3})
read = chain["x"], chain["y"], dict(chain), list(chain), len(chain), "y" in chain, chain.get("q", 5)
chain["z"] = 9
first = chain.maps[0]
child = chain.new_child({"x": 100})
of_child = child["x"], child.parents["x"], sorted(child.items()), {**child}
one, other = Counter("aabbc"), Counter(a=1, d=2)
combined = dict(one + other), dict(one - other), dict(one & other), dict(one | other)
above = dict(+Counter(x=-1, y=2)), dict(-Counter(x=-1, y=2)), one.total(), one["none"]
one.update("ab")
one.subtract(["a"])
one["q"] += 1
counted = dict(one), one.most_common(2)
full = deque(range(5), maxlen=3)
full.append(9)
full.appendleft(7)
full.rotate(1)
so_far = list(full), full.maxlen
full.extendleft([1, 2])
extended = list(full)
in_order = OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1, b=2) == {"b": 2, "a": 1}
made_by = defaultdict(list).default_factory is list


class Upper(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key.upper(), value)

    def __getitem__(self, key):
        return super().__getitem__(key.upper())


upper = Upper(a=1)
upper["b"] = 2
upper.update(c=3)
of_upper = upper.data, upper["B"], len(upper), list(upper), "A" in upper, dict(upper)


class Added(UserList):
    def add(self, item):
        self.append(item)
        return self


added = Added([1]).add(2)
of_added = added.data, list(added), len(added), added[0], 2 in added


class Settings(Mapping):
    def __init__(self, **values):
        self._values = values

    def __getitem__(self, key):
        return self._values[key]

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)


settings = Settings(a=1, b=2)
of_settings = settings.get("a"), settings.get("z", 0), "b" in settings, {**settings}, list(settings.items())


class Store(MutableMapping):
    def __init__(self):
        self.held = {}

    def __getitem__(self, key):
        return self.held[key]

    def __setitem__(self, key, value):
        self.held[key] = [value]

    def __delitem__(self, key):
        del self.held[key]

    def __iter__(self):
        return iter(self.held)

    def __len__(self):
        return len(self.held)


store = Store()
store.update(a=1, b=2)
of_store = store.pop("a"), store.setdefault("b", 5), store.setdefault("c", 6), dict(store)
