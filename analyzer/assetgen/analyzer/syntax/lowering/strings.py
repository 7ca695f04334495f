"""Strings, bytes, f-strings, t-strings, and their implicit concatenation."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

import libcst as cst

from assetgen.analyzer.project.files.quiet import without_warnings
from assetgen.analyzer.syntax.lowering.context import Lower, Lowering
from assetgen.analyzer.syntax.lowering.unreadable import UnreadableError
from assetgen.analyzer.syntax.newer_nodes import Interpolation, TemplateStr

_Literal = cst.SimpleString | cst.FormattedString | cst.TemplatedString
_Field = cst.FormattedStringExpression | cst.TemplatedStringExpression
_Content = cst.BaseFormattedStringContent | cst.BaseTemplatedStringContent
_STRING_OR_COMMENT = re.compile(
    r"""(?P<string>(?P<quote>"{3}|'{3}|"|')(?:\\.|.)*?(?P=quote))|\#[^\n]*""", re.DOTALL
)
_CONVERSIONS: Mapping[str | None, int] = {None: -1, "s": 115, "r": 114, "a": 97}


def _simple(lowering: Lowering, node: cst.SimpleString) -> ast.expr:
    constant = ast.Constant(_value(lowering, node), **lowering.at(node))
    return _with_kind(constant, node)


def _formatted(lowering: Lowering, node: cst.FormattedString) -> ast.expr:
    return ast.JoinedStr(_merged(_parts(lowering, node)), **lowering.at(node))


def _templated(lowering: Lowering, node: cst.TemplatedString) -> ast.expr:
    template: ast.expr = TemplateStr(_merged(_parts(lowering, node)), **lowering.at(node))
    return template


def _concatenated(lowering: Lowering, node: cst.ConcatenatedString) -> ast.expr:
    literals = tuple(_literals(node))
    place = lowering.at(node)
    if any(isinstance(literal, cst.TemplatedString) for literal in literals):
        start = lowering.positions.start(node)
        raise UnreadableError("cannot mix t-string literals with string literals", start)
    if any(isinstance(literal, cst.FormattedString) for literal in literals):
        return ast.JoinedStr(_all_parts(lowering, literals), **place)
    values = [_value(lowering, literal) for literal in literals]
    if all(isinstance(value, bytes) for value in values):
        return ast.Constant(b"".join(values), **place)  # type: ignore[arg-type]
    if any(isinstance(value, bytes) for value in values):
        start = lowering.positions.start(node)
        raise UnreadableError("cannot mix bytes and nonbytes literals", start)
    return _with_kind(ast.Constant("".join(values), **place), literals[0])  # type: ignore[arg-type]


def _literals(node: cst.ConcatenatedString) -> Iterator[_Literal]:
    inner: cst.BaseExpression = node
    while isinstance(inner, cst.ConcatenatedString):
        yield inner.left
        inner = inner.right
    yield inner  # type: ignore[misc]


def _all_parts(lowering: Lowering, literals: Sequence[_Literal]) -> list[ast.expr]:
    return _merged([part for literal in literals for part in _parts(lowering, literal)])


def _parts(lowering: Lowering, literal: _Literal) -> list[ast.expr]:
    if isinstance(literal, cst.SimpleString):
        return [_simple(lowering, literal)]
    if isinstance(literal, cst.TemplatedString):
        lowering.require(3, 14)
    prefix = literal.start.rstrip("'\"").lower()
    quote = literal.start[len(prefix) :]
    raw = "r" in prefix
    return list(_contents(lowering, literal.parts, quote, raw))


def _contents(
    lowering: Lowering,
    parts: Sequence[_Content],
    quote: str,
    raw: bool,
    in_specification: bool = False,
) -> Iterator[ast.expr]:
    for part in parts:
        if isinstance(part, (cst.FormattedStringText, cst.TemplatedStringText)):
            start = lowering.positions.start(part)
            place = lowering.place(start, start + len(part.value))
            yield ast.Constant(_decoded(lowering, part.value, quote, raw, start), **place)
        else:
            assert isinstance(part, (cst.FormattedStringExpression, cst.TemplatedStringExpression))
            yield from _field(lowering, part, quote, raw, in_specification)


def _field(
    lowering: Lowering, node: _Field, quote: str, raw: bool, in_specification: bool
) -> Iterator[ast.expr]:
    """A replacement field, after the text that ``=`` adds before it; one in a format specification
    is of an f-string, also in a template."""
    start, end = lowering.positions.span(node)
    value = lowering.expression(node.expression)
    _require_version(lowering, node, quote)
    conversion = _CONVERSIONS[node.conversion]
    specification = _specification(lowering, node, quote, raw)
    if node.equal is not None:
        equal_end = lowering.positions.start(node.whitespace_after_expression)
        after = lowering.positions.next_token(equal_end)
        text = _without_comments(_universal(lowering.text[start + 1 : after]))
        yield ast.Constant(text, **lowering.place(start + 1, after))
        if node.conversion is None and specification is None:
            conversion = _CONVERSIONS["r"]
    place = lowering.place(start, end)
    if isinstance(node, cst.TemplatedStringExpression) and not in_specification:
        after = lowering.positions.next_token(lowering.outside(node.expression)[1])
        text = _universal(lowering.text[start + 1 : after])
        yield Interpolation(value, text, conversion, specification, **place)
    else:
        yield ast.FormattedValue(value, conversion, specification, **place)


def _require_version(lowering: Lowering, node: _Field, quote: str) -> None:
    """Note a field that Python 3.12 allowed: before, it had neither the quotes of its f-string,
    nor backslashes, nor comments, nor line breaks in single quotes."""
    start, end = lowering.positions.span(node)
    if node.format_spec:
        end = lowering.positions.start(node.format_spec[0])
    written = lowering.text[start:end]
    broken = len(quote) == 1 and ("\n" in written or "\r" in written)
    if broken or quote in written or "\\" in written or _has_comment(written):
        lowering.require(3, 12)


def _has_comment(text: str) -> bool:
    return "#" in text and _without_comments(text) != text


def _without_comments(text: str) -> str:
    """What ``=`` shows of the text of a field."""
    return _STRING_OR_COMMENT.sub(lambda match: match.group("string") or "", text)


def _specification(lowering: Lowering, node: _Field, quote: str, raw: bool) -> ast.JoinedStr | None:
    if node.format_spec is None:
        return None
    end = lowering.positions.span(node)[1] - 1
    start = end - 1
    if node.format_spec:
        start = lowering.positions.start(node.format_spec[0]) - 1
    values = _merged(list(_contents(lowering, node.format_spec, quote, raw, True)))
    return ast.JoinedStr(values, **lowering.place(start, end))


def _merged(parts: Sequence[ast.expr]) -> list[ast.expr]:
    """Neighbouring constants as one, and empty ones left out."""
    merged: list[ast.expr] = []
    for part in parts:
        if not isinstance(part, ast.Constant):
            merged.append(part)
        elif part.value:
            previous = merged[-1] if merged else None
            if isinstance(previous, ast.Constant):
                previous.value += part.value  # type: ignore[operator]
                previous.end_lineno = part.end_lineno
                previous.end_col_offset = part.end_col_offset
            else:
                merged.append(part)
    return merged


def _value(lowering: Lowering, node: cst.SimpleString | _Literal) -> str | bytes:
    assert isinstance(node, cst.SimpleString)
    if "\\" not in node.value and node.prefix in ("", "u", "U", "r", "R"):
        return _universal(node.raw_value)
    return _evaluated(lowering, node.value, lowering.positions.start(node))


def _decoded(lowering: Lowering, text: str, quote: str, raw: bool, start: int) -> str:
    """The value of a piece of text between the fields of an f-string."""
    text = text.replace("{{", "{").replace("}}", "}")
    if raw or "\\" not in text:
        return _universal(text)
    if (len(text) - len(text.rstrip("\\"))) % 2:
        # A lone backslash before a field stands for itself.
        text += "\\"
    # The blank keeps a quote at the end of the text apart from those that close it.
    value = _evaluated(lowering, f"{quote}{text} {quote}", start)
    assert isinstance(value, str)
    return value[:-1]


def _evaluated(lowering: Lowering, literal: str, start: int) -> str | bytes:
    """The value of a literal, by Python's own rules for escapes."""
    try:
        with without_warnings():
            value: str | bytes = ast.literal_eval(literal)
    except (SyntaxError, ValueError) as error:
        raise UnreadableError(getattr(error, "msg", str(error)), start) from None
    return value


def _universal(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _with_kind(constant: ast.Constant, first: _Literal) -> ast.Constant:
    if isinstance(first, cst.SimpleString) and first.prefix in ("u", "U"):
        constant.kind = "u"
    return constant


TABLE: Mapping[type, Lower] = {
    cst.SimpleString: _simple,
    cst.FormattedString: _formatted,
    cst.TemplatedString: _templated,
    cst.ConcatenatedString: _concatenated,
}
