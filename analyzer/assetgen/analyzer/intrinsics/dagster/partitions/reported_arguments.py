"""Strings that schedules, sensors and jobs are given: those that are not known are reported."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.intrinsics.arguments import Bound
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why


def argument_text(call: Call, bound: Bound, parameter: str, owner: str) -> str | None:
    """The string that a parameter is given; None for anything else, and for one of several."""
    given = bound.get(parameter)
    if given is None:
        return None
    doubts = Doubts()
    text = doubts.text(given)
    report_unknown(call, doubts, parameter, owner)
    return None if doubts.found else text


def argument_texts(call: Call, bound: Bound, parameter: str, owner: str) -> tuple[str, ...]:
    """One string, or those of a collection; none if a condition chooses among several."""
    doubts = Doubts()
    given = doubts.first_option(bound[parameter])
    text = Doubts().text(given)
    texts = (text,) if text is not None else doubts.texts(call, given)
    report_unknown(call, doubts, parameter, owner)
    return texts if given is bound[parameter] else ()


def report_unknown(call: Call, doubts: Doubts, parameter: str, owner: str) -> None:
    """Report what was not known of an argument, each cause once."""
    for cause in dict.fromkeys(map(why, doubts.found)):
        message = f"`{parameter}` of {owner} is not known: {cause}"
        call.report("unresolved-job", message, argument_place(call, parameter))
