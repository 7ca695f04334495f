"""Decorators with which Dagster marks its API, and projects mark what they override of it: they
change nothing."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import External, Value

_MARKS = ("beta", "deprecated", "experimental", "preview", "public", "superseded")
_OF_PARAMETERS = ("beta_param", "deprecated_param", "experimental_param", "hidden_param")


def _marked(call: Call) -> Value:
    """The decorated object; or, with options, a decorator that returns it."""
    return call.args[0] if call.args and not call.kwargs else External("enum.unique")


TABLE: dict[str, Intrinsic] = {f"dagster.{name}": _marked for name in (*_MARKS, *_OF_PARAMETERS)}
"""The intrinsics of the marks, by the names of the private module `dagster._annotations`."""
