# Classes, functions and modules in collections, and objects whose names are in a dictionary.
import json
import os
from abc import ABC


class Step:
    made = []
    needs = ()

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        Step.made.append(cls)


class Load(Step): ...


class Clean(Step):
    needs = (Load,)


class Report(Step):
    needs = (Clean, Load)


class Plain(ABC): ...


def in_order(steps):
    done, ordered = set(), []

    def visit(step):
        if step in done:
            return
        done.add(step)
        for needed in step.needs:
            visit(needed)
        ordered.append(step.__name__)

    for step in steps:
        visit(step)
    return ordered


def first(): ...


def second(): ...


class ByAttribute(dict):
    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        self.__dict__ = self


class Shared:
    _state = {}

    def __init__(self):
        self.__dict__ = self._state


class Settings:
    def __init__(self, given):
        self.__dict__ = {
            name: Settings(value) if isinstance(value, dict) else value
            for name, value in given.items()
        }


backwards = in_order(reversed(Step.made))
classes = [Plain in [Load, Clean], Load == Clean, Load != Plain, [Load, Plain].index(Plain)]
others = [first in (second,), first == second, json in [os], first in [second, first]]

options = ByAttribute(name="orders", size=1)
options.size = 2
options["owner"] = "me"
options_read = [options.name, options["size"], options.owner, sorted(options)]
options_lacking = [hasattr(options, "absent"), getattr(options, "absent", "none")]

one, other = Shared(), Shared()
one.seen = "yes"
shared = [other.seen, Shared._state]

nested = [Settings({"a": {"b": 2}, "c": 3}).a.b, Settings({"c": 3}).c]
del options, one, other
