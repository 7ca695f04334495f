"""The module `inspect`, as far as it asks about the source code."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.bound_values import BoundMethod, Partial
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.functions.yielding import yields
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.doubted_names import BESIDE, written
from assetgen.analyzer.evaluate.objects.doubted_reads import doubt_of_attribute
from assetgen.analyzer.evaluate.objects.doubts import doubt
from assetgen.analyzer.evaluate.objects.instances import is_instance
from assetgen.analyzer.evaluate.objects.ternary import any_of
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Class,
    Constant,
    External,
    Function,
    Instance,
    Iterator_,
    Module,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.collections.iteration import kept
from assetgen.analyzer.intrinsics.python.inspection.frames import Code, FrameObject
from assetgen.analyzer.intrinsics.python.plain import lost, opaque
from assetgen.analyzer.syntax.shape import shape_of

_MEMBERS: Final = Parameters("object, predicate=None")
_ONE: Final = Parameters("object, /, **options")


def _get_members(call: Call) -> Value:
    bound = _MEMBERS.bind(call)
    owner, predicate = bound["object"], bound["predicate"]
    names: dict[str, Value] = {}
    if isinstance(owner, Module):
        names = dict(written(call.machine.globals_of(owner)))
    elif isinstance(owner, (Class, Instance)):
        cls = owner.cls if isinstance(owner, Instance) else owner
        held = [base.namespace for base in cls.mro if isinstance(base, Class)]
        held.append(owner.attributes if isinstance(owner, Instance) else {})
        for name in {name for namespace in held for name in namespace} - {BESIDE}:
            names[name] = call.get_attribute(owner, name)
    else:
        return lost(call, owner)
    result = Sequence("list", [])
    for name in sorted(names):
        unsure: list[Unknown] = []
        if predicate == NONE or kept(call, predicate, names[name], unsure) is not False:
            pair = Sequence("tuple", [Constant(name), names[name]])
            result.items.append(pair)
            condition = doubt_of_attribute(owner, name)
            if condition is not None:
                unsure.append(condition)
            result.losses += [doubt(each, [[pair], []]) for each in unsure]
    return result


def _is_class(call: Call) -> Value:
    """A class that no table knows counts as none: what it derives from would be unknown, too."""
    value = _ONE.bind(call)["object"]
    if isinstance(value, External) and not call.machine.intrinsics.row(value.qualname):
        return Constant(False)
    return _IS_CLASS(call)


def _is(*kinds: type[Value]) -> Intrinsic:
    outside = [External(_TYPES[kind]) for kind in kinds]

    def intrinsic(call: Call) -> Value:
        value = _ONE.bind(call)["object"]
        if isinstance(value, External):
            answer = any_of(is_instance(call.machine, value, each) for each in outside)
            return lost(call, value) if answer is None else Constant(answer)
        if isinstance(value, (Unknown, Choice)):
            return lost(call, value)
        return Constant(isinstance(value, kinds))

    return intrinsic


_TYPES: Final[ReadOnlyMapping[type[Value], str]] = {
    BoundMethod: "types.MethodType",
    Class: "builtins.type",
    Function: "types.FunctionType",
    Iterator_: "types.GeneratorType",
    Module: "types.ModuleType",
}
_IS_CLASS: Final = _is(Class)


def _get_doc(call: Call) -> Value:
    value = _ONE.bind(call)["object"]
    text = call.find_attribute(value, "__doc__")
    if isinstance(text, Constant) and isinstance(text.value, str):
        return Constant(inspect.cleandoc(text.value))
    return text if text is not None else NONE


def _get_module(call: Call) -> Value:
    value = _ONE.bind(call)["object"]
    if isinstance(value, (Function, Class)):
        return value.module
    if isinstance(value, FrameObject):
        return value.place.module
    if isinstance(value, Code) and value.module is not None:
        return value.module
    return value if isinstance(value, Module) else lost(call, value)


def _is_abstract(call: Call) -> Value:
    value = _ONE.bind(call)["object"]
    if isinstance(value, (Unknown, Choice, External)):
        return lost(call, value)
    return Constant(isinstance(value, Class) and classes.is_abstract(value))


def _get_mro(call: Call) -> Value:
    return call.get_attribute(_ONE.bind(call)["object"], "__mro__")


def _get_file(call: Call) -> Value:
    value = _ONE.bind(call)["object"]
    module = value.module if isinstance(value, (Function, Class)) else value
    if isinstance(module, Module) and module.file is not None:
        return Constant(str(module.file))
    return lost(call, value)


def _is_written(test: Callable[[ast.AST, Function], bool]) -> Intrinsic:
    """The row for a test of how a function is written (a generator, a coroutine); false for
    anything else."""

    def intrinsic(call: Call) -> Value:
        value = _ONE.bind(call)["object"]
        while isinstance(value, (BoundMethod, Partial)):
            value = value.function
        if isinstance(value, (Unknown, Choice)):
            return lost(call, value)
        return Constant(isinstance(value, Function) and test(value.node, value))

    return intrinsic


def _is_coroutine(node: ast.AST, function: Function) -> bool:
    return isinstance(node, ast.AsyncFunctionDef) and not shape_of(node).is_generator


def _is_generator(node: ast.AST, function: Function) -> bool:
    return not isinstance(node, ast.AsyncFunctionDef) and yields(function)


def _is_async_generator(node: ast.AST, function: Function) -> bool:
    return isinstance(node, ast.AsyncFunctionDef) and shape_of(node).is_generator


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "inspect.getdoc": _get_doc,
    "inspect.getfile": _get_file,
    "inspect.getmembers": _get_members,
    "inspect.getmodule": _get_module,
    "inspect.getmro": _get_mro,
    "inspect.getsourcefile": _get_file,
    "asyncio.iscoroutinefunction": _is_written(_is_coroutine),
    "inspect.isabstract": _is_abstract,
    "inspect.isasyncgenfunction": _is_written(_is_async_generator),
    "inspect.iscoroutinefunction": _is_written(_is_coroutine),
    "inspect.isgeneratorfunction": _is_written(_is_generator),
    "inspect.isclass": _is_class,
    "inspect.isfunction": _is(Function),
    "inspect.isgenerator": _is(Iterator_),
    "inspect.ismethod": _is(BoundMethod),
    "inspect.ismodule": _is(Module),
    "inspect.isroutine": _is(Function, BoundMethod),
    "traceback.format_exc": opaque("error", "the exception that is being handled"),
    "traceback.print_exc": lambda call: NONE,
}
