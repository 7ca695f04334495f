"""What the test modules share: the folders of the project, and real Dagster as the oracle."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conformance.oracle import Oracle

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-mdtest",
        action="store_true",
        help="rewrite the snapshots (model, mermaid, generated) in the Markdown tests",
    )


@pytest.fixture(scope="session")
def oracle(pytestconfig: pytest.Config) -> Iterator[Oracle]:
    """Real Dagster, whose answers are kept in pytest's cache folder."""
    server = Oracle(pytestconfig.cache.mkdir("dagster"))  # type: ignore[union-attr]
    yield server
    server.close()
