"""Safe fixes for what the analysis finds, put into the source at the finding."""

import pytest

from assetgen.analyzer.lint.fixes import repair
from assetgen.analyzer.lint.run import lint
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.pipeline import Module, Pipeline
from assetgen.analyzer.model.spans import Span


def fixed(rule: str, source: str, place: str) -> str:
    """The source after the safe fixes of a finding of `rule` at the one place that is `place`."""
    before = source[: source.index(place)]
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    finding = diagnostic(rule, "no", Span("shop.py", line, column, line, column + len(place)))
    pipeline = Pipeline((), (finding,), modules=(Module("shop", "shop.py", "/nowhere"),))
    report = lint(pipeline, sources=lambda _: source.encode())
    changes = repair(report.findings, lambda _: source.encode()).changes
    return changes[0].after.decode() if changes else source


@pytest.mark.parametrize(
    ("rule", "before", "place", "after"),
    [
        ("string-deps", '@asset(deps="orders")\n', '"orders"', '@asset(deps=["orders"])\n'),
        ("string-deps", '@asset(deps="orders")\n', 'deps="orders"', '@asset(deps=["orders"])\n'),
        ("slash-in-key", "@asset(key='a/b')\n", "'a/b'", '@asset(key=["a", "b"])\n'),
        (
            "slash-in-key",
            "@asset(deps=['x', 'a/b'])\n",
            "'a/b'",
            '@asset(deps=[\'x\', ["a", "b"]])\n',
        ),
        ("slash-in-key", "AssetKey('a/b/c')\n", "'a/b/c'", 'AssetKey(["a", "b", "c"])\n'),
        (
            "slash-in-key",
            "dg.AssetSpec('a/b')\n",
            "dg.AssetSpec('a/b')",
            'dg.AssetSpec(["a", "b"])\n',
        ),
    ],
)
def test_a_literal_is_put_right(rule: str, before: str, place: str, after: str) -> None:
    decorated = "def report(): ...\n" if before.startswith("@") else ""
    assert fixed(rule, before + decorated, place) == after + decorated


@pytest.mark.parametrize(
    ("rule", "source", "place"),
    [
        ("string-deps", "X = 'orders'\nf(deps=X)\n", "deps=X"),
        ("slash-in-key", "f(name='a/b')\n", "'a/b'"),
        ("slash-in-key", "AssetKey(['a/b', 'c'])\n", "'a/b'"),
        ("slash-in-key", "f(key='/a')\n", "'/a'"),
        ("slash-in-key", "f(key='a/b', key_prefix='c/d')\n", "f(key='a/b', key_prefix='c/d')"),
        ("string-deps", "f(deps='orders'\n", "'orders'"),
    ],
)
def test_anything_else_stays(rule: str, source: str, place: str) -> None:
    assert fixed(rule, source, place) == source
