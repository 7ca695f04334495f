"""Which names Dagster accepts, and reporting those that it does not."""

from __future__ import annotations

import keyword
import re

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site

RESERVED = frozenset(
    (
        *("context", "conf", "config", "meta", "arg_dict", "dict", "input_arg_dict"),
        *("output_arg_dict", "int", "str", "float", "bool", "input", "output", "type"),
        *keyword.kwlist,
    )
)
_NAME = re.compile(r"[A-Za-z0-9_]+")
_GROUP = re.compile(r"[A-Za-z0-9_]+(/[A-Za-z0-9_]+)*")
_EMAIL = re.compile(r"\b[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Z|a-z]{2,7}\b")
_TAG_PART = r"[A-Za-z0-9_.-]{1,63}"
_TAG_KEY = re.compile(rf"({_TAG_PART}/|dagster/kind/)?{_TAG_PART}")
_TAG_VALUE = re.compile(r"[A-Za-z0-9_.-]{0,63}")


def name_problem(name: str) -> str | None:
    """Why Dagster refuses `name` for an op, job, input or output; None if it does not."""
    if name in RESERVED:
        return f'"{name}" is a reserved word'
    if not _NAME.fullmatch(name):
        return f'"{name}" may hold only letters, digits and underscores'
    return None


def group_problem(name: str) -> str | None:
    """Why Dagster refuses a group name; None if it does not."""
    if not name:
        return "a group name cannot be empty"
    if not _GROUP.fullmatch(name):
        takes = "letters, digits and underscores, in segments separated by /"
        return f'"{name}" is not a group name: it takes {takes}'
    return None


def owner_problem(owner: str) -> str | None:
    """Why Dagster refuses an owner; None if it does not."""
    if _EMAIL.fullmatch(owner) or (owner.startswith("team:") and len(owner) > 5):
        return None
    return f'"{owner}" is neither an email address nor "team:" with a name'


def is_kind(kind: str) -> bool:
    """Whether Dagster accepts a kind."""
    return re.fullmatch(_TAG_PART, kind) is not None


def is_tag_key(key: str) -> bool:
    """Whether Dagster accepts the key of a tag."""
    return _TAG_KEY.fullmatch(key) is not None


def is_tag_value(value: str) -> bool:
    """Whether Dagster accepts the value of a tag."""
    return _TAG_VALUE.fullmatch(value) is not None


def tag_problem(key: str, value: str) -> str | None:
    """Why Dagster refuses a tag; None if it does not."""
    if not is_tag_key(key):
        return f'"{key}" is not a tag key: it takes at most 63 letters, digits, _ - and .'
    if not is_tag_value(value):
        return f'"{value}" is not a tag value: it takes at most 63 letters, digits, _ - and .'
    return None


def check_output_name(call: Call, name: str, site: Site) -> None:
    """Report a name that Dagster refuses for an output of a multi-asset."""
    problem = name_problem(name)
    if problem:
        call.report("bad-name", problem, site)


def check_key_name(call: Call, parts: tuple[str, ...], site: Site) -> None:
    """Report a key that a decorated function cannot have, since its op cannot have that name."""
    if not parts:
        call.report("bad-key", "an asset key needs at least one part", site)
        return
    if any("/" in part for part in parts):
        written = "/".join(parts)
        call.report(
            "slash-in-key",
            f'a part of the key "{written}" holds a slash, which Dagster refuses here: '
            "write the parts as a list",
            site,
        )
        return
    problem = name_problem("__".join(parts).replace("-", "_").replace(".", "_"))
    if problem:
        call.report("bad-name", problem, site)
