"""Objects of a project's classes that are known to be nothing else."""

from __future__ import annotations

from assetgen.analyzer.evaluate.values import Class, External, Instance


def is_plain_object(value: Instance) -> bool:
    """Whether an object certainly is not a string, function, collection ..., and does not count as
    one."""
    if value.cls.metaclass is not None or not value.cls.decorations.keys() <= _PLAIN_BASES:
        return False
    return all(
        _PLAIN_METHODS.issuperset(name for name in base.namespace if name.startswith("__"))
        if isinstance(base, Class)
        else isinstance(base, External) and base.qualname in _PLAIN_BASES
        for base in value.cls.mro
    )


_PLAIN_BASES = frozenset(
    (
        *("builtins.object", "dataclasses.dataclass", "abc.ABC", "typing.Generic"),
        *("dagster.Config", "dagster.ConfigurableResource"),
    )
)
_PLAIN_METHODS = frozenset(
    f"__{name}__"
    for name in (
        *("init", "repr", "str", "eq", "hash", "post_init", "doc", "module", "qualname"),
        *("annotations", "slots", "dict", "weakref"),
    )
)
