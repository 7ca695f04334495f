"""`assetgen server`, as an editor talks to it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

SHOP = '''from dagster import asset


@asset
def orders():
    """All orders, “😀” included.\\n\\n    Of one year."""


@asset(deps=["order"])
def revenue(): ...
'''
REPORT = "from dagster import asset\n\n\n@asset\ndef report(context, orders): ...\n"


class Editor:
    """An editor with a folder open, and what it has been shown."""

    def __init__(self, folder: Path, client: LanguageClient) -> None:
        self.folder = folder
        self.client = client
        self.shown: dict[str, list[types.Diagnostic]] = {}
        self.messages: list[str] = []
        self._news = asyncio.Event()
        self._versions: dict[str, int] = {}

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def diagnostics(params: types.PublishDiagnosticsParams) -> None:
            self.shown[params.uri] = list(params.diagnostics)
            self._news.set()

        @client.feature(types.WINDOW_SHOW_MESSAGE)
        def message(params: types.ShowMessageParams) -> None:
            self.messages.append(params.message)
            self._news.set()

        @client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params: types.RegistrationParams) -> None:
            self.registered = [each.method for each in params.registrations]

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def at(self, name: str, line: int, character: int) -> dict[str, Any]:
        return {
            "text_document": types.TextDocumentIdentifier(self.uri(name)),
            "position": types.Position(line, character),
        }

    def open(self, name: str, text: str | None = None) -> None:
        text = (self.folder / name).read_text() if text is None else text
        item = types.TextDocumentItem(self.uri(name), "python", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, name: str, text: str) -> None:
        version = self._versions[name] = self._versions.get(name, 1) + 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(version, self.uri(name)),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )

    def close(self, name: str) -> None:
        document = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    def changed(self, name: str, how: types.FileChangeType) -> None:
        event = types.FileEvent(self.uri(name), how)
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))

    def found(self, name: str) -> list[tuple[Any, int, int]]:
        return [
            (each.code, each.range.start.line, each.range.start.character)
            for each in self.shown.get(self.uri(name), [])
        ]

    async def until(self, holds: Callable[[], bool]) -> None:
        async def wait() -> None:
            while not holds():
                self._news.clear()
                await self._news.wait()

        await asyncio.wait_for(wait(), 30)


def edit(
    folder: Path,
    work: Callable[[Editor], Coroutine[Any, Any, None]],
    *words: str,
    encodings: list[str] | None = None,
) -> None:
    """Do some work in an editor that has a folder open."""

    async def run() -> None:
        client = LanguageClient("editor", "1")
        editor = Editor(folder, client)
        await client.start_io(sys.executable, "-m", "assetgen", "server", *words, cwd=folder)
        capabilities = types.ClientCapabilities(
            workspace=types.WorkspaceClientCapabilities(
                did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(True)
            ),
            general=types.GeneralClientCapabilities(position_encodings=encodings),
        )
        await client.initialize_async(
            types.InitializeParams(
                capabilities,
                root_uri=folder.as_uri(),
                workspace_folders=[types.WorkspaceFolder(folder.as_uri(), "project")],
            )
        )
        client.initialized(types.InitializedParams())
        await work(editor)
        await client.shutdown_async(None)
        client.exit(None)
        await client.stop()

    asyncio.run(run())


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "shop.py").write_text(SHOP)
    return tmp_path


def test_what_is_typed_is_checked_before_it_is_saved(shop: Path) -> None:
    async def work(editor: Editor) -> None:
        await editor.until(lambda: editor.found("shop.py") == [("unknown-dependency", 8, 13)])
        editor.open("shop.py")
        editor.type("shop.py", "# typed\n" + SHOP)
        await editor.until(lambda: editor.found("shop.py") == [("unknown-dependency", 9, 13)])
        editor.type("shop.py", SHOP.replace('"order"', '"orders"'))
        await editor.until(lambda: editor.found("shop.py") == [])
        editor.close("shop.py")
        await editor.until(lambda: editor.found("shop.py") == [("unknown-dependency", 8, 13)])
        assert (shop / "shop.py").read_text() == SHOP

    edit(shop, work)


def test_files_that_come_and_go(shop: Path) -> None:
    async def work(editor: Editor) -> None:
        await editor.until(lambda: editor.found("shop.py") != [])
        assert editor.registered == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
        (shop / "order.py").write_text("from dagster import asset\n\n\n@asset\ndef broken(: ...\n")
        editor.changed("order.py", types.FileChangeType.Created)
        await editor.until(
            lambda: [each[0] for each in editor.found("order.py")] == ["syntax-error"]
        )
        (shop / "order.py").unlink()
        editor.changed("order.py", types.FileChangeType.Deleted)
        await editor.until(lambda: editor.found("order.py") == [])

    edit(shop, work)


def test_a_fix_is_offered_where_it_helps(shop: Path) -> None:
    async def work(editor: Editor) -> None:
        editor.open("shop.py")
        await editor.until(lambda: editor.found("shop.py") != [])
        document = types.TextDocumentIdentifier(editor.uri("shop.py"))

        async def actions(line: int) -> list[types.CodeAction]:
            place = types.Position(line, 0)
            params = types.CodeActionParams(
                document, types.Range(place, place), types.CodeActionContext([])
            )
            found = await editor.client.text_document_code_action_async(params)
            return [each for each in found or () if isinstance(each, types.CodeAction)]

        assert await actions(4) == []
        (action,) = await actions(8)
        assert action.title == "Depend on `orders`"
        assert action.kind == types.CodeActionKind.QuickFix
        assert action.is_preferred is False
        assert action.edit is not None and action.edit.changes is not None
        (change,) = action.edit.changes[editor.uri("shop.py")]
        assert (change.new_text, change.range.start) == ('"orders"', types.Position(8, 13))

    edit(shop, work)


def test_all_safe_fixes_of_a_file(shop: Path) -> None:
    two = '@asset(deps="orders")\ndef {}(): ...\n'
    (shop / "shop.py").write_text(f"{SHOP}\n\n{two.format('one')}\n\n{two.format('two')}")

    async def work(editor: Editor) -> None:
        editor.open("shop.py")
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(editor.uri("shop.py")),
            _range(0, 0, 0, 0),
            types.CodeActionContext([], only=[types.CodeActionKind.SourceFixAll]),
        )
        (action,) = await editor.client.text_document_code_action_async(params) or ()
        assert isinstance(action, types.CodeAction) and action.edit is not None
        assert action.edit.changes is not None
        changes = action.edit.changes[editor.uri("shop.py")]
        found = [(each.new_text, each.range.start.line) for each in changes]
        assert found == [('["orders"]', 12), ('["orders"]', 16)]

    edit(shop, work)


def test_from_a_dependency_to_the_asset_and_back(shop: Path) -> None:
    (shop / "report.py").write_text(REPORT)
    defined = types.Location((shop / "shop.py").as_uri(), _range(4, 0, 5, 0))
    used = types.Location((shop / "report.py").as_uri(), _range(4, 20, 4, 26))
    (shop / "defs.py").write_text(
        "import dagster\nimport report\nimport shop\n\n"
        "defs = dagster.Definitions(dagster.load_assets_from_modules([shop, report]))\n"
    )

    async def work(editor: Editor) -> None:
        editor.open("report.py")
        client = editor.client
        found = await client.text_document_definition_async(
            types.DefinitionParams(**editor.at("report.py", 4, 22))
        )
        assert list(found or ()) == [defined]
        users = await client.text_document_references_async(
            types.ReferenceParams(types.ReferenceContext(True), **editor.at("shop.py", 4, 5))
        )
        assert list(users or ()) == [defined, used]
        # Nothing but places has changed: they are told as they are now all the same.
        editor.type("report.py", "\n" + REPORT)
        users = await client.text_document_references_async(
            types.ReferenceParams(types.ReferenceContext(False), **editor.at("shop.py", 4, 5))
        )
        assert list(users or ()) == [types.Location(used.uri, _range(5, 20, 5, 26))]
        symbols = await client.workspace_symbol_async(types.WorkspaceSymbolParams("ORD"))
        assert [each.name for each in symbols or ()] == ["orders"]

    edit(shop, work)


def test_what_an_asset_is_called_and_used_by(shop: Path) -> None:
    (shop / "shop.py").write_text(SHOP.replace("@asset\n", '@asset(kinds={"sql"})\n'))

    async def work(editor: Editor) -> None:
        async def hover(line: int, character: int) -> str | None:
            params = types.HoverParams(**editor.at("shop.py", line, character))
            found = await editor.client.text_document_hover_async(params)
            if found is None:
                return None
            assert isinstance(found.contents, types.MarkupContent)
            return found.contents.value

        assert await hover(0, 3) is None
        told = await hover(4, 6)
        assert told is not None
        assert "**`orders`** · group `default` · `sql`" in told
        assert told.endswith("\n\nAll orders, “😀” included.\n\nOf one year.")
        assert await hover(8, 15) == "`order`: nothing in `shop` defines this asset"

    edit(shop, work)


@pytest.mark.parametrize(
    ("encodings", "units"),
    [
        (None, lambda text: len(text.encode("utf-16-le")) // 2),
        (["utf-8"], lambda text: len(text.encode())),
        (["utf-32"], len),
    ],
)
def test_columns_count_as_the_editor_wishes(
    tmp_path: Path, encodings: list[str] | None, units: Callable[[str], int]
) -> None:
    before = '@asset(description="😀é😀", deps=['
    text = f"from dagster import asset\n\n\n{before}'order'])\ndef revenue(): ...\n"
    text += "\n\n@asset\ndef orders(): ...\n"
    (tmp_path / "shop.py").write_text(text, encoding="utf-8")

    async def work(editor: Editor) -> None:
        await editor.until(lambda: editor.found("shop.py") != [])
        assert editor.found("shop.py") == [("unknown-dependency", 3, units(before))]
        place = editor.at("shop.py", 3, units(before) + 1)
        told = await editor.client.text_document_hover_async(types.HoverParams(**place))
        assert told is not None and told.range is not None
        assert told.range.start.character == units(before)

    edit(tmp_path, work, encodings=encodings)


def test_settings_that_cannot_be_used_are_told_once(shop: Path) -> None:
    (shop / "pyproject.toml").write_text('[tool.assetgen]\nselect = ["nonsense"]\n')

    async def work(editor: Editor) -> None:
        await editor.until(lambda: editor.messages != [])
        assert "nonsense" in editor.messages[0]
        (shop / "pyproject.toml").write_text("")
        editor.changed("pyproject.toml", types.FileChangeType.Changed)
        await editor.until(lambda: editor.found("shop.py") != [])
        assert len(editor.messages) == 1

    edit(shop, work)


def test_the_protocol_is_an_extra() -> None:
    code = "import sys; sys.modules['pygls'] = None; from assetgen.cli.__main__ import main; main()"
    done = subprocess.run([sys.executable, "-c", code, "server"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "install assetgen[server]" in done.stderr


def test_the_project_is_not_executed(shop: Path) -> None:
    canary = shop / "sang"
    (shop / "shop.py").write_text(f"open({str(canary)!r}, 'w')\n{SHOP}")

    async def work(editor: Editor) -> None:
        await editor.until(lambda: editor.found("shop.py") != [])

    edit(shop, work)
    assert not canary.exists()


def test_findings_are_those_of_lint(shop: Path) -> None:
    texts = [
        SHOP.replace("orders():", "orders(raw):"),
        SHOP + "\n\n@asset\ndef orders(): ...\n",
        SHOP.replace("@asset\n", '@asset(group_name="a b")\n'),
        "def broken(:\n",
        SHOP,
    ]

    def linted() -> set[tuple[str, int]]:
        words = [sys.executable, "-m", "assetgen", "lint", "--format", "json", "--no-cache", "."]
        done = subprocess.run(words, cwd=shop, capture_output=True, text=True)
        findings = json.loads(done.stdout)["findings"]
        return {(each["rule"], each["span"]["line"] - 1) for each in findings}

    async def work(editor: Editor) -> None:
        editor.open("shop.py")
        for text in texts:
            (shop / "shop.py").write_text(text)
            wanted = linted()
            (shop / "shop.py").write_text("")
            editor.type("shop.py", text)

            def holds(wanted: set[tuple[str, int]] = wanted) -> bool:
                return {each[:2] for each in editor.found("shop.py")} == wanted

            await editor.until(holds)

    edit(shop, work)


def _range(line: int, start: int, end_line: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(end_line, end))
