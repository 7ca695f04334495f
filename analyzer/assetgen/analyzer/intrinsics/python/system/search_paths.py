"""`sys.path`, as far as the code adds folders of the project to it."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.search_path import FIRST_IN_SEARCH_PATH, SEARCH_PATH, folders_in
from assetgen.analyzer.evaluate.values import NONE, Constant, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.python.system.environment import assign, assigned_value
from assetgen.analyzer.intrinsics.python.system.files import path_of
from assetgen.analyzer.project.disk import Refused


def _add(call: Call) -> Value:
    """`append(folder)`: what the project's own folders hold goes first."""
    if call.args:
        _add_folders(call, [call.args[-1]], SEARCH_PATH)
    return NONE


def _insert(call: Call) -> Value:
    """`insert(place, folder)`: at the beginning, the folder goes before the project's own."""
    if len(call.args) == 2:
        if call.args[0] in _BEGINNING:
            _add_folders(call, [call.args[1]], FIRST_IN_SEARCH_PATH)
        _add_folders(call, [call.args[1]], SEARCH_PATH)
    return NONE


_BEGINNING: Final = (Constant(0), Constant(1))
"""The first place is that of the script."""


def _extend(call: Call) -> Value:
    if call.args:
        _add_folders(call, list(call.items(call.args[0]).values), SEARCH_PATH)
    return NONE


def _add_folders(call: Call, folders: list[Value], where: str) -> None:
    known = folders_in(assigned_value(call.machine, where))
    found = dict.fromkeys(known)
    for value in folders:
        path = path_of(call, value)
        if isinstance(path, Unknown) or isinstance(call.machine.files.listdir(path), Refused):
            continue
        found[Constant(str(call.machine.files.resolve(path)))] = None
    order = list(found)
    if where == FIRST_IN_SEARCH_PATH:
        order = [*order[len(known) :], *known]
    assign(call, where, Sequence("tuple", [*order]))


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "site.addsitedir": _add,
    "sys.path.append": _add,
    "sys.path.extend": _extend,
    "sys.path.insert": _insert,
}
