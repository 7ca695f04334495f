"""Line 10: what is written is taken for a number where code gives it, and not in a run's
configuration."""

import os

import dagster as dg

SEEN = []
os.environ["ASSETGEN_TEST_ROWS"] = "7"


class Place(dg.ConfigurableResource):
    port: int
    share: float
    is_on: bool
    name: str
    sizes: list[int]
    limits: dict[str, int]
    maybe: int | None = None


def taken(**given):
    """What becomes of the fields, or that they are refused."""
    known = {"port": 1, "share": 0.5, "is_on": True, "name": "n", "sizes": [], "limits": {}}
    try:
        place = Place(**{**known, **given})
    except ValueError:
        return "refused"
    return {name: getattr(place, name) for name in given}


PLACES = [
    {"port": "5432", "share": "0.5", "is_on": "yes", "maybe": "3"},
    {"port": " 1_000.0 ", "share": " 1e3 ", "is_on": "OFF"},
    {"port": 5.0, "share": True, "is_on": 0, "name": b"bytes"},
    {"sizes": ("1", 2.0), "limits": {"a": "1"}},
    {"sizes": range(2)},
    *({"port": each} for each in ("5.5", "abc", "", "0x1", 5.5, float("inf"), None)),
    *({"share": each} for each in ("abc", "", None)),
    *({"is_on": each} for each in ("2", " true", 2, 0.5, None)),
    *({"name": each} for each in (5, True, None)),
    *({"sizes": each} for each in ("12", {1: 2}, None)),
    {"limits": {1: 1}},
    {"maybe": "abc"},
]


class Rows(dg.Config):
    whole: int = 1
    part: float = 0.5
    is_on: bool = True
    name: str = "n"
    sizes: list[int] = []  # noqa: RUF012
    maybe: int | None = None


@dg.asset
def configured(config: Rows):
    SEEN.append([taken(**each) for each in PLACES])
    SEEN.append((config.whole, config.part, config.is_on, config.sizes, config.maybe))


ASSETS = [configured]
GIVEN = [
    {"whole": 5, "part": 1, "sizes": [1], "maybe": 2},
    {"part": True},
    {"whole": {"env": "ASSETGEN_TEST_ROWS"}},
    *({"whole": each} for each in ("5", 5.0, True)),
    *({"is_on": each} for each in ("yes", 1)),
    {"part": "1.5"},
    {"name": 5},
    *({"sizes": each} for each in (["1"], (1,), {1})),
    {"maybe": "5"},
]
RUNS = [{"run_config": {"ops": {"configured": {"config": each}}}} for each in GIVEN]
