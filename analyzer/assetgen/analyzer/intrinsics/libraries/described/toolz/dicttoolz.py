"""Functions on dictionaries."""

import functools
import operator


def _all_of(dicts):
    return dicts[0] if len(dicts) == 1 and not hasattr(dicts[0], "keys") else dicts


def merge(*dicts, factory=dict):
    made = factory()
    for each in _all_of(dicts):
        made.update(each)
    return made


def merge_with(func, *dicts, factory=dict):
    values = {}
    for each in _all_of(dicts):
        for key, value in each.items():
            values.setdefault(key, []).append(value)
    made = factory()
    for key, found in values.items():
        made[key] = func(found)
    return made


def valmap(func, d, factory=dict):
    made = factory()
    made.update({key: func(value) for key, value in d.items()})
    return made


def keymap(func, d, factory=dict):
    made = factory()
    made.update({func(key): value for key, value in d.items()})
    return made


def itemmap(func, d, factory=dict):
    made = factory()
    made.update(map(func, d.items()))
    return made


def valfilter(predicate, d, factory=dict):
    made = factory()
    made.update({key: value for key, value in d.items() if predicate(value)})
    return made


def keyfilter(predicate, d, factory=dict):
    made = factory()
    made.update({key: value for key, value in d.items() if predicate(key)})
    return made


def itemfilter(predicate, d, factory=dict):
    made = factory()
    made.update({key: value for key, value in d.items() if predicate((key, value))})
    return made


def assoc(d, key, value, factory=dict):
    made = factory()
    made.update(d)
    made[key] = value
    return made


def dissoc(d, *keys, factory=dict):
    made = factory()
    made.update({key: value for key, value in d.items() if key not in keys})
    return made


def assoc_in(d, keys, value, factory=dict):
    return update_in(d, keys, lambda old: value, value, factory)


def update_in(d, keys, func, default=None, factory=dict):
    key, *others = keys
    made = factory()
    made.update(d)
    if others:
        made[key] = update_in(d.get(key, factory()), others, func, default, factory)
    else:
        made[key] = func(d[key]) if key in d else func(default)
    return made


def get_in(keys, coll, default=None, no_default=False):
    try:
        return functools.reduce(operator.getitem, keys, coll)
    except (KeyError, IndexError, TypeError):
        if no_default:
            raise
        return default
