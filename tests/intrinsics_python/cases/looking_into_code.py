"""Programs that look into their own code: signatures, annotations, frames, names, source."""

import ast
import functools
import inspect
import os
import sys
import textwrap
import typing
from typing import Annotated, Literal, Optional, get_args, get_origin, get_type_hints

globals()["by_globals"] = 1
vars()["by_vars"] = 2
locals()["by_locals"] = 3
sys.modules[__name__].__dict__["by_modules"] = 4
setattr(sys.modules[__name__], "by_setattr", 5)
globals().update(by_update=6)
for letter in "abc":
    globals()[f"made_{letter}"] = letter
of_globals = sorted(name for name in globals() if name.startswith("made_"))
equal_to_six = [name for name, value in list(globals().items()) if value == 6]


def sample(a: int, /, b: "str" = "x", *args: float, c: bool = True, d, **kw) -> list:
    """A docstring."""
    e = a
    return [e]


namespace_of_function = sample.__globals__["by_globals"]
defaults = (sample.__defaults__, sample.__kwdefaults__)
code_names = (sample.__code__.co_name, sample.__code__.co_varnames)
code_counts = (sample.__code__.co_argcount, sample.__code__.co_kwonlyargcount)

signature = inspect.signature(sample)
names = list(signature.parameters)
kinds = [each.kind.name for each in signature.parameters.values()]
named = [each.kind == each.KEYWORD_ONLY for each in signature.parameters.values()]
variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
are_variadic = [each.kind in variadic for each in signature.parameters.values()]
without_default = [each.default is inspect.Parameter.empty for each in signature.parameters.values()]
are_int = [each.annotation is int for each in signature.parameters.values()]
gives_list = signature.return_annotation is list
rest = [each for name, each in signature.parameters.items() if name != "a"]
replaced = list(signature.replace(parameters=rest).parameters)
added = inspect.Parameter("z", inspect.Parameter.KEYWORD_ONLY, default=3, annotation=int)
renamed = added.replace(name="y")
made_by_hand = list(inspect.Signature([added, renamed]).parameters)
bound = signature.bind(1, "q", d=3)
bound_names = dict(bound.arguments)
bound.apply_defaults()
with_defaults = (list(bound.arguments), bound.args, bound.kwargs)
partly = list(inspect.signature(functools.partial(sample, 1)).parameters)
full = inspect.getfullargspec(sample)
full_names = (full.args, full.varargs, full.varkw, full.kwonlyargs, full[0])


def renamed_signature(**kw):
    return kw


renamed_signature.__signature__ = inspect.Signature([added])
given_signature = list(inspect.signature(renamed_signature).parameters)
annotated_names = list(sample.__annotations__)
renamed_signature.__annotations__ = {"v": int}
set_annotations = list(renamed_signature.__annotations__)


def wrapping(function):
    @functools.wraps(function)
    def inner(*args, **kw):
        return function(*args, **kw)

    return inner


wrapped_names = list(inspect.signature(wrapping(sample)).parameters)
wrapped_hints = list(get_type_hints(wrapping(sample)))


class Base:
    x: int
    y: "str" = "s"

    def __init__(self, p, q=2):
        self.p = p

    def go(self, r):
        return inspect.currentframe().f_code.co_name


class Derived(Base):
    z: list[int]


of_class = list(inspect.signature(Derived).parameters)
of_method = (list(inspect.signature(Base.go).parameters), list(inspect.signature(Base(1).go).parameters))
hints = get_type_hints(Derived)
hint_names = list(hints)
hint_classes = (hints["x"] is int, hints["y"] is str, get_origin(hints["z"]) is list, hints["z"] is list)
of_document = (Base(1).__doc__, Base(1).__module__ == __name__, sample.__doc__)

Mode = Literal["fast", "slow"]
modes = list(get_args(Mode))
modes_again = [mode for mode in Mode.__args__]
origins = [
    get_origin(typing.List[int]) is list,
    get_origin(dict[str, int]) is dict,
    get_origin(Optional[int]) is typing.Union,
    get_origin(int) is None,
    get_origin(Mode) is Literal,
    get_origin(Annotated[int, 1]) is Annotated,
]
arguments = (get_args(Annotated[int, "meta"])[1], len(get_args(dict[str, int])), get_args(int))
either = int | str
either_holds = (isinstance(1, either), isinstance(b"", either), isinstance(None, int | None))
either_has = len(get_args(either))


def own_name():
    return inspect.currentframe().f_code.co_name


def callers_name():
    return (sys._getframe(1).f_code.co_name, inspect.stack()[1].function, inspect.stack()[1][3])


def callers_place():
    frame = inspect.currentframe().f_back
    return (frame.f_globals["by_vars"], os.path.basename(frame.f_code.co_filename))


def calls():
    return callers_name()


frame_names = (own_name(), calls(), callers_name(), Base(1).go(0), (lambda: callers_name())())
frame_place = callers_place()


async def waits():
    return 1


def gives():
    yield 1


are_kinds = (
    inspect.iscoroutinefunction(waits),
    inspect.iscoroutinefunction(gives),
    inspect.isgeneratorfunction(gives),
    inspect.isgeneratorfunction(own_name),
)


def has_return(function):
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return any(isinstance(node, ast.Return) and node.value is not None for node in ast.walk(tree))


returning = (has_return(own_name), has_return(gives))
read_literal = ast.literal_eval("{'a': [1, (2, 3)]}")
