"""Objects that say themselves when they are equal, as keys and members."""

from collections import Counter, defaultdict
from dataclasses import dataclass


class Key:
    def __init__(self, *path):
        self.path = path

    def __eq__(self, other):
        return isinstance(other, Key) and self.path == other.path

    def __hash__(self):
        return hash(self.path)

    def __repr__(self):
        return "/".join(self.path)

    def __lt__(self, other):
        return self.path < other.path


table = {Key("a", "b"): 1, Key("a"): 2}
table[Key("a")] = 3
looked_up = table[Key("a", "b")], table[Key("a")], table.get(Key("q"), "none")
members = len(table), Key("z") in table, sorted(map(repr, table))
keys = {Key("a"), Key("a"), Key("b")}
in_set = len(keys), Key("b") in keys, sorted(map(str, keys))
in_list = Key("a") in [Key("a")], [Key("a"), Key("b")].index(Key("b")), [Key("x")].count(Key("x"))
del table[Key("a")]
deleted = len(table)
algebra = keys - {Key("a")} == {Key("b")}, keys | {Key("b")} == keys, list(map(str, sorted(keys)))
from_keys = {str(key): value for key, value in dict.fromkeys([Key("m"), Key("m")], 0).items()}
groups = defaultdict(list)
for key, value in [(Key("1"), "x"), (Key("2"), "y"), (Key("1"), "z")]:
    groups[key].append(value)
grouped = {repr(key): value for key, value in groups.items()}
counted = Counter([Key("w"), Key("w")])[Key("w")]
compared = Key("a") != Key("b"), Key("a") == "a", (Key("a"), 1) == (Key("a"), 1)
nested = {(Key("t"), 1): 5}[(Key("t"), 1)], [Key("a")] == [Key("a")], {"k": Key("a")} == {"k": Key("a")}
seen = set()
unique = [key.path[0] for key in [Key("a"), Key("b"), Key("a")] if not (key in seen or seen.add(key))]


class Case(str):
    def __eq__(self, other):
        return self.lower() == other.lower()

    def __hash__(self):
        return hash(self.lower())


text = {Case("A"): 1}[Case("a")], Case("X") == "x"


class Unhashable:
    def __eq__(self, other):
        return True


try:
    refused = {Unhashable(): 1}
except TypeError as error:
    refused = str(error)


@dataclass(frozen=True)
class Named:
    name: str
    note: str = ""

    def __eq__(self, other):
        return self.name == other.name

    def __hash__(self):
        return hash(self.name)


noted = {Named("a", "x"): 1, Named("a", "y"): 2}
kept = len(noted), next(iter(noted)).note, Named("a", "z") in noted
same_hash = hash(Named("q", "1")) == hash(Named("q", "2")), hash("x") == hash("y")
first_key = {1: "a", True: "b"}, {number: number for number in (2, 2.0)}
first_key[0][1.0] = "c"
