"""Modules in which an environment variable decides what there is."""

from __future__ import annotations

from hypothesis import strategies as st

WORLDS = ("prod", "dev", "test")
"""The values that the variable `STAGE` is tried with."""

BEGINNING = """import contextlib
import itertools
import os

import dagster as dg

STAGE = os.environ["STAGE"]


@dg.asset
def base(): ...


@dg.op
def work(): ...


def made(name, **given):
    @dg.asset(name=name, **given)
    def fn(): ...

    return fn


def job(name):
    @dg.job(name=name)
    def fn():
        work()

    return fn


assets, jobs, schedules, checks, sensors = [base], [], [], [], []
resources = {"lake": 1}
"""

ALWAYS = frozenset({"base", "lake"})
"""What is there in every world."""

PARTS = (
    'if STAGE == "prod":\n    assets.append(made("a{n}"))\nelse:\n    assets.append(made("b{n}"))',
    'if STAGE != "prod":\n    assets += [made("a{n}"), made("b{n}")]',
    'assets.append(made("a{n}")) if STAGE == "prod" else None',
    'STAGE == "prod" and assets.append(made("a{n}"))',
    'assets += {{"prod": [made("a{n}")], "dev": [made("b{n}"), made("c{n}")], "test": []}}[STAGE]',
    'assets += {{"prod": [made("a{n}")]}}.get(STAGE, [made("b{n}")])',
    'assets.extend(made(f"a{n}_{{x}}") for x in (["x", "y"] if STAGE == "prod" else ["y"]))',
    'assets += [made(f"a{n}_{{x}}") for x in range(3 if STAGE == "prod" else 1)]',
    'def build{n}():\n    if STAGE == "prod":\n        return [made("a{n}"), made("b{n}")]\n'
    '    return [made("b{n}")]\n\n\nassets += build{n}()',
    'def put{n}(into):\n    if STAGE == "dev":\n        return\n    into.append(made("a{n}"))\n\n\n'
    "put{n}(assets)",
    'for each{n} in ("prod", "dev"):\n    if each{n} == STAGE:\n'
    '        assets.append(made(f"a{n}_{{each{n}}}"))',
    'one{n} = made("a{n}")\n'
    'assets = [x for x in [*assets, one{n}] if x is base or STAGE == "prod"]',
    'match STAGE:\n    case "prod":\n        assets.append(made("a{n}"))\n    case "dev":\n'
    '        assets.append(made("b{n}"))',
    'assets += [made("a{n}")] * (STAGE == "prod")',
    'try:\n    if STAGE == "prod":\n        raise ValueError(STAGE)\n'
    '    assets.append(made("a{n}"))\nexcept ValueError:\n    assets.append(made("b{n}"))\n'
    'else:\n    assets.append(made("c{n}"))',
    'def checked{n}(into):\n    into.append(made("a{n}"))\n    if STAGE == "prod":\n'
    '        raise KeyError(STAGE)\n    into.append(made("b{n}"))\n    return "c{n}"\n\n\n'
    "try:\n    assets.append(made(checked{n}(assets)))\nexcept LookupError:\n"
    '    assets.append(made("d{n}"))',
    'for each{n} in ("prod", "dev"):\n    try:\n        if STAGE == each{n}:\n'
    '            raise ValueError\n        assets.append(made(f"a{n}_{{each{n}}}"))\n'
    '    except ValueError:\n        continue\n    assets.append(made(f"b{n}_{{each{n}}}"))',
    'try:\n    for each{n} in ("prod", "dev", "other"):\n        if STAGE == each{n}:\n'
    '            raise RuntimeError\n        assets.append(made(f"a{n}_{{each{n}}}"))\n'
    'except RuntimeError:\n    assets.append(made("b{n}"))\nfinally:\n'
    '    assets.append(made("c{n}"))',
    'def picked{n}():\n    try:\n        if STAGE == "prod":\n            raise ValueError\n'
    '    except ValueError:\n        return [made("a{n}")]\n    else:\n        if STAGE == "dev":\n'
    '            return [made("b{n}")]\n    return [made("c{n}")]\n\n\nassets += picked{n}()',
    'def given{n}():\n    for each in ("x", "y"):\n        try:\n            if STAGE == "prod":\n'
    '                raise ValueError\n            yield made(f"a{n}_{{each}}")\n'
    '        except ValueError:\n            yield made(f"b{n}_{{each}}")\n\n\n'
    "assets += given{n}()",
    'with contextlib.suppress(KeyError):\n    if STAGE == "prod":\n        raise KeyError\n'
    '    assets.append(made("a{n}"))',
    'try:\n    try:\n        if STAGE == "prod":\n            raise KeyError\n'
    '        assets.append(made("a{n}"))\n    finally:\n        assets.append(made("b{n}"))\n'
    'except KeyError:\n    assets.append(made("c{n}"))',
    'try:\n    kind{n} = {{"prod": "p", "dev": "d"}}[STAGE]\n'
    '    assets.append(made(f"a{n}_{{kind{n}}}"))\n'
    'except KeyError:\n    assets.append(made("b{n}"))',
    'for each{n} in ("x", "y", "z"):\n    if each{n} == "y" and STAGE == "prod":\n        break\n'
    '    assets.append(made(f"a{n}_{{each{n}}}"))\nelse:\n    assets.append(made("b{n}"))',
    'left{n} = ["x", "y"]\nwhile left{n}:\n    each{n} = left{n}.pop()\n    if STAGE == "prod":\n'
    '        continue\n    assets.append(made(f"a{n}_{{each{n}}}"))',
    'class Settings{n}:\n    is_live = STAGE == "prod"\n'
    '    names = ["a", "b"] if is_live else ["b"]\n\n    def all(self):\n'
    '        group = "live" if self.is_live else "off"\n'
    '        return [made(f"{{x}}{n}", group_name=group) for x in self.names]\n\n\n'
    "assets += Settings{n}().all()",
    "found{n} = {{}}\n\n\ndef noted{n}(name, when=True):\n    def keep(fn):\n        if when:\n"
    "            found{n}[name] = fn\n        return fn\n\n    return keep\n\n\n"
    '@noted{n}("a{n}", STAGE == "prod")\ndef one{n}(): ...\n\n\n@noted{n}("b{n}")\n'
    "def two{n}(): ...\n\n\nassets += [dg.asset(name=k)(v) for k, v in found{n}.items()]",
    "class Base{n}:\n    kinds = []\n\n    def __init_subclass__(cls, on=True):\n        if on:\n"
    '            Base{n}.kinds.append(cls)\n\n\nclass A{n}(Base{n}, on=STAGE == "prod"): ...\n\n\n'
    "class B{n}(Base{n}): ...\n\n\nassets += [made(c.__name__.lower()) for c in Base{n}.kinds]",
    'for each{n} in itertools.chain(["a"], ["b"] if STAGE == "prod" else []):\n'
    '    assets.append(made(each{n} + "{n}"))',
    'both{n} = [made("a{n}"), made("b{n}")]\nassets += both{n}[: 1 if STAGE == "prod" else 2]',
    'both{n} = dict(a=made("a{n}"), b=made("b{n}"))\n'
    'both{n}.pop("b" if STAGE == "prod" else "none", None)\nassets += both{n}.values()',
    'name{n} = {{True: "x", False: "y"}}[STAGE == "prod"]\nassets.append(made(name{n} + "{n}"))',
    'before{n} = None\nfor each{n} in ("a", "b", "c"):\n'
    '    if each{n} == "b" and STAGE == "prod":\n        continue\n'
    '    deps{n} = ["base"] if before{n} else []\n'
    '    assets.append(made(f"{{each{n}}}{n}", deps=deps{n}))\n    before{n} = each{n}',
    'left{n} = ["a", "b"]\nif STAGE == "prod":\n    left{n}.append("c")\nwhile left{n}:\n'
    '    assets.append(made(left{n}.pop(0) + "{n}"))',
    'if STAGE == "prod":\n    extra{n} = made("a{n}")\nassets.append(made("b{n}"))\n'
    'if STAGE == "prod":\n    assets.append(extra{n})',
    'assets.append(made("a{n}", group_name="g" if STAGE == "prod" else "h"))',
    'assets.append(made("a{n}", deps=["base"] if STAGE == "prod" else []))',
    'assets.append(made("a{n}", tags={{"k": "v"}} if STAGE == "prod" else {{}}))',
    'assets.append(made("a{n}", group_name="g") if STAGE == "prod" else made("a{n}"))',
    '@dg.multi_asset(specs=[dg.AssetSpec("m{n}"), *([dg.AssetSpec("p{n}")] if STAGE == "prod" '
    "else [])])\ndef several{n}(): ...\n\n\nassets.append(several{n})",
    'class Base{n}:\n    def assets(self):\n        return [made("b{n}")]\n\n\n'
    "class More{n}(Base{n}):\n    def assets(self):\n"
    '        return [*super().assets(), made("a{n}")]\n\n\n'
    'assets += (More{n} if STAGE == "prod" else Base{n})().assets()',
    'flags{n} = {{"x": STAGE == "prod", "y": True}}\n'
    'assets += [made(f"{{k}}{n}") for k, is_on in flags{n}.items() if is_on]',
    'if STAGE == "prod":\n    jobs.append(job("j{n}"))',
    'jobs += [job("j{n}") if STAGE == "prod" else job("k{n}")]',
    'jobs.append(dg.define_asset_job("j{n}", "base" if STAGE == "prod" else "*"))',
    'jobs.append(job("j{n}"))\nif STAGE == "prod":\n    schedules.append(\n'
    '        dg.ScheduleDefinition(name="s{n}", job=jobs[-1], cron_schedule="0 1 * * *")\n    )',
    'jobs.append(dg.define_asset_job("j{n}" if STAGE == "prod" else "k{n}", "base"))',
    'jobs.append(dg.define_asset_job("j{n}", "base") if STAGE == "prod" else '
    'dg.define_asset_job("j{n}", "*"))',
    'two{n} = [job("j{n}"), job("k{n}")]\njobs += two{n}\nschedules.append(dg.ScheduleDefinition(\n'
    '    name="s{n}", job=two{n}[STAGE == "prod"], cron_schedule="0 1 * * *"\n))',
    'schedules.append(dg.ScheduleDefinition(\n    name="s{n}", target="base",\n'
    '    cron_schedule="0 1 * * *" if STAGE == "prod" else "0 2 * * *"\n))',
    'named{n} = dg.define_asset_job(f"j{n}_{{STAGE}}", "base")\nschedules.append(\n'
    '    dg.ScheduleDefinition(job=named{n}, cron_schedule="0 1 * * *")\n)',
    'if STAGE == "prod":\n    when{n} = dg.ScheduleDefinition(\n'
    '        name="s{n}", target="base", cron_schedule="0 1 * * *"\n    )\nelse:\n'
    '    when{n} = dg.ScheduleDefinition(\n        name="s{n}", target="*", '
    'cron_schedule="0 2 * * *"\n    )\nschedules.append(when{n})',
    '@dg.sensor(\n    name="w{n}" if STAGE == "prod" else "v{n}", target="base"\n)\n'
    "def sensor{n}(): ...\n\n\nsensors.append(sensor{n})",
    'two{n} = [job("j{n}"), job("k{n}")]\njobs += two{n}\n\n\n'
    '@dg.sensor(job=two{n}[0 if STAGE == "prod" else 1])\n'
    "def sensor{n}(): ...\n\n\nsensors.append(sensor{n})",
    '@dg.asset_check(asset=base, name=f"c{n}_{{STAGE}}")\ndef c{n}(): ...\n\n\nchecks.append(c{n})',
    '@dg.asset_check(\n    asset=base, blocking=STAGE == "prod", description=STAGE.upper()\n)\n'
    "def c{n}(): ...\n\n\nchecks.append(c{n})",
    'assets.append(made("a{n}"))\n\n\n@dg.asset_check(asset="a{n}" if STAGE == "prod" else base)\n'
    "def c{n}(): ...\n\n\nchecks.append(c{n})",
    'groups{n} = {{"x{n}": "g", "y{n}": "h"}}\ngroups{n}[STAGE] = "late"\n'
    "assets += [made(k, group_name=v) for k, v in groups{n}.items() if k != STAGE]",
    'deps{n} = {{"x{n}": [], "y{n}": []}}\n'
    'deps{n}["x{n}" if STAGE == "prod" else "y{n}"].append("base")\n'
    "assets += [made(k, deps=v) for k, v in deps{n}.items()]",
    'kinds{n} = {{each: len(each) for each in ("dev", STAGE, "other")}}\n'
    'assets.append(made("a{n}", tags={{k: str(v) for k, v in kinds{n}.items()}}))',
    'assets.append(made("a{n}", key_prefix=["p", STAGE]))',
    'assets.append(dg.AssetSpec("a{n}", deps=[["p", STAGE, "up"]]))',
    'outs{n} = {{"o{n}": dg.AssetOut()}}\n'
    'if STAGE == "prod":\n    outs{n}["q{n}"] = dg.AssetOut()\n'
    "assets.append(dg.multi_asset(outs=outs{n}, name='m{n}')(lambda: 1))",
    'new{n} = {{dg.AssetKey("a{n}"): dg.AssetKey("b{n}")}} if STAGE == "prod" else {{}}\n'
    'assets.append(made("a{n}").with_attributes(asset_key_replacements=new{n}))',
    'resources.update({{"r{n}": 1}} if STAGE == "prod" else {{}})',
    'if STAGE == "prod":\n    resources["r{n}"] = 1\nelse:\n    resources["q{n}"] = 2',
    'if STAGE == "prod":\n\n    @dg.asset_check(asset=base)\n    def c{n}(): ...\n\nelse:\n\n'
    '    @dg.asset_check(asset=base, name="d{n}")\n    def c{n}(): ...\n\n\nchecks.append(c{n})',
)

_ALL = "jobs=jobs, schedules=schedules, asset_checks=checks, sensors=sensors"
ENDINGS = (
    f"defs = dg.Definitions(assets=assets, resources=resources, {_ALL})",
    "defs = dg.Definitions.merge(\n    dg.Definitions(assets=assets, resources=resources),\n"
    f"    dg.Definitions({_ALL}),\n)",
    'if STAGE == "prod":\n    defs = dg.Definitions(assets=[*assets, made("last")], '
    f"resources=resources, {_ALL})\nelse:\n"
    f"    defs = dg.Definitions(assets=assets, resources=resources, {_ALL})",
    '@dg.definitions\ndef defs():\n    if STAGE == "dev":\n'
    f"        return dg.Definitions(assets=assets, resources=resources, {_ALL})\n"
    '    return dg.Definitions(assets=assets, resources={**resources, "late": 1}, '
    f"{_ALL})",
    'def build():\n    given = {"assets": assets, "resources": resources, "jobs": jobs}\n'
    '    if STAGE == "prod":\n        given["schedules"] = schedules\n'
    "    return dg.Definitions(**given, asset_checks=checks, sensors=sensors)\n\n\ndefs = build()",
)


@st.composite
def modules(draw: st.DrawFn) -> str:
    """The text of a module."""
    parts = draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4))
    numbered = (part.format(n=number) for number, part in enumerate(parts))
    return "\n\n\n".join((BEGINNING, *numbered, draw(st.sampled_from(ENDINGS)), ""))
