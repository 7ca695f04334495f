"""What is kept of a code location for another process."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from itertools import chain
from typing import Any, Final

from assetgen.analyzer.evaluate.contribution import Contribution, Retained
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.retention.assignments import Order
from assetgen.analyzer.retention.buffers import Buffer
from assetgen.analyzer.retention.pickling import Written
from assetgen.analyzer.retention.reach import Footing, Reach
from assetgen.analyzer.syntax.module import Outline


@dataclass(frozen=True, slots=True)
class KeptModule:
    """A module and what its evaluation depends on, in terms of `Module` and `Contribution`.

    `others` are the modules that own some of its values, `content` is the rest as bytes.
    """

    name: str
    file: str | None
    is_package: bool
    state: str
    outline: Outline | None
    uses: tuple[str, ...]
    needs: tuple[str, ...]
    data: tuple[str, ...]
    variables: tuple[str | None, ...]
    assigned: tuple[str, ...]
    removed: tuple[str, ...]
    steps: int
    others: tuple[str, ...]
    content: Buffer


@dataclass(frozen=True, slots=True)
class KeptLocation:
    """The modules of a code location that can be used as they are; `target` says which location.

    `rest` is what everything else in it rests on. `evaluation` is what it came to as bytes, empty
    if that is not kept. `relevance` is what `Relevance` knows.
    """

    target: str
    order: Order
    modules: tuple[KeptModule, ...]
    rest: tuple[Footing, ...] = ()
    evaluation: Buffer = b""
    relevance: Mapping[str, bool] = field(default_factory=dict)

    def is_reached(self, reach: Reach) -> bool:
        """Whether a change may make the location another one."""
        modules = (Footing(each.name, each.file, each.data, each.uses) for each in self.modules)
        return any(map(reach.reaches, chain(self.rest, modules)))


def kept_module(known: Retained, written: Written) -> KeptModule:
    """A module with what was written of it."""
    module, contribution = known.module, known.contribution
    return KeptModule(
        module.name,
        module.file,
        module.is_package,
        known.state,
        module.parsed.outline if module.parsed is not None else None,
        tuple(contribution.uses),
        tuple(contribution.needs),
        tuple(sorted(contribution.data)),
        tuple(sorted(contribution.variables, key=lambda name: (name is None, name or ""))),
        tuple(contribution.assigned),
        tuple(sorted(contribution.removed)),
        contribution.steps,
        written.others,
        written.content,
    )


def contents_of(known: Retained) -> tuple[Any, ...]:
    """What is written of a module: names, and what was made and reported."""
    module, contribution = known.module, known.contribution
    return (
        module.scope.names,
        module.stars,
        module.entered,
        contribution.declared,
        contribution.diagnostics,
        contribution.environment_reads,
        contribution.assigned,
        contribution.classes,
        contribution.loads,
    )


def fill(known: Retained, contents: tuple[Any, ...]) -> None:
    """Restore a module, and its contribution, from what was written of it."""
    module, contribution = known.module, known.contribution
    names, stars, entered, *rest = contents
    module.scope.names.update(names)
    module.stars.extend(stars)
    module.entered.update(entered)
    contribution.declared, contribution.diagnostics, contribution.environment_reads = rest[:3]
    contribution.assigned, contribution.classes, contribution.loads = rest[3:]


def packed(content: Buffer) -> Buffer:
    """What was written, in less space; reading it takes longer."""
    return zlib.compress(content, _LEVEL) if content and not _is_packed(content) else content


def content_of(content: Buffer) -> Buffer:
    """What was written, packed or not."""
    return zlib.decompress(content) if _is_packed(content) else content


def _is_packed(content: Buffer) -> bool:
    return content[:1] == _FIRST_OF_PACKED


_FIRST_OF_PACKED: Final = b"\x78"  # RFC 1950; what is written begins with 0x80, as pickles do
_LEVEL: Final = 1


def contribution_of(kept: KeptModule, placeholder: Any) -> Contribution:
    """The contribution of a module, except for what is in the bytes; `placeholder` stands for the
    values of environment variables."""
    return Contribution(
        assigned=dict.fromkeys(kept.assigned, placeholder),
        removed=set(kept.removed),
        steps=kept.steps,
        uses=dict.fromkeys(kept.uses),
        needs=dict.fromkeys(kept.needs),
        data=set(kept.data),
        variables=set(kept.variables),
    )


Known = Mapping[str, Retained]
