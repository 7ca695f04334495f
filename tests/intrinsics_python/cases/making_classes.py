"""Registries, metaclasses, hooks, linearisation: how classes come to be."""

import abc
import inspect

class Reg:
    registry = {}
    def __init_subclass__(cls, key=None, **kw):
        super().__init_subclass__(**kw)
        Reg.registry[key or cls.__name__.lower()] = cls
class A(Reg): pass
class B(Reg, key="bee"): pass
k = list(Reg.registry)
subs = [c.__name__ for c in Reg.__subclasses__()]
class Meta(type):
    reg = []
    def __new__(mcs, name, bases, ns, **kw):
        cls = super().__new__(mcs, name, bases, ns)
        cls.tag = name.upper()
        mcs.reg.append(name)
        return cls
    def __call__(cls, *a, **k):
        inst = super().__call__(*a, **k)
        inst.made = True
        return inst
    def __iter__(cls): return iter([1, 2])
    def __getitem__(cls, k): return k * 2
    @property
    def prop(cls): return cls.__name__
    def helper(cls): return cls.tag + "!"
class M(metaclass=Meta): pass
class N(M):
    x = 1
tags = M.tag, N.tag, Meta.reg
made = M().made
it = list(M)
gi = M["a"]
mp = N.prop
hp = M.helper()
class Meta2(type):
    def __init__(cls, name, bases, ns):
        super().__init__(name, bases, ns)
        if not hasattr(cls, "registry"): cls.registry = []
        else: cls.registry.append(cls.__name__)
class Base2(metaclass=Meta2): pass
class C2(Base2): pass
class D2(Base2): pass
r2 = Base2.registry
class Prep(type):
    @classmethod
    def __prepare__(mcs, name, bases): return {"injected": 5}
class PP(metaclass=Prep):
    y = injected + 1
py = PP.y
class CG:
    def __class_getitem__(cls, item): return f"{cls.__name__}[{item}]"
cg = CG["x"]
T = type("T", (A,), {"v": 1, "m": lambda self: self.v + 1})
tv = T.v, T().m(), T.__name__, issubclass(T, Reg), "t" in Reg.registry
mro = [c.__name__ for c in T.__mro__]
class Single:
    _inst = None
    def __new__(cls, *a):
        if cls._inst is None: cls._inst = super().__new__(cls)
        return cls._inst
same = Single() is Single()
class Mixin:
    def hello(self): return "mixin " + super().hello()
class Bs:
    def hello(self): return "base"
class X(Mixin, Bs): pass
xh = X().hello()
bases = [b.__name__ for b in X.__bases__]
class Abstract:
    items = []
    def __init__(self): self.items.append(1)
Abstract(); Abstract()
ai = Abstract.items
import abc
class ABCc(abc.ABC):
    @property
    @abc.abstractmethod
    def name(self): ...
    @classmethod
    def build(cls): return cls().name
class Impl(ABCc):
    name = "impl"
ib = Impl.build()
class Outer:
    class Inner:
        v = 3
    w = Inner.v
ov = Outer.Inner.v, Outer.w, Outer.Inner.__qualname__
class Order:
    a = 1
    b = 2
    def m(self): pass
ks = [k for k in vars(Order) if not k.startswith("_")]
st = [k for k, v in Order.__dict__.items() if not k.startswith("__") and not callable(v)]
hasm = hasattr(Order, "m"), getattr(Order, "zz", 5), callable(Order.m)
o = Order()
o.__dict__["dyn"] = 3
od = o.dyn
o.__dict__.update(q=1)
oq = o.q
class Cmp:
    def __init__(self, a): self.a = a
    def __eq__(self, other): return isinstance(other, Cmp) and self.a == other.a
inn = Cmp(1) in [Cmp(2), Cmp(1)], [Cmp(1), Cmp(2)].index(Cmp(2)), [Cmp(1)].count(Cmp(1))
class BM:
    def m(self): return 1
    s = staticmethod(lambda x: x + 1)
    c = classmethod(lambda cls: cls.__name__)
bs = BM.s(1), BM.c(), BM().s(2)
f = BM().m
fb = f(), f.__name__, f.__self__.__class__.__name__
bm = BM.m(BM())
def free(self): return "free"
BM.free = free
fr = BM().free()
import types
inst = BM()
inst.bound = types.MethodType(free, inst)
ib2 = inst.bound()


class WithTag:
    def __init_subclass__(cls, tag=None):
        cls.tag = tag


def made_with(base, **keywords):
    try:
        made = type("Made", (base,), {}, **keywords)
    except TypeError as error:
        return str(error)
    return made.tag


taken_keywords = made_with(WithTag, tag="t")
refused_keywords = made_with(object, tag="t")


text = "of the module"


class Shadowing:
    text = "of the class"
    map = lambda self, function: list(map(function, [1, 2]))
    asked = lambda self: text
    still = staticmethod(lambda: text)
    seen = [text for _ in range(1)]


around_lambdas = (Shadowing().map(str), Shadowing().asked(), Shadowing.still(), Shadowing.seen)


class Plugins(abc.ABCMeta):
    made = []

    def __new__(metaclass, name, bases, names, **options):
        cls = super().__new__(metaclass, name, bases, names)
        if bases and not inspect.isabstract(cls):
            Plugins.made.append((name, options.get("rank", 0)))
        return cls

    def __init__(cls, name, bases, names, **options):
        super().__init__(name, bases, names)


class Plugin(metaclass=Plugins):
    @abc.abstractmethod
    def run(self): ...


class Half(Plugin): ...


class Whole(Half, rank=2):
    def run(self):
        return 1


class Backwards:
    def __getitem__(self, index):
        return index

    def __len__(self):
        return 3


class Reversed(Backwards):
    def __reversed__(self):
        return iter("cba")


plugins = [Plugins.made, sorted(Half.__abstractmethods__), inspect.isabstract(Half)]
orders = [cls.__name__ for cls in inspect.getmro(Whole)], inspect.isabstract(Whole)
backwards = [list(reversed(Backwards())), list(reversed(Reversed()))]
