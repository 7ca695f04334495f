"""Methods of strings and bytes."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.conversion import NotPlain
from assetgen.analyzer.evaluate.values import Constant, Iterator_, Record, Sequence, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import (
    each_option,
    lost,
    plain,
    pure,
    pure_function,
    pure_method,
    raised,
    too_much,
)
from assetgen.analyzer.intrinsics.python.texts.format_strings import (
    percent_format,
    str_format,
    str_format_map,
)

_ADDRESS: Final = Parameters("url, /")
_JOIN: Final = Parameters("separator, iterable, /")


def _join(call: Call) -> Value:
    bound = _JOIN.bind(call.unbound())
    separator = bound.plain("separator")
    items = call.items(bound["iterable"])
    losses = items.losses
    if isinstance(bound["iterable"], Sequence):
        losses = call.losses_in_order(bound["iterable"])
    if losses:
        return lost(call, *losses)
    if not isinstance(separator, (str, bytes)):
        return lost(call, bound["separator"])
    parts: list[str | bytes] = []
    for position, item in enumerate(items.values):
        try:
            part = plain(call, item)
        except NotPlain as error:
            return lost(call, error.value)
        if not isinstance(part, type(separator)):
            kind = type(part).__name__
            raise Raised(
                "builtins.TypeError",
                f"sequence item {position}: expected str instance, {kind} found",
            )
        parts.append(part)
    if sum(map(len, parts)) + len(separator) * len(parts) > call.machine.budget.text:
        return too_much(call)
    if isinstance(separator, bytes):
        return Constant(separator.join(part for part in parts if isinstance(part, bytes)))
    return Constant(separator.join(part for part in parts if isinstance(part, str)))


def _percent(call: Call) -> Value:
    args = call.unbound().args
    template = args[0]
    if not isinstance(template, Constant) or not isinstance(template.value, (str, bytes)):
        return lost(call, *args)
    return percent_format(call.machine, template.value, args[1], call.site)


def _width(text: object, width: object = 0, *fill: object) -> int:
    """The length of the string after padding to `width`."""
    return width if isinstance(width, int) else 0


def _tabs(text: object, tabsize: object = 8) -> int:
    if not isinstance(text, (str, bytes)) or not isinstance(tabsize, int):
        return 0
    tab = "\t" if isinstance(text, str) else b"\t"
    return len(text) + text.count(tab) * max(tabsize, 0)  # type: ignore[arg-type]


def _replacing(text: object, old: object, new: object, *count: object, **named: object) -> int:
    if (
        not isinstance(text, str | bytes)
        or type(old) is not type(text)
        or type(new) is not type(text)
    ):
        return 0
    return len(text) + text.count(old) * len(new)  # type: ignore[arg-type]


def _translating(text: object, table: object, *deleted: object) -> int:
    if not isinstance(text, str) or not isinstance(table, dict):
        return 0
    longest = max((len(new) for new in table.values() if isinstance(new, str)), default=1)
    return len(text) * max(longest, 1)


def _parsed_address(call: Call) -> Value:
    """`urlparse(...)`: the parts of a URL by name."""
    from urllib.parse import urlparse

    text = _ADDRESS.bind(call).plain("url")
    if not isinstance(text, str):
        return lost(call, *call.args)
    more = ("hostname", "port", "username", "password")
    try:
        parsed = urlparse(text)
        fields: dict[str, Value] = {n: Constant(getattr(parsed, n)) for n in (*_PARTS, *more)}
    except ValueError as error:
        raise raised(error) from error
    return Record(_PARSED, fields)


def _parts_of_address(receiver: Value | None) -> Sequence | None:
    if not isinstance(receiver, Record):
        return None
    return Sequence("tuple", [receiver.fields[name] for name in _PARTS])


def _iterate_address(call: Call) -> Value:
    parts = _parts_of_address(call.receiver)
    return Iterator_(iter(parts.items)) if parts is not None else lost(call)


def _part_of_address(call: Call) -> Value:
    parts = _parts_of_address(call.receiver)
    if parts is None or not call.args:
        return lost(call)
    return call.subscript(parts, call.args[0])


_PARSED: Final = "urllib.parse.ParseResult"
_PARTS: Final = ("scheme", "netloc", "path", "params", "query", "fragment")


def _cost_of_matching(word: object, possibilities: object = (), *options: object) -> int:
    """Each possibility is compared with the word, character by character."""
    if not isinstance(word, str) or not isinstance(possibilities, (list, tuple)):
        return 0
    return sum(len(str(each)) * len(word) for each in possibilities)


def _cost_of_wrapping(text: object, width: object = 70, **options: object) -> int:
    """`textwrap` cuts a long word again for each line of it."""
    if not isinstance(text, str) or not isinstance(width, int):
        return 0
    longest = max(map(len, text.split()), default=0)
    return longest * longest // max(width, 1) // _CHARACTERS_CUT


_CHARACTERS_CUT: Final = 500
"""How many characters that are cut off again cost as much as one that is made."""

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    f"{_PARSED}.__getitem__": _part_of_address,
    f"{_PARSED}.__iter__": _iterate_address,
    "builtins.str.__mod__": each_option(_percent),
    "builtins.str.capitalize": pure_method(str),
    "builtins.str.casefold": pure_method(str),
    "builtins.str.center": pure_method(str, _width),
    "builtins.str.count": pure_method(str),
    "builtins.str.encode": pure_method(str),
    "builtins.str.endswith": pure_method(str),
    "builtins.str.expandtabs": pure_method(str, _tabs),
    "builtins.str.find": pure_method(str),
    "builtins.str.format": each_option(str_format),
    "builtins.str.format_map": each_option(str_format_map),
    "builtins.str.index": pure_method(str),
    "builtins.str.isalnum": pure_method(str),
    "builtins.str.isalpha": pure_method(str),
    "builtins.str.isascii": pure_method(str),
    "builtins.str.isdecimal": pure_method(str),
    "builtins.str.isdigit": pure_method(str),
    "builtins.str.isidentifier": pure_method(str),
    "builtins.str.islower": pure_method(str),
    "builtins.str.isnumeric": pure_method(str),
    "builtins.str.isprintable": pure_method(str),
    "builtins.str.isspace": pure_method(str),
    "builtins.str.istitle": pure_method(str),
    "builtins.str.isupper": pure_method(str),
    "builtins.str.join": each_option(_join),
    "builtins.str.ljust": pure_method(str, _width),
    "builtins.str.lower": pure_method(str),
    "builtins.str.lstrip": pure_method(str),
    "builtins.str.maketrans": pure(str.maketrans),
    "builtins.str.partition": pure_method(str),
    "builtins.str.removeprefix": pure_method(str),
    "builtins.str.removesuffix": pure_method(str),
    "builtins.str.replace": pure_method(str, _replacing),
    "builtins.str.rfind": pure_method(str),
    "builtins.str.rindex": pure_method(str),
    "builtins.str.rjust": pure_method(str, _width),
    "builtins.str.rpartition": pure_method(str),
    "builtins.str.rsplit": pure_method(str),
    "builtins.str.rstrip": pure_method(str),
    "builtins.str.split": pure_method(str),
    "builtins.str.splitlines": pure_method(str),
    "builtins.str.startswith": pure_method(str),
    "builtins.str.strip": pure_method(str),
    "builtins.str.swapcase": pure_method(str),
    "builtins.str.title": pure_method(str),
    "builtins.str.translate": pure_method(str, _translating),
    "builtins.str.upper": pure_method(str),
    "builtins.str.zfill": pure_method(str, _width),
    "builtins.bytes.capitalize": pure_method(bytes),
    "builtins.bytes.center": pure_method(bytes, _width),
    "builtins.bytes.count": pure_method(bytes),
    "builtins.bytes.decode": pure_method(bytes),
    "builtins.bytes.endswith": pure_method(bytes),
    "builtins.bytes.find": pure_method(bytes),
    "builtins.bytes.fromhex": pure(bytes.fromhex),
    "builtins.bytes.hex": pure_method(bytes),
    "builtins.bytes.index": pure_method(bytes),
    "builtins.bytes.join": each_option(_join),
    "builtins.bytes.ljust": pure_method(bytes, _width),
    "builtins.bytes.lower": pure_method(bytes),
    "builtins.bytes.lstrip": pure_method(bytes),
    "builtins.bytes.partition": pure_method(bytes),
    "builtins.bytes.removeprefix": pure_method(bytes),
    "builtins.bytes.removesuffix": pure_method(bytes),
    "builtins.bytes.replace": pure_method(bytes, _replacing),
    "builtins.bytes.rjust": pure_method(bytes, _width),
    "builtins.bytes.rsplit": pure_method(bytes),
    "builtins.bytes.rstrip": pure_method(bytes),
    "builtins.bytes.split": pure_method(bytes),
    "builtins.bytes.splitlines": pure_method(bytes),
    "builtins.bytes.startswith": pure_method(bytes),
    "builtins.bytes.strip": pure_method(bytes),
    "builtins.bytes.title": pure_method(bytes),
    "builtins.bytes.upper": pure_method(bytes),
    "builtins.bytes.zfill": pure_method(bytes, _width),
    "string.capwords": pure_function("string", "capwords"),
    "textwrap.dedent": pure_function("textwrap", "dedent"),
    "textwrap.fill": pure_function("textwrap", "fill", _cost_of_wrapping),
    "textwrap.indent": pure_function("textwrap", "indent"),
    "textwrap.shorten": pure_function("textwrap", "shorten", _cost_of_wrapping),
    "textwrap.wrap": pure_function("textwrap", "wrap", _cost_of_wrapping),
    "inspect.cleandoc": pure_function("inspect", "cleandoc"),
    "unicodedata.normalize": pure_function("unicodedata", "normalize"),
    "html.escape": pure_function("html", "escape"),
    "html.unescape": pure_function("html", "unescape"),
    "binascii.hexlify": pure_function("binascii", "hexlify"),
    "binascii.unhexlify": pure_function("binascii", "unhexlify"),
    "urllib.parse.parse_qs": pure_function("urllib.parse", "parse_qs"),
    "urllib.parse.parse_qsl": pure_function("urllib.parse", "parse_qsl"),
    "urllib.parse.urlparse": each_option(_parsed_address),
    "urllib.parse.urlsplit": each_option(_parsed_address),
    "urllib.parse.quote": pure_function("urllib.parse", "quote"),
    "urllib.parse.quote_plus": pure_function("urllib.parse", "quote_plus"),
    "urllib.parse.unquote": pure_function("urllib.parse", "unquote"),
    "urllib.parse.urlencode": pure_function("urllib.parse", "urlencode"),
    "urllib.parse.urljoin": pure_function("urllib.parse", "urljoin"),
    "urllib.parse.urlunparse": pure_function("urllib.parse", "urlunparse"),
    "urllib.parse.urlunsplit": pure_function("urllib.parse", "urlunsplit"),
    "pprint.pformat": pure_function("pprint", "pformat"),
    "difflib.get_close_matches": pure_function("difflib", "get_close_matches", _cost_of_matching),
    "shlex.split": pure_function("shlex", "split"),
    "shlex.quote": pure_function("shlex", "quote"),
    "shlex.join": pure_function("shlex", "join"),
    "keyword.iskeyword": pure_function("keyword", "iskeyword"),
    "fnmatch.fnmatch": pure_function("fnmatch", "fnmatchcase"),
    "fnmatch.fnmatchcase": pure_function("fnmatch", "fnmatchcase"),
    "fnmatch.filter": pure_function("fnmatch", "filter"),
}
