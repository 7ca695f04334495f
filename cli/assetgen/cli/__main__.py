"""The process: standard streams, and answers that are known from an earlier run."""

from __future__ import annotations

import gc
import io
import os
import sys
from typing import NoReturn

from assetgen.cli.shortcut import key_of, said_anew, said_before


def main() -> NoReturn:
    """Runs the command line and exits.

    If the cache has the answer to exactly these words, nothing of the commands is imported.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # What an analysis makes lives until the process ends: collecting garbage would free nothing.
    gc.disable()
    words = sys.argv[1:]
    try:
        os.getcwd()  # noqa: PTH109
    except OSError as error:
        from assetgen.cli.exit_code import ExitCode

        reason = (error.strerror or str(error)).lower()
        sys.stderr.write(f"Error: the working directory: {reason}\n")
        sys.exit(ExitCode.FAILURE)
    key = key_of(words, os.environ)
    said = said_before(words, key) if key is not None else None
    if isinstance(said, int):
        code: int | None = said
    else:
        code = said_anew(words, said)
        if code is None:
            from assetgen.cli.process import run

            code = run(said)
    # Python collects once more before it exits, even if disabled; it leaves alone what is frozen.
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
