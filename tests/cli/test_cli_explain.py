"""`assetgen analyze --explain KEY`: the story of an asset, and of one that is not there."""

import pytest

from assetgen.cli.application import application

FACTORY = """\
import dagster as dg


def build(name, group):
    return make(name, group)


def make(name, group):
    @dg.asset(name=name, group_name=group, deps=["orders", "raw"])
    def made(): ...

    return made


@dg.asset(key=["shop", "orders"], group_name="sales", tags={"tier": "1"})
def orders(): ...


ALL = [build(name, "sales") for name in ("daily", "weekly")]
"""

DEFINITIONS = """\
import os

import dagster as dg
import factory

STAGE = os.getenv("STAGE", "dev")
eager = dg.AutomationCondition.eager()
defs = dg.Definitions(
    assets=dg.load_assets_from_modules([factory], key_prefix=STAGE, automation_condition=eager)
)
"""

STORY = """\
dev/daily  is computed, in the code location definitions

why it exists
  the call     factory.py:19:8  build(name, "sales")
  which calls  factory.py:5:12  make(name, group)
  makes        factory.py:10:5  def made(): ...
  found by     definitions.py:9:12  dg.load_assets_from_modules([factory], key_prefix=STAGE, au…
  collected by definitions.py:8:8  dg.Definitions(

where its attributes come from
  name                     factory.py:9:20  name
  key_prefix of the loader definitions.py:9:62  STAGE
  automation_condition     definitions.py:9:90  eager
  group_name               factory.py:9:37  group

what it depends on
  dev/shop/orders factory.py:9:50  "orders"
                  in deps; `orders` means it, as the only asset of that name in the group sales
  raw             factory.py:9:60  "raw"
                  in deps; nothing defines it

environment variables it depends on
  STAGE (default), read at definitions.py:6: whether it exists, or its key
"""

LOSSES = """\
import os

import dagster as dg
import warehouse


@dg.asset(key_prefix=os.environ["REGION"])
def report(): ...


@dg.asset
def orders(): ...


invoices = warehouse.build_assets("invoices")
defs = dg.Definitions(assets=[report, orders, *invoices])
"""


@pytest.fixture
def explain(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(key, **files):
        for name, text in files.items():
            (tmp_path / f"{name}.py").write_text(text)
        words = ["analyze", "--explain", key, "."]
        code = application.main(words, prog_name="assetgen", standalone_mode=False)
        return code, capsys.readouterr().out

    return run


def test_factories_loaders_and_places(explain):
    code, said = explain("dev/daily", factory=FACTORY, definitions=DEFINITIONS)
    assert code == 0
    assert said == STORY


def test_a_stub_is_there_for_those_that_depend_on_it(explain):
    code, said = explain("raw", factory=FACTORY, definitions=DEFINITIONS)
    assert code == 0
    assert said.splitlines()[3:] == [
        '  dev/daily depends on it  factory.py:9:60  "raw"',
        '  dev/weekly depends on it factory.py:9:60  "raw"',
    ]


def test_a_key_that_is_mistyped(explain):
    code, said = explain("dev/dayly", factory=FACTORY, definitions=DEFINITIONS)
    assert code == 1
    assert said.startswith("there is no asset dev/dayly\ndid you mean dev/daily")
    assert said.endswith("\neverything that could define it is known\n")


def test_the_losses_nearest_to_a_key_that_is_not_there(explain):
    for key, line in (("eu/report", 8), ("invoices", 15)):
        code, said = explain(key, definitions=LOSSES)
        losses = said.partition("most likely first\n")[2].splitlines()
        assert code == 1
        assert losses[0].startswith(f"  definitions.py:{line}:"), key


def test_what_no_location_loads_is_told(explain):
    source = DEFINITIONS.split("STAGE")[0].replace("import factory\n", "")
    source += "\n@dg.asset\ndef left(): ...\n\ndefs = dg.Definitions()\n"
    code, said = explain("left", definitions=source)
    assert code == 1
    assert "defined, but loaded by no code location\n  definitions.py:7:1  def left(): ..." in said


def test_the_name_of_a_multi_asset_is_no_part_of_its_keys(explain):
    source = """\
import dagster as dg


@dg.multi_asset(name="both", specs=[dg.AssetSpec("a", group_name="g"), dg.AssetSpec(key="b")])
def whole(): ...
"""
    _, said = explain("a", definitions=source)
    assert '"both"' not in said
    assert 'group_name definitions.py:4:66  "g"' in said
    assert "computed by  both" in said
    assert 'key definitions.py:4:89  "b"' in explain("b")[1]


def test_the_condition_of_an_asset(explain):
    source = """\
import os
import dagster as dg

if os.environ["STAGE"] == "prod":

    @dg.asset
    def orders(): ...
"""
    _, said = explain("orders", definitions=source)
    assert "only if      os.environ['STAGE'] == 'prod'" in said
    assert "STAGE (required), read at definitions.py:4: whether it exists, or its key" in said
