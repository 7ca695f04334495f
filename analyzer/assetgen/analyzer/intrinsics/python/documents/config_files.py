"""The module `configparser`, for parsers of which everything read is known."""

from __future__ import annotations

import configparser
from collections.abc import Mapping as ReadOnlyMapping
from typing import Any, ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.conversion import NotPlain
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    External,
    Iterator_,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.python.plain import give, lost, plain, raised
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.system.files import content_of, path_of
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.project.disk import Refused


@dataclass(slots=True, eq=False)
class Parser(Declared):
    """A parser; `losses` stand for input that is not known."""

    type_name: ClassVar[str] = "configparser.ConfigParser"
    parser: Any = None
    losses: list[Unknown] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Section(Declared):
    """A section of a parser."""

    type_name: ClassVar[str] = "configparser.SectionProxy"
    owner: Parser = field(default_factory=Parser)
    name: str = ""

    def attribute(self, name: str) -> Value | None:
        return {"name": Constant(self.name), "parser": self.owner}.get(name)


def _make(call: Call) -> Value:
    """`ConfigParser(...)` with plain options; converters and custom classes are not followed."""
    make = getattr(configparser, call.last_name)
    try:
        options = {name: _option(call, value) for name, value in call.kwargs.items()}
        args = [plain(call, value) for value in call.args]
    except NotPlain as error:
        return lost(call, error.value)
    try:
        return Parser(make(*args, **options))
    except (TypeError, ValueError, AttributeError) as error:
        raise raised(error) from error


def _option(call: Call, value: Value) -> object:
    if isinstance(value, External) and value.qualname in _INTERPOLATIONS:
        return _INTERPOLATIONS[value.qualname]()
    return plain(call, value)


_INTERPOLATIONS: Final[ReadOnlyMapping[str, Any]] = {
    "configparser.BasicInterpolation": configparser.BasicInterpolation,
    "configparser.ExtendedInterpolation": configparser.ExtendedInterpolation,
}


def _read(call: Call, parser: Parser) -> Value:
    """`read`: the files that can be read; one that is not in the project may exist when the code
    runs."""
    names = call.args[0] if call.args else call.kwargs.get("filenames", NONE)
    listed = list(names.items) if isinstance(names, Sequence) else [names]
    found: list[Value] = []
    for name in listed:
        path = path_of(call, name)
        if isinstance(path, Unknown):
            parser.losses.append(path)
            continue
        text = call.machine.files.read_text(path)
        if isinstance(text, Refused):
            shown = call.machine.shown(path)
            parser.losses.append(call.unknown("file", f"`{shown}` is not read: {text.reason}"))
            continue
        _parse(parser, text)
        found.append(Constant(path))
    return Sequence("list", found)


def _read_text(call: Call, parser: Parser) -> Value:
    """`read_string`, and `read_file` with an open file."""
    content = content_of(call, call.first)
    if isinstance(content, Unknown):
        parser.losses.append(content)
    else:
        _parse(parser, content.decode() if isinstance(content, bytes) else content)
    return NONE


def _parse(parser: Parser, text: str) -> None:
    try:
        parser.parser.read_string(text)
    except configparser.Error as error:
        raise raised(error) from error


def _ask(call: Call, parser: Parser) -> Value:
    """A method that is called on the real parser."""
    return _asked(call, parser, parser.parser)


def _ask_section(call: Call, section: Section) -> Value:
    return _asked(call, section.owner, section.owner.parser[section.name])


def _asked(call: Call, parser: Parser, target: Any) -> Value:
    if parser.losses or call.losses:
        return lost(call, *parser.losses, *call.losses)
    try:
        args = [plain(call, value) for value in call.args]
        options = {name: plain(call, value) for name, value in call.kwargs.items()}
    except NotPlain as error:
        return lost(call, error.value)
    try:
        result = getattr(target, call.last_name)(*args, **options)
    except (configparser.Error, KeyError, ValueError, TypeError, AttributeError) as error:
        raise raised(error) from error
    if isinstance(result, configparser.SectionProxy):
        return Section(parser, result.name)
    if isinstance(result, bool) or result is None:
        return Constant(result)
    if call.name.endswith(".defaults"):
        return give(call, dict(result))
    if not isinstance(result, (str, int, float, list, tuple)):
        result = list(result)
    if isinstance(result, list) and any(
        isinstance(pair, tuple) and isinstance(pair[1], configparser.SectionProxy)
        for pair in result
    ):
        pairs = [Sequence("tuple", [Constant(k), Section(parser, k)]) for k, _ in result]
        return Sequence("list", list(pairs))
    return give(call, result)


def _set_attribute(call: Call, parser: Parser) -> Value:
    """`parser.optionxform = str` keeps the names of options as they are written."""
    name, value = call.args
    if name == Constant("optionxform") and value == External("builtins.str"):
        parser.parser.optionxform = str
    else:
        parser.losses.append(lost(call, value))
    return NONE


def _iterate(call: Call, parser: Parser) -> Value:
    return Iterator_((Constant(name) for name in parser.parser), list(parser.losses))


def _iterate_section(call: Call, section: Section) -> Value:
    names = section.owner.parser[section.name]
    return Iterator_((Constant(name) for name in names), list(section.owner.losses))


_ASKED: Final = (
    *("sections", "get", "getint", "getfloat", "getboolean", "options", "items", "has_section"),
    *("has_option", "__getitem__", "__contains__", "defaults", "set", "add_section", "read_dict"),
    *("keys", "remove_section", "remove_option"),
)
_ASKED_OF_SECTIONS: Final = (
    *("__getitem__", "__contains__", "get", "getint", "getfloat", "getboolean", "items"),
    *("keys", "values"),
)

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    **{name: lambda call: External(call.name) for name in _INTERPOLATIONS},
    "configparser.ConfigParser": _make,
    "configparser.RawConfigParser": _make,
    "configparser.ConfigParser.__iter__": method(Parser, _iterate),
    "configparser.ConfigParser.__setattr__": method(Parser, _set_attribute),
    "configparser.ConfigParser.read": method(Parser, _read),
    "configparser.ConfigParser.read_file": method(Parser, _read_text),
    "configparser.ConfigParser.read_string": method(Parser, _read_text),
    "configparser.SectionProxy.__iter__": method(Section, _iterate_section),
    **{f"configparser.ConfigParser.{name}": method(Parser, _ask) for name in _ASKED},
    **{
        f"configparser.SectionProxy.{name}": method(Section, _ask_section)
        for name in _ASKED_OF_SECTIONS
    },
}
