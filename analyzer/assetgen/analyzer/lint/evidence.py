"""What rules are based on: the model, the options, and what several rules need, computed once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.lint.knowledge import (
    Knowledge,
    assets_by_key,
    defined_in,
    knowledge_of,
)
from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.unmatched import UnmatchedInput, unmatched_inputs
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.catalogue import COSTS_DEFINITIONS
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import Pipeline


class Evidence:
    """A pipeline, and what is known about each of its locations.

    `memory` holds what the last run found out about everything that has not changed.
    """

    def __init__(
        self, pipeline: Pipeline, options: LintOptions, memory: Memory | None = None
    ) -> None:
        self.pipeline = pipeline
        self.options = options
        self.memory = memory if memory is not None else Memory(is_last=True)

    @cached_property
    def locations(self) -> tuple[Knowledge, ...]:
        """The locations of the pipeline, in order."""
        locations = self.pipeline.locations
        assets = [assets_by_key(location, self.memory) for location in locations]
        defined = [
            defined_in(location, by_key, self.memory)
            for location, by_key in zip(locations, assets, strict=True)
        ]
        everywhere: Mapping[AssetKey, int]
        if len(defined) == 1:
            everywhere = dict.fromkeys(defined[0], 1)
        else:
            everywhere = Counter(key for each in defined for key in each)
        is_complete = not self.definitions_lost
        return tuple(
            knowledge_of(location, assets[n], defined[n], everywhere, is_complete, self.memory, n)
            for n, location in enumerate(locations)
        )

    @cached_property
    def unmatched_inputs(self) -> tuple[UnmatchedInput, ...]:
        """The inputs that no asset feeds."""
        return tuple(found for known in self.locations for found in unmatched_inputs(known))

    @cached_property
    def definitions_lost(self) -> int:
        """At how many places definitions, or what collects them, could not be read."""
        return sum(finding.rule in COSTS_DEFINITIONS for finding in self.pipeline.diagnostics)

    def about_each_asset(
        self,
        rule: str,
        find: Callable[[Asset], tuple[Diagnostic, ...]],
        where: Callable[[Asset], object] | None = None,
    ) -> Iterator[Diagnostic]:
        """What `find` finds by looking at one asset at a time; at none of which `where` gives
        nothing true."""
        for location in self.pipeline.locations:
            found = self.memory.sparse(find, rule, location.assets, where=where)
            for _, told in found.values():
                yield from told

    def is_external(self, key: AssetKey) -> bool:
        """Whether the user says that another deployment defines an asset."""
        return self.options.is_external(key)
