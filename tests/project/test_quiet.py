"""What Python's parser warns of in the code that is read."""

from __future__ import annotations

import warnings

import pytest

from assetgen.analyzer.project.files.quiet import hush, is_hushed
from assetgen.analyzer.syntax.module import ParsedModule, parse_module

ODD = b"A = '\\d'\nB = 1if A else 2\n\n\ndef f():\n    return '\\d', 1if A else 2\n"


@pytest.mark.parametrize("is_quiet", [True, False])
@pytest.mark.parametrize("deferred", [True, False])
def test_nobody_is_warned_of_the_code_that_is_read(is_quiet: bool, deferred: bool) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        if is_quiet:
            hush()
        assert is_hushed() is is_quiet
        assert isinstance(parse_module(ODD, "odd.py", deferred=deferred), ParsedModule)
    assert not told


def test_a_filter_for_some_is_none_for_all() -> None:
    with warnings.catch_warnings():
        hush()
        warnings.filterwarnings("error", category=SyntaxWarning)
        assert not is_hushed()
