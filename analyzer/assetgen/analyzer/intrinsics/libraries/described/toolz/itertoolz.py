"""Functions on iterables."""

import collections
import heapq
import itertools


def _getter(key):
    if callable(key):
        return key
    if isinstance(key, list):
        return lambda item: tuple(item[each] for each in key)
    return lambda item: item[key]


def accumulate(binop, seq, initial=...):
    if initial is ...:
        return itertools.accumulate(seq, binop)
    return itertools.accumulate(seq, binop, initial=initial)


def groupby(key, seq):
    get = _getter(key)
    groups = {}
    for item in seq:
        groups.setdefault(get(item), []).append(item)
    return groups


def countby(key, seq):
    get = _getter(key)
    counts = {}
    for item in seq:
        name = get(item)
        counts[name] = counts.get(name, 0) + 1
    return counts


def reduceby(key, binop, seq, init=...):
    get = _getter(key)
    made = {}
    for item in seq:
        name = get(item)
        if name in made:
            made[name] = binop(made[name], item)
        elif init is ...:
            made[name] = item
        else:
            made[name] = binop(init() if callable(init) else init, item)
    return made


def concat(seqs):
    return itertools.chain.from_iterable(seqs)


def concatv(*seqs):
    return concat(seqs)


def mapcat(func, seqs):
    return concat(map(func, seqs))


def cons(el, seq):
    return itertools.chain([el], seq)


def first(seq):
    return next(iter(seq))


def second(seq):
    return nth(1, seq)


def nth(n, seq):
    if isinstance(seq, (tuple, list, str)):
        return seq[n]
    return next(itertools.islice(seq, n, None))


def last(seq):
    return list(seq)[-1]


def rest(seq):
    return itertools.islice(seq, 1, None)


def take(n, seq):
    return itertools.islice(seq, n)


def tail(n, seq):
    if isinstance(seq, (tuple, list, str)):
        return seq[-n:]
    return tuple(collections.deque(seq, n))


def drop(n, seq):
    return itertools.islice(seq, n, None)


def take_nth(n, seq):
    return itertools.islice(seq, 0, None, n)


def peek(seq):
    found = iter(seq)
    item = next(found)
    return item, itertools.chain((item,), found)


def get(ind, seq, default=...):
    if isinstance(ind, list):
        return tuple(get(each, seq, default) for each in ind)
    try:
        return seq[ind]
    except (KeyError, IndexError):
        if default is ...:
            raise
        return default


def pluck(ind, seqs, default=...):
    return (get(ind, seq, default) for seq in seqs)


def unique(seq, key=None):
    seen = set()
    for item in seq:
        name = item if key is None else key(item)
        if name not in seen:
            seen.add(name)
            yield item


def isdistinct(seq):
    items = list(seq)
    return len(items) == len(set(items))


def isiterable(x):
    try:
        iter(x)
    except TypeError:
        return False
    return True


def remove(predicate, seq):
    return itertools.filterfalse(predicate, seq)


def interpose(el, seq):
    for place, item in enumerate(seq):
        if place:
            yield el
        yield item


def interleave(seqs):
    waiting = collections.deque(map(iter, seqs))
    while waiting:
        current = waiting.popleft()
        try:
            item = next(current)
        except StopIteration:
            continue
        yield item
        waiting.append(current)


def iterate(func, x):
    while True:
        yield x
        x = func(x)


def partition(n, seq, pad=...):
    items = list(seq)
    for start in range(0, len(items), n):
        part = tuple(items[start : start + n])
        if len(part) == n:
            yield part
        elif pad is not ...:
            yield part + (pad,) * (n - len(part))


def partition_all(n, seq):
    items = list(seq)
    for start in range(0, len(items), n):
        yield tuple(items[start : start + n])


def sliding_window(n, seq):
    items = list(seq)
    for start in range(len(items) - n + 1):
        yield tuple(items[start : start + n])


def topk(k, seq, key=None):
    return tuple(heapq.nlargest(k, seq, key=None if key is None else _getter(key)))


def merge_sorted(*seqs, key=None):
    return heapq.merge(*seqs, key=key)


def count(seq):
    return len(list(seq))


def join(leftkey, leftseq, rightkey, rightseq, left_default=..., right_default=...):
    groups = groupby(leftkey, leftseq)
    get_key = _getter(rightkey)
    met = set()
    for item in rightseq:
        name = get_key(item)
        met.add(name)
        if name in groups:
            for match in groups[name]:
                yield (match, item)
        elif left_default is not ...:
            yield (left_default, item)
    if right_default is not ...:
        for name, matches in groups.items():
            if name not in met:
                for match in matches:
                    yield (match, right_default)
