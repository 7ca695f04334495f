"""The client of `dagster_server.py`: asks real Dagster, and remembers its answers on disk.

An answer is kept under pytest's cache folder by a hash of the project, the recipe, Dagster's
version and this harness, so a run in which no fixture changed never starts Dagster.
"""

import hashlib
import importlib.metadata
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from conformance.recipe import Recipe

HERE = Path(__file__).parent
SERVER = HERE / "dagster_server.py"
HARNESS = (
    "dagster_server.py",
    "dagster_graph.py",
    "dagster_partitions.py",
    "dagster_run.py",
    "reveal.py",
    "stored_values.py",
)


class DagsterRefused(Exception):
    """Dagster did not load (or could not start to run) the location; the text says why."""


class Oracle:
    """Holds one server process, started at the first question that the cache cannot answer."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        self.process: subprocess.Popen[str] | None = None
        digest = hashlib.sha256(importlib.metadata.version("dagster").encode())
        digest.update(sys.version.encode())
        for name in HARNESS:
            digest.update((HERE / name).read_bytes())
        self.version = digest.hexdigest()

    def graph(self, recipe: Recipe) -> dict[str, Any]:
        """What Dagster says of the location; raises DagsterRefused."""
        return self.ask("graph", recipe)

    def run(self, recipe: Recipe) -> dict[str, Any]:
        """What happens when Dagster materializes everything; raises DagsterRefused."""
        return self.ask("run", recipe)

    def partitions(self, described: dict[str, Any]) -> Any:
        """What Dagster makes of a partitions definition as assetgen's document describes it."""
        name = hashlib.sha256(
            f"{self.version} {json.dumps(described, sort_keys=True)}".encode()
        ).hexdigest()
        request = {"action": "partitions", "recipe": {"partitions": described, "cwd": "/"}}
        return self.answer(name, request)["partitions"]

    def ask(self, action: str, recipe: Recipe) -> dict[str, Any]:
        name = hashlib.sha256(f"{self.version} {action} {recipe.digest()}".encode()).hexdigest()
        return self.answer(name, {"action": action, "recipe": recipe.as_json()})

    def answer(self, name: str, request: dict[str, Any]) -> dict[str, Any]:
        kept = self.cache / f"{name}.json"
        if kept.exists():
            answer = json.loads(kept.read_text())
        else:
            answer = self.ask_server(request)
            self.keep(answer, kept)
        if "error" in answer:
            raise DagsterRefused(answer["error"] + "\n" + answer.get("traceback", ""))
        document: dict[str, Any] = answer["ok"]
        return document

    def keep(self, answer: Any, path: Path) -> None:
        """Whole or not at all, since several test processes may ask the same."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(answer))
        draft.replace(path)

    def ask_server(self, request: dict[str, Any]) -> Any:
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, str(SERVER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        pipe_in, pipe_out = self.pipes(self.process)
        pipe_in.write(json.dumps(request) + "\n")
        pipe_in.flush()
        line = pipe_out.readline()
        if not line:
            raise RuntimeError(f"the Dagster server ended with {self.process.wait()}")
        answer = json.loads(line)
        if "died" in answer:
            raise RuntimeError(answer["died"])
        return answer

    def pipes(self, process: "subprocess.Popen[str]") -> tuple[IO[str], IO[str]]:
        assert process.stdin and process.stdout
        return process.stdin, process.stdout

    def close(self) -> None:
        if self.process and self.process.stdin:
            self.process.stdin.close()
            self.process.wait()
