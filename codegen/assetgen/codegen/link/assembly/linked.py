"""What comes of linking: statements with their names settled, in order."""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.codegen.link.fragments.fragment import Names
from assetgen.codegen.link.modules.targets import Imported


@dataclass(frozen=True, slots=True)
class LinkedPiece:
    """A statement of the linked module. `is_definition` asks for empty lines around it.

    `is_certain`: it is as it was written, but for names in place of names.
    """

    module: str
    text: str
    is_definition: bool
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class LinkedModules:
    """The parts of the linked module, in the order in which they can be executed.

    `imports` are pairs (what is imported, its name), `submodules` dotted names imported beside,
    `inner` dotted names that functions import themselves.
    `pieces` are the project's statements, by module; `steps` the functions asked for that nothing
    else uses, in the order of asking. `early` and `late` are those of the library, which the
    project's need before them or can have after them. `is_newer`: some of it may be syntax that the
    running Python does not know.
    """

    imports: tuple[tuple[Imported, str], ...]
    submodules: tuple[str, ...]
    inner: tuple[str, ...]
    future: tuple[str, ...]
    early: tuple[LinkedPiece, ...]
    pieces: tuple[LinkedPiece, ...]
    steps: tuple[LinkedPiece, ...]
    late: tuple[LinkedPiece, ...]
    name_of: Names
    is_newer: bool = True
