"""An analysis that holds no trees says what one says that holds them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from assetgen.analyzer.analysis import Request, analyze

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").iterdir())
PIECES = {
    "shop/__init__.py": "",
    "shop/making.py": '''\
import dagster as dg

raw = dg.asset(key_prefix=["raw"], group_name=1, owners=["nobody"])


def make(name, deps=(), *, group="made", note=lambda: "a"):
    @dg.asset(name=name, deps=list(deps), group_name=group, owners=["nobody"])
    def made(context):
        """Made."""
        yield dg.Output((name, group, note))

    return made


here = make("here")


class Factory:
    def __init__(self, prefix):
        self.prefix = prefix

    def asset(self, name):
        def compute():
            return self.prefix, name

        return dg.asset(key=[self.prefix, name])(compute)
''',
    "shop/definitions.py": '''\
import dagster as dg

from shop import making
from shop.making import Factory, make, raw


@raw
def orders():
    return 1


class Config(dg.Config):
    limit: int = 3


@dg.asset(tags={"a": 1, "b c d!": "x"})
def limited(config: Config, orders) -> None:
    """Limited."""


there = make("there", [making.here, "raw"], note=lambda: "b")
defs = dg.Definitions([orders, limited, there, making.here, Factory("made").asset("one")])
''',
}


@pytest.mark.parametrize("project", FIXTURES, ids=lambda path: path.name)
def test_fixtures_are_analysed_the_same_without_their_trees(project):
    request = Request(paths=(project,))
    assert analyze(request).pipeline == analyze(request, trees={}).pipeline


def test_what_one_module_makes_for_another_is_the_same_without_its_tree(tmp_path):
    for name, text in PIECES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    request = Request(paths=(tmp_path,))
    pipeline = analyze(request).pipeline
    assert pipeline == analyze(request, trees={}).pipeline
    (location,) = pipeline.locations
    assert len(location.assets) == 6
    assert {item.code for item in pipeline.diagnostics}
