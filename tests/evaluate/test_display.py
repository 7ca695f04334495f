"""How values look in messages."""

from __future__ import annotations

import pytest

from assetgen.analyzer.evaluate.objects.display import brief_display, display
from assetgen.analyzer.evaluate.values import Constant, Sequence

LONG = Sequence("list", [Constant("lorem ipsum") for _ in range(9)])


@pytest.mark.parametrize("value", [Constant(1), Sequence("list", [Constant("a")])])
def test_what_is_short_is_shown_whole(value):
    assert brief_display(value) == display(value)


def test_of_what_is_long_the_beginning_is_shown():
    said = brief_display(LONG)
    assert len(said) == 80
    assert said.endswith("...")
    assert display(LONG).startswith(said[:-3])
