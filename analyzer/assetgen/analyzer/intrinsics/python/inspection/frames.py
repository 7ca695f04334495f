"""Frames of the analysed program, and code objects, as far as they give names and positions.

A frame is known by the calls that led to it: its name is that of the function, class or module in
which each call is written. Its local names are not known.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from collections.abc import Mapping as ReadOnlyMapping
from types import CodeType
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    Function,
    Iterator_,
    Module,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass, field

_DEPTH: Final = Parameters("depth=0, /")
_CONTEXT: Final = Parameters("context=1")
_FRAME: Final = Parameters("frame, context=1")

Block = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef | ast.GeneratorExp
_NAMES: Final[ReadOnlyMapping[type, str]] = {ast.Lambda: "<lambda>", ast.GeneratorExp: "<genexpr>"}


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A running block of code; `block` is None for the module itself."""

    module: Module
    block: Block | None
    line: int

    @property
    def name(self) -> str:
        if self.block is None:
            return "<module>"
        return _NAMES.get(type(self.block)) or str(getattr(self.block, "name", ""))


@dataclass(slots=True, eq=False)
class Code(Declared):
    """The code object of a function, class or module."""

    type_name: ClassVar[str] = "types.CodeType"
    name: str = ""
    module: Module | None = None
    block: Block | None = None
    qualname: str | None = None

    def attribute(self, name: str) -> Value | None:
        if name == "co_name":
            return Constant(self.name)
        if name == "co_qualname" and self.qualname is not None:
            return Constant(self.qualname)
        if name == "co_filename" and self.module is not None and self.module.file is not None:
            return Constant(self.module.file)
        arguments = getattr(self.block, "args", None)
        count = _COUNTS.get(name)
        if count is not None and isinstance(arguments, ast.arguments):
            return Constant(sum(len(getattr(arguments, group)) for group in count))
        if name == "co_firstlineno":
            decorators = getattr(self.block, "decorator_list", None) or [self.block]
            return Constant(getattr(decorators[0], "lineno", 1))
        return None


_COUNTS: Final[ReadOnlyMapping[str, tuple[str, ...]]] = {
    "co_argcount": ("posonlyargs", "args"),
    "co_posonlyargcount": ("posonlyargs",),
    "co_kwonlyargcount": ("kwonlyargs",),
}


@dataclass(slots=True, eq=False)
class FrameObject(Declared):
    """A frame, and its callers."""

    type_name: ClassVar[str] = "types.FrameType"
    places: tuple[Place, ...] = ()

    @property
    def place(self) -> Place:
        return self.places[0]

    def attribute(self, name: str) -> Value | None:
        if name == "f_code":
            return Code(self.place.name, self.place.module, self.place.block)
        if name == "f_lineno":
            return Constant(self.place.line)
        if name == "f_back":
            return FrameObject(self.places[1:]) if len(self.places) > 1 else None
        return None


@dataclass(slots=True, eq=False)
class FrameInfo(Declared):
    """An entry of `inspect.stack()`."""

    type_name: ClassVar[str] = "inspect.FrameInfo"
    frame: FrameObject = field(default_factory=FrameObject)

    def fields(self) -> dict[str, Value]:
        """What is known of its items, by name."""
        place = self.frame.place
        return {
            "frame": self.frame,
            "filename": Constant(place.module.file),
            "lineno": Constant(place.line),
            "function": Constant(place.name),
        }

    def attribute(self, name: str) -> Value | None:
        return self.fields().get(name)


@dataclass(slots=True, eq=False)
class Stack(Declared):
    """`inspect.stack()`; from where the program was started is not known."""

    type_name: ClassVar[str] = "inspect.stack"
    frames: tuple[FrameInfo, ...] = ()


def places_of(site: Site) -> Iterator[Place]:
    """The frames that led to a site, innermost first, up to the first that is not known."""
    for each in reversed((*site.chain, site)):
        blocks = _blocks_around(each)
        if blocks is None:
            return
        line = each.line
        for block in blocks:
            yield Place(each.module, block, line)
            line = getattr(block, "lineno", line)
            if not isinstance(block, ast.ClassDef):
                break


def _blocks_around(site: Site) -> list[Block | None] | None:
    """The blocks of code around a node, innermost first, the module (None) last."""
    if site.module.parsed is None:
        return None
    stack: list[tuple[ast.AST, tuple[Block, ...]]] = [(site.module.parsed.tree, ())]
    while stack:
        node, blocks = stack.pop()
        if site.is_at(node):
            return [*reversed(blocks), None]
        if isinstance(node, Block):
            inside = (*blocks, node)
            own = frozenset(id(part) for part in _own_parts(node))
        else:
            inside, own = blocks, frozenset()
        for child in ast.iter_child_nodes(node):
            stack.append((child, inside if id(child) in own else blocks))
    return None


def _own_parts(node: Block) -> list[ast.AST]:
    """The parts of a definition that are evaluated when its block runs rather than when it is
    defined."""
    if isinstance(node, ast.GeneratorExp):
        return [node.elt, *node.generators[1:]]
    return [*node.body] if isinstance(node.body, list) else [node.body]


def _frame_at(call: Call, depth: int) -> Value:
    places = _places(call)
    if depth < len(places):
        return FrameObject(places[depth:])
    return call.unknown("unsupported", "the frames of the program")


def _places(call: Call) -> tuple[Place, ...]:
    """The frames, for a result that depends on the line numbers of the modules."""
    for site in (*call.site.chain, call.site):
        call.machine.text_of(site.module)
    return tuple(places_of(call.site))


def _get_frame(call: Call) -> Value:
    depth = _DEPTH.bind(call).plain("depth")
    return _frame_at(call, depth) if isinstance(depth, int) else lost(call, *call.args)


def _current_frame(call: Call) -> Value:
    return _frame_at(call, 0)


def _stack(call: Call) -> Value:
    _CONTEXT.bind(call)
    places = _places(call)
    return Stack(tuple(FrameInfo(FrameObject(places[n:])) for n in range(len(places))))


def _item_of_stack(call: Call, stack: Stack) -> Value:
    index = call.args[0].value if call.args and isinstance(call.args[0], Constant) else None
    if isinstance(index, int) and 0 <= index < len(stack.frames):
        return stack.frames[index]
    bounds = (index.start or 0, index.stop) if isinstance(index, slice) else (None, None)
    if all(isinstance(bound, int) and 0 <= bound <= len(stack.frames) for bound in bounds):
        return Sequence("list", list(stack.frames[slice(*bounds)]))
    return call.unknown("unsupported", "where the program was started from")


def _items_of_stack(call: Call, stack: Stack) -> Value:
    beyond = call.unknown("unsupported", "where the program was started from")
    return Iterator_(iter(stack.frames), [beyond])


def _item_of_info(call: Call, info: FrameInfo) -> Value:
    return call.subscript(Sequence("tuple", list(info.fields().values())), call.args[0])


def _frame_info(call: Call) -> Value:
    frame = _FRAME.bind(call)["frame"]
    return FrameInfo(frame) if isinstance(frame, FrameObject) else lost(call, frame)


def _caller(call: Call, frame: FrameObject) -> Value:
    return call.unknown("unsupported", "where the program was started from")


def _globals(call: Call, frame: FrameObject) -> Value:
    return call.machine.namespace(frame.place.module)


def _locals(call: Call, frame: FrameObject) -> Value:
    if frame.place.block is None:
        return call.machine.namespace(frame.place.module)
    return call.unknown("unsupported", "the local names of a frame")


def _code(call: Call, function: Function) -> Value:
    call.machine.text_of(function.module)
    return Code(function.name, function.module, function.node, function.qualname)


def _local_names(call: Call, code: Code) -> Value:
    """`co_varnames`, as the compiler computes it; the function is compiled, not run."""
    node = code.block
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return lost(call)
    bare = type(node)(node.name, node.args, node.body, [], None)
    try:
        tree = ast.fix_missing_locations(ast.Module([ast.copy_location(bare, node)], []))
        compiled = compile(tree, node.name, "exec")
    except (SyntaxError, ValueError, TypeError, RecursionError):
        return lost(call)
    for constant in compiled.co_consts:
        if isinstance(constant, CodeType) and constant.co_name == node.name:
            return Sequence("tuple", [Constant(name) for name in constant.co_varnames])
    return lost(call)


def _no_effect(call: Call) -> Value:
    return NONE


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "inspect.FrameInfo.__getitem__": method(FrameInfo, _item_of_info),
    "inspect.currentframe": _current_frame,
    "inspect.getframeinfo": _frame_info,
    "inspect.stack": _stack,
    "inspect.stack.__getitem__": method(Stack, _item_of_stack),
    "inspect.stack.__iter__": method(Stack, _items_of_stack),
    "sys._getframe": _get_frame,
    "types.CodeType.co_varnames": method(Code, _local_names),
    "types.FrameType.clear": _no_effect,
    "types.FrameType.f_back": method(FrameObject, _caller),
    "types.FrameType.f_globals": method(FrameObject, _globals),
    "types.FrameType.f_locals": method(FrameObject, _locals),
    "types.FunctionType.__code__": method(Function, _code),
}

PROPERTIES: Final[frozenset[str]] = frozenset(
    {
        "types.CodeType.co_varnames",
        "types.FrameType.f_back",
        "types.FrameType.f_globals",
        "types.FrameType.f_locals",
        "types.FunctionType.__code__",
    }
)
