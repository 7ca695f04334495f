"""Steps of generators and generator expressions, which run when something asks for them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.budget import BudgetExceeded
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.values import Unknown, Value

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def nested(
    machine: Machine,
    step: Callable[[], Value | None],
    node: ast.AST,
    frame: Frame,
    losses: list[Unknown],
) -> Value | None:
    """The result of a step of `node`, made as a call nested in the one that asks for it.

    None if no more calls are allowed, which is added to `losses`; only the end of all steps is
    raised.
    """
    depth = machine.depth
    if depth >= machine.budget.depth:
        losses.append(machine.unknown("budget", f"calls nested {depth} deep", frame.site(node)))
        return None
    machine.depth += 1
    try:
        return step()
    except RecursionError:
        message = "evaluation is nested too deeply"
    except BudgetExceeded as exceeded:
        if exceeded.name == "steps":
            raise
        message = f"more {exceeded.name} than are allowed"
    finally:
        machine.depth -= 1
    losses.append(machine.unknown("budget", message, frame.site(node)))
    return None
