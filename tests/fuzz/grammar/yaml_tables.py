"""Assets made of a file of data that lies beside the module: YAML, JSON, CSV or TOML."""

from __future__ import annotations

import json
from collections.abc import Callable

from fuzz.grammar.attributes import GROUPS
from fuzz.grammar.draft import PACKAGE, Draft
from fuzz.grammar.spelling import coercible_key

Row = dict[str, str]


def data_factory(draft: Draft) -> None:
    """A table in a file, what reads it, and what makes an asset of each of its rows."""
    rows = [row(draft) for _ in range(draft.count(3, 1))]
    variable, table = draft.fresh("assets"), draft.fresh("table")
    read = draft.pick(READERS)(draft, table, rows)
    draft.need("from pathlib import Path")
    draft.write(f"{table} = {read}")
    draft.write(draft.pick(MAKERS)(draft, variable, table))
    for each in rows:
        draft.add((each["name"],), is_spec="specs" in variable)
    draft.export(variable, "assets")


def row(draft: Draft) -> Row:
    found = {"name": draft.fresh(), "group": draft.pick(GROUPS)}
    if draft.chance(2):
        found["owner"] = "team:data"
    return found


# -- how the table is kept


def of_yaml(draft: Draft, name: str, rows: list[Row]) -> str:
    draft.need("import yaml")
    lines = ["tables:"]
    for each in rows:
        first, *rest = each.items()
        lines.append(f"  - {first[0]}: {first[1]}")
        lines += [f"    {key}: {json.dumps(value)}" for key, value in rest]
    path = keep(draft, f"{name}.yaml", "\n".join(lines) + "\n")
    form = draft.pick(("text", "open", "method"))
    if form == "open":
        draft.write(f"with open({path}) as stream_of_{name}:")
        draft.write(f"    loaded_{name} = yaml.safe_load(stream_of_{name})")
        return f"loaded_{name}['tables']"
    if form == "method":
        return f"yaml.safe_load({path}.open())['tables']"
    return f"yaml.safe_load({path}.read_text())['tables']"


def of_json(draft: Draft, name: str, rows: list[Row]) -> str:
    draft.need("import json")
    path = keep(draft, f"{name}.json", json.dumps(rows, indent=1))
    return f"json.loads({path}.read_text())"


def of_csv(draft: Draft, name: str, rows: list[Row]) -> str:
    draft.need("import csv")
    columns = ("name", "group", "owner")
    lines = [",".join(each.get(column, "") for column in columns) for each in rows]
    path = keep(draft, f"{name}.csv", "\n".join((",".join(columns), *lines)) + "\n")
    return f"list(csv.DictReader({path}.open()))"


READERS: tuple[Callable[[Draft, str, list[Row]], str], ...] = (of_yaml, of_yaml, of_json, of_csv)


def keep(draft: Draft, name: str, content: str) -> str:
    """A file beside the module, and an expression for its path."""
    draft.data[f"{PACKAGE}/{name}"] = content
    return draft.pick(
        (
            f"(Path(__file__).parent / {name!r})",
            f"Path(__file__).with_name({name!r})",
            f"Path(__file__).resolve().parent.joinpath({name!r})",
        )
    )


# -- what is made of a row


def by_function(draft: Draft, variable: str, table: str) -> str:
    maker = draft.fresh("make")
    above = f"deps=[{coercible_key(draft, draft.pick(draft.known).key)}], " if draft.known else ""
    return f"""

def {maker}(row):
    @dg.asset(
        name=row["name"],
        group_name=row["group"],
        {above}owners=[row["owner"]] if row.get("owner") else None,
    )
    def _asset():
        return row

    return _asset


{variable} = [{maker}(row) for row in {table}]
"""


def by_chain(draft: Draft, variable: str, table: str) -> str:
    """Each asset on the one before."""
    maker = draft.fresh("make")
    return f"""

def {maker}(row, before):
    return dg.asset(
        name=row["name"], deps=[before] if before else [], tags={{"table": row["name"]}}
    )(lambda: row)


{variable} = []
for row in {table}:
    {variable}.append({maker}(row, {variable}[-1] if {variable} else None))
"""


def by_multi_asset(draft: Draft, variable: str, table: str) -> str:
    name = draft.fresh("several")
    return f"""

@dg.multi_asset(
    specs=[
        dg.AssetSpec(row["name"], group_name=row["group"], kinds={{"table"}}) for row in {table}
    ],
    can_subset=True,
)
def {name}():
    yield from ()


{variable} = [{name}]
"""


MAKERS: tuple[Callable[[Draft, str, str], str], ...] = (by_function, by_chain, by_multi_asset)
