"""A project between an editor and the analysis."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from assetgen.cli.editor.findings import diagnostics_of
from assetgen.cli.editor.positions import Positions
from assetgen.cli.editor.project import Changes, Project, State
from assetgen.cli.failure import UsageFailure
from assetgen.cli.garbage import Garbage
from assetgen.cli.linting import Linting

T = TypeVar("T")
LintingOf = Callable[["tuple[Path, ...]"], Linting]
"""What to read, and by which rules, given the folders that the editor has open."""

_Diagnostics = dict[Path, "tuple[types.Diagnostic, ...]"]
_PAUSE_SECONDS: Final = 0.1
"""Whoever types goes on within that time, mostly."""


class Editing:
    """One project in one editor. All that takes time is done in one thread, one after the other."""

    def __init__(self, server: LanguageServer, linting: LintingOf) -> None:
        self._server = server
        self._linting = linting
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._garbage = Garbage()
        self._project: Project | None = None
        self._changes: dict[Path, str | None] = {}
        self._is_due = False
        self._uris: dict[Path, str] = {}
        self._shown: _Diagnostics = {}
        self._failure = ""

    def begin(self, folders: tuple[Path, ...]) -> None:
        """The project is that of some folders from now on; open files stay open."""
        self._project = Project(self._linting(folders))
        for uri in self._uris.values():
            self.typed(uri)

    def typed(self, uri: str) -> None:
        """An open file has a text, which may not be on disk."""
        file = file_of(uri)
        if file is not None:
            self._uris[file] = uri
            self._changes[file] = self._server.workspace.get_text_document(uri).source

    def changed_on_disk(self, uri: str) -> None:
        """A file was saved, added or removed, which does not matter while it is open."""
        file = file_of(uri)
        if file is not None and file not in self._uris:
            self._changes[file] = None

    def closed(self, uri: str) -> None:
        """What counts of a file is what is on disk again."""
        file = file_of(uri)
        if file is not None:
            self._uris.pop(file, None)
            self._changes[file] = None

    async def refresh(self) -> None:
        """Show what is found after changes, once nobody types for a moment."""
        if not self._is_due:
            self._is_due = True
            await asyncio.sleep(_PAUSE_SECONDS)
            self._is_due = False
            await self._done(Project.findings, lambda _: None)

    async def ask(self, answer: Callable[[Positions], T]) -> T | None:
        """What is known with all places as they are now; None if nothing can be known."""
        return await self._done(Project.now, answer)

    def uri(self, file: Path) -> str:
        """The name of a file as the editor writes it."""
        return self._uris.get(file) or file.as_uri()

    async def _done(
        self,
        state_of: Callable[[Project, Changes], State],
        answer: Callable[[Positions], T],
    ) -> T | None:
        """Take over what has changed, show what is found then, and give an answer."""
        project, changes, self._changes = self._project, self._changes, {}
        if project is None:
            return None
        codec = self._server.workspace.position_codec

        def work() -> tuple[_Diagnostics, T]:
            state = state_of(project, changes)
            positions = Positions(state, codec, self.uri)
            return diagnostics_of(positions), answer(positions)

        try:
            found, said = await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except UsageFailure as failure:
            self._tell(str(failure))
            return None
        self._tell("")
        self._show(found)
        self._thread.submit(self._garbage.settle)
        return said

    def _tell(self, failure: str) -> None:
        """Say what cannot be done, once."""
        if failure and failure != self._failure:
            message = types.ShowMessageParams(types.MessageType.Error, f"assetgen: {failure}")
            self._server.window_show_message(message)
        self._failure = failure

    def _show(self, found: _Diagnostics) -> None:
        """Show what is found in each file where that has changed."""
        for file in sorted(found.keys() | self._shown.keys()):
            now = found.get(file, ())
            if now != self._shown.get(file, ()):
                diagnostics = types.PublishDiagnosticsParams(self.uri(file), list(now))
                self._server.text_document_publish_diagnostics(diagnostics)
        self._shown = found


def file_of(uri: str) -> Path | None:
    """The file that an editor names; None for what is on no disk."""
    path = to_fs_path(uri)
    return Path(path) if path else None
