"""Docstrings are dedented as Python dedents them."""

from __future__ import annotations

import inspect

from hypothesis import given
from hypothesis import strategies as st

from assetgen.analyzer.intrinsics.dagster.functions.docstrings import dedented


@given(st.text(alphabet=" \n\tab", max_size=30))
def test_they_are_dedented_as_by_the_standard_library(doc):
    assert dedented(doc) == inspect.cleandoc(doc)
