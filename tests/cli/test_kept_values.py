"""The values of modules as files."""

from __future__ import annotations

import pytest

from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.retention.keeping import Kept
from assetgen.analyzer.retention.kept import KeptLocation, KeptModule, content_of
from assetgen.analyzer.retention.reach import Footing
from assetgen.cli import values

CONTENT = b"\x80\x05" + b"the same again and again " * 100


def module(name: str, content: bytes) -> KeptModule:
    names = ("a",), ("b",), ("c.yaml",), (None, "HOME"), (), ()
    return KeptModule(name, f"/{name}.py", False, "done", None, *names, 3, ("other",), content)


@pytest.mark.parametrize("many", [10, 1_000_000])
def test_what_is_kept_is_read_again_in_little_space_or_as_it_is(
    monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(values, "_MANY_BYTES", many)
    rest = (Footing("m", None, ("c.yaml",), ("a",)),)
    kept = Kept(
        (
            KeptLocation("one", (), (module("m", CONTENT), module("n", CONTENT)), rest),
            KeptLocation("two", (("m", frozenset({"HOME"})),), (), (), CONTENT, {"m": True}),
        ),
        17,
    )
    pieces = values.packed(kept)
    assert (sum(map(len, pieces)) < len(CONTENT)) == (many == 10)
    again = values._unpacked(pieces)
    assert again.age == 17
    one, two = again.locations
    assert [content_of(each.content) for each in one.modules] == [CONTENT, CONTENT]
    assert [(each.name, list(each.uses)) for each in one.rest] == [("m", ["a"])]
    assert not one.evaluation and not one.relevance
    assert content_of(two.evaluation) == CONTENT
    assert two.order == kept.locations[1].order and two.relevance == {"m": True}
    assert values.packed(again) == pieces


def test_values_that_take_too_much_space_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "MAX_BYTES", 100)
    kept = Kept((KeptLocation("one", (), (module("m", CONTENT),)),))
    assert values.packed(kept) == ()
    assert not values.keeping(None, Disk()).locations
