"""`assetgen analyze --format env`: which variables a project reads, and what depends on them."""

import json
import re

import pytest

from assetgen.cli.application import application
from assetgen.cli.failure import UsageFailure

SETTINGS = """\
import os

import dagster as dg
from pydantic_settings import BaseSettings

STAGE = os.getenv("STAGE", "dev")
REGION = os.environ["REGION"]
BUCKET = os.environ.get("BUCKET")


class Settings(BaseSettings):
    prefix: str = "raw"
    password: str


settings = Settings()


class Database(dg.ConfigurableResource):
    url: str


@dg.asset(group_name=STAGE)
def orders(): ...


@dg.asset(key_prefix=REGION)
def report(orders): ...


@dg.asset(key=[settings.prefix, "events"])
def events(): ...


assets = [orders, report, events]
if "DEBUG" in os.environ:

    @dg.asset
    def debug(): ...

    assets.append(debug)

url = dg.EnvVar("DATABASE_URL")
defs = dg.Definitions(assets=assets, resources={"db": Database(url=url)})
"""

TABLE = """
variable | state | read at | what depends on it
DATABASE_URL | required, when it runs | settings.py:43
PASSWORD | required | settings.py:16
REGION | required | settings.py:7 | asset named by it at settings.py:28
BUCKET | optional | settings.py:8
DEBUG | optional | settings.py:36 | debug
PREFIX | default | settings.py:16 | raw/events
STAGE | default | settings.py:6 | orders (group_name)

7 environment variables (3 required, 2 optional, 2 default); the graph depends on 4
"""


@pytest.fixture
def analyze(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(source, *options):
        (tmp_path / "settings.py").write_text(source)
        application.main(["analyze", *options, "."], prog_name="assetgen", standalone_mode=False)
        return capsys.readouterr().out

    return run


def cells(said):
    return [re.sub(r"(?<=\S) {2,}", " | ", line.strip()) for line in said.strip().splitlines()]


def test_what_is_read_and_what_depends_on_it(analyze):
    assert cells(analyze(SETTINGS, "--format", "env")) == TABLE.strip().splitlines()


def test_values_that_are_given_are_never_printed(analyze):
    given = ("--env", "PASSWORD=hunter2", "--env", "BUCKET=secret-bucket", "--env", "REGION=eu")
    said = analyze(SETTINGS, "--format", "env", *given)
    assert "PASSWORD | given | settings.py:16" in cells(said)
    assert "REGION | given | settings.py:7 | eu/report" in cells(said)
    assert "hunter2" not in said
    assert "secret-bucket" not in said


def test_a_project_without_variables(analyze):
    said = analyze("import dagster as dg\n\n@dg.asset\ndef orders(): ...\n", "--format", "env")
    assert said == "no environment variables are read\n"


YEARS = """\
from datetime import date

import dagster as dg

specs = [dg.AssetSpec(f"season_{year}") for year in range(2023, date.today().year + 1)]
"""


def test_the_clock_shows_what_is_given(analyze):
    assert "season_2023" in analyze(YEARS)
    for given in ("2024", "2024-02", "2024-02-29", "2024-02-29T10:30", "2024-02-29 10:30:59"):
        said = analyze(YEARS, "--now", given)
        assert "season_2024" in said
        assert "season_2025" not in said


@pytest.mark.parametrize("given", ["", "24", "2024-13", "2023-02-29", "2024-02-29T10", "now"])
def test_what_is_no_moment_is_refused(analyze, given):
    with pytest.raises(UsageFailure, match=r"--now .*: YYYY"):
        analyze(YEARS, "--now", given)


def test_the_document_tells_of_effects_when_asked(analyze):
    plain = json.loads(analyze(SETTINGS, "--format", "json"))["environment"]
    asked = json.loads(analyze(SETTINGS, "--format", "json", "--effects"))["environment"]
    assert [item["affects"] for item in plain] == [None] * 7
    stage = next(item for item in asked if item["name"] == "STAGE")
    assert stage["state"] == "default"
    assert [(each["name"], each["attributes"]) for each in stage["affects"]] == [
        ("orders", ["group_name"])
    ]


@pytest.mark.parametrize(
    ("expression", "state"),
    [
        ('os.environ["A"]', "required"),
        ('os.environ.get("A")', "optional"),
        ('os.getenv("A", None)', "optional"),
        ('os.getenv("A", "x")', "default"),
        ('os.environ.setdefault("A", "x")', "default"),
        ('os.getenv("A", "x") + os.environ["A"]', "required"),
        ('dg.EnvVar("A").get_value()', "required"),
        ('dg.EnvVar("A")', "required, when it runs"),
    ],
)
def test_states(analyze, expression, state):
    source = f"import os\nimport dagster as dg\nA = {expression}\ndefs = dg.Definitions()\n"
    assert cells(analyze(source, "--format", "env"))[1].split(" | ")[:2] == ["A", state]


def test_variables_that_are_not_set_are_given(analyze, tmp_path):
    (tmp_path / "prod.env").write_text("REGION=eu\nBUCKET=b\nPASSWORD=p\nSTAGE=qa\n")
    (tmp_path / "assetgen.toml").write_text('unset = ["DEB*"]\n[env]\nSTAGE = "prod"\n')
    given = ("--env-file", "prod.env", "--unset", "STAGE")
    said = cells(analyze(SETTINGS, "--format", "env", *given))
    assert "DEBUG | given | settings.py:36 | asset named by it at settings.py:39" in said
    assert "STAGE | given | settings.py:6 | orders (group_name)" in said
    said = analyze(SETTINGS, *given)
    assert "group dev" in said
    assert "debug" not in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--unset", "A=1"), "--unset A=1: a NAME is expected"),
        (("--unset", "A", "--env", "A=1"), "--unset A: --env gives it a value"),
    ],
)
def test_what_is_both_set_and_not_is_refused(analyze, words, told):
    with pytest.raises(UsageFailure) as failure:
        analyze(SETTINGS, *words)
    assert str(failure.value) == told
