"""`type(...)` with three arguments, and what metaclasses call on `type`."""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects import classes, metaclasses
from assetgen.analyzer.evaluate.objects.doubts import doubt
from assetgen.analyzer.evaluate.objects.virtual_classes import REGISTERED
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Class,
    Constant,
    External,
    Function,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost, nothing

_TYPE: Final = Parameters("name, bases, namespace, /, **keywords")


def _type(call: Call) -> Value:
    if len(call.args) == 1 and not call.kwargs:
        if isinstance(call.args[0], (Unknown, Choice)):
            return lost(call, *call.args)
        return call.machine.type_of(call.args[0])
    bound = _TYPE.bind(call)
    name, namespace = bound.plain("name"), bound["namespace"]
    bases = call.items(bound["bases"])
    if not isinstance(name, str) or not isinstance(namespace, Mapping) or bases.losses:
        return lost(call, bound["name"], namespace, *bases.losses)
    names = dict(namespace.text_entries())
    fields = names.pop("__dataclass_fields__", None)
    cls = make_class(call, name, bases.values, names, keywords=bound.rest)
    model = fields if isinstance(fields, Class) else _model_of(cls)
    if model is not None:
        cls.node, cls.decorations = model.node, dict(model.decorations)
        for member, value in model.namespace.items():
            cls.namespace.setdefault(member, value)  # defaults, which became slots
    return cls


def _model_of(cls: Class) -> Class | None:
    """The class of which `cls` is a copy, as decorators make one to add `__slots__`."""
    for member in cls.namespace.values():
        owner = member.owner if isinstance(member, Function) else None
        if owner is not None and owner is not cls and owner.name == cls.name:
            return owner
    return None


def make_class(
    call: Call,
    name: str,
    bases: tuple[Value, ...],
    namespace: dict[str, Value],
    fields: tuple[tuple[str, str], ...] = (),
    keywords: dict[str, Value] | None = None,
) -> Class:
    """A class as its statement would create it; `fields` are names with their annotations."""
    body: list[ast.stmt] = [
        ast.AnnAssign(
            ast.Name(field_name, ast.Store()),
            ast.parse(annotation, mode="eval").body,
            None,
            1,
        )
        for field_name, annotation in fields
    ]
    node = ast.ClassDef(name, [], [], body or [ast.Pass()], [])
    call.site.place(node)
    module = call.site.module
    cls = Class(name, name, node, module, module.scope, bases, namespace, keywords=keywords or {})
    cls.mro = classes.linearise(cls)
    for member in namespace.values():
        metaclasses.own(member, cls)
    cls.metaclass = metaclasses.metaclass_of(list(bases), {})
    metaclasses.created(call.machine, cls, call.site)
    return cls


def _subclasses(call: Call) -> Value:
    """The direct subclasses so far, in order of creation.

    Modules that were imported, but not yet evaluated, may define more.
    """
    if not isinstance(call.receiver, Class):
        return lost(call)
    for module in list(call.machine.modules.values()):
        call.machine.current.uses[module.name] = None
        call.machine.globals_of(module)
    direct = [made for made in call.machine.classes() if call.receiver in made[0].bases]
    doubted = [doubt(condition, [[cls], []]) for cls, condition in direct if condition is not None]
    return Sequence("list", [cls for cls, _ in direct], [*doubted])


def _new_class(call: Call) -> Value:
    """`type.__new__(metaclass, name, bases, names)`, in a metaclass."""
    args = call.args if call.args and isinstance(call.args[0], Class) else call.args[:0]
    if len(args) != 4:
        return lost(call, *call.args)
    name, bases, names = args[1:]
    given = call.items(bases)
    if not isinstance(name, Constant) or not isinstance(names, Mapping) or given.losses:
        return lost(call, name, names, *given.losses)
    machine = call.machine
    if machine.forming and machine.forming[-1].name == name.value:
        return metaclasses.formed(machine, str(name.value), list(given.values), names, call.site)
    made = make_class(call, str(name.value), given.values, dict(names.text_entries()))
    made.metaclass = args[0] if isinstance(args[0], Class) else None
    return made


def _initialise_class(call: Call) -> Value:
    """`Metaclass(name, bases, names)`, called explicitly."""
    if not isinstance(call.receiver, Class) or len(call.args) != 3:
        return lost(call, *call.args)
    made = _new_class(call.unbound())
    hook = classes.lookup(call.receiver, "__init__")
    if isinstance(made, Class) and hook is not None:
        call.invoke(hook[1], made, *call.args, **call.kwargs)
    return made


def _call_class(call: Call) -> Value:
    """`type.__call__(cls, ...)`: creates an instance in the usual way."""
    args = call.unbound().args
    if not args or not isinstance(args[0], Class):
        return lost(call, *args)
    return classes.instantiate(call.machine, args[0], args[1:], call.kwargs, call.site, call.losses)


def _linearisation(call: Call) -> Value:
    """`cls.mro()`."""
    if not isinstance(call.receiver, Class):
        return lost(call)
    return Sequence("list", [*call.receiver.mro, External("builtins.object")])


def _register(call: Call) -> Value:
    """`Abstract.register(cls)`: the class counts as a subclass from now on, also of the bases of
    the abstract class."""
    abstract, given = call.receiver, _REGISTERED.bind(call)["subclass"]
    if not isinstance(abstract, Class):
        return lost(call, given)
    for base in abstract.mro:
        if isinstance(base, Class):
            before = base.namespace.get(REGISTERED)
            known = before.items if isinstance(before, Sequence) else []
            made = Sequence("tuple", [*known, given])
            call.set_attribute(base, REGISTERED, made)
    return given


_REGISTERED: Final = Parameters("subclass")


def _made_by_function(call: Call) -> Value:
    """`types.new_class(name, bases, keywords, fill)`: `fill` adds the names of the body."""
    bound = _NEW_CLASS.bind(call)
    name, keywords, fill = bound.plain("name"), bound["kwds"], bound["exec_body"]
    bases = call.items(bound["bases"])
    given: dict[str, Value] | None = {} if keywords == NONE else None
    if isinstance(keywords, Mapping) and not keywords.losses:
        given = dict(keywords.text_entries())
    if not isinstance(name, str) or bases.losses or given is None or "metaclass" in given:
        return lost(call, bound["name"], *bases.losses, keywords)
    names = Mapping()
    if fill != NONE:
        call.invoke(fill, names)
    if names.losses:
        return lost(call, *names.losses)
    return make_class(call, name, bases.values, dict(names.text_entries()), keywords=given)


_NEW_CLASS: Final = Parameters("name, bases=(), kwds=None, exec_body=None")

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "abc.ABC.register": _register,
    "builtins.type": _type,
    **{
        f"{metaclass}.{name}": row
        for metaclass in ("abc.ABCMeta", "builtins.type")
        for name, row in (("__call__", _call_class), ("__init__", nothing), ("__new__", _new_class))
    },
    "builtins.type.__construct__": _initialise_class,
    "builtins.type.__subclasses__": _subclasses,
    "builtins.type.mro": _linearisation,
    "types.new_class": _made_by_function,
}
