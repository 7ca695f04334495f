"""Packages whose functions are described in Python: the evaluator reads the descriptions in
`described/` as if they were the code of the packages. Nothing imports them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from assetgen.analyzer.evaluate.call import Family
from assetgen.analyzer.intrinsics.directories import on_demand

LIBRARIES: Final[Mapping[str, Path]] = dict.fromkeys(
    ("argparse", "box", "cytoolz", "dynaconf", "inflection", "msgspec", "networkx", "toolz", "xml"),
    Path(__file__).parent / "described",
)
"""The folder in which each described package lies, by its top-level name."""

LIBRARIES_LATER: Final[Mapping[str, Callable[[], Family]]] = on_demand(
    __name__, {"rows": ("_described",)}
)
"""By the module that descriptions import: what Python cannot say of the packages."""
