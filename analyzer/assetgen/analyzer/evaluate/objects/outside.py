"""Whether two names outside of the project stand for the same object."""

from __future__ import annotations

import sys

MISSING = object()


def same_outside(name: str, other: str) -> bool | None:
    """Whether two qualified names mean the same object, which is known for what Python itself
    has."""
    if name == other:
        return True
    if {name, other} <= sys.stdlib_module_names:
        return False
    one, two = _of_python(name), _of_python(other)
    if one is MISSING or two is MISSING:
        return None
    if one is not None and two is not None:
        return one is two
    # One of them is Python's own: a class of a package outside is another one.
    outside = other if two is None else name
    return False if (one is not None or two is not None) and _is_class_name(outside) else None


def is_of_python(name: str) -> bool:
    """Whether the name is of a class, function or module that Python itself has."""
    if name in sys.stdlib_module_names:
        return True
    found = _of_python(name)
    return found is not None and found is not MISSING


def class_of_python(name: str, module: str = "") -> type | None:
    """The class of Python's own by that name, if it is one (and in that module)."""
    if module and name.rpartition(".")[0] != module:
        return None
    found = _of_python(name)
    return found if isinstance(found, type) else None


def _of_python(name: str) -> object | None:
    """The class or function in a module of the standard library; None of other packages, `MISSING`
    where it is not known.

    Only modules that are loaded already are looked into.
    """
    module, _, last = name.rpartition(".")
    if module.partition(".")[0] not in sys.stdlib_module_names and module != "builtins":
        return None
    loaded = sys.modules.get(module)
    found = getattr(loaded, last, MISSING)
    return found if callable(found) else MISSING


def _is_class_name(name: str) -> bool:
    last = name.rpartition(".")[2]
    return last[:1].isupper() and not last.isupper()
