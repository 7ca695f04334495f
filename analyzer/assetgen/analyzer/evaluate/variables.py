"""The environment variables that are given, and a record of which are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping


class Variables(Mapping[str, str]):
    """A mapping that reports to `note` each name that is looked up, and None if all are read.

    The plain mapping `given` can be read without a report.
    """

    def __init__(self, given: Mapping[str, str], note: Callable[[str | None], None]) -> None:
        self.given = given
        self._note = note

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
