"""Line 2 and 11: what a function returns, its type, and the metadata that comes with it."""

import dagster as dg

SEEN = []


@dg.asset
def mr() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"a": 1})


@dg.asset
def mrv():
    return dg.MaterializeResult(
        value=5, metadata={"b": 2.5, "l": [1, 2], "n": None, "t": True, "s": "x"}
    )


@dg.asset
def useit(mrv):
    return mrv + 1


@dg.asset
def none1():
    return None


@dg.asset
def none2() -> None:
    return None


@dg.asset
def none3() -> None:
    return 5


@dg.asset
def bad_int() -> int:
    return "x"


@dg.asset
def bad_lst() -> list[int]:
    return ["x"]


@dg.asset
def uni() -> "int | None":
    return "s"


@dg.asset
def dd() -> dict[str, int]:
    return {"a": "b"}


@dg.asset
def tt() -> tuple[int, str]:
    return ("a", "b")


@dg.asset
def outp(context) -> dg.Output[int]:
    context.add_output_metadata({"x": 1, "y": 2})
    context.add_asset_metadata({"x": 3})
    return dg.Output(
        1,
        metadata={"y": 1, "z": 0, "path": "mine"},
        data_version=dg.DataVersion("v9"),
        tags={"q": "w"},
    )


@dg.asset
def badmeta(context):
    return dg.Output(1, metadata={"y": object()})


@dg.asset(metadata={"static": "m"}, tags={"x": "y"}, code_version="3", kinds={"a"})
def gen(context):
    yield dg.AssetObservation("gen", metadata={"o": 1})
    yield dg.AssetMaterialization("other", metadata={"o": 1})
    context.log_event(dg.AssetMaterialization("logged"))
    yield dg.Output(3)
    raise SystemExit(3)


@dg.asset
def reads_mr(mr):
    return 1


@dg.asset
def flt() -> float:
    return 1


@dg.asset
def boolint() -> int:
    return True


@dg.asset
def strr() -> str:
    return None


@dg.asset
async def asy():
    return 4


@dg.asset
async def asy2():
    yield dg.Output(4)


@dg.asset
def twice():
    yield dg.Output(4)
    yield dg.Output(4)


@dg.asset
def noyield():
    if False:
        yield dg.Output(4)


@dg.asset
def typedin(mrv: str):
    return 1


ASSETS = [
    mr,
    mrv,
    useit,
    none1,
    none2,
    none3,
    bad_int,
    bad_lst,
    uni,
    dd,
    tt,
    outp,
    badmeta,
    gen,
    reads_mr,
    flt,
    boolint,
    strr,
    asy,
    asy2,
    twice,
    noyield,
    typedin,
]
