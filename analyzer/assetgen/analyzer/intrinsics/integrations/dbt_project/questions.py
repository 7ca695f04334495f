"""Which environment variables the reading of a dbt project asks for, and which of them count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.model.dataclass import dataclass, field

Variable = Callable[[str, Any], Any]
"""The value of an environment variable: its name, its default or None."""


@dataclass(slots=True, eq=False)
class Questions:
    """Asks for a `variable`, and notes it.

    `asked` are all names with the first default that was not lost; `counted` are those that the
    result depends on: not those that are only asked for in an unused part of the profile.
    """

    variable: Variable
    asked: dict[str, Any] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)

    def __call__(self, name: str, default: Any) -> Any:
        if not isinstance(default, Lost):
            self.asked.setdefault(name, default)
        self.counted.add(name)
        return self.variable(name, default)

    @contextmanager
    def aside(self) -> Iterator[set[str]]:
        """What is asked meanwhile counts only if it is added to `counted` later."""
        outer, self.counted = self.counted, set()
        try:
            yield self.counted
        finally:
            self.counted = outer


class Target(dict[str, Any]):
    """The chosen output of a profile. The variables that an entry was made of (`made_of`) count
    once somebody looks at the entry: passwords hardly ever do."""

    def __init__(
        self,
        entries: Mapping[str, Any],
        made_of: Mapping[str, set[str]],
        questions: Questions,
    ) -> None:
        super().__init__(entries)
        self.made_of = made_of
        self._questions = questions

    def __getitem__(self, key: str) -> Any:
        self._count((key,))
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._count((key,))
        return super().get(key, default)

    def __iter__(self) -> Iterator[str]:
        self._count(self.made_of)
        return super().__iter__()

    def keys(self) -> Any:
        self._count(self.made_of)
        return super().keys()

    def values(self) -> Any:
        self._count(self.made_of)
        return super().values()

    def items(self) -> Any:
        self._count(self.made_of)
        return super().items()

    def _count(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._questions.counted |= self.made_of.get(key, set())


def _whole(name: str) -> Any:
    own = getattr(dict, name)

    def method(self: Asked, *args: Any, **kwargs: Any) -> Any:
        self.is_all = True
        return own(self, *args, **kwargs)

    return method


class Asked(dict[str, Any]):
    """A node that notes which of its entries are used (`keys_asked`); `is_all` if it is used as a
    whole, or changed."""

    def __init__(self, entries: Mapping[str, Any]) -> None:
        super().__init__(entries)
        self.keys_asked: set[str] = set()
        self.is_all = False

    def __contains__(self, key: object) -> bool:
        self.keys_asked.add(str(key))
        return super().__contains__(key)

    def __getitem__(self, key: str) -> Any:
        self.keys_asked.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.keys_asked.add(key)
        return super().get(key, default)

    __iter__, __len__, __reversed__ = _whole("__iter__"), _whole("__len__"), _whole("__reversed__")
    __eq__, __ne__, __or__ = _whole("__eq__"), _whole("__ne__"), _whole("__or__")
    __setitem__, __delitem__ = _whole("__setitem__"), _whole("__delitem__")
    __repr__, copy = _whole("__repr__"), _whole("copy")
    keys, values, items = _whole("keys"), _whole("values"), _whole("items")
    update, pop, popitem = _whole("update"), _whole("pop"), _whole("popitem")
    setdefault, clear = _whole("setdefault"), _whole("clear")
