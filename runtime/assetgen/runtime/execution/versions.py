"""Which version of each asset a run has made or seen."""

import hashlib
from collections.abc import Mapping

from assetgen.runtime.model.declarations import AssetOutput, Step, source_parts
from assetgen.runtime.model.step_results import DataVersion


class Versions:
    """The data versions of assets, those `known` to a run by their keys."""

    def __init__(self, run_id: str) -> None:
        """Nothing has been made yet."""
        self.run_id = run_id
        self.known: dict[tuple[str, ...], str] = {}
        self.usual = version_tags(run_id, run_id)

    def tags_of(
        self, asset: AssetOutput, step: Step, given: DataVersion | None
    ) -> Mapping[str, str]:
        """The tags that say which version of an asset a step has made, from which code.

        Without a version of its code, the run's id stands for both.
        """
        if given is None and not asset.code_version:
            self.known[asset.asset_parts] = self.run_id
            return self.usual
        code = asset.code_version or self.run_id
        version = self.version_from(code, asset, step) if given is None else given.value
        self.known[asset.asset_parts] = version
        tags = version_tags(code, version)
        if given is not None:
            tags["dagster/data_version_is_user_provided"] = "true"
        return tags

    def version_from(self, code: str, asset: AssetOutput, step: Step) -> str:
        """The data version that follows from a code version and those of the parents."""
        parents = asset.dep_parts
        if parents is None:
            parents = tuple(parts for s in step.inputs if (parts := source_parts(s)))
        versions = (self.known.get(parts, "INITIAL") for parts in sorted(set(parents)))
        return hashlib.sha256("".join((code, *versions)).encode()).hexdigest()


def version_tags(code: str, data: str) -> dict[str, str]:
    """The versions of code and data as tags."""
    return {"dagster/code_version": code, "dagster/data_version": data}
