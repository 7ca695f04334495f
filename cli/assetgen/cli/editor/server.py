"""The language server: what an editor sends and asks, and what it gets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from assetgen.analyzer.model.spans import Span
from assetgen.cli.editor.editing import Editing, LintingOf, file_of
from assetgen.cli.editor.findings import FIX_ALL, actions_at
from assetgen.cli.editor.hovers import hover_of
from assetgen.cli.editor.mentions import (
    Mention,
    assets_like,
    definitions_of,
    first_line,
    mentions_at,
    uses_of,
)
from assetgen.cli.editor.positions import Positions
from assetgen.cli.editor.project import State

_WATCHED: Final = "**/*.{py,yaml,yml,toml,json,csv,sql,cfg,ini,gitignore}"
_At = types.HoverParams | types.DefinitionParams | types.ReferenceParams


def serve(linting: LintingOf, version: str) -> None:
    """Answer an editor over standard input and output, until it ends that."""
    server = LanguageServer("assetgen", version)
    editing = Editing(server, linting)
    _follow_files(server, editing)
    _answer(server, editing)
    server.start_io()


def _follow_files(server: LanguageServer, editing: Editing) -> None:
    """What the editor says of folders and files."""

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching is not None and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(_WATCHED)]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = types.Registration(method, method, options)
            server.client_register_capability(types.RegistrationParams([registration]), None)
        editing.begin(_folders(server))
        await editing.refresh()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    async def folders_changed(_: types.DidChangeWorkspaceFoldersParams) -> None:
        editing.begin(_folders(server))
        await editing.refresh()

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def files_changed(params: types.DidChangeWatchedFilesParams) -> None:
        for change in params.changes:
            editing.changed_on_disk(change.uri)
        await editing.refresh()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        editing.typed(params.text_document.uri)
        await editing.refresh()

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def typed(params: types.DidChangeTextDocumentParams) -> None:
        editing.typed(params.text_document.uri)
        await editing.refresh()

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        editing.typed(params.text_document.uri)
        await editing.refresh()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: types.DidCloseTextDocumentParams) -> None:
        editing.closed(params.text_document.uri)
        await editing.refresh()


def _answer(server: LanguageServer, editing: Editing) -> None:
    """What the editor asks of the assets and of the findings at a place."""

    def mentions(params: _At, state: State, positions: Positions) -> tuple[Mention, ...]:
        file = file_of(params.text_document.uri)
        if file is None:
            return ()
        path = state.shown(file)
        return mentions_at(state.pipeline, path, *positions.place(path, params.position))

    def locations(
        spans: Iterable[Span], state: State, positions: Positions
    ) -> list[types.Location]:
        return [
            types.Location(editing.uri(state.file(span.path)), positions.range(first_line(span)))
            for span in spans
        ]

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        def said(state: State, positions: Positions) -> types.Hover | None:
            found = mentions(params, state, positions)
            if not found:
                return None
            text = types.MarkupContent(types.MarkupKind.Markdown, hover_of(found))
            return types.Hover(text, positions.range(first_line(found[0].span)))

        return await editing.ask(said)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> list[types.Location] | None:
        return await editing.ask(
            lambda state, positions: locations(
                definitions_of(mentions(params, state, positions)), state, positions
            )
        )

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def references(params: types.ReferenceParams) -> list[types.Location] | None:
        def said(state: State, positions: Positions) -> list[types.Location]:
            found = mentions(params, state, positions)
            defined = definitions_of(found) if params.context.include_declaration else ()
            return locations((*defined, *uses_of(found)), state, positions)

        return await editing.ask(said)

    @server.feature(types.WORKSPACE_SYMBOL)
    async def symbols(params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol] | None:
        return await editing.ask(
            lambda state, positions: [
                types.WorkspaceSymbol(place, key, types.SymbolKind.Object, container_name=name)
                for key, name, span in assets_like(state.pipeline, params.query)
                for place in locations((span,), state, positions)
            ]
        )

    kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        file = file_of(params.text_document.uri)
        if file is None:
            return []
        lines = params.range.start.line + 1, params.range.end.line + 1
        return await editing.ask(
            lambda state, positions: actions_at(
                state, positions, editing.uri, file, lines, params.context.only
            )
        )


def _folders(server: LanguageServer) -> tuple[Path, ...]:
    """The folders that the editor has open."""
    found = [file_of(folder.uri) for folder in server.workspace.folders.values()]
    if not found and server.workspace.root_uri:
        found = [file_of(server.workspace.root_uri)]
    return tuple(folder for folder in found if folder is not None)
