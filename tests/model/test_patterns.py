"""Patterns that are compiled late are used as those that are not."""

from __future__ import annotations

import re

import pytest

from assetgen.analyzer.model.patterns import late


def test_it_has_what_a_compiled_pattern_has():
    pattern = late(r"(?P<word>[a-z]+)", re.IGNORECASE)
    assert pattern.findall("One two") == ["One", "two"]
    assert pattern.groupindex == {"word": 1}
    assert late(rb"\d").search(b"a1").start() == 1


def test_what_is_wrong_is_told_when_it_is_used():
    pattern = late("(")
    with pytest.raises(re.error):
        pattern.match("")
