"""Line 10: what a field of a configuration allows."""

import dagster as dg
from pydantic import Field

SEEN = []


class Limits(dg.Config):
    rows: int = Field(default=1, gt=0, le=100)
    part: float = Field(default=0.5, ge=0, lt=1)
    name: str = Field(default="ab", min_length=2, max_length=4, pattern="^[a-z]+$")
    even: int = Field(default=2, multiple_of=2)
    words: list[str] = Field(default_factory=list, max_length=2)
    maybe: int | None = Field(default=None, gt=3)


@dg.asset
def limited(config: Limits):
    SEEN.append((config.rows, config.part, config.name, config.even, config.words, config.maybe))


ASSETS = [limited]
GIVEN = [
    {},
    {"rows": 100, "part": 0, "name": "abcd", "even": 4, "words": ["a", "b"], "maybe": 4},
    {"rows": 0},
    {"rows": 101},
    {"part": -0.1},
    {"part": 1},
    {"name": "a"},
    {"name": "abcde"},
    {"name": "AB"},
    {"even": 3},
    {"words": ["a", "b", "c"]},
    {"maybe": 3},
    {"maybe": None},
]
RUNS = [{"run_config": {"ops": {"limited": {"config": each}}}} for each in GIVEN]
