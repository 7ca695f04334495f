"""What rules judge by: the model, the options, and what all of them ask, worked out once."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from assetgen.analyzer.lint.knowledge import Knowledge, is_defined, knowledge_of
from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.unmatched import UnmatchedInput, unmatched_inputs
from assetgen.analyzer.model.catalogue import COSTS_DEFINITIONS
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import Pipeline


class Evidence:
    """A pipeline, and what is known around each of its locations."""

    def __init__(self, pipeline: Pipeline, options: LintOptions) -> None:
        self.pipeline = pipeline
        self.options = options

    @cached_property
    def locations(self) -> tuple[Knowledge, ...]:
        """The locations of the pipeline, in order."""
        everywhere = Counter(
            key
            for location in self.pipeline.locations
            for key in {asset.key for asset in location.assets if is_defined(asset)}
        )
        return tuple(
            knowledge_of(location, everywhere, not self.definitions_lost)
            for location in self.pipeline.locations
        )

    @cached_property
    def unmatched_inputs(self) -> tuple[UnmatchedInput, ...]:
        """The inputs that no asset feeds."""
        return tuple(found for known in self.locations for found in unmatched_inputs(known))

    @cached_property
    def definitions_lost(self) -> int:
        """In how many places definitions, or what collects them, could not be read."""
        return sum(finding.rule in COSTS_DEFINITIONS for finding in self.pipeline.diagnostics)

    def is_external(self, key: AssetKey) -> bool:
        """Whether the user says that another deployment defines an asset."""
        return self.options.is_external(key)
