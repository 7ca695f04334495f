"""How many random examples a run draws, and which."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings


def drawing(config: pytest.Config, examples: int) -> settings:
    """The same few each time; with `--fuzz-examples N` so many, and others each time."""
    wanted = config.getoption("--fuzz-examples")
    return settings(
        max_examples=wanted or examples,
        derandomize=not wanted,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
        print_blob=False,
    )
