"""What the test modules share: real Dagster as the oracle, and the options of the tests."""

from collections.abc import Iterator

import pytest
from conformance.oracle import Oracle


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
