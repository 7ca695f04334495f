"""`slugify`: a string as a part of a URL, as the package of that name makes it."""

from __future__ import annotations

import re
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final
from unicodedata import normalize

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.conversion import NotPlain
from assetgen.analyzer.evaluate.values import Constant, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import each_option, lost, plain

_PARAMETERS: Final = Parameters(
    "text, entities=True, decimal=True, hexadecimal=True, max_length=0, word_boundary=False, "
    "separator='-', save_order=False, stopwords=(), regex_pattern=None, lowercase=True, "
    "replacements=(), allow_unicode=False"
)
_PLAIN_ONLY: Final = ("max_length", "stopwords", "regex_pattern", "replacements", "allow_unicode")
"""What is read only where it is not given: the releases of the package differ in it."""
_SPELLED: Final = {
    "®": "(r)",
    "©": "(c)",
    "ß": "ss",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2013": "-",
    "\u2014": "--",
    "\u00a0": " ",
}


def _slugify(call: Call) -> Value:
    """`slugify` for strings in Latin letters; other scripts depend on tables of the package."""
    bound = _PARAMETERS.bind(call)
    try:
        text, separator = plain(call, bound["text"]), plain(call, bound["separator"])
        others = [plain(call, bound[name]) for name in _PLAIN_ONLY]
        lowercase = plain(call, bound["lowercase"])
    except NotPlain as error:
        return lost(call, error.value)
    if not isinstance(text, str) or not isinstance(separator, str) or any(others):
        return lost(call, *call.args)
    spelled = _spelled(text.replace("'", "-"))
    if spelled is None or "&" in text:
        return lost(call, bound["text"])
    words = re.sub(r"(?<=\d),(?=\d)", "", spelled.replace("'", ""))
    slug = re.sub(r"[^-a-zA-Z0-9]+", "-", words.lower() if lowercase else words)
    return Constant(re.sub("-{2,}", "-", slug).strip("-").replace("-", separator))


def _spelled(text: str) -> str | None:
    """The string without accents; None if transliterations may differ."""
    if text.isascii():
        return text
    parts = [_SPELLED.get(character, character) for character in text]
    parts = [
        part if part.isascii() else re.sub("[\u0300-\u036f]", "", normalize("NFD", part))
        for part in parts
    ]
    spelled = "".join(parts)
    return spelled if spelled.isascii() else None


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {"slugify.slugify": each_option(_slugify)}
