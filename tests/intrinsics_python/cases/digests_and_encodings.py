"""Digests, encodings, calendars and what is close to a word; how parsers keep names."""

import base64
import calendar
import configparser
import difflib
import hashlib
import pprint
import urllib.parse
import zlib

sized = hashlib.blake2b(b"x", digest_size=4).hexdigest()
fed = hashlib.sha256(b"a")
copied = fed.copy()
copied.update(b"b")
digests = fed.hexdigest()[:8], copied.digest()[:4], fed.digest_size
encoded = (
    base64.b32encode(b"hi").decode().rstrip("="),
    base64.b16encode(b"a"),
    base64.a85encode(b"abc"),
    base64.b85decode(base64.b85encode(b"abcd")),
    base64.urlsafe_b64decode("Pz8-"),
)
checksum = zlib.adler32(b"x")
days = calendar.MONDAY, calendar.weekday(2024, 1, 1), calendar.monthcalendar(2024, 2)[0]
moment = calendar.timegm((2024, 1, 1, 0, 0, 0)), calendar.leapdays(2000, 2024)
close = difflib.get_close_matches("ordrs", ["orders", "lines"])
formatted = pprint.pformat({"b": 1, "a": [1, 2]})
address = urllib.parse.urlunparse(("https", "h", "/p", "", "q=1", ""))
parser = configparser.ConfigParser()
parser.optionxform = str
parser.read_string("[DEFAULT]\nAll = 1\n[Tables]\nOrders = daily\n")
named = {name: dict(parser[name]) for name in parser.sections()}
defaults = parser.defaults() == {"All": "1"}
