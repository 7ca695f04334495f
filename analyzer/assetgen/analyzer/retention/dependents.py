"""Which modules use which."""

from __future__ import annotations

from collections.abc import Iterable


def users_of(uses: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """By module, those that use it themselves; `uses` are modules and what each uses."""
    users: dict[str, list[str]] = {}
    for name, used in uses:
        for each in used:
            users.setdefault(each, []).append(name)
    return users
