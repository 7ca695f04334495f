"""Files that lie beside the code."""

import os
from pathlib import Path


def file_relative_path(dunderfile: str, relative_path: str) -> str:
    """The absolute path of a file, told from the folder of another, such as `__file__`."""
    return os.fspath(Path(dunderfile, "..", relative_path).resolve())
