"""The catalogue, the rules and their pages say the same, and every page shows its rule at work."""

import re
from pathlib import Path

import pytest

from assetgen.analyzer.lint import rules
from assetgen.analyzer.lint.pages import page
from assetgen.analyzer.lint.registry import RULES
from assetgen.analyzer.lint.selectors import UnknownSelectorError
from assetgen.analyzer.model.catalogue import CATALOGUE, FAMILIES

FOLDER = Path(rules.__path__[0])

NOT_IN_PYTHON = {
    "bad-configuration",
    "file-not-readable",
    "missing-code-location",
    "conditional-asset",
    "revealed",
    "rewritten-path",
    "unknown-setting",
    "unlinkable-function",
    "unlinkable-name",
    "unlinkable-pipeline",
    "unlinkable-value",
}
"""What these tell of cannot be shown in a block of Python; other tests show it."""


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_rule_has_a_page_that_shows_it(name: str) -> None:
    info = CATALOGUE[name]
    text = page(name)
    assert page(info.code) == text
    assert text.startswith(f"# {name}\n\n`{info.code}` · {info.family} · {info.severity.value}\n")
    if name not in NOT_IN_PYTHON:
        blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
        expected = f"# {info.severity.value}: [{name}]"
        assert any(expected in block for block in blocks)


def test_names_and_codes_are_well_formed_and_unique() -> None:
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in CATALOGUE)
    codes = [info.code for info in CATALOGUE.values()]
    assert all(re.fullmatch(r"[A-Z]\d{3}", code) and code[0] in FAMILIES for code in codes)
    assert len(set(codes)) == len(codes)
    assert not set(FAMILIES.values()) & set(CATALOGUE)


def test_every_file_in_the_folder_belongs_to_a_rule() -> None:
    pages = {file.stem.replace("_", "-") for file in FOLDER.glob("*.md")}
    assert pages == set(CATALOGUE)
    checks = {file.stem.replace("_", "-") for file in FOLDER.glob("*.py")} - {"--init--"}
    assert [rule.name for rule in RULES] == sorted(checks)


def test_summaries_are_one_line_without_a_stop() -> None:
    for info in CATALOGUE.values():
        assert len(info.summary) <= 90
        assert info.summary[0].isupper()
        assert not info.summary.endswith(".")


def test_no_page_for_what_is_no_rule() -> None:
    with pytest.raises(UnknownSelectorError, match="did you mean 'cycle'"):
        page("cycel")
