"""A folder of definitions: components of the project in YAML, and plain modules beside them."""

from __future__ import annotations

from fuzz.grammar.attributes import GROUPS
from fuzz.grammar.draft import PACKAGE, Draft, File, Known

PROJECT = f"""[project]
name = "{PACKAGE}"
version = "0.1.0"

[tool.dg]
directory_type = "project"

[tool.dg.project]
root_module = "{PACKAGE}"
"""
CLASS = """from dataclasses import dataclass, field

import dagster as dg


class Table(dg.Model, dg.Resolvable):
    name: str
    group: str = "tables"
    deps: list[str] = []


{decorator}class {name}({bases}):
    {fields}

    def build_defs(self, context: dg.ComponentLoadContext) -> dg.Definitions:
        return dg.Definitions(assets=[self.made(table) for table in self.tables])

    def made(self, table):
        {made}
"""
MADE = (
    """@dg.asset(
            name=table.name,
            group_name=table.group,
            deps=table.deps,
            key_prefix=self.prefix or None,
            tags={"component": "yes"},
        )
        def _asset():
            return table.name

        return _asset""",
    """key = [self.prefix, table.name] if self.prefix else [table.name]
        return dg.AssetSpec(key, group_name=table.group, deps=table.deps)""",
)


def defs_folder(draft: Draft) -> None:
    """The class, and one to three folders with its YAML; what they make is known from then on."""
    name = draft.fresh("Tables")
    as_model = draft.chance(2)
    fields = "prefix: str = ''\n    tables: list[Table] = []"
    if not as_model:
        fields = "tables: list[Table] = field(default_factory=list)\n    prefix: str = ''"
    made = draft.pick(MADE)
    draft.data["pyproject.toml"] = PROJECT
    draft.data[f"{PACKAGE}/lib/__init__.py"] = ""
    draft.data[f"{PACKAGE}/lib/tables.py"] = CLASS.format(
        decorator="" if as_model else "@dataclass\n",
        name=name,
        bases="dg.Component, dg.Model, dg.Resolvable"
        if as_model
        else "dg.Component, dg.Resolvable",
        fields=fields,
        made=made,
    )
    draft.data[f"{PACKAGE}/defs/__init__.py"] = ""
    file = File("defs")
    for _ in range(draft.count(3, 1)):
        folder = draft.fresh("part")
        draft.data[f"{PACKAGE}/defs/{folder}/defs.yaml"] = instance(
            draft, file, name, is_spec="AssetSpec" in made
        )
    if draft.chance(2):
        folder = draft.fresh("coded")
        draft.data[f"{PACKAGE}/defs/{folder}/component.py"] = coded(
            draft, file, name, is_spec="AssetSpec" in made
        )
    if draft.chance(2):
        asset = draft.fresh()
        draft.data[f"{PACKAGE}/defs/{draft.fresh('plain')}.py"] = (
            f"import dagster as dg\n\n\n@dg.asset\ndef {asset}():\n    return 1\n"
        )
        draft.known.append(known(file, (asset,), is_spec=False))


def instance(draft: Draft, file: File, name: str, *, is_spec: bool) -> str:
    lines = [f"type: {PACKAGE}.lib.tables.{name}", "", "attributes:"]
    prefix = draft.fresh("pre") if draft.chance(3) else ""
    if prefix:
        lines.append(f"  prefix: {prefix}")
    lines.append("  tables:")
    for _ in range(draft.count(3, 1)):
        table = draft.fresh()
        spelled = draft.pick((table, f'"{table}"', f"\"{{{{ '{table}' }}}}\""))
        lines.append(f"    - name: {spelled}")
        if draft.chance(2):
            lines.append(f"      group: {draft.pick(GROUPS)}")
        above = [each for each in draft.known if len(each.key) == 1]
        if above and draft.chance(2):
            lines.append(f"      deps: [{draft.pick(above).key[0]}]")
        key = (prefix, table) if prefix else (table,)
        draft.known.append(known(file, key, is_spec=is_spec))
    if draft.chance(3):
        lines += ["", "post_processing:", "  assets:", "    - target: '*'", "      attributes:"]
        lines.append(
            draft.pick(
                (
                    "        tags: {late: 'yes'}",
                    "        owners: ['team:late']",
                    "        group_name: late",
                )
            )
        )
    return "\n".join(lines) + "\n"


def coded(draft: Draft, file: File, name: str, *, is_spec: bool) -> str:
    """An instance that is made in Python."""
    tables = [draft.fresh() for _ in range(draft.count(2, 1))]
    prefix = draft.fresh("pre") if draft.chance(3) else ""
    for table in tables:
        key = (prefix, table) if prefix else (table,)
        draft.known.append(known(file, key, is_spec=is_spec))
    group = draft.pick(GROUPS)
    made = draft.pick(
        (
            f"[Table(name=name, group={group!r}) for name in {tables!r}]",
            f"[Table(name={tables[0]!r}), *map(table, {tables[1:]!r})]",
        )
    )
    return f"""import dagster as dg

from {PACKAGE}.lib.tables import Table, {name}


def table(name):
    return Table(name=name, deps=["{group}_source"])


@dg.component_instance
def load(context: dg.ComponentLoadContext) -> {name}:
    return {name}(prefix={prefix!r}, tables={made})
"""


def known(file: File, key: tuple[str, ...], *, is_spec: bool) -> Known:
    return Known(key, file, "", is_spec)


LOADED = "dg.load_from_defs_folder(path_within_project=Path(__file__).parent)"
"""What loads the folder, in a module of the package."""
