"""From linked modules and a declaration to the text of a script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.codegen.import_block import import_block
from assetgen.codegen.layout import Tree, laid_out
from assetgen.codegen.link.closures import Written
from assetgen.codegen.link.linked import LinkedModules, LinkedPiece
from assetgen.codegen.templates import template


@dataclass(frozen=True, slots=True)
class Header:
    """What the first lines say: PEP 723's metadata, the name, and what it was made from."""

    name: str
    version: str
    sources: tuple[str, ...]
    requires_python: str
    dependencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """The text, and those parts of it that are not just names put in place of names."""

    text: str
    uncertain: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the script under a title."""

    title: str
    text: str


def written_script(
    header: Header,
    linked: LinkedModules,
    made: Sequence[Written],
    declaration: Tree,
    names: tuple[str, str],
) -> Script:
    """The script; `names` are those of the function that makes the pipeline, and of the runtime's
    `main`.

    The project's code comes first, after the little of the runtime that it may need at once, then
    the pipeline, then what runs it.
    """
    built = [
        LinkedPiece("", each.text(linked.name_of), each.is_definition, is_certain=False)
        for each in made
    ]
    pipeline, main = names
    copied: set[str] = set()
    value = laid_out(declaration, linked.name_of, indent=4, used=len(_RETURN), copied=copied)
    sections = [
        Section("What the project builds on", _joined(linked.early)),
        Section("What the functions below need", _joined(linked.pieces)),
        Section("The functions of the steps", _joined([*linked.steps, *built])),
        Section("The pipeline", f"def {pipeline}():\n{_RETURN}{value}"),
        Section("What runs it, brought along by assetgen", _joined(linked.late)),
    ]
    imports = import_block(linked.imports, linked.submodules, linked.future)
    pieces = (*linked.early, *linked.pieces, *linked.steps, *built, *linked.late)
    uncertain = [imports, *(each.text for each in pieces if not each.is_certain)]
    text = template("pipeline.jinja").render(
        header=header,
        imports=imports,
        sections=tuple(section for section in sections if section.text),
        pipeline=pipeline,
        main=main,
    )
    expressions = (f"({each}\n)" for each in sorted(copied) if not each.isidentifier())
    return Script(text, "\n".join([*uncertain, *expressions]))


_RETURN = "    return "


def _joined(pieces: Iterable[LinkedPiece]) -> str:
    """Statements with empty lines between: two around definitions, one between modules."""
    parts: list[str] = []
    last: LinkedPiece | None = None
    for piece in pieces:
        if last is not None:
            apart = piece.is_definition or last.is_definition
            parts.append("\n\n\n" if apart else "\n" if piece.module == last.module else "\n\n")
        parts.append(piece.text)
        last = piece
    return "".join(parts)
