"""What follows from a mistake is left out, and what one mistake does to many is told once."""

from __future__ import annotations

from pathlib import Path

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.run import lint
from assetgen.analyzer.model.diagnostics import Severity

BROKEN = """import dagster as dg
from shop_settings import LIMIT
import os.pathh


@dg.asset(required_resource_keys={"db"})
def orders(users): ...


@dg.asset
def report(ordrs): ...


defs = dg.Definitions(assets=[orders, report, *dg.load_assets_from_modules(os.pathh)])
"""
GROUPED = """import dagster as dg


def made(name):
    @dg.asset(name=name, tags={"a b": "c"})
    def asset(): ...

    return asset


defs = dg.Definitions(assets=[made(f"orders_{number}") for number in range(9)])
"""
NEEDY = """import dagster as dg

{assets}
defs = dg.Definitions(assets=dg.load_assets_from_current_module())
"""
ASSET = """
@dg.asset(required_resource_keys={{"db"}})
def orders_{}(): ...

"""


def _found(tmp_path: Path, text: str, options: LintOptions | None = None) -> list[tuple[str, str]]:
    (tmp_path / "main.py").write_text(text)
    report = lint(analyze(Request(paths=(tmp_path / "main.py",))).pipeline, options)
    return [(each.rule, each.message) for each in report.findings]


def test_what_lost_definitions_lead_to_is_not_told(tmp_path: Path) -> None:
    found = _found(tmp_path, BROKEN)
    [(rule, message), *others] = sorted(found, reverse=True)
    # `users` may be lost; `ordrs` is misspelt.
    assert rule == "unresolved-input"
    assert "did you mean `orders`?" in message
    assert {rule for rule, _ in others} <= {"python-error", "unresolved-asset"}


def test_a_rule_that_the_user_has_made_a_note_is_told_all_the_same(tmp_path: Path) -> None:
    text = "import dagster as dg\nimport os.pathh\n\n\n@dg.asset\ndef orders(users): ...\n\n\n"
    text += "defs = dg.Definitions(assets=[orders])\n"
    options = LintOptions(severities=(("unresolved-input", Severity.INFO),))
    assert "unresolved-input" in [rule for rule, _ in _found(tmp_path, text, options)]


def test_what_one_place_does_to_many_definitions_is_told_once(tmp_path: Path) -> None:
    [(rule, message)] = _found(tmp_path, GROUPED)
    assert rule == "bad-tag"
    assert message.endswith("(and 8 more)")


def test_a_resource_that_many_need_is_missed_once(tmp_path: Path) -> None:
    assets = "".join(ASSET.format(number) for number in range(5))
    [(rule, message)] = _found(tmp_path, NEEDY.format(assets=assets))
    assert rule == "missing-resource"
    assert message.endswith("which no Definitions provides (and 4 more)")
