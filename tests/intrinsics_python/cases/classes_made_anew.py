"""Classes that decorators make anew, named tuples with methods, the module `types`."""

from dataclasses import dataclass, field
from abc import ABC
@dataclass(frozen=True)
class Node(ABC):
    pass
@dataclass(frozen=True)
class Base(Node):
    lpar: tuple = ()
    rpar: tuple = ()
def add_slots(cls):
    cls_dict = dict(cls.__dict__)
    names = tuple(f for f in cls.__annotations__)
    cls_dict["__slots__"] = names
    for n in names: cls_dict.pop(n, None)
    cls_dict.pop("__dict__", None)
    qualname = getattr(cls, "__qualname__", None)
    cls = type(cls.__name__, cls.__bases__, cls_dict)
    if qualname is not None: cls.__qualname__ = qualname
    return cls
@add_slots
@dataclass(frozen=True)
class Dot(Node):
    whitespace_before: str = ""
    whitespace_after: str = field(default="x")
d = Dot().whitespace_after, Dot(whitespace_before="q").whitespace_before
@dataclass(frozen=True)
class Attr(Base):
    value: str = ""
    dot: Dot = Dot()
a = Attr().dot.whitespace_after

import types, sys
FunctionTypeName = type(lambda: None).__name__
class _C:
    def _m(self): pass
MethodTypeName = type(_C()._m).__name__
ns = types.SimpleNamespace(a=1, **{"b": 2})
nn = ns.a, ns.b, vars(ns), ns == types.SimpleNamespace(a=1, b=2)
mp = types.MappingProxyType({"a": 1})["a"]
mod = types.ModuleType("m"); mod.x = 1
mx = mod.x
@types.DynamicClassAttribute
def dd(self): pass
