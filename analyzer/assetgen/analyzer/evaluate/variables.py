"""The environment variables that are given, and a record of which are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase


class Variables(Mapping[str, str]):
    """A mapping that reports to `note` each name that is looked up, and None if all are read.

    The plain mapping `given` can be read without a report. Others are unknown, except those that
    `unset` names, in which `*` stands for any text: they are known not to be set.
    """

    def __init__(
        self,
        given: Mapping[str, str],
        note: Callable[[str | None], None],
        unset: tuple[str, ...] = (),
    ) -> None:
        self.given = given
        self._note = note
        self._unset = unset

    def is_unset(self, name: str) -> bool:
        """Whether it is known that a variable is not set."""
        self._note(name)
        is_named = any(fnmatchcase(name, pattern) for pattern in self._unset)
        return is_named and name not in self.given

    @property
    def is_complete(self) -> bool:
        """Whether no variables are set but those that are given."""
        return "*" in self._unset

    def __getitem__(self, name: str) -> str:
        self._note(name)
        return self.given[name]

    def __contains__(self, name: object) -> bool:
        self._note(name if isinstance(name, str) else None)
        return name in self.given

    def __iter__(self) -> Iterator[str]:
        self._note(None)
        return iter(self.given)

    def __len__(self) -> int:
        self._note(None)
        return len(self.given)
