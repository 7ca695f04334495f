"""Assets that are not written one by one: functions, closures, classes, loops over tables."""

from __future__ import annotations

from collections.abc import Callable

from fuzz.grammar.attributes import GROUPS
from fuzz.grammar.draft import Draft
from fuzz.grammar.spelling import text, texts
from fuzz.grammar.upstreams import dep


def factory(draft: Draft) -> None:
    """A table of names, a thing that makes an asset of each, and a way to go through the table."""
    names = [draft.fresh() for _ in range(draft.count(3, 1))]
    build = draft.pick(BUILDERS)(draft)
    variable = draft.fresh("assets")
    collect(draft, variable, build, names)
    for name in names:
        draft.add((name,))
    draft.export(variable, "assets")


# -- what makes an asset: each gives an expression with NAME for the name


def by_function(draft: Draft) -> str:
    maker = draft.fresh("make")
    above = first_dep(draft)
    draft.write(f"""

def {maker}(name, group={draft.pick(GROUPS)!r}, *, deps=None, **options):
    @dg.asset(name=name, group_name=group, deps=deps or [{above}], **options)
    def _asset():
        return name

    return _asset
""")
    return draft.pick(
        (
            f"{maker}(NAME)",
            f"{maker}(name=NAME, group='given')",
            f"{maker}(NAME, tags={{'made': 'yes'}}, description=f'of {{1 + 1}}')",
            f"{maker}(*[NAME, 'spread'], **{{'owners': ['team:made']}})",
        )
    )


def by_closure(draft: Draft) -> str:
    maker = draft.fresh("make")
    draft.write(f"""

def {maker}(prefix):
    count = 0

    def build(name):
        nonlocal count
        count += 1

        @dg.asset(name=name, tags={{"prefix": prefix, "number": str(count)}})
        def fn(context):
            return prefix

        return fn

    return build


built_by_{maker} = {maker}({text(draft, "pre")})
""")
    return f"built_by_{maker}(NAME)"


def by_class(draft: Draft) -> str:
    base, child = draft.fresh("Base"), draft.fresh("Child")
    own = draft.pick(("group = 'child'", "def label(self):\n        return 'of child'", "pass"))
    draft.write(f"""

class {base}:
    group = "base"

    def __init__(self, name, *deps, **options):
        self.name = name
        self.deps = list(deps)
        self.options = options

    def label(self):
        return f"{{type(self).__name__}} {{self.name}}"

    def build(self):
        @dg.asset(
            name=self.name,
            group_name=self.group,
            description=self.label(),
            deps=self.deps,
            **self.options,
        )
        def fn():
            return self.name

        return fn


class {child}({base}):
    {own}

    def __init__(self, name):
        super().__init__(name, tags={{"class": self.__class__.__name__}})
""")
    return draft.pick((f"{base}(NAME).build()", f"{child}(NAME).build()"))


def by_partial(draft: Draft) -> str:
    draft.need("from functools import partial")
    maker = draft.fresh("make")
    draft.write(f"""

def {maker}(kind, name, owner="team:x"):
    return dg.asset(name=name, kinds={{kind}}, owners=[owner])(lambda: 1)


part_of_{maker} = partial({maker}, {text(draft, "sql")}, owner="team:y")
""")
    return f"part_of_{maker}(NAME)"


def by_decorator(draft: Draft) -> str:
    """A decorator of the project around `@asset`, applied by hand."""
    draft.need("import functools")
    decorator = draft.fresh("shop_asset")
    draft.write(f"""

def {decorator}(group, **given):
    options = {{"group_name": group, "tags": {{"team": group}}, **given}}

    def decorate(fn):
        @dg.asset(**options)
        @functools.wraps(fn)
        def wrapper(*args, **kwargs):
            return fn(*args, **kwargs)

        return wrapper

    return decorate


def body_of_{decorator}():
    \"\"\"Says what it does.\"\"\"
""")
    return f"{decorator}({draft.pick(GROUPS)!r}, name=NAME)(body_of_{decorator})"


def by_static_method(draft: Draft) -> str:
    name = draft.fresh("Builder")
    draft.write(f"""

class {name}:
    PREFIX = "built"
    made = []

    @staticmethod
    def spec(name):
        return dg.AssetSpec(name, group_name={name}.PREFIX)

    @classmethod
    def build(cls, name):
        @dg.multi_asset(specs=[cls.spec(name)], name=f"{{cls.PREFIX}}_{{name}}")
        def fn(): ...

        cls.made.append(fn)
        return cls.made[-1]
""")
    return f"{name}.build(NAME)"


BUILDERS: tuple[Callable[[Draft], str], ...] = (
    by_function,
    by_closure,
    by_class,
    by_partial,
    by_decorator,
    by_static_method,
)


def first_dep(draft: Draft) -> str:
    return dep(draft, draft.pick(draft.known)) if draft.known and draft.chance(2) else ""


# -- ways to go through the names


def collect(draft: Draft, variable: str, build: str, names: list[str]) -> None:
    """Write `variable = [...]` with an asset for each of the names."""
    draft.pick(COLLECTORS)(draft, variable, build, names)


def one_by_one(draft: Draft, variable: str, build: str, names: list[str]) -> None:
    items = ", ".join(build.replace("NAME", text(draft, name)) for name in names)
    draft.write(f"{variable} = [{items}]")


def comprehension(draft: Draft, variable: str, build: str, names: list[str]) -> None:
    table = draft.fresh("NAMES")
    draft.write(f"{table} = {texts(draft, names)}")
    made = build.replace("NAME", "each")
    draft.write(
        draft.pick(
            (
                f"{variable} = [{made} for each in {table}]",
                f"{variable} = [{made} for each in {table} if each != 'none']",
                f"{variable} = list({made} for each in {table})",
                f"{variable} = [*map(lambda each: {made}, {table})]",
                f"{variable} = [{made} for part in [{table}] for each in part]",
                f"{variable} = list({{each: {made} for each in {table}}}.values())",
            )
        )
    )


def loop(draft: Draft, variable: str, build: str, names: list[str]) -> None:
    made = build.replace("NAME", "each")
    form = draft.pick(("append", "plus", "while", "continue", "enumerate", "extend"))
    header = f"{variable} = []\nfor each in {texts(draft, names)}:"
    draft.write(
        {
            "append": f"{header}\n    {variable}.append({made})",
            "plus": f"{header}\n    {variable} += [{made}]",
            "while": f"{variable} = []\nleft = {texts(draft, names)}\nwhile left:\n"
            f"    each = left.pop(0)\n    {variable}.append({made})",
            "continue": f"{header}\n    if not each:\n        continue\n"
            f"    {variable}.append({made})\n    if len({variable}) > 9:\n        break",
            "enumerate": f"{variable} = []\nfor number, each in enumerate({texts(draft, names)}):\n"
            f"    {variable}.insert(number, {made})",
            "extend": f"{header}\n    {variable}.extend(made for made in ({made},))",
        }[form]
    )


def rows(draft: Draft, variable: str, build: str, names: list[str]) -> None:
    """A table of rows with a field for the name: dictionaries, dataclasses, enum members."""
    table, row = draft.fresh("ROWS"), draft.fresh("Row")
    form = draft.pick(("dicts", "dataclass", "enum", "tuples", "items", "namedtuple"))
    if form == "dicts":
        entries = ", ".join(f"{{'name': {text(draft, name)}, 'size': 1}}" for name in names)
        draft.write(f"{table} = [{entries}]")
        each = draft.pick(("row['name']", "row.get('name')", "dict(**row)['name']"))
    elif form == "dataclass":
        draft.need("from dataclasses import dataclass, field")
        draft.write(
            f"@dataclass\nclass {row}:\n    name: str\n"
            f"    options: dict = field(default_factory=dict)\n\n    def key(self):\n"
            f"        return self.name"
        )
        entries = ", ".join(f"{row}({text(draft, name)})" for name in names)
        draft.write(f"{table} = ({entries},)")
        each = draft.pick(("row.name", "row.key()"))
    elif form == "enum":
        draft.need("from enum import Enum")
        members = "\n".join(f"    M{i} = {name!r}" for i, name in enumerate(names))
        draft.write(f"class {row}(Enum):\n{members}")
        draft.write(f"{table} = {draft.pick((row, f'list({row})', f'{row}.__members__.values()'))}")
        each = "row.value"
    elif form == "items":
        entries = ", ".join(f"{text(draft, name)}: {i}" for i, name in enumerate(names))
        draft.write(f"{table} = {{{entries}}}.items()")
        each = "row[0]"
    elif form == "namedtuple":
        draft.need("from collections import namedtuple")
        draft.write(f"{row} = namedtuple('{row}', 'size name', defaults=['none'])")
        entries = ", ".join(f"{row}(1, {text(draft, name)})" for name in names)
        draft.write(f"{table} = [{entries}]")
        each = draft.pick(("row.name", "row[1]", "row._asdict()['name']"))
    else:
        entries = ", ".join(f"({i}, {text(draft, name)})" for i, name in enumerate(names))
        draft.write(f"{table} = [{entries}]")
        each = "row[-1]"
    made = build.replace("NAME", each)
    draft.write(f"{variable} = [{made} for row in {table}]")


def in_function(draft: Draft, variable: str, build: str, names: list[str]) -> None:
    """A generator or a function that gives the list."""
    name = draft.fresh("collect")
    made = build.replace("NAME", "each")
    if draft.chance(2):
        draft.write(f"\n\ndef {name}(names):\n    for each in names:\n        yield {made}\n")
        draft.write(f"{variable} = [*{name}({texts(draft, names)})]")
        return
    draft.write(
        f"\n\ndef {name}(each, *rest):\n    made = {made}\n"
        f"    return [made, *{name}(*rest)] if rest else [made]\n"
    )
    draft.write(f"{variable} = {name}(*{texts(draft, names)})")


COLLECTORS: tuple[Callable[[Draft, str, str, list[str]], None], ...] = (
    one_by_one,
    comprehension,
    loop,
    rows,
    in_function,
)
