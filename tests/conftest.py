"""What the test modules share: real Dagster as the oracle, and the options of the tests."""

import os
from collections.abc import Iterator

import pytest
from conformance.oracle import Oracle


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-mdtest",
        action="store_true",
        help="rewrite the snapshots (model, mermaid, generated) in the Markdown tests",
    )
    parser.addoption(
        "--fuzz-examples",
        type=int,
        default=0,
        metavar="N",
        help="draw N random projects in tests/fuzz, other ones each time",
    )


@pytest.fixture(scope="session", autouse=True)
def no_cache() -> Iterator[None]:
    """Commands run by tests leave nothing behind; the tests of the cache name a folder."""
    before = os.environ.get("ASSETGEN_CACHE_DIR")
    os.environ["ASSETGEN_CACHE_DIR"] = ""
    yield
    os.environ.pop("ASSETGEN_CACHE_DIR")
    if before is not None:
        os.environ["ASSETGEN_CACHE_DIR"] = before


@pytest.fixture(scope="session")
def oracle(pytestconfig: pytest.Config) -> Iterator[Oracle]:
    """Real Dagster, whose answers are kept in pytest's cache folder."""
    server = Oracle(pytestconfig.cache.mkdir("dagster"))  # type: ignore[union-attr]
    yield server
    server.close()
