"""Which functions are generators."""

from __future__ import annotations

from assetgen.analyzer.evaluate.values import Function
from assetgen.analyzer.syntax.bodies import DeferredBody
from assetgen.analyzer.syntax.shape import shape_of


def yields(function: Function) -> bool:
    """Whether calling the function gives a generator. Most texts tell without a walk."""
    body, parsed = function.node.body, function.module.parsed
    if isinstance(body, DeferredBody):
        if not body.may_mention("yield"):
            return False
        if body.surely_yields():
            return True
    elif parsed is not None and "yield" not in parsed.segment(function.node):
        return False
    return shape_of(function.node).is_generator
