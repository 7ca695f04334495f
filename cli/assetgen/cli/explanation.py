"""Why an asset exists and where its attributes come from; or what is similar to one that does not.

All of it is in the model: this only lays it out, with the lines of the source beside the places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher, get_close_matches
from typing import Final

from assetgen.analyzer.lint.sources import Sources, decode, lines_of
from assetgen.analyzer.model.assets import Asset, Dependency
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.environment import EnvironmentEffect
from assetgen.analyzer.model.pipeline import CodeLocation, Pipeline
from assetgen.analyzer.model.printable import printable
from assetgen.analyzer.model.spans import Span

_LOSSES: Final = frozenset(
    (
        *("unresolved-asset", "unresolved-condition", "unresolved-loop", "budget-exceeded"),
        *("syntax-error", "file-not-readable", "python-error", "empty-code-location"),
    )
)
_SHOWN: Final = 5
_LONGEST: Final = 60


def explanation(pipeline: Pipeline, key: str, sources: Sources) -> str | None:
    """The story of the asset `key` ("a/b") in every code location that has it; None if none has."""
    found = [
        (location, asset)
        for location in pipeline.locations
        for asset in location.assets
        if str(asset.key) == key
    ]
    lines = _Lines(sources)
    stories = (map(printable, _story(asset, location, lines)) for location, asset in found)
    blocks = ["\n".join(story) for story in stories]
    return "\n\n".join(blocks) + "\n" if blocks else None


def absence(pipeline: Pipeline, key: str, sources: Sources) -> str:
    """What is similar to a key that no code location has, and what might have defined it."""
    lines = _Lines(sources)
    said = [f"there is no asset {key}"]
    keys = [str(asset.key) for location in pipeline.locations for asset in location.assets]
    near = [each for each in keys if each.rpartition("/")[2] == key.rpartition("/")[2]]
    near += get_close_matches(key, keys, n=_SHOWN, cutoff=0.6)
    if near:
        said.append(f"did you mean {' or '.join(list(dict.fromkeys(near))[:_SHOWN])}?")
    unreached = [item for item in pipeline.unreached if item.name == key]
    if unreached:
        said += ["", "defined, but loaded by no code location"]
        said += [lines.at(item.origin.span) for item in unreached]
    losses = [item for item in pipeline.diagnostics if item.rule in _LOSSES]
    nearest = sorted(losses, key=lambda item: -_likeness(item, key, lines))
    if nearest:
        said += ["", "what could not be known and may define it, most likely first"]
        said += [f"  {item.span}: {item.code} {item.message}" for item in nearest[:_SHOWN]]
        if len(nearest) > _SHOWN:
            said.append(f"  and {len(nearest) - _SHOWN} more, which `assetgen analyze` lists")
    else:
        said += ["", "everything that could define it is known"]
    return "\n".join(map(printable, said)) + "\n"


def _likeness(item: Diagnostic, key: str, lines: _Lines) -> float:
    """How much the code and the message of a loss have in common with a key."""
    text = f"{item.message} {lines.text(item.span)} {item.span.path}".lower()
    parts = [part for part in key.lower().replace("/", "_").split("_") if part]
    shared = sum(part in text for part in parts) / max(1, len(parts))
    return shared + SequenceMatcher(None, key.lower(), text).ratio() / 10


class _Lines:
    """The lines of the files that spans point at."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._known: dict[str, Sequence[str]] = {}

    def text(self, span: Span) -> str:
        """The first line of a span, from where it begins to where it ends."""
        if span.path not in self._known:
            content = self._sources(span.path)
            decoded = decode(content) if content is not None else None
            self._known[span.path] = lines_of(decoded[0]) if decoded else ()
        lines = self._known[span.path]
        if not 0 < span.line <= len(lines):
            return ""
        line = lines[span.line - 1].rstrip()
        end = span.end_column - 1 if span.end_line == span.line else len(line)
        text = line[span.column - 1 : end].strip()
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

    def at(self, span: Span, before: str = "", width: int = 0) -> str:
        """A row of the story: what it is about, the place, and the code there."""
        return f"  {before:{width}}{span}  {self.text(span)}".rstrip()


def _story(asset: Asset, location: CodeLocation, lines: _Lines) -> Iterator[str]:
    yield f"{asset.key}  {_WORDS[asset.kind]}, in the code location {location.name}"
    for title, rows in (
        ("why it exists", _existence(asset, location, lines)),
        ("where its attributes come from", _attributes(asset, lines)),
        ("what it depends on", _dependencies(asset, location, lines)),
        ("environment variables it depends on", _environment(asset, location)),
        ("what could not be known about it", _unknown(asset)),
    ):
        told = list(rows)
        if told:
            yield ""
            yield title
            yield from told


def _existence(asset: Asset, location: CodeLocation, lines: _Lines) -> Iterator[str]:
    if asset.kind == "stub":
        users = [each for each in location.assets if _edges_to(each, asset)]
        width = max((len(str(user.key)) for user in users), default=0) + len(" depends on it ")
        for user in users:
            yield lines.at(_edges_to(user, asset)[0].span, f"{user.key} depends on it ", width)
        return
    for number, span in enumerate(asset.origin.chain):
        yield lines.at(span, "the call " if number == 0 else "which calls ", _WIDE)
    yield lines.at(asset.origin.span, "makes " if asset.origin.chain else "defined ", _WIDE)
    if asset.conditional:
        yield f"  {'only if ':{_WIDE}}{asset.conditional}"
    for span in asset.loaders:
        yield lines.at(span, "found by ", _WIDE)
    if location.definitions is not None:
        yield lines.at(location.definitions, "collected by ", _WIDE)
    if asset.step is not None and asset.step != asset.key.parts[-1]:
        yield f"  {'computed by ':{_WIDE}}{asset.step}"


def _edges_to(user: Asset, asset: Asset) -> list[Dependency]:
    return [dependency for dependency in user.deps if dependency.key == asset.key]


def _attributes(asset: Asset, lines: _Lines) -> Iterator[str]:
    if asset.kind == "stub":
        return
    told = [
        (name, span)
        for name, span in asset.places
        if name in _KEY_PARTS or _is_said(getattr(asset, name, None)) or name in asset.unknown
    ]
    width = max((len(_CALLED.get(name, name)) for name, _ in told), default=3) + 1
    if not any(name in ("key", "name") for name, _ in told):
        yield lines.at(asset.origin.span, "key ", width)
    order = {name: number for number, name in enumerate(_KEY_PARTS)}
    for name, span in sorted(told, key=lambda item: (order.get(item[0], 9), item[0])):
        yield lines.at(span, _CALLED.get(name, name) + " ", width)


def _is_said(value: object) -> bool:
    return value is not None and value != () and value is not False


def _dependencies(asset: Asset, location: CodeLocation, lines: _Lines) -> Iterator[str]:
    groups = {each.key: each.group_name for each in location.assets}
    width = max((len(str(dependency.key)) for dependency in asset.deps), default=0) + 1
    for dependency in asset.deps:
        yield lines.at(dependency.span, f"{dependency.key} ", width)
        how = _HOW.get(dependency.how, dependency.how)
        meant = _RESOLUTIONS[dependency.resolution](dependency, groups.get(dependency.key, ""))
        loads = ", its value is loaded" if dependency.loads_value else ""
        yield f"  {'':{width}}{how}{loads}; {meant}"


def _by_group(dependency: Dependency, group: str) -> str:
    return f"`{dependency.declared}` means it, as the only asset of that name in the group {group}"


def _by_table(dependency: Dependency, group: str) -> str:
    return f"`{dependency.declared}` means it, by its metadata dagster/table_name"


_RESOLUTIONS: Final[dict[str, Callable[[Dependency, str], str]]] = {
    "exact": lambda dependency, group: "an asset of exactly this key",
    "group": _by_group,
    "table": _by_table,
    "stub": lambda dependency, group: "nothing defines it",
}


def _environment(asset: Asset, location: CodeLocation) -> Iterator[str]:
    for variable in location.environment:
        for effect in variable.affects or ():
            if effect.kind == "asset" and effect.name == str(asset.key):
                places = ", ".join(f"{read.span.path}:{read.span.line}" for read in variable.reads)
                yield f"  {variable.name} ({variable.state}), read at {places}: {_for(effect)}"


def _for(effect: EnvironmentEffect) -> str:
    named = (f"`{name}`" for name in effect.attributes if name != "existence")
    exists = ("whether it exists, or its key",) if "existence" in effect.attributes else ()
    return ", ".join((*exists, *named))


def _unknown(asset: Asset) -> Iterable[str]:
    return (f"  {name}" for name in asset.unknown) if asset.kind != "stub" else ()


_WIDE: Final = len("collected by ")
_KEY_PARTS: Final = ("key", "name", "key_prefix", "loader_key_prefix")
_CALLED: Final = {"loader_key_prefix": "key_prefix of the loader"}
_HOW: Final = {
    "parameter": "a parameter of the function",
    "ins": "in ins",
    "deps": "in deps",
    "internal": "within the multi-asset",
}
_WORDS: Final = {
    "materializable": "is computed",
    "observable": "is observed",
    "external": "is made elsewhere",
    "stub": "is used, but not defined",
}
