"""What the caller may decide about a generated pipeline."""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey
from assetgen.codegen.link.functions.environment_reads import Probe


@dataclass(frozen=True, slots=True)
class PipelineOptions:
    """How a pipeline is generated.

    `selection` are the assets to make (None: all), `location` the code location, `job` a job whose
    ops are to run instead (None: the only one, where there are no assets). With
    `import_runtime` the script imports `assetgen.runtime`; otherwise it brings along what it
    needs of it. `requirements` and `requires_python` are the project's own, as its
    configuration states them; versions are taken over from there. `given` are the values that
    environment variables had for the analysis, which the script had better not hold; with a
    `probe` it asks for those variables where functions hold their values.
    """

    name: str | None = None
    selection: frozenset[AssetKey] | None = None
    location: str | None = None
    job: str | None = None
    import_runtime: bool = False
    requirements: tuple[str, ...] = ()
    requires_python: str = ">=3.10"
    given: tuple[tuple[str, str], ...] = ()
    probe: Probe | None = None
