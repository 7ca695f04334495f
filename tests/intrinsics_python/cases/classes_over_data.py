"""Classes that derive from dict, list, str, int, tuple: what they hold, and what they do anew."""

from enum import Enum
from collections import OrderedDict, defaultdict


class Attributes(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)

    __setattr__ = dict.__setitem__


config = Attributes(a=1)
config.b = 2
config_is = (
    config.a,
    dict(config),
    config.b,
    hasattr(config, "zz"),
    getattr(config, "q", 7),
    len(config),
    "b" in config,
    {**config},
    sorted(config.items()),
    bool(Attributes()),
    config == {"a": 1, "b": 2},
    isinstance(config, dict),
    repr(config),
    f"{config}",
)


class Missing(dict):
    def __missing__(self, key):
        self[key] = key * 2
        return self[key]


missing = Missing()
found = missing["ab"], dict(missing), missing.get("z"), "{a} {b}".format_map(Missing(a=1))


class Registry(dict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self["made"] = True

    def register(self, name):
        def decorate(function):
            self[name] = function
            return function

        return decorate


registry = Registry(x=1)


@registry.register("one")
def one():
    return 1


registered = list(registry), registry["one"](), registry.pop("x")


class Names(list):
    def first(self):
        return self[0]

    def __getitem__(self, index):
        return super().__getitem__(index)


names = Names(["b", "a"])
names.append("c")
names += ["d"]
names_are = names.first(), len(names), list(names), sorted(names), names[1:], names == [*"bacd"]
joined = "-".join(names), [*names], names + ["e"]


class Name(str):
    def shouted(self):
        return Name(self.upper() + "!")

    @property
    def prefix(self):
        return self.split("_")[0]


name = Name("ab_c")
name_is = (
    str(name.shouted()),
    name.prefix,
    name + "x",
    f"{name}|{name:>6}",
    name == "ab_c",
    {name: 1}["ab_c"],
    isinstance(name, str),
    len(name),
    name[0],
    "%s" % name,
    "-".join([name, "z"]),
    name.startswith("ab"),
    "b" in name,
)


class Tagged(str):
    def __new__(cls, text, tag):
        made = super().__new__(cls, text)
        made.tag = tag
        return made


tagged = Tagged("t", 5)
tagged_is = tagged.tag, tagged.upper()


class Size(int):
    def doubled(self):
        return self * 2


size = Size(4)
size_is = size.doubled(), size + 1, int(size), size == 4, f"{size:03d}", sorted([Size(3), Size(1)])[0] + 0


class Path(tuple):
    def __new__(cls, *parts):
        return super().__new__(cls, parts)

    @property
    def last(self):
        return self[-1]

    def __truediv__(self, other):
        return Path(*self, other)


path = Path(1, 2) / 3
path_is = path.last, len(path), list(path), tuple(path) == (1, 2, 3), {path: "v"}[(1, 2, 3)]


class Labelled(str, Enum):
    def __new__(cls, value, label):
        made = str.__new__(cls, value)
        made._value_ = value
        made.label = label
        return made

    FIRST = ("1st", "First")


class Planet(Enum):
    EARTH = (1.0, "e")

    def __init__(self, mass, code):
        self.mass, self.code = mass, code


of_members = (
    Labelled.FIRST.label,
    Labelled("1st").label,
    Labelled.FIRST + "_x",
    Planet.EARTH.mass,
    Planet((1.0, "e")).code,
)


class Version:
    def __init__(self, *parts):
        self.parts = parts

    def __add__(self, other):
        return Version(*self.parts, other) if isinstance(other, int) else NotImplemented

    def __radd__(self, other):
        return Version(other, *self.parts)

    def __iadd__(self, other):
        self.parts += (other,)
        return self


version = same = Version(1) + 2
version += 3
parts = version.parts, same is version, (0 + Version(1)).parts
counts = [1]
also = counts
counts += [2]
changed = also


class Holder:
    items = []

    def __init__(self):
        self.items += ["x"]


held = Holder().items, "items" in vars(Holder())
