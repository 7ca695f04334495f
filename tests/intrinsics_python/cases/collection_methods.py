from collections import ChainMap, Counter, OrderedDict, defaultdict, deque

xs = [3, 1, 2]
xs.append(4)
xs.extend(range(5, 7))
xs.insert(0, 0)
popped = xs.pop(), xs.pop(0)
xs.remove(3)
xs.reverse()
ys = sorted(xs), sorted(xs, reverse=True), sorted(["b", "A"], key=str.lower), sorted("cab")
zs = xs.copy()
zs.sort(key=lambda x: -x)
zs.clear()
index = xs.index(2), xs.count(2), (1, 2, 2).count(2), (1, 2).index(2), xs.index(1, 1)
aliased = xs
aliased.append(9)
as_list = list("ab"), list({"a": 1}), list((1, 2)), list({1: 2}.items()), tuple([1]), list()
dictionary = dict(a=1, b=2), dict([("a", 1)]), dict({"a": 1}, b=2), dict(zip("ab", (1, 2)))
d = {"a": 1}
got = d.get("a"), d.get("z"), d.get("z", 5), d.setdefault("b", []), d.setdefault("a", 3)
d.setdefault("b", []).append(1)
d.update({"c": 3}, e=5)
d.update([("f", 6)])
taken = d.pop("a"), d.pop("nope", None), d.popitem()
keys = list(d.keys()), list(d.values()), list(d.items()), list(d), len(d), "c" in d
views = sorted(d.keys() - {"c"}), sorted(d.keys() & {"c", "z"})
merged = {"a": 1} | {"b": 2}, {**{"a": 1}, "a": 2}
from_keys = dict.fromkeys("ab"), dict.fromkeys([1, 2], 0)
copied = d.copy()
copied["x"] = 1
unpacked = {k: v for k, v in d.items() if v}
dd = defaultdict(list)
dd["a"].append(1)
dd["b"].append(2)
dd["a"].append(3)
counts = defaultdict(int)
for letter in "hello":
    counts[letter] += 1
nested = defaultdict(lambda: defaultdict(list))
nested["a"]["b"].append(1)
counter = Counter("hello"), Counter("hello").most_common(1), Counter(a=2)["a"], Counter()["x"], sum(Counter("abc").values())
counter_changed = Counter("aab")
counter_changed.update("ab")
counter_changed.subtract(["a"])
elements = sorted(counter_changed.elements())
ordered = OrderedDict([("b", 1), ("a", 2)])
ordered.move_to_end("b")
order = list(ordered)
chained = ChainMap({"a": 1}, {"a": 2, "b": 3})["a"], ChainMap({"a": 1}, {"b": 3})["b"]
queue = deque([1, 2, 3], maxlen=2)
queue2 = deque([1, 2, 3])
queue2.appendleft(0)
queue2.rotate(1)
left = queue2.popleft(), queue2.pop()
a, b = {1, 2, 3}, {2, 3, 4}
operations = a | b, a & b, a - b, a ^ b, a.union([9]), a.intersection(b, [2]), a.difference(b), a.symmetric_difference(b)
comparisons = {1} <= a, a.issubset(b), a.issuperset({1}), a.isdisjoint({7}), {1, 2} == {2, 1}
mutable = {1}
mutable.add(2)
mutable.add(2)
mutable.discard(7)
mutable.update([5], {6})
mutable.remove(5)
mutable.difference_update({6})
frozen = frozenset([1, 1]), frozenset("ab") | {"c"}
lengths = len("abc"), len([1]), len({}), len(range(5)), len({1, 2})
multiplied = [0] * 3, (1,) * 2, "ab" * 2, [[]] * 2
