"""The language server: what an editor sends and asks, and what it gets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from assetgen.analyzer.model.spans import Span
from assetgen.cli.editor.editing import Editing, LintingOf, file_of
from assetgen.cli.editor.fixes import FIX_ALL, all_safe_fixes, fixes_at
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

    def mentions(params: _At, positions: Positions) -> tuple[Mention, ...]:
        file = file_of(params.text_document.uri)
        if file is None:
            return ()
        path = positions.state.shown(file)
        place = positions.place(path, params.position)
        return mentions_at(positions.state.pipeline, path, *place)

    def locations(spans: Iterable[Span], positions: Positions) -> list[types.Location]:
        return [positions.location(first_line(span)) for span in spans]

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        def said(positions: Positions) -> types.Hover | None:
            found = mentions(params, positions)
            if not found:
                return None
            text = types.MarkupContent(types.MarkupKind.Markdown, hover_of(found))
            return types.Hover(text, positions.range(found[0].span))

        return await editing.ask(said)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def definition(params: types.DefinitionParams) -> list[types.Location] | None:
        return await editing.ask(
            lambda positions: locations(definitions_of(mentions(params, positions)), positions)
        )

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    async def references(params: types.ReferenceParams) -> list[types.Location] | None:
        def said(positions: Positions) -> list[types.Location]:
            found = mentions(params, positions)
            defined = definitions_of(found) if params.context.include_declaration else ()
            return locations((*defined, *uses_of(found)), positions)

        return await editing.ask(said)

    @server.feature(types.WORKSPACE_SYMBOL)
    async def symbols(params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol] | None:
        def said(positions: Positions) -> list[types.WorkspaceSymbol]:
            found = assets_like(positions.state.pipeline, params.query)
            places = locations((span for _, _, span in found), positions)
            return [
                types.WorkspaceSymbol(place, key, types.SymbolKind.Object, container_name=location)
                for (key, location, _), place in zip(found, places, strict=True)
            ]

        return await editing.ask(said)

    kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction] | None:
        file, only = file_of(params.text_document.uri), params.context.only
        if file is None:
            return None
        lines = params.range.start.line + 1, params.range.end.line + 1

        def said(positions: Positions) -> list[types.CodeAction]:
            found: list[types.CodeAction] = []
            if _is_wanted(types.CodeActionKind.QuickFix.value, only):
                found += fixes_at(positions, file, lines)
            if _is_wanted(FIX_ALL, only):
                found += all_safe_fixes(positions, file)
            return found

        return await editing.ask(said)


def _is_wanted(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Whether somebody who wants `only` some kinds of actions, if any, also wants this one."""
    names = (str(getattr(each, "value", each)) for each in only or ())
    return only is None or any(kind == name or kind.startswith(f"{name}.") for name in names)


def _folders(server: LanguageServer) -> tuple[Path, ...]:
    """The folders that the editor has open."""
    found = [file_of(folder.uri) for folder in server.workspace.folders.values()]
    if not found and server.workspace.root_uri:
        found = [file_of(server.workspace.root_uri)]
    return tuple(folder for folder in found if folder is not None)
