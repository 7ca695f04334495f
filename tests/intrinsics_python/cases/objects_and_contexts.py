import contextlib
import copy
import functools
import inspect
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from functools import cached_property, singledispatch
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast


class Animal:
    sound = "..."

    def __init__(self, name="x"):
        self.name = name

    def speak(self):
        return f"{self.name}: {self.sound}"

    @cached_property
    def slug(self):
        return self.name.lower()


class Dog(Animal):
    sound = "woof"


dog = Dog("Rex")
tests = isinstance(dog, Animal), isinstance(1, (str, int)), issubclass(Dog, Animal), isinstance([], list), isinstance(True, int), isinstance("x", str)
attributes = getattr(dog, "name"), getattr(dog, "nope", 5), hasattr(dog, "speak"), hasattr(dog, "nope"), getattr(dog, "speak")(), dog.slug
setattr(dog, "age", 3)
age = dog.age, vars(dog)["age"]
delattr(dog, "age")
gone = hasattr(dog, "age")
types = type(dog).__name__, type(dog) is Dog, type(1).__name__, type("x") is str, type(dog).sound
Made = type("Made", (Animal,), {"sound": "quack", "extra": lambda self: self.name * 2})
made = Made("D").speak(), Made("ab").extra(), Made.__name__, isinstance(Made(), Animal)
callables = callable(len), callable(dog), callable(Dog), callable(lambda: 1), callable("x")
namespace = SimpleNamespace(a=1, b="x")
namespace.c = namespace.a + 1
namespaced = namespace.a, namespace.c
globals()["added"] = 5
indirect = globals()["added"], "added" in globals()
shallow, deep = copy.copy([[1]]), copy.deepcopy({"a": [1]})
original = [[1]]
copied, deep_copied = copy.copy(original), copy.deepcopy(original)
original[0].append(2)
copies = copied, deep_copied, copied[0] is original[0]
dog2 = copy.copy(dog)
dog2.name = "Other"
copied_dog = dog.name, dog2.name
shared = [1]
aliases = copy.deepcopy([shared, shared])
alias_kept = aliases[0] is aliases[1]
members = [name for name, _ in inspect.getmembers(Dog, inspect.isfunction) if not name.startswith("_")]
kinds = inspect.isclass(Dog), inspect.isfunction(Dog), inspect.isfunction(lambda: 1)
parameters = list(inspect.signature(Animal.speak).parameters), list(inspect.signature(lambda a, *b, c=1, **d: 0).parameters)
document = inspect.cleandoc("""One.

    Two.
    """)


@contextmanager
def opened(name):
    yield name.upper()


with opened("a") as upper, nullcontext(5) as five:
    inside = upper, five
with suppress(KeyError):
    inside = {}["x"]
with ExitStack() as stack:
    entered = stack.enter_context(nullcontext(7))


@singledispatch
def describe(x):
    return "object"


describe.register(int, lambda x: "int")


@describe.register(str)
def _(x):
    return "str"


dispatched = describe(1), describe("a"), describe(1.5)
casted = cast(int, "x"), TYPE_CHECKING
_sentinel = object()
same = _sentinel is _sentinel, _sentinel is object()
total = functools.reduce(lambda a, b: a + b, (len(x) for x in ["a", "bb"]))
errors = str(ValueError("bad").args[0]), isinstance(ValueError("x"), Exception)
try:
    int("x")
    caught = "no"
except ValueError:
    caught = "yes"
try:
    raise KeyError("k")
except (IndexError, KeyError) as error:
    kind = type(error).__name__
identity = isinstance(print("x", end=""), type(None))
