"""`typing.NamedTuple` and `collections.namedtuple`."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.conversion import NotPlain
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Iterator_,
    Mapping,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.classes.class_making import make_class
from assetgen.analyzer.intrinsics.python.classes.fields import (
    as_mapping,
    bind_fields,
    described,
    own_fields,
    with_changes,
)
from assetgen.analyzer.intrinsics.python.plain import lost, plain
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass

_NAMED_TUPLE: Final = Parameters(
    "typename, field_names, *, rename=False, defaults=None, module=None"
)
_TYPED: Final = Parameters("typename, fields=(), /")
_ONE: Final = Parameters("iterable, /")
_BASE: Final = External("typing.NamedTuple")


def _named_tuple(call: Call) -> Value:
    bound = _NAMED_TUPLE.bind(call)
    try:
        name = plain(call, bound["typename"])
        names = plain(call, bound["field_names"])
    except NotPlain as error:
        return lost(call, error.value)
    if isinstance(names, str):
        names = names.replace(",", " ").split()
    if not isinstance(name, str) or not isinstance(names, (list, tuple)):
        return lost(call, bound["typename"], bound["field_names"])
    fields = [str(field_name) for field_name in names]
    namespace: dict[str, Value] = {}
    if bound["defaults"] != NONE:
        defaults = call.items(bound["defaults"])
        with_default = fields[len(fields) - len(defaults.values) :]
        namespace = dict(zip(with_default, defaults.values, strict=False))
    made = make_class(call, name, (_BASE,), namespace, tuple((item, "object") for item in fields))
    made.namespace["__new__"] = Maker(made)
    return made


@dataclass(slots=True, eq=False)
class Maker(Declared):
    """`Point.__new__`, whose defaults can be set: they belong to the last fields."""

    type_name: ClassVar[str] = "collections.namedtuple.__new__"
    cls: Class


def _call_maker(call: Call) -> Value:
    if not isinstance(call.receiver, Maker):
        return lost(call, *call.args)
    cls, *args = call.args or (NONE,)
    made = cls if isinstance(cls, Class) else call.receiver.cls
    return _construct(replace(call, receiver=made, args=tuple(args)))


def _set_defaults(call: Call) -> Value:
    maker, name = call.receiver, call.first
    if not isinstance(maker, Maker) or name != Constant("__defaults__") or len(call.args) != 2:
        return NONE
    defaults = call.items(call.args[1])
    fields = list(own_fields(maker.cls))
    for field_name in fields:
        call.machine.erase(maker.cls.namespace, field_name)
    if defaults.losses:
        return lost(call, *defaults.losses)
    given = fields[len(fields) - len(defaults.values) :]
    for field_name, default in zip(given, defaults.values, strict=False):
        call.machine.write(maker.cls.namespace, field_name, default)
    return NONE


def _typed(call: Call) -> Value:
    """`NamedTuple("Point", [("x", int)])`."""
    bound = _TYPED.bind(call)
    name = bound.plain("typename")
    items = call.items(bound["fields"])
    fields: list[tuple[str, str]] = []
    for item in items.values:
        if not isinstance(item, Sequence) or not isinstance(item.items[0], Constant):
            return lost(call, item)
        fields.append((str(item.items[0].value), "object"))
    if not isinstance(name, str) or items.losses:
        return lost(call, bound["typename"], *items.losses)
    return make_class(call, name, (_BASE,), {}, tuple(fields))


def field_names(cls: Class) -> list[str]:
    """The names of the fields of a named tuple, in order."""
    for base in cls.mro:
        if isinstance(base, Class) and _BASE in base.bases:
            return list(own_fields(base))
    return []


def _construct(call: Call) -> Value:
    cls = call.receiver
    if not isinstance(cls, Class):
        return lost(call)
    names = field_names(cls)
    defaults = {name: _default(cls, name) for name in names}
    given = bind_fields(
        call, cls, names, {name: default is None for name, default in defaults.items()}
    )
    attributes = {name: given.get(name) or defaults[name] or lost(call) for name in names}
    return Instance(cls, attributes, call.args, call.kwargs, call.site)


def _new(call: Call) -> Value:
    """As a derived class's `__new__` calls it."""
    cls, *args = call.args or (NONE,)
    return _construct(replace(call, receiver=cls, args=tuple(args)))


def _default(cls: Class, name: str) -> Value | None:
    for base in cls.mro:
        if isinstance(base, Class) and name in base.namespace:
            found = base.namespace[name]
            return None if isinstance(found, Function) else found
    return None


def _values(call: Call) -> Sequence:
    if not isinstance(call.receiver, Instance):
        return Sequence("tuple", [], [lost(call)])
    names = field_names(call.receiver.cls)
    return Sequence("tuple", [call.receiver.attributes[name] for name in names])


def _iterate(call: Call) -> Value:
    return Iterator_(iter(_values(call).items))


def _item(call: Call) -> Value:
    return call.subscript(_values(call), call.first)


def _contains(call: Call) -> Value:
    wanted = call.first
    answers = [call.machine.equal(value, wanted) for value in _values(call).items]
    unsure = True not in answers and None in answers
    return lost(call, wanted) if unsure else Constant(True in answers)


def _length(call: Call) -> Value:
    return Constant(len(_values(call).items))


def _add(call: Call) -> Value:
    values = _values(call)
    other = call.first
    if not isinstance(other, Sequence):
        return lost(call, other)
    return Sequence("tuple", [*values.items, *other.items], [*values.losses, *other.losses])


def _index(call: Call) -> Value:
    method = call.get_attribute(_values(call), call.last_name)
    return call.invoke(method, *call.args, **call.kwargs)


def _less(call: Call) -> Value:
    other = call.first
    try:
        own = [plain(call, value) for value in _values(call).items]
        theirs = [plain(call, value) for value in call.items(other).values]
        return Constant(own < theirs)
    except NotPlain as error:
        return lost(call, error.value)
    except TypeError:
        return lost(call, other)


def _replace(call: Call) -> Value:
    if not isinstance(call.receiver, Instance):
        return lost(call)
    unknown = set(call.kwargs) - set(field_names(call.receiver.cls))
    if unknown:
        raise Raised("builtins.ValueError", f"Got unexpected field names: {sorted(unknown)}")
    return with_changes(call, call.receiver, call.kwargs)


def _as_dict(call: Call) -> Value:
    if not isinstance(call.receiver, Instance):
        return lost(call)
    attributes = call.receiver.attributes
    return as_mapping(call, {name: attributes[name] for name in field_names(call.receiver.cls)})


def _class_of(call: Call) -> Class | None:
    receiver = call.receiver
    cls = receiver.cls if isinstance(receiver, Instance) else receiver
    return cls if isinstance(cls, Class) else None


def _fields(call: Call) -> Value:
    cls = _class_of(call)
    names = field_names(cls) if cls is not None else []
    return Sequence("tuple", [Constant(name) for name in names])


def _field_defaults(call: Call) -> Value:
    cls = _class_of(call)
    if cls is None:
        return Mapping()
    defaults = {name: _default(cls, name) for name in field_names(cls)}
    return as_mapping(call, {name: value for name, value in defaults.items() if value is not None})


def _make(call: Call) -> Value:
    cls = _class_of(call)
    items = call.items(_ONE.bind(call)["iterable"])
    if cls is None:
        return lost(call)
    return call.machine.call(cls, items.values, {}, call.site, items.losses)


def _representation(call: Call) -> Value:
    if not isinstance(call.receiver, Instance):
        return lost(call)
    return described(call, call.receiver, field_names(call.receiver.cls))


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "collections.namedtuple": _named_tuple,
    "typing.NamedTuple": _typed,
    "typing.NamedTuple.__add__": _add,
    "typing.NamedTuple.__construct__": _construct,
    "collections.namedtuple.__new__.__call__": _call_maker,
    "collections.namedtuple.__new__.__setattr__": _set_defaults,
    "typing.NamedTuple.__contains__": _contains,
    "typing.NamedTuple.__getitem__": _item,
    "typing.NamedTuple.__iter__": _iterate,
    "typing.NamedTuple.__len__": _length,
    "typing.NamedTuple.__new__": _new,
    "typing.NamedTuple.__lt__": _less,
    "typing.NamedTuple.__repr__": _representation,
    "typing.NamedTuple.__match_args__": _fields,
    "typing.NamedTuple._asdict": _as_dict,
    "typing.NamedTuple._field_defaults": _field_defaults,
    "typing.NamedTuple._fields": _fields,
    "typing.NamedTuple._make": _make,
    "typing.NamedTuple._replace": _replace,
    "typing.NamedTuple.count": _index,
    "typing.NamedTuple.index": _index,
}

PROPERTIES: Final = frozenset(
    f"typing.NamedTuple.{name}" for name in ("__match_args__", "_field_defaults", "_fields")
)
