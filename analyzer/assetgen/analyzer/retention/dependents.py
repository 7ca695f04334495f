"""Which modules depend on which, directly or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def users_of(uses: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """By module, those that use it themselves; `uses` are modules and what each uses."""
    users: dict[str, list[str]] = {}
    for name, used in uses:
        for each in used:
            users.setdefault(each, []).append(name)
    return users


def followed(names: Iterable[str], step: Callable[[str], Iterable[str]]) -> set[str]:
    """Whatever a number of steps lead to from some names; `step` gives what one leads to.

    The names themselves are in it only if some steps lead back to them.
    """
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        for name in step(waiting.pop()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found
