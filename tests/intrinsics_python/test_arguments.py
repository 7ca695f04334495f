"""The binder of arguments is held against calls of real functions with the same parameters."""

import ast
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Constant, Module, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters

SIGNATURES = (
    "",
    "a",
    "a, b",
    "a, /, b",
    "a, b=2",
    "a=1, /, b=2",
    "*args",
    "**kwargs",
    "a, *args",
    "a, /, b=2, *args, c, d=4, **kwargs",
    "*, c, d=4",
    "a, *, c=3",
    "a, /, **kwargs",
)


def call(*args: Value, losses: tuple[Unknown, ...] = (), **kwargs: Value) -> Call:
    site = Site(Module("m", Scope("module"), None), ast.Constant(1))
    machine = SimpleNamespace(
        unknown=lambda reason, message, site, *causes: Unknown(reason, message, None, causes)
    )
    return Call(machine, "lib.function", args, kwargs, site, None, losses)  # type: ignore[arg-type]


def everything(parameters: Parameters, bound: Bound) -> dict[str, object]:
    found: dict[str, object] = {name: bound.plain(name) for name in parameters.names}
    found["args"] = tuple(value.value for value in bound.star)  # type: ignore[attr-defined]
    found["kwargs"] = {name: value.value for name, value in bound.rest.items()}  # type: ignore[attr-defined]
    return found


@given(
    st.sampled_from(SIGNATURES),
    st.lists(st.integers(), max_size=5),
    st.dictionaries(st.sampled_from("abcde"), st.integers()),
)
def test_binds_as_python_does(
    signature: str, positional: list[int], keywords: dict[str, int]
) -> None:
    namespace: dict[str, object] = {}
    exec(f"def function({signature}): return locals()", namespace)  # noqa: S102
    parameters = Parameters(signature)
    made = call(*map(Constant, positional), **{k: Constant(v) for k, v in keywords.items()})
    try:
        expected = namespace["function"](*positional, **keywords)  # type: ignore[operator]
    except TypeError:
        with pytest.raises(Raised, match="TypeError"):
            parameters.bind(made)
        return
    found = everything(parameters, parameters.bind(made))
    assert found == {"args": (), "kwargs": {}} | expected


def test_defaults_are_values_made_anew() -> None:
    parameters = Parameters("a=None, b=(), c=[1], d={'x': 1}, e=...")
    first, second = (parameters.bind(call()) for _ in range(2))
    assert first["a"] == Constant(None)
    assert first["e"] == Constant(...)
    items = first["c"]
    assert isinstance(items, Sequence)
    assert items is not second["c"]
    assert items.items == [Constant(1)]


def test_what_was_not_passed_may_be_among_the_losses() -> None:
    loss = Unknown("parameter", "it is a parameter")
    bound = Parameters("a, b, c=3").bind(call(Constant(1), losses=(loss,)))
    assert bound["a"] == Constant(1)
    for name in ("b", "c"):
        value = bound[name]
        assert isinstance(value, Unknown)
        assert value.root() is loss
        assert bound.get(name) is None
        assert name not in bound
    assert list(bound) == ["a"]


@pytest.mark.parametrize(
    ("signature", "made", "message"),
    [
        ("a", call(), "function() missing 1 required argument: 'a'"),
        ("a, *, b", call(), "function() missing 2 required arguments: 'a', 'b'"),
        (
            "a",
            call(Constant(1), Constant(2)),
            "function() takes 1 positional argument but 2 were given",
        ),
        (
            "a",
            call(Constant(1), a=Constant(2)),
            "function() got multiple values for argument 'a'",
        ),
        ("", call(x=Constant(1)), "function() got an unexpected keyword argument 'x'"),
    ],
)
def test_messages(signature: str, made: Call, message: str) -> None:
    with pytest.raises(Raised) as raised:
        Parameters(signature).bind(made)
    assert (raised.value.exception, raised.value.message) == ("builtins.TypeError", message)
