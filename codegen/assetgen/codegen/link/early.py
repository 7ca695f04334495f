"""Which parts of the library have to stand before the code that uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from assetgen.codegen.link.fragment import Fragment
from assetgen.codegen.link.source_module import Piece
from assetgen.codegen.link.targets import Symbol, Target


def early_pieces(
    kept: Mapping[Piece, Fragment],
    makers: Mapping[Symbol, Iterable[Piece]],
    others: Iterable[Fragment],
    wanted: Iterable[Target],
    is_library: Callable[[str], bool],
) -> frozenset[Piece]:
    """The library's statements that the project's own may run while they are executed.

    `makers` are the statements that bind or fill a definition, `others` fragments of the project
    that are no statements of its modules, `wanted` further targets used at once. What a
    statement uses at once is taken to be called, with all that it needs in turn. Annotations of
    functions do not count: they can be written as strings.
    """
    own = [fragment for piece, fragment in kept.items() if not is_library(piece.module)]
    work = [piece for target in wanted for piece in _made(makers, target)]
    for fragment in (*own, *others):
        for linked in fragment.uses:
            if linked.use.eager and not linked.use.binds and linked.use.annotation is None:
                work += _made(makers, linked.target)
    reached: set[Piece] = set()
    while work:
        piece = work.pop()
        if piece in reached:
            continue
        reached.add(piece)
        dotted = (linked for linked, _ in kept[piece].dotted)
        for linked in (*kept[piece].uses, *kept[piece].mentions, *dotted):
            if linked.use.annotation is None or is_library(piece.module):
                work += _made(makers, linked.target)
    return frozenset(piece for piece in reached if is_library(piece.module))


def _made(makers: Mapping[Symbol, Iterable[Piece]], target: Target) -> list[Piece]:
    return [*makers.get(target, ())] if isinstance(target, Symbol) else []
