"""What a file imports, found from its bytes before anything is parsed.

The answers may name too much, never too little: whatever an import statement of the file names is
included. Text in strings that looks like an import statement counts as one, which costs an
unnecessary parse.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

_GAP = rb"(?:[ \t\f]|\\(?:\r\n|\r|\n))"
_LINE = rb"(?:[^\\\r\n;#]|\\(?:\r\n|\r|\n))*"
_WORD = rb"[\w\x80-\xff]"
# Both begin with a literal, which `re` looks for many times faster than for any class: what must
# not stand before it is asked afterwards. Longer module paths than these 400 bytes are not found.
_IMPORT = re.compile(rb"import(?<!%b.{6})%b(?P<names>%b)" % (_WORD, _GAP, _LINE), re.DOTALL)
_FROM = re.compile(
    rb"from(?<!%b.{4})(?=%b|\.)(?P<module>(?:%b|%b|\.){1,400}?)(?<!%b)import(?!%b)"
    rb"(?P<members>%b*\((?:[^)#]|#[^\r\n]*)*|%b)"
    % (_WORD, _GAP, _GAP, _WORD, _WORD, _WORD, _GAP, _LINE),
    re.DOTALL,
)
_DYNAMIC = (b"import_module", b"__import__")
_DYNAMIC_CALL = re.compile(
    rb"(?:import_module|__import__)\s*\(\s*(?:name\s*=\s*)?[uUrR]?(?P<quote>'|\")"
    rb"(?P<name>[\w.\x80-\xff]+)(?P=quote)"
)
_AROUND_DOT = re.compile(rb"%b*\.%b*" % (_GAP, _GAP))
_LEADING_DOTS = re.compile(rb"(?:%b*\.)*" % _GAP)
_COMMENT = re.compile(rb"#[^\r\n]*")
_FIRST_WORD = re.compile(rb"(?:[\w.]|[\x80-\xff])+")


def mentions(data: bytes, names: tuple[bytes, ...]) -> bool:
    """Whether a file may import a module whose dotted name begins with one of ``names``.

    ``(b"dagster",)`` finds ``dagster`` and ``dagster_dbt``. In a file that imports dynamically
    any occurrence of the name counts.
    """
    # Identifiers that are not ASCII may be other spellings of those that are (PEP 3131).
    if data.isascii() and not any(name.partition(b".")[0] in data for name in names):
        return False
    if any(call in data for call in _DYNAMIC) and any(name in data for name in names):
        return True
    wanted = tuple(name.decode() for name in names)
    return any(imported.startswith(wanted) for imported in _imported(data))


def imported_names(data: bytes) -> frozenset[str]:
    """The dotted names of the modules that a file may import, leading dots of relative ones kept.

    ``from a import b`` gives both ``a`` and ``a.b``, since ``b`` may be a module. Of dynamic
    imports only those are found that name the module by a literal.
    """
    return frozenset(_imported(data))


def may_bind(data: bytes, name: str) -> bool:
    """Whether a file seems to bind a global of that name: at the beginning of a line, or by an
    import. It may do so in other ways, too."""
    word = name.encode()
    if word not in data:
        return False
    if data.startswith(word) or any(b"\n" + each + word in data for each in _BEFORE_NAMES):
        return True
    return any(each.rpartition(".")[2] in (name, "*") for each in imported_names(data))


def names_at_margin(data: bytes) -> frozenset[bytes]:
    """What `may_bind` goes by, apart from imports."""
    return frozenset(_AT_MARGIN.findall(data))


_BEFORE_NAMES = (b"", b"def ", b"class ", b"async def ")
_AT_MARGIN = re.compile(rb"^(?:(?:async )?def |class )?[\w\x80-\xff]+", re.MULTILINE)


def _imported(data: bytes) -> Iterator[str]:
    data = data.removeprefix(codecs.BOM_UTF8)
    from_keywords: set[int] = set()
    for match in _FROM.finditer(data):
        from_keywords.add(match.start("members"))
        if _begins_statement(data, match.start()):
            yield from _from_names(match.group("module"), match.group("members"))
    for match in _IMPORT.finditer(data):
        keyword_end = match.start() + len(b"import")
        if keyword_end not in from_keywords and _begins_statement(data, match.start()):
            for part in match.group("names").split(b","):
                yield from _name(_AROUND_DOT.sub(b".", part))
    if any(call in data for call in _DYNAMIC):
        for match in _DYNAMIC_CALL.finditer(data):
            yield from _name(match.group("name"))


def _begins_statement(data: bytes, offset: int) -> bool:
    """Whether only blanks lie between an offset and the start of a line, a colon or semicolon."""
    before = data[:offset] if offset < 64 else data[offset - 64 : offset]
    blank = before.rstrip(b" \t\f")
    return not blank or blank.endswith((b"\n", b"\r", b":", b";", b"lazy"))


def _from_names(module: bytes, members: bytes) -> Iterator[str]:
    dots = _LEADING_DOTS.match(module)
    leading = dots.group() if dots is not None else b""
    path = _AROUND_DOT.sub(b".", module[len(leading) :])
    level = "." * leading.count(b".")
    base = level + next(_name(path), "")
    yield base
    separator = "" if base == level else "."
    for member in _COMMENT.sub(b"", members).lstrip(b" \t\f\\\r\n(").split(b","):
        for name in _name(member):
            yield f"{base}{separator}{name}"


def _name(text: bytes) -> Iterator[str]:
    """The first dotted name in a text, if there is one, as Python compares it."""
    found = _FIRST_WORD.search(text)
    if found is not None:
        name = found.group().decode("utf-8", "replace")
        yield name if name.isascii() else unicodedata.normalize("NFKC", name)
