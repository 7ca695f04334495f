"""A process that has imported Dagster once and answers many requests, each in a forked child.

    python dagster_server.py < requests > answers

A request is one line of JSON, `{"action": NAME, "recipe": {...}}`; its answer is one line:
`{"ok": document}`, or `{"error": "Type: message"}` when Dagster refuses. User code is imported in
the child only, which has its own file descriptors for standard output, so that nothing that the
code prints is taken for an answer.
"""

import json
import os
import sys
import tempfile
import traceback
import warnings
from pathlib import Path
from typing import Any, TextIO

import reveal
from dagster_graph import graph_document
from dagster_partitions import built_partitions_document
from dagster_run import run_document

LOADING = {"graph": graph_document, "run": run_document}
ACTIONS = {**LOADING, "partitions": built_partitions_document}


def main() -> None:
    sys.dont_write_bytecode = True
    warm_up()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin:
        answers.write(answer_in_child(json.loads(line)) + "\n")
        answers.flush()


def warm_up() -> None:
    """Load and run one asset, so that what Dagster imports late is there before the first fork."""
    folder = Path(__file__).parent
    recipe = {"roots": [folder], "file": str(folder / "warm_up.py"), "run": {"partition": "one"}}
    for action in LOADING.values():
        action(recipe)


def answer_in_child(request: dict[str, Any]) -> str:
    with tempfile.NamedTemporaryFile("r", suffix=".json") as file:
        child = os.fork()
        if child == 0:
            with Path(file.name).open("w") as out:
                run_request(request, out)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        return file.read() or json.dumps({"died": f"the child ended with status {status}"})


def run_request(request: dict[str, Any], out: TextIO) -> None:
    warnings.simplefilter("ignore")
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    recipe = request["recipe"]
    os.environ.update(recipe.get("env", {}))
    os.chdir(recipe["cwd"])
    revealed = reveal.install(Path(recipe["cwd"]))
    try:
        document = ACTIONS[request["action"]](recipe)
        answer = json.dumps({"ok": {**document, "revealed": revealed}})
    except BaseException as error:
        detail = f"{type(error).__name__}: {error}"
        answer = json.dumps({"error": detail, "traceback": traceback.format_exc()[-4000:]})
    out.write(answer)


if __name__ == "__main__":
    main()
