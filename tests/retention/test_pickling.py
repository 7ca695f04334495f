"""Values of modules come back as they were, and nothing else ever comes back."""

from __future__ import annotations

import os
import pickle
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.evaluate.bound_values import Partial
from assetgen.analyzer.evaluate.objects.doubts import Doubt
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.values import NONE, Constant, Mapping, Module, Sequence, Value
from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.retention.keeping import Keeping
from assetgen.analyzer.retention.kept import content_of
from assetgen.analyzer.retention.numbers import COMMON
from assetgen.analyzer.retention.pickling import Read, Reader, Writer, constants
from assetgen.analyzer.room import with_room


def reader(modules: dict[str, Module], things: dict[str, list[object]]) -> Reader:
    return Reader(
        modules.__getitem__,
        lambda name: modules[name].scope,
        lambda name, number: things[name][number],
    )


def restored(thing: object, modules: tuple[Module, ...] = (), watched: Any = ()) -> Read:
    written = Writer(modules, {}, constants()).written("own", thing, watched)
    return reader({module.name: module for module in modules}, {}).read(written.content)


def test_what_two_hold_is_the_same_thing_for_both() -> None:
    shared = Sequence("list", [Constant(1)])
    read = restored([shared, Mapping("dict", {("constant", "a"): (Constant("a"), shared)})])
    first, second = read.thing
    assert second.entries["constant", "a"][1] is first
    assert first.items == [Constant(1)]
    assert first in read.own


def test_what_another_module_owns_is_that_of_the_other_module() -> None:
    shared = Sequence("list", [Constant(1)])
    writer = Writer((), {}, constants())
    one = writer.written("one", [shared], ())
    two = writer.written("two", [shared], ())
    assert (one.others, two.others) == ((), ("one",))
    things: dict[str, list[object]] = {}
    known = reader({}, things)
    read = known.read(one.content)
    things["one"] = read.own
    assert known.read(two.content).thing[0] is read.thing[0]


def test_modules_and_their_globals_are_those_that_are_there() -> None:
    module = Module("shop", Scope("module"))
    read = restored([module, module.scope, Scope("function", {}, module.scope)], (module,))
    assert read.thing[0] is module
    assert read.thing[1] is module.scope
    assert read.thing[2].parent is module.scope


def test_constants_of_our_own_code_stay_what_they_are() -> None:
    assert restored([NONE]).thing[0] is NONE


def test_what_can_be_changed_in_place_is_known_afterwards() -> None:
    value = Sequence("list", [])
    read = restored([value], watched=[value.items])
    assert read.watched[0] is read.thing[0].items


def test_what_holds_itself_still_does() -> None:
    items = Sequence("list", [])
    items.items.append(Partial(items, (items,), {}))
    read = restored([items, items.items[0]])
    again, partial = read.thing
    assert again.items == [partial]
    assert partial.function is again
    assert partial.args[0] is again
    assert read.own.count(again) == 1


def test_what_another_holds_as_well_keeps_what_is_no_default() -> None:
    shared: dict[str, Value] = {}
    read = restored([Partial(NONE, (), shared), Partial(NONE, (), shared)])
    first, second = read.thing
    assert first.kwargs is second.kwargs


def test_keys_that_are_told_by_their_identity_are_found_again() -> None:
    key = Module("shop", Scope("module"))
    mapping = Mapping("dict", {("object", id(key)): (key, Constant(1))})
    other = Module("shop", Scope("module"))
    content = Writer((key,), {}, constants()).written("own", [mapping], ()).content
    [found] = reader({"shop": other}, {}).read(content).thing
    assert list(found.entries) == [("object", id(other))]


@pytest.mark.parametrize(
    "thing",
    [
        os.path.join,
        print,
        Doubt("condition", "x"),
        object(),
        os,
        Path.cwd,
        (number for number in ()),
    ],
    ids=lambda thing: type(thing).__name__,
)
def test_what_lives_in_one_process_is_not_written(thing: object) -> None:
    with pytest.raises((pickle.PicklingError, TypeError)):
        Writer((), {}, constants()).written("own", [thing], ())


class _Calling:
    """Calls a function when it is read as pickles are."""

    def __init__(self, function: Any, *arguments: object) -> None:
        self.reduced = function, arguments

    def __reduce__(self) -> Any:
        return self.reduced


def test_nothing_is_called_whatever_the_bytes_say(tmp_path: Path) -> None:
    target = tmp_path / "made"
    for hostile in (
        _Calling(os.mkdir, str(target)),
        _Calling(eval, f"__import__('os').mkdir({str(target)!r})"),
        _Calling(analyze, Request(paths=(tmp_path,))),
        _Calling(getattr, "", "join"),
    ):
        with pytest.raises(Exception, match="cannot be read"):
            reader({}, {}).read(pickle.dumps((hostile, [], [])))
    assert not target.exists()


PROJECT = {
    "shop/__init__.py": "",
    "shop/names.py": (
        "import enum\nimport re\nfrom datetime import date, timedelta\n"
        "from decimal import Decimal\n"
        "from pathlib import Path\n\n\nclass Kind(enum.Enum):\n    RAW = 'raw'\n"
        "    MART = 'mart'\n\n\n"
        "class Base:\n    prefix = 'base'\n\n    def named(self, name):\n"
        "        return f'{self.prefix}_{name}'\n\n\n"
        "GROUPS = {Kind.RAW: 'raws', Kind.MART: 'marts', Base: 'bases'}\n"
        "SINCE = date(2024, 1, 1) + timedelta(days=1)\nPLACE = Path('a') / 'b'\n"
        "PATTERN = re.compile('a+')\nPRICE = Decimal('1.5')\nPAIRS = {(Kind.RAW, 1): 'x'}\n"
    ),
    "shop/made.py": (
        "import dagster as dg\nfrom shop.names import GROUPS, PAIRS, Base, Kind\n\n\n"
        "class Own(Base):\n    prefix = 'own'\n\n\ndef make(name, kind):\n"
        "    @dg.asset(name=Own().named(name), group_name=GROUPS[kind])\n"
        "    def made(context):\n        return name\n    return made\n\n\n"
        "one = make('one', Kind.RAW)\n"
    ),
    "shop/more.py": (
        "import dagster as dg\nfrom shop.made import make, one\nfrom shop.names import *\n\n"
        "two = make('two', Kind.MART)\n\n\n"
        "@dg.asset(deps=[one, two], group_name=PAIRS[Kind.RAW, 1],\n"
        "    partitions_def=dg.DailyPartitionsDefinition(SINCE.isoformat()))\ndef last(): ...\n\n\n"
        "@dg.op\ndef step(): ...\n\n\n@dg.graph_asset\ndef composed():\n    return step()\n"
    ),
    "shop/definitions.py": (
        "import dagster as dg\nfrom shop import made, more\nfrom shop.names import GROUPS, Base\n\n"
        "defs = dg.Definitions(assets=[*dg.load_assets_from_modules([made, more]),\n"
        "    dg.AssetSpec('spec', group_name=GROUPS[Base])])\n"
    ),
}


@pytest.mark.parametrize("changed", [None, *PROJECT])
def test_an_analysis_goes_on_with_what_was_kept(tmp_path: Path, changed: str | None) -> None:
    for name, text in PROJECT.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    request = Request(paths=(tmp_path,))
    keeping = Keeping()
    first = analyze(request, keeping=keeping)
    kept = with_room(keeping.kept)
    [location] = kept.locations
    files = {module.name for module in location.modules if module.state == "done"}
    assert files >= {"shop.names", "shop.made", "shop.more"}
    assert all(content_of(module.content) for module in location.modules)
    for _ in range(2):
        disk = Disk()
        stale = {str(tmp_path / changed)} if changed is not None else set[str]()
        again = Keeping(kept, stale, lambda path: bytes(disk.source(path)))  # type: ignore[arg-type]  # noqa: B023
        assert analyze(request, disk, keeping=again) == first
        assert all(location.restoring for location in again.locations.values())
        kept = with_room(again.kept)
        assert {module.name for module in kept.locations[0].modules} >= files


def test_everything_that_has_a_number_exists() -> None:
    for module, name in COMMON:
        assert callable(getattr(import_module(module), name)), (module, name)
    assert len(set(COMMON)) == len(COMMON)
