"""Membership in long collections, which change in between."""

from enum import Enum

seen = set()
out = []
names = [f"t{i % 4000}" for i in range(5000)]
for n in names:
    if n in seen: continue
    seen.add(n)
    out.append(n)
a = len(out), len(seen)
uniq = {n for n in names}
b = len(uniq)
lst = []
for n in names:
    if n not in lst: lst.append(n)
c = len(lst)
seen.discard("t5"); seen.add("new")
d = "t5" in seen, "new" in seen, "t6" in seen
lst[3] = "x"; e = "x" in lst, "t3" in lst
lst.remove("t10"); f = "t10" in lst, 5 in [1,2,3,4,5,6,7,8,9,True], 1.0 in [1]*10, None in [0]*12, "a" in ["b"]*20
class E:
    def __eq__(self, o): return o == "q"
g = "q" in [*["z"]*10, E()], "r" in [*["z"]*10, E()]
s2 = set(range(20)); s2 -= {3}; h = 3 in s2, 4 in s2; s2.clear(); s2.add(3); i = 3 in s2, 4 in s2


class Named(str, Enum):
    FIRST = "first"


member_text = repr(Named.FIRST), f"{Named.FIRST!r:>20}", [Named.FIRST].__repr__(), len(Named.FIRST)
