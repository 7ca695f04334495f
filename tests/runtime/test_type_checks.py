"""A value conforms to an annotation when Dagster's type check says so."""

import collections.abc
import datetime
import enum
import typing
from typing import Any

import pytest
from dagster._core.types.dagster_type import resolve_dagster_type

from assetgen.runtime.types.type_checks import conforms


class Color(enum.Enum):
    RED = 1


VALUES: list[Any] = [
    None, True, 1, 1.5, "a", b"a", [], [1], ["a"], [[1]], (), (1, "a"), (1, 2), {}, {"a": 1},
    {"a": "b"}, {1: 2}, set(), {1}, {"a"}, datetime.date(2024, 1, 1), Color.RED, object(),
]  # fmt: skip
ANNOTATIONS: list[Any] = [
    int, float, bool, str, bytes, object, Any, list, list[int], list[list[int]], list[Any], dict,
    dict[str, int], dict[str, Any], tuple, tuple[int, str], set, set[int], datetime.date, Color,
    typing.Optional[int], int | None, list[int] | None, typing.Dict[str, int], typing.List[int],  # noqa: UP006, UP045
    typing.Sequence[int], collections.abc.Mapping[str, int], collections.abc.Sequence,
    typing.List, typing.Dict, typing.Set, typing.Tuple, typing.Sequence, typing.Mapping,  # noqa: UP006
    typing.Optional[typing.List], typing.List[typing.Dict],  # noqa: UP006, UP045
]  # fmt: skip


@pytest.mark.parametrize("annotation", ANNOTATIONS, ids=repr)
def test_checks_as_dagster_does(annotation: Any) -> None:
    theirs = resolve_dagster_type(annotation)
    for value in VALUES:
        assert conforms(value, annotation) == theirs.type_check(None, value).success, repr(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "annotation",
    [int | str, typing.Literal["a"], typing.TypeVar("T"), "int", collections.abc.Callable[[], int]],
)
def test_what_dagster_does_not_resolve_holds_for_everything(annotation: Any) -> None:
    assert all(conforms(value, annotation) for value in VALUES)
