"""Which keys are proposed, as Dagster proposes them, and which can only be a slip."""

import pytest
from assetgen.analyzer.lint.nearness import keys_mistyped, keys_near
from assetgen.analyzer.model.keys import AssetKey
from lint.pipelines import key

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
def test_a_slip(wanted: str, other: str) -> None:
    assert keys_mistyped(key(wanted), [key(other)]) == (key(other),)
    assert keys_near(key(wanted), [key(other)]) == (key(other),)


@pytest.mark.parametrize(("wanted", "other"), NEAR)
def test_near_and_no_slip(wanted: str, other: str) -> None:
    assert keys_near(key(wanted), [key(other)]) == (key(other),)
    assert keys_mistyped(key(wanted), [key(other)]) == ()


@pytest.mark.parametrize(("wanted", "other"), FAR)
def test_far(wanted: str, other: str) -> None:
    assert keys_near(key(wanted), [key(other)]) == ()


def test_parts_written_with_slashes() -> None:
    assert keys_mistyped(AssetKey(("raw/orders",)), [key("raw/orders")]) == (key("raw/orders"),)


def test_the_closest_comes_first() -> None:
    keys = [key("raw/orders_ald"), key("orders_all")]
    assert keys_near(key("orders_ald"), keys) == (key("orders_all"), key("raw/orders_ald"))
