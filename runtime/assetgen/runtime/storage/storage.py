"""Where values are kept between the steps."""

import os
import pickle
from pathlib import Path
from typing import Any

from assetgen.runtime.model.failures import StepError


class FileStorage:
    """Values as pickle files below a folder, each written whole or not at all."""

    def __init__(self, folder: "str | os.PathLike[str]") -> None:
        """`folder` is created when the first value is stored."""
        self.folder = os.path.abspath(folder)  # noqa: PTH100

    def location(self, place: tuple[str, ...]) -> str:
        """The path of the value at `place`, whose elements may themselves hold slashes.

        It never leads out of the folder.
        """
        path = "/".join(place)
        if ".." in path or "//" in path or path[:1] == "/":
            path = "/".join(map(contained, place))
        return f"{self.folder}/{path}"

    def save(self, place: tuple[str, ...], value: Any) -> str:
        """Store a value and return its path; StepError if it cannot be pickled.

        A reader sees the old value or the new one, never a part.
        """
        path = self.location(place)
        head, _, name = path.rpartition("/")
        draft = f"{head}/.{name}.{os.getpid()}.tmp"
        try:
            descriptor = os.open(draft, WRITE_NEW, 0o666)
        except FileNotFoundError:
            os.makedirs(head, exist_ok=True)  # noqa: PTH103
            descriptor = os.open(draft, WRITE_NEW, 0o666)
        try:
            try:
                pickle.dump(value, WholeWriter(descriptor), 5)
            finally:
                os.close(descriptor)
            os.replace(draft, path)  # noqa: PTH105
        except NOT_PICKLABLE as error:
            Path(draft).unlink(missing_ok=True)
            raise StepError(f"{type(value).__name__} cannot be pickled: {error}") from error
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        return path

    def load(self, place: tuple[str, ...]) -> Any:
        """The value stored at `place`; FileNotFoundError if there is none."""
        path = self.location(place)
        descriptor = os.open(path, READ)
        try:
            data = os.read(descriptor, SMALL)
        finally:
            os.close(descriptor)
        if len(data) < SMALL:
            return pickle.loads(data)
        with open(path, "rb", SMALL) as file:  # noqa: PTH123
            return pickle.load(file)

    def has(self, place: tuple[str, ...]) -> bool:
        """Whether a value is stored at `place`."""
        return Path(self.location(place)).is_file()


def contained(part: str) -> str:
    """`part` as a relative path that does not climb out of its folder."""
    if part[:1] == "/":
        part = "%2F" + part[1:]
    if ".." in part:
        part = "/".join("%2E%2E" if name == ".." else name for name in part.split("/"))
    return part


class WholeWriter:
    """Writes to a file descriptor, each piece whole; `open` would ask the system more."""

    __slots__ = ("descriptor",)

    def __init__(self, descriptor: int) -> None:
        """`descriptor` stays open."""
        self.descriptor = descriptor

    def write(self, data: Any) -> None:
        """Write all of it, however many calls that takes."""
        if type(data) is bytes:
            written = os.write(self.descriptor, data)
            if written == len(data):
                return
            data = data[written:]
        view = memoryview(data)
        if view.nbytes != len(view):
            view = view.cast("B")
        while view:
            view = view[os.write(self.descriptor, view) :]


WRITE_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
SMALL = 65536
"""Values of fewer bytes are read at once: `open` would ask the system more."""
NOT_PICKLABLE = (AttributeError, ImportError, RecursionError, pickle.PicklingError)


class MemoryStorage:
    """Values as pickled bytes in memory: readers get copies, nothing outlives the process."""

    def __init__(self) -> None:
        """Nothing is stored yet."""
        self.values: dict[tuple[str, ...], bytes] = {}

    def location(self, place: tuple[str, ...]) -> str:
        """A name for the place."""
        return "memory:" + "/".join(place)

    def save(self, place: tuple[str, ...], value: Any) -> str:
        """Store a copy of a value."""
        self.values[place] = pickle.dumps(value, 5)
        return self.location(place)

    def load(self, place: tuple[str, ...]) -> Any:
        """A copy of the value stored at `place`; FileNotFoundError if there is none."""
        stored = self.values.get(place)
        if stored is None:
            raise FileNotFoundError(self.location(place))
        return pickle.loads(stored)

    def has(self, place: tuple[str, ...]) -> bool:
        """Whether a value is stored at `place`."""
        return place in self.values
