"""A pipeline as a program: options, output and exit codes."""

import io
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from assetgen.runtime.config.config_classes import Config
from assetgen.runtime.definitions.check_outputs import CheckOutput
from assetgen.runtime.model.check_results import AssetCheckResult
from assetgen.runtime.model.declarations import After, AssetOutput, FromAsset, Pipeline, Step
from assetgen.runtime.model.failures import RetryRequested
from assetgen.runtime.model.instances import Instance
from assetgen.runtime.model.step_results import MaterializeResult
from assetgen.runtime.partitioning.multi_partitions import MultiPartitionsDefinition
from assetgen.runtime.partitioning.partitions import (
    DynamicPartitionsDefinition,
    PartitionsDefinition,
    StaticPartitionsDefinition,
)
from assetgen.runtime.runs.command_line import main


def orders() -> MaterializeResult[list[int]]:
    """Orders of the day.

    All of them.
    """
    return MaterializeResult(value=[1, 2, 3], metadata={"rows": 3, "note": "two\nlines"})


def total(orders: list[int]) -> int:
    return sum(orders)


def broken(orders: list[int]) -> None:
    raise ValueError("orders are broken")


def report() -> str:
    return "report"


SALES = Pipeline(
    "sales",
    steps=(
        Step("report", report, inputs=(After("broken"), After("total"))),
        Step("orders", orders, description=orders.__doc__ or ""),
        Step(
            "total",
            total,
            inputs=(FromAsset("orders"),),
            outputs=(AssetOutput(("sums", "total"), group="sums", tags={"tier": "1"}),),
        ),
        Step("broken", broken, inputs=(FromAsset("orders"),)),
    ),
)


def run(pipeline: Pipeline, folder: Path, *arguments: str) -> int:
    return main(pipeline, ["--storage", str(folder), *arguments])


def test_everything_runs_and_a_failure_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(SALES, tmp_path) == 1
    out = capsys.readouterr().out
    lines = [line.split()[:2] for line in out.splitlines()]
    assert ["ok", "orders"] in lines
    assert ["FAILED", "broken"] in lines
    assert "not run  report  because broken failed" in out
    assert "rows  3\n" in out
    assert "note  two\n                 lines\n" in out
    assert "4 steps: 1 failed, 1 not run, 2 succeeded" in out
    assert pickle.loads((tmp_path / "sums" / "total").read_bytes()) == 6
    assert not (tmp_path / "report").exists()


def test_tracebacks_begin_in_the_users_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(SALES, tmp_path)
    out = capsys.readouterr().out
    assert "ValueError: orders are broken" in out
    assert 'raise ValueError("orders are broken")' in out
    assert out.count("File ") == 1


@pytest.mark.parametrize(
    ("selection", "made"),
    [
        ("orders", {"orders"}),
        ("sums/total", {"sums/total"}),
        ("+sums/total", {"orders", "sums/total"}),
        ("key:sums/total orders", {"orders", "sums/total"}),
        ("orders,sums/*", {"orders", "sums/total"}),
        ("group:sums", {"sums/total"}),
        ("tag:tier=1", {"sums/total"}),
        ("o*", {"orders"}),
    ],
)
def test_a_selection_runs_only_what_it_means(
    tmp_path: Path, selection: str, made: set[str]
) -> None:
    assert run(SALES, tmp_path, "--select", "orders") == 0
    (tmp_path / "orders").rename(tmp_path / "kept")
    if "orders" not in made:
        (tmp_path / "kept").rename(tmp_path / "orders")
    assert run(SALES, tmp_path, "--select", selection) == 0
    files = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert files - {"kept"} == made | ({"orders"} if "orders" not in made else set())


def test_a_selection_that_means_nothing_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(SALES, tmp_path, "--select", "ordres") == 1
    assert capsys.readouterr().err == 'error: "ordres" selects no asset\n'
    assert list(tmp_path.iterdir()) == []


def test_a_missing_upstream_value_fails_the_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(SALES, tmp_path, "--select", "sums/total") == 1
    out = capsys.readouterr().out
    assert f"nothing is stored for orders at {tmp_path}/orders: it has to be made first" in out
    assert "File " not in out


def test_list_shows_the_assets_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(SALES, tmp_path, "--list") == 0
    assert capsys.readouterr().out.splitlines() == [
        "ASSET       GROUP    STEP    DESCRIPTION",
        "orders      default  orders  Orders of the day.",
        "broken      default  broken",
        "sums/total  sums     total",
        "report      default  report",
    ]
    assert list(tmp_path.iterdir()) == []


def test_dry_run_shows_the_steps_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(SALES, tmp_path, "--dry-run", "--select", "orders+") == 0
    assert capsys.readouterr().out.splitlines() == [
        "   1  orders -> orders",
        "   2  broken -> broken  (after orders)",
        "   3  total -> sums/total  (after orders)",
        "   4  report -> report  (after broken)",
        "",
        "4 steps would run",
    ]
    assert list(tmp_path.iterdir()) == []


def test_help_and_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(SALES, ["--help"]) == 0
    assert "--select SELECTION" in capsys.readouterr().out
    assert main(SALES, ["--nonsense"]) == 2
    assert main(SALES, ["--storage"]) == 2


def test_a_step_cycle_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    cycle = Pipeline(
        steps=(
            Step("a", report, inputs=(After("b"),)),
            Step("b", report, inputs=(After("a"),)),
            Step("c", report),
        )
    )
    assert main(cycle, ["--dry-run"]) == 1
    assert capsys.readouterr().err == "error: these steps wait for one another: a, b\n"


def test_two_steps_that_make_one_asset_are_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    twice = Pipeline(steps=(Step("a", report), Step("b", report, outputs=(AssetOutput("a"),))))
    assert main(twice, ["--list"]) == 1
    assert capsys.readouterr().err == "error: a is made by both a and b\n"


class Limits(Config):
    rows: int = 2


def limited(config: Limits) -> int:
    return config.rows


LIMITED = Pipeline(steps=(Step("limited", limited, config=Limits),))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"ops": {"limited": {"config": {"rows": 7}}}}', 0),
        ('{"ops": {"limited": {"config": {"rows": "x"}}}}', 1),
        ("[]", 1),
        ("{", 1),
    ],
)
def test_configuration_comes_from_a_file(tmp_path: Path, text: str, code: int) -> None:
    (tmp_path / "config.json").write_text(text)
    assert run(LIMITED, tmp_path, "--config", str(tmp_path / "config.json")) == code
    if code == 0:
        assert pickle.loads((tmp_path / "limited").read_bytes()) == 7
    assert run(LIMITED, tmp_path, "--config", str(tmp_path / "missing.json")) == 1


def region(context: object) -> str:
    return str(context.partition_key)  # type: ignore[attr-defined]


REGIONS = Pipeline(
    steps=(
        Step(
            "region",
            region,
            context=True,
            outputs=(AssetOutput("region", partitions=StaticPartitionsDefinition(["eu", "us"])),),
        ),
    )
)


def test_partitions_must_be_given_and_exist(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(REGIONS, tmp_path) == 1
    assert "--partition KEY" in capsys.readouterr().err
    assert run(REGIONS, tmp_path, "--partition", "mars") == 1
    assert run(REGIONS, tmp_path, "--partition", "eu") == 0
    assert "made     region [eu]" in capsys.readouterr().out
    assert pickle.loads((tmp_path / "region" / "eu").read_bytes()) == "eu"
    assert run(SALES, tmp_path, "--partition", "eu") == 1


ADDED = DynamicPartitionsDefinition(name="regions")
GRID = MultiPartitionsDefinition({"a": ADDED, "b": StaticPartitionsDefinition(["x"])})


@pytest.mark.parametrize(
    ("partitions", "key", "place"), [(ADDED, "mars", "mars"), (GRID, "mars|x", "mars/x")]
)
def test_dynamic_partitions_are_added(
    tmp_path: Path, partitions: PartitionsDefinition, key: str, place: str
) -> None:
    pipeline = Pipeline(
        steps=(
            Step(
                "region",
                region,
                context=True,
                outputs=(AssetOutput("region", partitions=partitions),),
            ),
        )
    )
    assert run(pipeline, tmp_path, "--partition", key) == 0
    assert (tmp_path / "region" / place).exists()
    assert Instance(tmp_path).get_dynamic_partitions("regions") == ["mars"]
    assert run(pipeline, tmp_path, "--partition", key) == 0


def interrupted() -> None:
    raise KeyboardInterrupt


def test_an_interrupt_ends_the_run_cleanly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline = Pipeline(steps=(Step("a", report), Step("b", interrupted), Step("c", report)))
    assert run(pipeline, tmp_path) == 130
    captured = capsys.readouterr()
    assert captured.err == "interrupted\n"
    assert "2 steps: 1 failed, 1 succeeded" in captured.out
    assert not (tmp_path / "c").exists()


def flaky(context: object) -> AssetCheckResult:
    if context.retry_number == 0:  # type: ignore[attr-defined]
        raise RetryRequested
    return AssetCheckResult(passed=False, metadata={"seen": 1})


def test_retries_and_checks_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipeline = Pipeline(
        steps=(
            Step("report", report),
            Step(
                "report_sane",
                flaky,
                context=True,
                inputs=(After("report"),),
                outputs=(CheckOutput("report", "sane"),),
            ),
        )
    )
    assert run(pipeline, tmp_path) == 0
    out = capsys.readouterr().out
    assert "retry    report_sane  in 0 s, after" in out
    assert "check    report:sane  failed (ERROR)" in out


def test_reasons_are_told_along_a_chain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chain = Pipeline(
        steps=(
            Step("orders", orders),
            Step("broken", broken, inputs=(FromAsset("orders"),)),
            Step("next", report, inputs=(After("broken"),)),
            Step("last", report, inputs=(After("next"), After("orders"))),
        )
    )
    assert run(chain, tmp_path) == 1
    assert "not run  last  because next was not run\n" in capsys.readouterr().out


def wordy() -> MaterializeResult[int]:
    return MaterializeResult(
        value=1, metadata={"long": "x" * 1000, "many": "\n".join("abcdefghijklmnop"), "é": "→"}
    )


def test_long_metadata_is_cut_and_any_character_can_be_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    assert run(Pipeline(steps=(Step("wordy", wordy),)), tmp_path) == 0
    narrow.flush()
    text = narrow.buffer.getvalue().decode("ascii")  # type: ignore[attr-defined]
    assert "x" * 157 + "...\n" in text
    assert "... and 4 more lines\n" in text
    assert "\\xe9" in text


def test_a_script_runs_without_third_party_packages(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from assetgen.runtime.runs.command_line import main\n"
        "from assetgen.runtime.model.declarations import FromAsset, Pipeline, Step\n"
        "def numbers(): return [1, 2]\n"
        "def doubled(numbers): return [2 * n for n in numbers]\n"
        "PIPELINE = Pipeline(steps=(Step('numbers', numbers),\n"
        "    Step('doubled', doubled, inputs=(FromAsset('numbers'),))))\n"
        "if __name__ == '__main__':\n"
        "    raise SystemExit(main(PIPELINE))\n"
    )
    rooms = Path(__file__).parents[2] / "runtime"
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-c", PROGRAM, str(rooms), str(script)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert pickle.loads((tmp_path / "storage" / "doubled").read_bytes()) == [2, 4]
    loaded = set(json.loads(done.stderr))
    assert not loaded & {"asyncio", "dagster", "logging", "random", "typing_extensions"}


PROGRAM = """
import json, runpy, sys
sys.path.insert(0, sys.argv[1])
script = sys.argv[2]
sys.argv[1:] = []
try:
    runpy.run_path(script, run_name="__main__")
finally:
    json.dump(sorted(sys.modules), sys.stderr)
"""
