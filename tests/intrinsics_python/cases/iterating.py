import itertools
import operator
from functools import lru_cache, partial, reduce, wraps
from itertools import chain, groupby, islice, product

ranges = list(range(3)), list(range(5, 0, -2)), range(10)[2:4] == range(2, 4)
enumerated = list(enumerate("ab")), list(enumerate("ab", start=1)), [i for i, _ in enumerate([7, 8])]
zipped = list(zip("ab", [1, 2, 3])), dict(zip(["x"], [1])), list(zip(*[(1, "a"), (2, "b")]))
mapped = list(map(lambda x: x + 1, [1, 2])), list(map(int, "12")), list(map(lambda a, b: a * b, [1, 2], [3, 4]))
filtered = list(filter(None, [0, 1, "", "a"])), list(filter(lambda x: x > 1, [1, 2, 3])), list(filter(str.isdigit, "a1b2"))
sums = sum([1, 2]), sum([0.5], 1), sum([[1], [2]], []), sum(x for x in range(4))
extremes = min(3, 1), max([1, 5, 2]), min("ab", key=ord), max([], default=0), max(["aa", "b"], key=len)
quantified = any([0, 1]), all([]), all(x > 0 for x in [1, 2]), any(x > 3 for x in [1])
backwards = list(reversed([1, 2])), list(reversed("ab")), list(reversed(range(3)))
firsts = next(iter([1, 2])), next((x for x in [1, 2] if x > 1), None), next(iter([]), "none")
it = iter([1, 2, 3])
one = next(it)
rest = list(it)
chained = list(chain([1], "a")), list(chain.from_iterable([[1], [2]])), [*chain([1], [2])]
products = list(product("ab", [1, 2])), list(product([0, 1], repeat=2))
combos = list(itertools.combinations("abc", 2)), list(itertools.permutations([1, 2])), list(itertools.combinations_with_replacement("ab", 2))
counted = list(islice(itertools.count(5, 2), 3)), list(islice(itertools.cycle("ab"), 5)), list(itertools.repeat(1, 2))
sliced = list(islice("abcdef", 2)), list(islice("abcdef", 1, 5, 2)), list(islice("abc", 1, None))
grouped = [(k, list(g)) for k, g in groupby("aabba")], {k: list(v) for k, v in groupby([1, 3, 2], key=lambda x: x % 2)}
starred = list(itertools.starmap(pow, [(2, 3), (3, 2)])), list(itertools.zip_longest("ab", [1], fillvalue="-"))
accumulated = list(itertools.accumulate([1, 2, 3])), list(itertools.accumulate([1, 2], lambda a, b: a * b)), list(itertools.accumulate([1], initial=5))
whiles = list(itertools.takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(itertools.dropwhile(lambda x: x < 3, [1, 3, 1])), list(itertools.filterfalse(None, [0, 1]))
pairs = list(itertools.pairwise([1, 2, 3])), list(itertools.compress("abc", [1, 0, 1]))
teed = [list(t) for t in itertools.tee([1, 2])]
by_length = sorted(["ccc", "a", "bb"], key=len), sorted([(2, "a"), (1, "b")]), sorted({"b": 1, "a": 2}.items(), key=lambda kv: kv[1])
getters = list(map(operator.itemgetter(1), [(1, 2), (3, 4)])), operator.itemgetter("a", "b")({"a": 1, "b": 2}), operator.attrgetter("real")(3)
caller = operator.methodcaller("upper")("a"), operator.methodcaller("split", ",", maxsplit=1)("a,b,c")
reduced = reduce(lambda a, b: a + b, [1, 2, 3]), reduce(operator.or_, [{1}, {2}], set()), reduce(operator.add, [[1], [2]])
union = operator.or_({"a": 1}, {"b": 2}), operator.contains([1], 1), operator.getitem([1, 2], 1)


def power(base, exponent=2):
    return base**exponent


cube = partial(power, exponent=3)
partials = cube(2), partial(power, 3)(), partial(cube, 3)(), cube.keywords["exponent"], partial(int, base=2)("101")


def logged(prefix):
    def decorate(function):
        @wraps(function)
        def wrapper(*args, **kwargs):
            return prefix + str(function(*args, **kwargs))

        return wrapper

    return decorate


@logged("=")
def double(x):
    """Twice."""
    return 2 * x


wrapped = double(2), double.__name__, double.__doc__, double.__wrapped__(3)


@lru_cache(maxsize=None)
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


@lru_cache
def made():
    return []


cached = fibonacci(30), made() is made(), fibonacci.__name__


def squares(n):
    for i in range(n):
        yield i * i


generated = list(squares(4)), sum(squares(3)), [*squares(2)], dict(enumerate(squares(2)))
