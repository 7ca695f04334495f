"""The answer to a command line that was given before, found without parsing the command line.

Most runs in pre-commit and editors are of this kind, and importing click takes longer than
everything else. A digest of the words is enough if nothing but them, the working directory and the
files that the cache compares counts: they mean what they meant the last time.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from assetgen.cli.cache import Cache, Missed, Outcome, default_folder, digest_of


def key_of(words: Sequence[str], environment: Mapping[str, str]) -> str | None:
    """The key of a command line, or None if more than its words may count, or if it does more than
    print."""
    if not words or words[0] != "lint" or environment.get("ASSETGEN_CACHE_DIR") == "":
        return None
    if any(word.startswith(_DOING_MORE) for word in words):
        return None
    return digest_of({"words": list(words)})


def said_before(words: Sequence[str], key: str) -> int | Missed:
    """Print what the command printed before and return its exit code, if it would still print
    that."""
    said = Cache(_folder(words)).said(key)
    if isinstance(said, Missed):
        return said
    if sys.stdout is None or sys.stderr is None:
        return Missed(key)
    return _print(said, key)


def said_anew(words: Sequence[str], missed: Missed | None) -> int | None:
    """Print what the command says now that something has changed, and return its exit code; None if
    that takes the command line: also for everything that goes wrong."""
    if missed is None or missed.last is None or sys.stdout is None or sys.stderr is None:
        return None
    from assetgen.analyzer.project.files.quiet import hush
    from assetgen.cli.exit_code import ExitCode
    from assetgen.cli.linting import linting_of

    hush()
    try:
        linting = linting_of(missed.last)
        if linting is None:
            return None
        cache = Cache(_folder(words))
        said = cache.remembered({"lint": linting.asked}, linting.outcome, missed)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except Exception:
        return None
    code = _print(said, missed.key)
    return code if isinstance(code, int) else None


_DOING_MORE: Final = (
    *("-o", "--output", "--force", "--fix", "--unsafe-fixes", "--watch", "-h", "--help"),
    *("--no-cache", "--env-file", "--follow", "--python"),
)


def _folder(words: Sequence[str]) -> Path | None:
    """Where results are kept."""
    given: str | None = None
    for word, following in zip(words, (*words[1:], ""), strict=True):
        if word == _FOLDER:
            given = following
        elif word.startswith(f"{_FOLDER}="):
            given = word.removeprefix(f"{_FOLDER}=")
    return Path(given) if given else default_folder(os.environ)


_FOLDER: Final = "--cache-dir"


def _print(known: Outcome, key: str) -> int | Missed:
    try:
        sys.stderr.write(known.told)
        sys.stdout.write(known.text)
        sys.stdout.flush()
    except BrokenPipeError:
        from assetgen.cli.output import discard_output

        discard_output()
    except OSError:
        return Missed(key)
    return known.exit_code
