"""One try of one step: arguments in, function called, results out."""

from collections.abc import Mapping
from types import AsyncGeneratorType, CoroutineType, GeneratorType
from typing import Any, get_origin

from assetgen.runtime.execution.contexts import CURRENT, AssetExecutionContext
from assetgen.runtime.execution.units import Unit
from assetgen.runtime.model.asset_keys import AssetKey
from assetgen.runtime.model.declarations import AssetOutput, StepOutput
from assetgen.runtime.model.events import CheckEvaluated, Materialized, Observed
from assetgen.runtime.model.failures import CheckFailed, StepError, TypeCheckFailed
from assetgen.runtime.model.metadata_values import MetadataFact, normalize_metadata
from assetgen.runtime.model.step_results import Output, StepResult
from assetgen.runtime.types.type_checks import conforms


class Attempt:
    """One try of one unit of a run. Whatever it raises is why the try failed.

    `outputs` are those that may be made, `seen` those made so far; `output_metadata` and
    `asset_metadata` hold what the function added through its context.
    """

    __slots__ = (
        "asset_metadata",
        "failed_checks",
        "output_metadata",
        "outputs",
        "retry_number",
        "run",
        "seen",
        "unit",
        "values",
    )

    def __init__(self, run: Any, unit: Unit, retry_number: int) -> None:
        """`retry_number` is 0 for the first try."""
        self.run = run
        self.unit = unit
        self.retry_number = retry_number
        self.outputs: Mapping[str, StepOutput] = run.plan.outputs[unit.step.name]
        self.seen: set[Any] = set()
        self.failed_checks: list[str] = []
        self.output_metadata: dict[tuple[str, str], dict[str, Any]] = {}
        self.asset_metadata: dict[tuple[Any, str | None], dict[str, Any]] = {}
        self.values: dict[str, Any] | None = {} if unit.step.hooks else None

    def perform(self) -> None:
        """Run the step's function and store what it makes."""
        step = self.unit.step
        CURRENT.set(self)
        arguments = self.arguments() if step.inputs else {}
        if step.config is not None:
            arguments["config"] = self.run.config_of(step)
        for name in step.resources:
            arguments[name] = self.run.resources[name]
        if step.context:
            self.take(step.function(AssetExecutionContext(self), **arguments))
        else:
            self.take(step.function(**arguments))
        self.complete()

    def arguments(self) -> dict[str, Any]:
        """The values of all inputs, loaded first and then checked."""
        values: dict[str, Any] = {}
        typed = []
        for source in self.unit.step.inputs:
            if source.parameter:
                values[source.parameter] = source.argument(self.run, self.unit)
                if source.type is not Any:
                    typed.append(source)
        for source in typed:
            value = values[source.parameter]
            if not conforms(value, source.type):
                raise TypeCheckFailed(
                    f'input "{source.parameter}" is {type(value).__name__}, not {source.type}'
                )
        return values

    def take(self, result: Any) -> None:
        """Deliver what the function returned or yields."""
        if type(result) not in RUNNING:
            self.take_returned(result)
            return
        if isinstance(result, CoroutineType):
            result = self.run.wait_for(result)
        if isinstance(result, GeneratorType):
            for item in result:
                self.deliver_yielded(item)
        elif isinstance(result, AsyncGeneratorType):
            while (item := self.run.wait_for(anext_or(result, self))) is not self:
                self.deliver_yielded(item)
        else:
            self.take_returned(result)

    def deliver_yielded(self, item: Any) -> None:
        """Deliver one yielded result."""
        if not isinstance(item, StepResult):
            raise StepError(
                f"{type(item).__name__} was yielded: wrap values in Output, or return them"
            )
        item.deliver(self)

    def take_returned(self, result: Any) -> None:
        """Deliver a returned value: for several outputs, a tuple of one element for each."""
        outputs = self.outputs
        if isinstance(result, StepResult):
            if result.is_beside_outputs:
                raise StepError(f"{type(result).__name__} was returned: yield it, or log it")
            if not result.is_for_output:
                result.deliver(self)
                return
        if not outputs:
            if result is not None:
                raise StepError(f"{type(result).__name__} was returned by a step without outputs")
        elif len(outputs) == 1:
            (output,) = outputs.values()
            self.deliver_returned(output, result, single=True)
        else:
            self.take_several(result)

    def take_several(self, result: Any) -> None:
        """Deliver what was returned for several outputs."""
        reported = self.checks_reported_within(result)
        expected = [output for output in self.outputs.values() if output.name not in reported]
        if len(expected) <= 1:
            self.deliver_returned(next(iter(self.outputs.values())), result, single=False)
            return
        if result is None and all(output.nothing and output.required for output in expected):
            return
        if not isinstance(result, tuple):
            raise StepError(
                f"{type(result).__name__} was returned by a step with {len(expected)} outputs: "
                "return a tuple, or yield each output"
            )
        if len(result) != len(expected):
            raise StepError(f"{len(result)} values were returned for {len(expected)} outputs")
        for output, element in zip(expected, result, strict=True):
            self.deliver_returned(output, element, single=False)

    def checks_reported_within(self, result: Any) -> set[str]:
        """The outputs of the checks that returned results carry with them."""
        parts = result if isinstance(result, tuple) else (result,)
        return {
            check.output_among(self.outputs.values()).name
            for part in parts
            if isinstance(part, StepResult)
            for check in part.check_results
        }

    def deliver_returned(self, output: StepOutput, element: Any, *, single: bool) -> None:
        """Deliver what was returned for one output."""
        if output.dynamic:
            if not isinstance(element, list):
                raise StepError(f'output "{output.name}" takes a list of DynamicOutput')
            for item in element:
                self.deliver_named(output, item)
        elif isinstance(element, Output):
            if single and self.returns_output() is False:
                raise StepError(f'Output was returned for "{output.name}", against the annotation')
            self.deliver_named(output, element)
        elif isinstance(element, StepResult) and element.is_for_output:
            element.deliver(self)
        elif single and self.returns_output():
            raise StepError(
                f'{type(element).__name__} was returned for "{output.name}", not Output'
            )
        else:
            self.accept(Output(element, output.name), None)

    def returns_output(self) -> bool | None:
        """Whether the step's function says that it returns an `Output`; None if it says nothing."""
        function, known = self.unit.step.function, self.run.returns_output
        try:
            return known[function]  # type: ignore[no-any-return]
        except KeyError:
            known[function] = output_annotation(function)
            return known[function]  # type: ignore[no-any-return]
        except TypeError:  # a callable object without a hash
            return output_annotation(function)

    def deliver_named(self, output: StepOutput, element: Any) -> None:
        """Deliver an output object whose name follows from its position."""
        if not isinstance(element, Output):
            raise StepError(f'{type(element).__name__} was returned for "{output.name}"')
        if element.output_name not in ("result", output.name):
            raise StepError(f'"{element.output_name}" stands where "{output.name}" belongs')
        element.output_name = output.name
        element.deliver(self)

    def accept(self, output: Output[Any], result: Any, *, is_said: bool = True) -> None:
        """Check, store and report the value of one output. `is_said`: the function mentioned it."""
        name = output.output_name
        declared = self.outputs.get(name)
        if declared is None:
            raise StepError(
                f'there is no output "{name}" to make; there are {", ".join(self.outputs)}'
            )
        mapping_key = output.mapping_key
        made = (self.unit.key, name, mapping_key)
        if made in self.seen:
            raise StepError(f'output "{name}{mapping_key and f"[{mapping_key}]"}" was made twice')
        if mapping_key and not declared.dynamic:
            raise StepError(f'output "{name}" is not dynamic')
        if self.seen and is_said and declared.asset_parts:
            self.refuse_late_dependency(declared)
        self.seen.add(made)
        if self.output_metadata and (added := self.output_metadata.get((name, mapping_key))):
            output.metadata = {**output.metadata, **normalize_metadata(added)}
        if declared.nothing:
            if output.value is not None:
                raise TypeCheckFailed(
                    f'output "{name}" has no value, but got {type(output.value).__name__}'
                )
        elif declared.type is not Any and (
            (result is None or result.valued) and not conforms(output.value, declared.type)
        ):
            raise TypeCheckFailed(
                f'output "{name}" is {type(output.value).__name__}, not {declared.type}'
            )
        declared.accept(self, output, result)
        if self.values is not None:
            self.values[name] = output.value
        self.run.made.add(made)

    def refuse_late_dependency(self, declared: StepOutput) -> None:
        """Outputs of one step are made in the order in which they depend on each other."""
        parts = declared.asset_parts
        for other in self.outputs.values():
            if (
                isinstance(other, AssetOutput)
                and parts in (other.dep_parts or ())
                and parts != other.asset_parts
                and (self.unit.key, other.name, "") in self.seen
            ):
                raise StepError(f'"{other.name}" was made before "{declared.name}" it needs')

    def complete(self) -> None:
        """Make the outputs that need no mention; refuse to end without the others.

        A required value is missed even if its output was not chosen: such a step cannot make
        some of its outputs only.
        """
        makes = self.unit.step.makes
        if len(makes) == 1 and self.seen and not self.failed_checks:
            return
        for output in makes:
            if output.dynamic or not output.required:
                continue
            if (self.unit.key, output.name, "") not in self.seen:
                if not output.nothing:
                    raise StepError(f'no value was made for the required output "{output.name}"')
                if output.name in self.outputs:
                    self.accept(Output(None, output.name), None, is_said=False)
        if self.failed_checks:
            raise CheckFailed(f"blocking checks failed: {', '.join(self.failed_checks)}")

    def output_name_of_asset(self, key: AssetKey | None) -> str:
        """The output that makes the asset, or the only one that makes any."""
        assets = {o.asset_parts: o.name for o in self.outputs.values() if o.asset_parts}
        if key is None and len(assets) == 1:
            return next(iter(assets.values()))
        if key is None:
            raise StepError("a result says no asset_key, and the step makes not just one asset")
        if key.parts not in assets:
            raise StepError(f"the step does not make {key.to_user_string()}")
        return assets[key.parts]

    def store(self, output: Any, place: tuple[str, ...], value: Any) -> dict[str, MetadataFact]:
        """Keep a value and return what the keeper says of it."""
        manager = self.run.io_manager(output.io_manager)
        if manager is not None:
            stored: dict[str, MetadataFact] = manager.keep(self, output, place, value)
            return stored
        path = self.run.storage.save(place, value)
        return {} if value is None else {"path": MetadataFact("path", path)}

    def materialize(
        self, asset: AssetOutput, output: Output[Any], stored: Mapping[str, MetadataFact]
    ) -> None:
        """Report that an asset was made, with all that is known of it."""
        parts = asset.asset_parts
        metadata = {**output.metadata, **stored} if output.metadata else stored
        partition = self.run.partition_key if asset.partitions is not None else None
        if self.asset_metadata:
            for scope in (None, partition) if partition is not None else (None,):
                added = self.asset_metadata.get((parts, scope))
                metadata = {**metadata, **normalize_metadata(added)}
        tags = self.run.versions.tags_of(asset, self.unit.step, output.data_version)
        if output.tags:
            tags = {**tags, **output.tags}
        if partition is not None:
            tags = {**tags, **asset.partitions.tags_of(partition)}
        self.run.report(Materialized(self.unit.key, parts, partition, metadata, tags))

    def report_materialization(self, event: Any) -> None:
        """Note a materialization that the function itself reports."""
        self.run.report(
            Materialized(
                self.unit.key, event.asset_key.parts, event.partition, event.metadata, event.tags
            )
        )

    def report_observation(self, event: Any) -> None:
        """Note an observation that the function itself reports."""
        self.run.report(
            Observed(
                self.unit.key, event.asset_key.parts, event.partition, event.metadata, event.tags
            )
        )

    def report_check(self, evaluation: Any) -> None:
        """Note a verdict, and whether it fails the step."""
        self.run.report(CheckEvaluated(self.unit.key, evaluation))
        if evaluation.fails_step:
            self.failed_checks.append(evaluation.check_name)


RUNNING = frozenset({CoroutineType, GeneratorType, AsyncGeneratorType})


async def anext_or(items: AsyncGeneratorType[Any, Any], end: Any) -> Any:
    """The next item, or `end` after the last."""
    try:
        return await items.__anext__()
    except StopAsyncIteration:
        return end


def output_annotation(function: Any) -> bool | None:
    """Whether the return annotation is that of an `Output`; None if there is none.

    Annotations that name what is not there (from Python 3.14 on, reading them fails) are none.
    """
    try:
        annotations = getattr(function, "__annotations__", None)
    except NameError:
        return None
    if not annotations or "return" not in annotations:
        return None
    annotation = annotations["return"]
    if isinstance(annotation, str):
        return annotation.partition("[")[0].rpartition(".")[2] == "Output"
    return annotation is Output or get_origin(annotation) is Output
