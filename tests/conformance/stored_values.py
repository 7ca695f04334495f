"""Values as two different programs pickled them, in one comparable form.

The same class is `shop.assets.Report` in Dagster's run and `__main__.Report` in the generated
script, so classes outside the standard library are read as (class name, state), and no code of
either side is imported.
"""

import io
import pickle
import sys
from pathlib import Path


def stored_values(storage: Path, *, ignore: frozenset[str] = frozenset()) -> dict[str, str]:
    """{path under `storage`: form of the value}; folders named in `ignore` are left out."""
    return {
        path.relative_to(storage).as_posix(): form_of(path.read_bytes())
        for path in sorted(storage.rglob("*"))
        if path.is_file() and path.relative_to(storage).parts[0] not in ignore
    }


def form_of(pickled: bytes) -> str:
    return form(StandInUnpickler(io.BytesIO(pickled)).load())


class StandIn:
    """An instance of a class of the user's: what it was made from, and its state."""

    def __init__(self, *arguments: object, **keywords: object) -> None:
        self.__dict__["made_from"] = (arguments, keywords)

    def __setstate__(self, state: object) -> None:
        self.__dict__["state"] = state

    def append(self, item: object) -> None:
        self.__dict__.setdefault("items", []).append(item)

    def __setitem__(self, name: object, item: object) -> None:
        self.__dict__.setdefault("entries", {})[name] = item


class StandInUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        root = module.partition(".")[0]
        if root in sys.stdlib_module_names and root != "__main__":
            return super().find_class(module, name)
        return type(name.rpartition(".")[2], (StandIn,), {})


def form(value: object) -> str:
    """A text that is equal for equal values and tells apart 1, 1.0 and True."""
    if isinstance(value, StandIn):
        state = ", ".join(f"{name}={form(item)}" for name, item in sorted(vars(value).items()))
        return f"<{type(value).__name__} {state}>"
    if isinstance(value, (list, tuple)):
        return f"{type(value).__name__}({', '.join(form(item) for item in value)})"
    if isinstance(value, (set, frozenset)):
        return f"{type(value).__name__}({', '.join(sorted(form(item) for item in value))})"
    if isinstance(value, dict):
        entries = ", ".join(f"{form(name)}: {form(item)}" for name, item in value.items())
        return f"{type(value).__name__}({entries})"
    return repr(value)
