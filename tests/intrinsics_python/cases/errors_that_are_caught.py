"""What certainly raises takes the path of the handler that waits for it."""

from graphlib import CycleError, TopologicalSorter
import configparser
import contextlib
import os


def outcome(function):
    try:
        return function()
    except Exception as error:
        return type(error).__name__, str(error)


def two(a, b):
    return a


def keyword(a, *, b):
    return a


number, nothing, letters = 5, None, ["a"]


class Plain:
    x = 1


none_has_no_attribute = outcome(lambda: None.foo)
text_has_no_attribute = outcome(lambda: "x".foo())
tuple_has_no_append = outcome(lambda: (1, 2).append)
object_has_no_attribute = outcome(lambda: Plain().nope)
class_has_no_attribute = outcome(lambda: Plain.nope)
deep = outcome(lambda: Plain().x.y.z)
missing_argument = outcome(lambda: two(1))
missing_arguments = outcome(lambda: two())
too_many_arguments = outcome(lambda: two(1, 2, 3))
unexpected_argument = outcome(lambda: two(1, b=2, c=3))
argument_given_twice = outcome(lambda: two(1, a=2))
missing_keyword = outcome(lambda: keyword(1))
not_callable = outcome(lambda: number())
object_not_callable = outcome(lambda: Plain()())
object_not_iterable = outcome(lambda: list(Plain()))
object_not_subscriptable = outcome(lambda: Plain()[0])
none_not_subscriptable = outcome(lambda: nothing["a"])
none_not_iterable = outcome(lambda: [item for item in nothing])
index_of_wrong_type = outcome(lambda: letters["b"])
text_index_of_wrong_type = outcome(lambda: letters[0]["b"])
unhashable = outcome(lambda: {}[[]])
step_of_zero = outcome(lambda: [1, 2][1:2:0])
none_plus = outcome(lambda: None + 1)
objects_added = outcome(lambda: Plain() + 1)
objects_compared = outcome(lambda: Plain() < Plain())
kinds_compared = outcome(lambda: [1] < "a")
minus_text = outcome(lambda: -"a")


def shadowing():
    try:
        value = shadowed
    except UnboundLocalError:
        value = "unbound"
    shadowed = 2
    return value


shadowed = 1
local_unbound = shadowing()


def bound_in_comprehension():
    try:
        return [shadowed for shadowed in "ab"], shadowed
    except NameError:
        return "never"


comprehension = bound_in_comprehension()

try:
    spark
except NameError:
    spark = "made"


def configured(data):
    try:
        return data["a"]["b"].upper()
    except (KeyError, TypeError):
        return "missing"
    except AttributeError:
        return "no text"


configurations = [configured(d) for d in ({"a": {"b": "x"}}, {}, {"a": None}, {"a": {"b": 1}}, None)]

frozen = "abc"
try:
    frozen[0] = "d"
    assigned = True
except TypeError as error:
    assigned = str(error)

entries = {"a": 1}
try:
    del entries["b"]
    deleted = True
except KeyError as error:
    deleted = error.args

with contextlib.suppress(AttributeError):
    suppressed = "before"
    None.foo  # noqa: B018
    suppressed = "after"


class Lazy:
    @property
    def made(self):
        return self.never_set


has_made = hasattr(Lazy(), "made")
default_for_made = getattr(Lazy(), "made", "default")


def steps():
    try:
        yield None.foo
    except AttributeError:
        yield "caught"


caught_in_generator = list(steps())


def after():
    try:
        raise ValueError("x")
    except ValueError as error:
        kept = error
    try:
        return error
    except UnboundLocalError:
        return str(kept)


name_is_gone_after_handler = after()


try:
    of_environment = os.environ["ASSETGEN_IS_NEVER_SET"]
except KeyError:
    of_environment = "default"


def the_cycle():
    try:
        list(TopologicalSorter({"a": ["b"], "b": ["a"]}).static_order())
    except CycleError as error:
        return [error.args[0], sorted(set(error.args[1])), len(error.args[1])]


def what_was_raised_before():
    try:
        try:
            raise KeyError("a")
        except KeyError as error:
            raise RuntimeError("b") from error
    except RuntimeError as error:
        return [str(error), repr(error.__cause__), error.__context__ is error.__cause__]


cycle = the_cycle()
raised_before = what_was_raised_before()


class AppError(Exception):
    pass


class NotThere(AppError, KeyError, AttributeError):
    pass


class Lacking:
    def __getattr__(self, name):
        raise NotThere(name)


def caught_as(*kinds):
    try:
        raise NotThere("a")
    except kinds as error:
        return type(error).__name__


several_bases = [caught_as(kind) for kind in (KeyError, AttributeError, AppError, LookupError)]
lacking = [hasattr(Lacking(), "a"), getattr(Lacking(), "a", 5)]


class NoSuchPlace(LookupError):
    pass


class NoSuchName(KeyError):
    pass


class NoSuchThing(NoSuchPlace, NoSuchName):
    pass


merged_order = [each.__name__ for each in NoSuchThing.__mro__][:5]
defaults_that_are_no_table = outcome(lambda: configparser.ConfigParser("x"))
