"""`toolz.curried`: the same functions, which wait for all of their arguments."""

import builtins
import functools

import toolz
from toolz import (
    apply,
    complement,
    compose,
    compose_left,
    concat,
    concatv,
    count,
    curry,
    first,
    flip,
    identity,
    interleave,
    isdistinct,
    isiterable,
    juxt,
    last,
    merge,
    merge_sorted,
    peek,
    pipe,
    rest,
    second,
    thread_first,
    thread_last,
)

accumulate = curry(toolz.accumulate)
assoc = curry(toolz.assoc)
assoc_in = curry(toolz.assoc_in)
cons = curry(toolz.cons)
countby = curry(toolz.countby)
dissoc = curry(toolz.dissoc)
do = curry(toolz.do)
drop = curry(toolz.drop)
excepts = curry(toolz.excepts)
get = curry(toolz.get)
get_in = curry(toolz.get_in)
groupby = curry(toolz.groupby)
interpose = curry(toolz.interpose)
itemfilter = curry(toolz.itemfilter)
itemmap = curry(toolz.itemmap)
iterate = curry(toolz.iterate)
join = curry(toolz.join)
keyfilter = curry(toolz.keyfilter)
keymap = curry(toolz.keymap)
mapcat = curry(toolz.mapcat)
memoize = curry(toolz.memoize)
nth = curry(toolz.nth)
partition = curry(toolz.partition)
partition_all = curry(toolz.partition_all)
pluck = curry(toolz.pluck)
reduceby = curry(toolz.reduceby)
remove = curry(toolz.remove)
sliding_window = curry(toolz.sliding_window)
tail = curry(toolz.tail)
take = curry(toolz.take)
take_nth = curry(toolz.take_nth)
topk = curry(toolz.topk)
unique = curry(toolz.unique)
update_in = curry(toolz.update_in)
valfilter = curry(toolz.valfilter)
valmap = curry(toolz.valmap)
map = curry(lambda func, seq: builtins.map(func, seq))
filter = curry(lambda predicate, seq: builtins.filter(predicate, seq))
reduce = curry(lambda func, seq: functools.reduce(func, seq))
sorted = curry(builtins.sorted)
merge_with = curry(lambda func, *dicts: toolz.merge_with(func, *dicts))
