"""Attributes that code computes, sets and deletes, and operators of classes."""

class D:
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, typ=None):
        if obj is None: return self
        return obj.__dict__.get("_" + self.name, "def")
    def __set__(self, obj, value): obj.__dict__["_" + self.name] = value * 2
class A:
    x = D()
    y = D()
a = A()
r1 = a.x
a.x = 4
r2 = a.x, a.y
nm = A.x.name
class Lazy:
    def __init__(self, fn): self.fn = fn
    def __get__(self, obj, typ): return self.fn(obj)
class B:
    @Lazy
    def v(self): return 42
bv = B().v
class P:
    def __init__(self): self._v = 1
    @property
    def v(self): return self._v
    @v.setter
    def v(self, value): self._v = value + 10
    @v.deleter
    def v(self): self._v = None
p = P()
p.v = 5
pv = p.v
del p.v
pd = p.v
class G:
    def __getattr__(self, name): return f"got_{name}"
gg = G().foo
class SA:
    def __setattr__(self, n, v): object.__setattr__(self, n, v * 2)
s = SA(); s.x = 3
sx = s.x
class DA:
    def __delattr__(self, n): self.__dict__["gone"] = n
class Slots:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1
sl = Slots().a, Slots.__slots__
class CP:
    @classmethod
    @property
    def cp(cls): return cls.__name__
class Call:
    def __call__(self, x): return x + 1
cc = Call()(2)
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
ii = list(It())
class GI:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
gi = list(GI()), GI()[1], 20 in GI()
class L:
    def __len__(self): return 3
    def __bool__(self): return False
ll = len(L()), bool(L())
class Cont:
    def __contains__(self, x): return x == 1
ct = 1 in Cont(), 2 in Cont()
class Fmt:
    def __format__(self, spec): return f"<{spec}>"
    def __str__(self): return "S"
    def __repr__(self): return "R"
ff = f"{Fmt():abc}", str(Fmt()), repr(Fmt()), f"{Fmt()!r}", f"{[Fmt()]}", "{}".format(Fmt()), "%s" % Fmt()
class Ar:
    def __init__(self, v): self.v = v
    def __add__(self, o): return Ar(self.v + (o.v if isinstance(o, Ar) else o))
    def __radd__(self, o): return Ar(o + self.v)
    def __mul__(self, o): return Ar(self.v * o)
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
    def __hash__(self): return hash(self.v)
    def __neg__(self): return Ar(-self.v)
    def __iadd__(self, o): self.v += o; return self
    def __rshift__(self, o): return (self.v, o.v)
    def __matmul__(self, o): return "mm"
    def __or__(self, o): return "or"
ar = (Ar(1) + Ar(2)).v, (1 + Ar(3)).v, sum([Ar(1), Ar(2)]).v, (-Ar(4)).v, Ar(1) == Ar(1), Ar(1) != Ar(2), sorted([Ar(3), Ar(1)])[0].v
ia = Ar(1); ia += 5
iv = ia.v
rs = Ar(1) >> Ar(2)
mm = Ar(1) @ Ar(2), Ar(1) | Ar(2)
mx = max(Ar(1), Ar(5)).v


class Sometimes:
    def __getattr__(self, name):
        if name.startswith("no_"):
            raise AttributeError(name)
        return name.upper()


asked = getattr(Sometimes(), "no_such", "default"), hasattr(Sometimes(), "no_one"), Sometimes().yes


class Stands:
    def __init__(self, *classes):
        self.classes = classes

    def __mro_entries__(self, bases):
        return self.classes


class ByEntries(Stands(P, L)): ...


by_entries = [base.__name__ for base in ByEntries.__bases__], len(ByEntries.__orig_bases__)
class Scaled:
    _x = 1
    @property
    def x(self): return self._x
    @x.setter
    def x(self, value): self._x = value
    def __getattr__(self, name): return "made " + name if name[0] != "_" else object.__getattribute__(self, name)
class Tenfold(Scaled):
    @property
    def x(self): return super().x * 10
    @x.setter
    def x(self, value): Scaled.x.fset(self, value)
tenfold = Tenfold()
tenfold.x = 3
by_functions = tenfold.x, Scaled.x.fget(tenfold), Scaled.x.fdel, tenfold.other, hasattr(tenfold, "_other")
try: by_functions += ({**[1]},)
except TypeError as error: by_functions += (str(error),)
