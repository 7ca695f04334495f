"""Files of a dbt project: found by folder and ending, as dbt finds them, read once a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.disk import Disk, EntryKind, Refused
from assetgen.analyzer.project.files.ignore_patterns import IgnorePatterns, ignore_patterns
from assetgen.analyzer.project.files.plain_yaml import load_yaml
from assetgen.analyzer.project.files.project_files import ProjectFiles


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the project: `path` from the folder of its kind, `original` from the project's."""

    path: str
    original: str
    text: str

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of `path`, outermost first."""
        return tuple(self.path.split("/")[:-1])

    @property
    def stem(self) -> str:
        """The name without its last ending."""
        return self.path.rpartition("/")[2].rpartition(".")[0]


def files_of(
    files: ProjectFiles, root: Path, folders: tuple[str, ...], endings: tuple[str, ...]
) -> tuple[SourceFile | Lost, ...]:
    """The files below some folders of a project, sorted; those that cannot be read are lost.

    All readings of a project share them.
    """
    return files.disk.once(_Files(files, folders, endings), root)


@dataclass(frozen=True, slots=True)
class _Files:
    """What `files_of` gives, for `Disk.once`."""

    files: ProjectFiles
    folders: tuple[str, ...]
    endings: tuple[str, ...]

    def __call__(self, root: Path, disk: Disk) -> tuple[SourceFile | Lost, ...]:
        return tuple(self._found(root))

    def _found(self, root: Path) -> Iterator[SourceFile | Lost]:
        ignored = _ignored(self.files, root)
        for folder in self.folders:
            base = root / folder
            for path in _walk(self.files, base):
                if not path.name.lower().endswith(self.endings):
                    continue
                original = path.relative_to(root).as_posix()
                if ignored and _is_ignored(original, ignored):
                    continue
                text = read_text(self.files, path)
                if isinstance(text, Lost):
                    yield text
                    continue
                yield SourceFile(path.relative_to(base).as_posix(), original, text)


def _ignored(files: ProjectFiles, root: Path) -> tuple[IgnorePatterns, ...]:
    """The patterns of the project's `.dbtignore`, one by one."""
    if files.is_file(root / ".dbtignore") is not True:
        return ()
    text = read_text(files, root / ".dbtignore")
    lines = text.splitlines() if isinstance(text, str) else []
    return tuple(ignore_patterns((line,)) for line in lines)


def _is_ignored(path: str, ignored: tuple[IgnorePatterns, ...]) -> bool:
    """Unlike git, dbt only asks about files: the last pattern decides that matches the file, or a
    folder above it."""
    parts = path.split("/")
    above = ["/".join(parts[:end]) for end in range(1, len(parts))]
    for patterns in reversed(ignored):
        verdict = patterns.verdict(path, is_folder=False)
        for folder in above:
            verdict = verdict if verdict is not None else patterns.verdict(folder, is_folder=True)
        if verdict is not None:
            return verdict
    return False


def read_text(files: ProjectFiles, path: Path) -> str | Lost:
    """The text of a file as dbt takes it: stripped, with its line endings."""
    content = files.read_bytes(path)
    if isinstance(content, Refused):
        return Lost(f"`{path.name}` is not read: {content.reason}")
    try:
        return _text(content)
    except UnicodeDecodeError:
        return Lost(f"`{path.name}` is not text")


def _text(content: bytes) -> str:
    return content.decode("utf-8").strip()


def yaml_in(path: Path, disk: Disk) -> Any:
    """The data of a file of YAML, for `Disk.once`: all readings of a project share it, and none
    changes it."""
    content = disk.read(path)
    return Lost("it is not read") if isinstance(content, Refused) else read_yaml(_text(content))


def read_yaml(text: str) -> Any:
    """The first document of a YAML text, or what is lost of it."""
    import yaml

    try:
        return load_yaml(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return Lost("it is not YAML")


def _walk(files: ProjectFiles, folder: Path) -> Iterator[Path]:
    """The files below a folder, without backup files of editors and without following links."""
    if files.is_folder(folder) is not True:
        return
    for name, kind in files.disk.listing(folder).items():
        if kind is EntryKind.FOLDER:
            if not files.disk.is_link(folder, name):
                yield from _walk(files, folder / name)
        elif kind is EntryKind.FILE and not name.startswith((".", "#", "~")):
            yield folder / name
