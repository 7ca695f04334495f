"""`sys.path`, as far as the code adds folders of the project to it."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.importing import SEARCH_PATH
from assetgen.analyzer.evaluate.values import NONE, Constant, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.python.system.environment import assign, assigned_value
from assetgen.analyzer.intrinsics.python.system.files import path_of
from assetgen.analyzer.project.disk import Refused


def _add(call: Call) -> Value:
    """`append(folder)` and `insert(place, folder)`: what the project's own folders hold goes
    first in any case."""
    if call.args:
        _add_folders(call, [call.args[-1]])
    return NONE


def _extend(call: Call) -> Value:
    if call.args:
        _add_folders(call, list(call.machine.items(call.args[0], call.site).values))
    return NONE


def _add_folders(call: Call, folders: list[Value]) -> None:
    known = assigned_value(call.machine, SEARCH_PATH)
    found = dict.fromkeys(known.items) if isinstance(known, Sequence) else {}
    for value in folders:
        path = path_of(call, value)
        if isinstance(path, Unknown) or isinstance(call.machine.files.listdir(path), Refused):
            continue
        found[Constant(str(call.machine.files.resolve(path)))] = None
    assign(call, SEARCH_PATH, Sequence("tuple", list(found)))


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "site.addsitedir": _add,
    "sys.path.append": _add,
    "sys.path.extend": _extend,
    "sys.path.insert": _add,
}
