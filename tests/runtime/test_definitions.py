"""Decorators, definitions and direct runs beyond what Dagster can be asked for."""

from pathlib import Path
from typing import Any

import pydantic
import pytest

import assetgen.runtime as dg
from assetgen.runtime.config.config_classes import Config
from assetgen.runtime.model.declarations import After, AssetOutput, FromAsset, Step
from assetgen.runtime.runs.run_result import RunResult
from assetgen.runtime.storage.storage import MemoryStorage


@dg.asset(group_name="g", tags={"a": "b"}, kinds={"python"}, owners=["team:x"])
def numbers() -> list[int]:
    """Some numbers."""
    return [1, 2]


@dg.asset(deps=["elsewhere"])
def total(context: Any, numbers: list[int]) -> int:
    return sum(numbers)


CHECK = dg.AssetCheckSpec("full", asset="made")


def test_decorators_make_declarations() -> None:
    (step,) = numbers.steps
    assert step == Step(
        "numbers",
        numbers.function,
        outputs=(
            AssetOutput(
                ("numbers",),
                group="g",
                description="Some numbers.",
                tags={"a": "b"},
                kinds=("python",),
                owners=("team:x",),
                type=list[int],
            ),
        ),
    )
    (step,) = total.steps
    assert step.context
    assert step.inputs == (
        FromAsset("numbers", ("numbers",), type=list[int]),
        After(("elsewhere",)),
    )
    assert numbers.key == dg.AssetKey("numbers")
    assert numbers() == [1, 2]


def test_a_run_tells_its_values(tmp_path: Path) -> None:
    result: RunResult = dg.materialize([numbers, total], storage=tmp_path)
    assert result.success
    assert result.asset_value("total") == 3
    assert result.output_for_node("numbers") == [1, 2]
    assert (tmp_path / "total").exists()
    assert result.attempts("total") == 1
    assert result.error("total") is None
    assert [m.asset_key for m in result.asset_materializations_for_node("total")] == [
        dg.AssetKey("total")
    ]


def test_values_outlive_the_run_without_a_folder() -> None:
    assert dg.materialize([numbers, total]).asset_value("total") == 3
    result = dg.materialize_to_memory([numbers, total])
    assert isinstance(result.storage, MemoryStorage)
    assert result.asset_value("total") == 3


def test_the_first_failure_is_raised_if_wanted() -> None:
    @dg.asset
    def fails() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        dg.materialize([fails])
    result = dg.materialize([fails], raise_on_error=False)
    assert isinstance(result.error("fails"), ZeroDivisionError)


def test_definitions_become_a_pipeline(tmp_path: Path) -> None:
    @dg.asset_check(asset=total)
    def positive(total: int) -> Any:
        return dg.AssetCheckResult(passed=total > 0)

    merged = dg.Definitions.merge(
        dg.Definitions(assets=[numbers], resources={"a": 1}),
        dg.Definitions(assets=[total, numbers], asset_checks=[positive]),
    )
    pipeline = merged.to_pipeline("sums")
    assert [step.name for step in pipeline.steps] == ["numbers", "total", "total_positive"]
    assert pipeline.resources == {"a": 1}
    assert dg.main(pipeline, ["--storage", str(tmp_path)]) == 0


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: dg.asset(nonsense=1), TypeError),
        (lambda: dg.asset(lambda *args: 1), ValueError),
        (lambda: dg.materialize([total]), dg.PipelineError),
        (lambda: dg.materialize([numbers, dg.asset(lambda: 1, name="numbers")]), dg.PipelineError),
        (
            lambda: dg.Definitions.merge(
                dg.Definitions(resources={"a": 1}), dg.Definitions(resources={"a": 2})
            ),
            dg.PipelineError,
        ),
        (lambda: dg.materialize([numbers], selection="nothing"), dg.PipelineError),
        (lambda: dg.graph_asset(check_specs=[CHECK]), TypeError),
        (lambda: dg.graph_multi_asset(outs={}, check_specs=[CHECK]), TypeError),
    ],
)
def test_mistakes_are_refused(make: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        make()


def test_a_source_asset_is_loaded_from_what_is_stored(tmp_path: Path) -> None:
    dg.materialize([numbers], storage=tmp_path)
    result = dg.materialize([dg.SourceAsset("numbers"), total], storage=tmp_path)
    assert result.asset_value("total") == 3


def test_a_resource_that_is_missing_or_breaks_keeps_the_run_from_starting() -> None:
    class Breaks(dg.ConfigurableResource):  # type: ignore[misc]
        def setup_for_execution(self, context: Any) -> None:
            raise OSError("no network")

    @dg.asset(required_resource_keys={"db"})
    def uses(context: Any) -> int:
        return 1

    with pytest.raises(dg.PipelineError, match='no resource "db"'):
        dg.materialize([uses])
    with pytest.raises(dg.PipelineError, match="no network"):
        dg.materialize([uses], resources={"db": Breaks()})


class Plain(Config):
    rows: int
    name: str = "x"


class Pydantic(pydantic.BaseModel):
    rows: int
    name: str = pydantic.Field(default="x", min_length=1)


class Mixed(Config):
    rows: int = pydantic.Field(description="needed")
    name: str = pydantic.Field(default="x")
    tags: list[str] = pydantic.Field(default_factory=list)


@pytest.mark.parametrize("settings", [Plain, Pydantic, Mixed])
def test_config_classes_of_any_make(settings: Any) -> None:
    def configured(config: settings) -> Any:  # type: ignore[valid-type]
        return (config.rows, config.name)  # type: ignore[attr-defined]

    configured.__annotations__["config"] = settings
    definition = dg.asset(configured)
    good = {"ops": {"configured": {"config": {"rows": 3}}}}
    assert dg.materialize([definition], run_config=good).asset_value("configured") == (3, "x")
    for bad in ({}, {"rows": "many"}, {"rows": 3, "name": 4}):
        with pytest.raises(dg.PipelineError, match="does not fit"):
            dg.materialize([definition], run_config={"ops": {"configured": {"config": bad}}})


def test_configurations_are_values() -> None:
    made = Plain(rows=1)
    assert made == Plain(rows=1, name="x") != Plain(rows=2)
    assert repr(made) == "Plain(rows=1, name='x')"
    assert made.model_dump() == {"rows": 1, "name": "x"}
    with pytest.raises(AttributeError):
        made.rows = 2


def test_ops_and_graphs_can_be_called_directly() -> None:
    @dg.op
    def double(x: int) -> int:
        return 2 * x

    @dg.graph
    def twice(x: int) -> int:
        return int(double(double(x)))

    assert double(2) == 4
    assert twice(2) == 8


def test_a_graph_must_return_outputs_of_ops() -> None:
    with pytest.raises(TypeError, match="no output of an op"):
        dg.graph_asset(lambda: 5, name="wrong")


def test_op_names_are_numbered_when_used_again() -> None:
    @dg.op
    def one() -> int:
        return 1

    @dg.op
    def add(a: int, b: int) -> int:
        return a + b

    @dg.graph_asset
    def both() -> Any:
        return add(one(), b=one())

    assert [step.name for step in both.steps] == ["both.one", "both.one_2", "both.add"]
    assert dg.materialize([both]).asset_value("both") == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"resource_defs": {"r": 1}}, '"resource_defs" is not heeded'),
        ({"io_manager_def": dg.mem_io_manager}, '"io_manager_def" is not heeded'),
        ({"non_argument_deps": {"up"}}, 'no argument "non_argument_deps"'),
    ],
)
@pytest.mark.parametrize("decorator", [dg.asset, dg.graph_asset])
def test_what_decorators_do_not_heed_is_refused(decorator: Any, given: Any, said: str) -> None:
    with pytest.raises(TypeError, match=said):
        decorator(**given)
    assert callable(decorator(resource_defs=None))
