"""Ways to write a value: a literal, or what evaluates to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from fuzz.grammar.draft import Draft, Key


def text(draft: Draft, value: str) -> str:
    """An expression for a piece of text; what it needs is written before."""
    if not draft.chance(3):
        return repr(value)
    return draft.pick(TEXT_FORMS)(draft, value)


def constant(draft: Draft, value: str) -> str:
    name = draft.fresh("CONSTANT")
    draft.write(f"{name} = {value!r}")
    return name


def setting(draft: Draft, value: str) -> str:
    """A constant of the settings module."""
    name = draft.fresh("SETTING")
    settings = draft.files[0]
    settings.lines.append(f"{name} = {value!r}")
    return draft.name_from(settings, name)


def formatted(draft: Draft, value: str) -> str:
    head, tail = value[: len(value) // 2], value[len(value) // 2 :]
    name = constant(draft, head)
    return draft.pick(
        (
            f"f'{{{name}}}' {tail!r}",
            f"{name} + {tail!r}",
            f"'%s%s' % ({name}, {tail!r})",
            f"'{{}}{{}}'.format({name}, {tail!r})",
            f"{chr(39)}{{head}}{chr(39)}.format(head={name}) + {tail!r}",
            f"''.join([{name}, {tail!r}])",
            f"''.join(part for part in ({name}, {tail!r}))",
        )
    )


def looked_up(draft: Draft, value: str) -> str:
    name = draft.fresh("TABLE")
    draft.write(f"{name} = {{'one': {value!r}, 'two': 'other'}}")
    return draft.pick(
        (
            f"{name}['one']",
            f"{name}.get('one', 'none')",
            f"{name}.get('three') or {name}['one']",
            f"list({name}.values())[0]",
            f"next(iter({name}.values()))",
            f"{{v: k for k, v in {name}.items()}} and [*{name}.values()][0]",
            f"dict({name}, two=1)['one']",
            f"({name} | {{'two': 2}})['one']",
            f"(lambda one, **rest: one)(**{name})",
            f"min({name}.items())[1]",
        )
    )


def member(draft: Draft, value: str) -> str:
    draft.need("import enum")
    name = draft.fresh("Kind")
    base = draft.pick(("enum.Enum", "str, enum.Enum"))
    draft.write(f"class {name}({base}):\n    FIRST = {value!r}\n    SECOND = 'second'")
    return draft.pick(
        (
            f"{name}.FIRST.value",
            f"{name}['FIRST'].value",
            f"{name}({value!r}).value",
            f"[each.value for each in {name}][0]",
        )
    )


def attribute(draft: Draft, value: str) -> str:
    name = draft.fresh("Row")
    form = draft.pick(("class", "init", "property", "dataclass", "namedtuple", "namespace"))
    if form == "class":
        draft.write(f"class {name}:\n    text = {value!r}")
        return draft.pick((f"{name}.text", f"{name}().text", f"getattr({name}, 'text')"))
    if form == "init":
        draft.write(
            f"class {name}:\n    def __init__(self, text='none', *rest):\n"
            f"        self.text, self.rest = text, rest"
        )
        return f"{name}({value!r}).text"
    if form == "property":
        draft.write(
            f"class {name}:\n    half = {value[:2]!r}\n\n    @property\n"
            f"    def text(self):\n        return self.half + {value[2:]!r}"
        )
        return f"{name}().text"
    if form == "dataclass":
        draft.need("from dataclasses import dataclass, replace")
        draft.write(f"@dataclass(frozen=True)\nclass {name}:\n    text: str\n    size: int = 3")
        return draft.pick(
            (f"{name}({value!r}).text", f"replace({name}('none', size=1), text={value!r}).text")
        )
    if form == "namedtuple":
        draft.need("from typing import NamedTuple")
        draft.write(f"class {name}(NamedTuple):\n    text: str\n    size: int = 3")
        return draft.pick((f"{name}({value!r}).text", f"{name}(text={value!r}, size=1)[0]"))
    draft.need("from types import SimpleNamespace")
    return f"SimpleNamespace(text={value!r}).text"


def computed(draft: Draft, value: str) -> str:
    name = draft.fresh("compute")
    form = draft.pick(("function", "branch", "loop", "generator", "cached", "try"))
    body = {
        "function": f"    return {value!r}",
        "branch": f"    if len({value!r}) > 100:\n        return 'long'\n    return {value!r}",
        "loop": f"    text = ''\n    for letter in {value!r}:\n        text += letter\n"
        f"    else:\n        text = text[:]\n    return text",
        "generator": f"    yield from ({value!r}, 'other')",
        "cached": f"    return {value!r}",
        "try": f"    try:\n        return {{}}['none']\n    except KeyError:\n"
        f"        return {value!r}\n    finally:\n        pass",
    }[form]
    decorator = ""
    if form == "cached":
        draft.need("import functools")
        decorator = "@functools.lru_cache(maxsize=None)\n"
    draft.write(f"{decorator}def {name}():\n{body}")
    return f"next({name}())" if form == "generator" else f"{name}()"


def transformed(draft: Draft, value: str) -> str:
    long = f"{value}.csv"
    name = constant(draft, long)
    form = draft.pick(
        ("slice", "replace", "suffix", "split", "stem", "regex", "walrus", "ternary", "index")
    )
    if form == "stem":
        draft.need("from pathlib import Path")
        return f"Path('data', {name}).stem"
    if form == "regex":
        draft.need("import re")
        return f"re.sub(r'\\.csv$', '', {name})"
    return {
        "slice": f"{name}[:-4]",
        "replace": f"{name}.replace('.csv', '')",
        "suffix": f"{name}.removesuffix('.csv').strip()",
        "split": f"{name}.rsplit('.', 1)[0]",
        "walrus": f"(found := {name})[: found.rindex('.')]",
        "ternary": f"{value!r} if {name}.endswith('csv') else 'none'",
        "index": f"{name}[0:{name}.rfind('.')]",
    }[form]


TEXT_FORMS: tuple[Callable[[Draft, str], str], ...] = (
    constant,
    setting,
    formatted,
    looked_up,
    member,
    attribute,
    computed,
    transformed,
)


def texts(draft: Draft, values: Sequence[str], kind: str = "list") -> str:
    """An expression for several pieces of text: a list, tuple or set."""
    items = [text(draft, value) for value in values]
    if kind == "set":
        return f"{{{', '.join(items)}}}" if items else "set()"
    if kind == "tuple":
        return f"({', '.join(items)},)" if items else "()"
    inside = f"[{', '.join(items)}]"
    if not items or not draft.chance(4):
        return inside
    return draft.pick(
        (
            f"[*{inside}]",
            f"[part for part in {inside}]",
            f"{inside}[:] + []",
            f"list(({', '.join(items)},))",
            f"list(map(str, {inside}))",
            f"[*filter(None, {inside})]",
            f"sorted({inside}, key={list(values)!r}.index)",
        )
    )


def mapping(draft: Draft, values: Mapping[str, str]) -> str:
    """An expression for a dictionary from text to text."""
    inside = ", ".join(f"{text(draft, key)}: {text(draft, each)}" for key, each in values.items())
    pairs = ", ".join(f"({key!r}, {each!r})" for key, each in values.items())
    plain = f"{{{inside}}}"
    if not draft.chance(3):
        return plain
    return draft.pick(
        (
            f"dict({plain})",
            f"{{**{plain}}}",
            f"{{key: value for key, value in [{pairs}]}}",
            f"dict([{pairs}])",
            f"dict(zip({list(values)!r}, {list(values.values())!r}))",
            f"{{}} | {plain}",
        )
    )


def asset_key(draft: Draft, key: Key) -> str:
    """An expression for an `AssetKey`."""
    if len(key) == 1 and draft.chance(2):
        return f"dg.AssetKey({text(draft, key[0])})"
    if draft.chance(4):
        return f"dg.AssetKey.from_user_string({text(draft, '/'.join(key))})"
    if len(key) > 1 and draft.chance(4):
        return f"dg.AssetKey({texts(draft, key[1:])}).with_prefix({text(draft, key[0])})"
    return f"dg.AssetKey({texts(draft, key)})"


def coercible_key(draft: Draft, key: Key) -> str:
    """An expression for what Dagster takes as a key: an `AssetKey`, a list of parts, text."""
    form = draft.pick(("key", "parts", "text"))
    if form == "parts":
        return texts(draft, key)
    if form == "text" and len(key) == 1:
        return text(draft, key[0])
    return asset_key(draft, key)
