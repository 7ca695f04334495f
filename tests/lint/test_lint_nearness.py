"""Which keys are proposed, as Dagster proposes them, and which can only be a slip."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lint.pipelines import key

from assetgen.analyzer.lint import nearness
from assetgen.analyzer.lint.nearness import NearKeys
from assetgen.analyzer.model.keys import AssetKey

MISTYPED = [
    ("ordres", "orders"),
    ("order", "orders"),
    ("raw_ordres", "raw_orders"),
    ("rawcustomers", "raw_customers"),
    ("customers_daly", "customers_daily"),
    ("Orders", "orders"),
    ("raw/ordres", "raw/orders"),
    ("stagging/orders", "staging/orders"),
    ("orders", "raw/orders"),
]

NEAR = [
    ("src_orders", "stg_orders"),
    ("sales_2023", "sales_2024"),
    ("shard_1", "shard_2"),
    ("raw/orders", "raw/shop/orders"),
    ("fct_orders_eu", "fct_orders_us"),
]

FAR = [
    ("orders", "users"),
    ("raw/orders", "staging/orders"),
    ("a", "b"),
    ("raw/users", "users/raw"),
]


@pytest.mark.parametrize(("wanted", "other"), MISTYPED)
def test_a_misspelt_key_is_near_and_a_mistake(wanted: str, other: str) -> None:
    assert NearKeys([key(other)]).mistyped_as(key(wanted)) == (key(other),)
    assert NearKeys([key(other)]).near_to(key(wanted)) == (key(other),)


@pytest.mark.parametrize(("wanted", "other"), NEAR)
def test_a_similar_key_is_near_but_not_a_mistake(wanted: str, other: str) -> None:
    assert NearKeys([key(other)]).near_to(key(wanted)) == (key(other),)
    assert NearKeys([key(other)]).mistyped_as(key(wanted)) == ()


@pytest.mark.parametrize(("wanted", "other"), FAR)
def test_a_different_key_is_not_near(wanted: str, other: str) -> None:
    assert NearKeys([key(other)]).near_to(key(wanted)) == ()


def test_parts_written_with_slashes() -> None:
    assert NearKeys([key("raw/orders")]).mistyped_as(AssetKey(("raw/orders",))) == (
        key("raw/orders"),
    )


def test_the_closest_comes_first() -> None:
    keys = [key("raw/orders_ald"), key("orders_all")]
    assert NearKeys(keys).near_to(key("orders_ald")) == (key("orders_all"), key("raw/orders_ald"))


def test_keys_with_numbers_are_not_compared_with_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Thousands of them took minutes."""
    compared: list[str] = []
    monkeypatch.setattr(nearness, "_is_misspelled", lambda one, other: compared.append(other))
    keys = NearKeys([key(f"part{number}") for number in range(100)])

    assert keys.mistyped_as(key("whole7")) == ()
    assert not compared


@given(st.lists(st.text("ab1_Zé", min_size=1, max_size=12), min_size=2, unique=True))
def test_the_near_names_are_those_that_difflib_finds(names: list[str]) -> None:
    """Few are compared with it: what they share of letters is counted before."""
    wanted, *others = names
    similar = {
        key(other) for other in others if SequenceMatcher(None, other, wanted).ratio() >= 0.8
    }

    assert set(NearKeys([key(other) for other in others]).near_to(key(wanted))) == similar
