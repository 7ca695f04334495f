"""What happens when the body of a class statement has run: metaclasses, hooks, `__set_name__`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.bound_values import BoundMethod, Descriptor, KnownMethod
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.doubted_names import written
from assetgen.analyzer.evaluate.objects.namespaces import doubts_of_names
from assetgen.analyzer.evaluate.values import (
    Class,
    Constant,
    External,
    Function,
    Instance,
    Mapping,
    Sequence,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def metaclass_of(bases: list[Value], keywords: dict[str, Value]) -> Class | None:
    """The metaclass of the project's that makes a class, if one does."""
    given = keywords.get("metaclass")
    if isinstance(given, Class):
        return given
    inherited = (base.metaclass for base in bases if isinstance(base, Class))
    return next((found for found in inherited if found is not None), None)


def prepared(
    machine: Machine,
    metaclass: Class | None,
    name: str,
    bases: list[Value],
    keywords: dict[str, Value],
    site: Site,
) -> dict[str, Value] | None:
    """The names that a class body starts with, by `__prepare__`; None if that returns another kind
    of dictionary, which is not followed."""
    found = classes.lookup(metaclass, "__prepare__") if metaclass is not None else None
    if found is None or metaclass is None:
        return {}
    method = found[1].function if isinstance(found[1], Descriptor) else found[1]
    arguments: list[Value] = [metaclass, Constant(name), Sequence("tuple", list(bases))]
    names = machine.call(method, arguments, _without_metaclass(keywords), site)
    return dict(names.text_entries()) if isinstance(names, Mapping) else None


def create(machine: Machine, cls: Class, site: Site) -> Value:
    """What the class statement binds: `cls`, or what its metaclass's `__new__` gives."""
    metaclass = cls.metaclass
    if metaclass is None:
        return created(machine, cls, site)
    arguments = _arguments(cls)
    keywords = _without_metaclass(cls.keywords)
    value: Value = cls
    maker = classes.lookup(metaclass, "__new__")
    if maker is not None:
        machine.forming.append(cls)
        try:
            value = machine.call(maker[1], [metaclass, *arguments], keywords, site)
        finally:
            if cls in machine.forming:
                machine.forming.remove(cls)
    else:
        created(machine, cls, site)
    initialiser = classes.lookup(metaclass, "__init__")
    if initialiser is not None and isinstance(value, Class):
        machine.call(initialiser[1], [value, *arguments], keywords, site)
    return value


def formed(machine: Machine, name: str, bases: list[Value], names: Mapping, site: Site) -> Value:
    """`type.__new__` in a metaclass: the class whose statement is being run, as it is now."""
    cls = machine.forming.pop()
    cls.name = name
    cls.bases = tuple(bases)
    cls.namespace.clear()
    cls.namespace.update(names.text_entries())
    cls.mro = classes.linearise(cls)
    for member in cls.namespace.values():
        own(member, cls)
    return created(machine, cls, site)


def _arguments(cls: Class) -> list[Value]:
    names = Mapping(
        entries={
            ("constant", name): (Constant(name), value) for name, value in written(cls.namespace)
        },
        losses=doubts_of_names(cls.namespace),
    )
    return [Constant(cls.name), Sequence("tuple", list(cls.bases)), names]


def _without_metaclass(keywords: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in keywords.items() if name != "metaclass"}


def own(member: Value, cls: Class) -> None:
    """Tell the functions in a class body which class they belong to, for `super()`."""
    function = member.function if isinstance(member, Descriptor) else member
    if isinstance(function, Function) and function.owner is None:
        function.owner = cls


def created(machine: Machine, cls: Class, site: Site) -> Value:
    """The hooks that run when a class has been made: of its members, then of its bases."""
    for name, member in list(cls.namespace.items()):
        if isinstance(member, Instance):
            setter = classes.lookup(member.cls, "__set_name__")
            if setter is not None:
                machine.call(setter[1], [member, cls, Constant(name)], {}, site)
    machine.note_class(cls, site.condition)
    for base in cls.mro[1:]:
        if isinstance(base, Class):
            hook = base.namespace.get("__init_subclass__")
            function = hook.function if isinstance(hook, Descriptor) else hook
            if function is not None:
                keywords = _without_metaclass(cls.keywords)
                machine.call(BoundMethod(function, cls), [], keywords, site)
                break
    else:
        _check_keywords(machine, cls, site)
    for base in cls.mro[1:]:
        if isinstance(base, External) and machine.knows(f"{base.qualname}.__created__"):
            machine.call(KnownMethod(f"{base.qualname}.__created__", cls), [], {}, site)
            break
    return cls


def _check_keywords(machine: Machine, cls: Class, site: Site) -> None:
    """Keywords of a class statement that nothing accepts."""
    if not cls.keywords or cls.metaclass is not None:
        return
    if all(_takes_no_keywords(base) for base in cls.mro):
        message = f"{cls.qualname}.__init_subclass__() takes no keyword arguments"
        machine.failed("TypeError", message, site)


def _takes_no_keywords(base: Value) -> bool:
    if isinstance(base, Class):
        return "metaclass" not in base.keywords
    return base in _TAKING_NONE


_TAKING_NONE = (External("builtins.object"), External("abc.ABC"))
