"""Standalone scripts that run a pipeline: planned, linked and written."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.pipeline import Module, Pipeline
from assetgen.analyzer.model.steps import OpDefinition
from assetgen.analyzer.project.disk import Disk
from assetgen.codegen.dagster_names import DECLARATIONS, RUNTIME, SUBSTITUTES
from assetgen.codegen.declaration.dbt_steps import dbt_imports
from assetgen.codegen.declaration.declaration import declare
from assetgen.codegen.declaration.dlt_steps import dlt_extras
from assetgen.codegen.declaration.linking import Linking
from assetgen.codegen.given_values import GivenValues, given_values
from assetgen.codegen.link.assembly.linked import LinkedModules
from assetgen.codegen.link.fragments.problems import UNLINKABLE_PIPELINE, problem
from assetgen.codegen.link.functions.environment_reads import HeldData
from assetgen.codegen.link.modules.modules import Trees
from assetgen.codegen.link.modules.targets import Made
from assetgen.codegen.options import PipelineOptions
from assetgen.codegen.plan.plan import Plan, make_plan
from assetgen.codegen.script.distributions import requirements_of
from assetgen.codegen.script.script import Header, written_script
from assetgen.codegen.script.verification import syntax_fault


@dataclass(frozen=True, slots=True)
class GeneratedScript:
    """A script, or None where none could be made, and what there is to say.

    There is a script exactly if no diagnostic is an error. `values` are those of environment
    variables that it holds, if some were given.
    """

    text: str | None
    diagnostics: tuple[Diagnostic, ...] = ()
    values: GivenValues | None = None


def generate(
    pipeline: Pipeline,
    options: PipelineOptions | None = None,
    trees: Trees | None = None,
    disk: Disk | None = None,
) -> GeneratedScript:
    """One file that runs the pipeline with neither Dagster nor assetgen installed.

    Nothing is executed. Whatever cannot be linked is an error at its place; then there is no
    script. The same pipeline and options give the same text. `trees` are those that the analysis
    made, which spares parsing again. All files are read through `disk`, which afterwards tells what
    the script depends on beside the pipeline.
    """
    with _without_collection():
        return _generate(pipeline, options or PipelineOptions(), trees, disk)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Collecting garbage among syntax trees costs half as much again, and finds none.

    What is there in the end is counted as old, as if it had been looked through.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _generate(
    pipeline: Pipeline, options: PipelineOptions, trees: Trees | None, disk: Disk | None
) -> GeneratedScript:
    planned = make_plan(
        pipeline, selection=options.selection, location=options.location, job=options.job
    )
    plan = planned.plan
    if plan is None:
        return GeneratedScript(None, planned.diagnostics)
    data = HeldData(dict(options.given), options.probe)
    linking = _linking(pipeline, options.import_runtime, trees, disk, data)
    ops = (step.definition for step in plan.steps)
    linking.share(op.function for op in ops if isinstance(op, OpDefinition))
    name = options.name or plan.name
    declaration = declare(plan, linking, name)
    main = linking.runtime("main")
    maker = Made("", "pipeline")
    linking.linker.make(maker)
    linked = linking.linker.link()
    # To take all this apart takes time that a process which is about to end need not spend: what
    # holds itself is left to the collection of garbage.
    whole: list[object] = [planned, linking, declaration, linked]
    whole.append(whole)
    diagnostics = _sorted([*planned.diagnostics, *linking.problems])
    if any(each.severity is Severity.ERROR for each in diagnostics):
        return GeneratedScript(None, diagnostics)
    script = written_script(
        _header(name, plan, linked, options),
        linked,
        tuple(linking.closures.written.values()),
        declaration,
        (str(linked.name_of(maker)), main.text(linked.name_of)),
    )
    fault = syntax_fault(script.uncertain, "pipeline.py")
    if fault is not None:
        message = f"the script would be broken: {fault}"
        broken = problem(UNLINKABLE_PIPELINE, message, plan.steps[0].span)
        return GeneratedScript(None, _sorted([*diagnostics, broken]))
    if not options.given:
        return GeneratedScript(script.text, diagnostics)
    values = given_values(
        dict(options.given), pipeline, (*data.all,), script.declaration, options.probe
    )
    return GeneratedScript(script.text, _sorted([*diagnostics, *values.told]), values)


def _linking(
    pipeline: Pipeline,
    import_runtime: bool,
    trees: Trees | None,
    disk: Disk | None,
    held: HeldData,
) -> Linking:
    """A link of the project's modules with the runtime's, unless those stay imported."""
    modules = {module.name: module for module in pipeline.modules}
    runtime = _runtime_modules()
    if import_runtime:
        modules = {name: each for name, each in modules.items() if not _is_runtime(name)}
    else:
        modules.update(runtime)
    library = runtime if import_runtime else None
    return Linking(modules, SUBSTITUTES, DECLARATIONS, trees, library, disk, held)


def _header(name: str, plan: Plan, linked: LinkedModules, options: PipelineOptions) -> Header:
    """What the script says of itself, and what has to be installed for it."""
    packages = {dotted.partition(".")[0] for dotted in linked.submodules}
    libraries = {
        f"{each.module}.{each.name}".rstrip(".")
        for each, _ in linked.imports
        if not each.typing_only and (each.name or each.module not in packages)
    }
    keys = {key for step in plan.steps for _, key in step.assets}
    made = [asset for asset in plan.assets if asset.key in keys]
    functions = (step.definition.function for step in plan.steps)
    version = _version()
    # What the script says to the runtime is understood by that of its own version.
    own = (f"assetgen~={version}",) if version[:1].isdigit() else ()
    return Header(
        name,
        version,
        tuple(sorted({function.path for function in functions if function})),
        options.requires_python,
        requirements_of(
            {*libraries, *linked.submodules, *linked.inner, *dbt_imports(made)},
            (*options.requirements, *own),
            {"dlt": dlt_extras(made)},
        ),
    )


def _runtime_modules() -> dict[str, Module]:
    """The runtime's own files, found without importing them."""
    spec = find_spec(RUNTIME)
    assert spec is not None and spec.origin is not None, f"{RUNTIME} is not installed"
    root = Path(spec.origin).parent
    found: dict[str, Module] = {}
    for file in sorted(root.rglob("*.py")):
        parts = file.relative_to(root).with_suffix("").parts
        name = ".".join([RUNTIME, *(part for part in parts if part != "__init__")])
        found[name] = Module(name, "/".join((*RUNTIME.split("."), *parts)) + ".py", str(file))
    return found


def _is_runtime(name: str) -> bool:
    return name == RUNTIME or name.startswith(f"{RUNTIME}.")


def _version() -> str:
    """The version that is installed, by the name of the folder that says so: the standard
    library's own way takes longer to import than most scripts to make."""
    for place in sys.path:
        for found in Path(place).glob("assetgen-*.dist-info"):
            return found.stem.removeprefix("assetgen-")
    return "(not installed)"


def _sorted(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(
        sorted(dict.fromkeys(diagnostics), key=lambda each: (each.span, each.code, each.message))
    )
