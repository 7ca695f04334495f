"""What has to stand before the code that uses it, and what cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.codegen.link.fragments.fragment import Fragment
from assetgen.codegen.link.fragments.problems import UNLINKABLE_NAME, problem
from assetgen.codegen.link.modules.modules import Modules
from assetgen.codegen.link.modules.source_module import Piece, SourceModule
from assetgen.codegen.link.modules.targets import Symbol, Target


def makers_of(
    modules: Modules,
    kept: Mapping[Piece, Fragment],
    symbols: Iterable[Symbol],
    changes: Mapping[Piece, Iterable[Symbol]],
) -> dict[Symbol, list[Piece]]:
    """By definition, the kept statements that bind or fill it; of statements `changes` are what
    they fill."""
    makers: dict[Symbol, list[Piece]] = {}
    for symbol in symbols:
        module = modules[symbol.module]
        if isinstance(module, SourceModule):
            for binding in module.bindings.get(symbol.name, ()):
                if binding.piece in kept:
                    makers.setdefault(symbol, []).append(binding.piece)
    for piece, filled in changes.items():
        if piece in kept:
            for symbol in filled:
                makers.setdefault(symbol, []).append(piece)
    return makers


def too_early(
    order: Sequence[Piece],
    makers: Mapping[Symbol, Iterable[Piece]],
    kept: Mapping[Piece, Fragment],
) -> Iterator[Diagnostic]:
    """The uses, in statements that are executed in an order, of what only a later one binds."""
    place = {piece: number for number, piece in enumerate(order)}
    first: dict[Target, int] = {
        symbol: min(place[piece] for piece in pieces) for symbol, pieces in makers.items()
    }
    for piece, number in place.items():
        fragment = kept[piece]
        for linked in fragment.uses:
            use = linked.use
            if (
                use.eager
                and not use.binds
                and use.annotation is None
                and use.name not in fragment.own
                and first.get(linked.target, number) > number
            ):
                reason = f"`{use.name}` is used here before the script can define it"
                yield problem(UNLINKABLE_NAME, reason, fragment.module.span(use.node))


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
        annotated = kept[piece].annotated
        for linked in (*kept[piece].uses, *annotated, *kept[piece].mentions, *dotted):
            if linked.use.annotation is None or is_library(piece.module):
                work += _made(makers, linked.target)
    return frozenset(piece for piece in reached if is_library(piece.module))


def _made(makers: Mapping[Symbol, Iterable[Piece]], target: Target) -> list[Piece]:
    return [*makers.get(target, ())] if isinstance(target, Symbol) else []
