"""Names in other forms: cases of letters, and numbers of words."""

import re
import unicodedata

from _described import not_followed


def underscore(word):
    parted = re.sub(r"(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z\d])(?=[A-Z])", "_", word)
    return parted.replace("-", "_").lower()


def camelize(string, uppercase_first_letter=True):
    made, begins = "", True
    for character in string:
        if not begins and character == "_":
            begins = True
            continue
        made += character.upper() if begins else character
        begins = False
    made += "_" if begins and string else ""
    return made if uppercase_first_letter else string[0].lower() + made[1:]


def dasherize(word):
    return word.replace("_", "-")


def humanize(word):
    words = word.removesuffix("_id").replace("_", " ")
    words = "".join(each.lower() if each.isascii() else each for each in words)
    is_letter = words[:1].isalnum() or words[:1] == "_"
    return f"{words[:1].upper()}{words[1:]}" if is_letter else words


def titleize(word):
    words = humanize(underscore(word)).title()
    return re.sub(r"\b('?\w)", lambda found: found[1].capitalize(), words)


def transliterate(string):
    return unicodedata.normalize("NFKD", string).encode("ascii", "ignore").decode("ascii")


def parameterize(string, separator="-"):
    string = re.sub(r"[^a-z0-9\-_]+", separator, transliterate(string), flags=re.I)
    if separator:
        one = re.escape(separator)
        string = re.sub(rf"{one}{{2,}}", separator, string)
        string = re.sub(rf"^{one}|{one}$", "", string)
    return string.lower()


def ordinal(number):
    number = abs(int(number))
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def ordinalize(number):
    return f"{number}{ordinal(number)}"


def pluralize(word):
    """Only words whose plural is regular without a doubt."""
    if _is_regular(word):
        return f"{word}s"
    if re.search(r"(?:[b-df-hj-np-tv-xz]|qu)y$", word):
        return f"{word[:-1]}ies"
    return not_followed(f"the plural of {word!r}")


def singularize(word):
    has_own_form = re.search(r"(?:series|species|movies)$", word) is not None
    if not has_own_form and re.search(r"(?:[b-df-hj-np-tv-xz]|qu)ies$", word):
        return f"{word[:-3]}y"
    if word.endswith("s") and _is_regular(word[:-1]):
        return word[:-1]
    return not_followed(f"the singular of {word!r}")


def _is_regular(word):
    last = re.split(r"[\W_]", word)[-1]
    if last.lower().endswith(("cow", "equipment", "information")):
        return False
    ends = r"(?:er|or|nt|nd|ct|ble|age|ment|tion|unt|ion|em|ck|el|al|ow|ay|(?<!mon)ey)$"
    return len(last) > 2 and re.search(ends, last) is not None


def tableize(word):
    return pluralize(underscore(word))
