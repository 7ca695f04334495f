"""Values are stored whole or not at all, and readers get copies."""

import os
from pathlib import Path
from typing import Any

import pytest

from assetgen.runtime.model.failures import StepError
from assetgen.runtime.storage.storage import FileStorage, MemoryStorage


class Breaks:
    """Cannot be written after a part of what holds it has been."""

    def __reduce__(self) -> Any:
        raise ValueError("half way")


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@pytest.fixture(params=["files", "memory"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    return FileStorage(tmp_path) if request.param == "files" else MemoryStorage()


def test_readers_get_copies(storage: Any) -> None:
    storage.save(("a", "b"), [1])
    storage.load(("a", "b")).append(2)
    assert storage.load(("a", "b")) == [1]
    assert storage.has(("a", "b"))


def test_what_was_not_stored_is_not_found(storage: Any) -> None:
    with pytest.raises(FileNotFoundError):
        storage.load(("a",))
    assert not storage.has(("a",))


def test_a_failed_write_leaves_the_old_value_and_no_rest(tmp_path: Path) -> None:
    storage = FileStorage(tmp_path)
    storage.save(("a",), "old")
    with pytest.raises(ValueError, match="half way"):
        storage.save(("a",), ["x" * 1_000_000, Breaks()])
    assert storage.load(("a",)) == "old"
    assert files(tmp_path) == ["a"]


def test_what_cannot_be_pickled_breaks_a_rule(tmp_path: Path) -> None:
    with pytest.raises(StepError, match="cannot be pickled"):
        FileStorage(tmp_path).save(("a",), lambda: 1)
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    ("place", "path"),
    [
        (("a",), "a"),
        (("a", "b"), "a/b"),
        (("a", "k/1"), "a/k/1"),
        (("a", "../../etc"), "a/%2E%2E/%2E%2E/etc"),
        (("a", "/etc"), "a/%2Fetc"),
        (("/a",), "%2Fa"),
        (("a..b",), "a..b"),
    ],
)
def test_places_stay_inside_the_folder(tmp_path: Path, place: tuple[str, ...], path: str) -> None:
    storage = FileStorage(tmp_path / "s")
    assert storage.save(place, 1) == f"{tmp_path}/s/{path}"
    assert files(tmp_path) == [f"s/{path}"]
    assert storage.load(place) == 1


def test_an_asset_that_got_partitions_takes_the_place_of_its_file(tmp_path: Path) -> None:
    storage = FileStorage(tmp_path)
    storage.save(("a",), 1)
    with pytest.raises(OSError):
        storage.save(("a", "2024"), 1)


def test_large_values_in_many_pieces(storage: Any) -> None:
    value = [b"x" * 3_000_000, bytearray(b"y" * 200_000), list(range(100_000))]
    storage.save(("large",), value)
    assert storage.load(("large",)) == value


def test_pieces_that_the_system_takes_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: whole(fd, data[:1000]))
    FileStorage(tmp_path).save(("a",), b"z" * 123_456)
    assert FileStorage(tmp_path).load(("a",)) == b"z" * 123_456


class Lost:
    """Can be written, and not read."""

    def __reduce__(self) -> Any:
        return {}.__getitem__, ("lost",)


def test_what_fails_while_it_is_read_was_stored(storage: Any) -> None:
    storage.save(("a",), Lost())
    with pytest.raises(KeyError):
        storage.load(("a",))
