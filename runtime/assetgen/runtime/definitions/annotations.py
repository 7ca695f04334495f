"""Decorators with which Dagster marks its own API, and which projects use for theirs."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

Decorated = TypeVar("Decorated")


def public(decorated: Decorated) -> Decorated:
    """Says who may use something: it stays what it is."""
    return decorated


beta = public
preview = public


def cached_method(method: Callable[..., Any]) -> Callable[..., Any]:
    """A method that each instance calls once for the same arguments, however they are given."""
    signature = inspect.signature(method)

    @wraps(method)
    def cached(self: Any, *args: Any, **kwargs: Any) -> Any:
        """What the first such call gave."""
        given = signature.bind(self, *args, **kwargs).arguments
        known = vars(self).setdefault("_cached_calls", {})
        key = (method.__name__, *(item for item in given.items() if item[1] is not self))
        if key not in known:
            known[key] = method(self, *args, **kwargs)
        return known[key]

    return cached
