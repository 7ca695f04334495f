import calendar
import json
import re
from datetime import date, datetime, time, timedelta, timezone
from uuid import UUID

import hashlib
import base64

start = datetime(2024, 1, 31, 12, 30)
moments = start.year, start.isoformat(), start.strftime("%Y-%m-%d"), start.date(), start.replace(day=1), start.weekday()
arithmetic = start + timedelta(days=1), start - datetime(2024, 1, 1), date(2024, 3, 1) - timedelta(weeks=1)
deltas = timedelta(hours=25).days, timedelta(minutes=90).total_seconds(), timedelta(days=2) / 2, str(timedelta(hours=1)), -timedelta(1)
parsed = datetime.fromisoformat("2024-01-02"), datetime.strptime("02/01/2024", "%d/%m/%Y"), date.fromisoformat("2024-05-06")
zoned = datetime(2024, 1, 1, tzinfo=timezone.utc).isoformat(), datetime(2024, 1, 1, tzinfo=timezone.utc).timestamp(), timezone(timedelta(hours=2))
compared = date(2024, 1, 1) < date(2024, 1, 2), max(date(2023, 1, 1), date(2024, 1, 1))
times = time(1, 2).isoformat(), time(3).hour, datetime.combine(date(2024, 1, 1), time(5))
dates = [(date(2024, 1, 1) + timedelta(days=i)).isoformat() for i in range(3)]
in_text = f"{start:%Y%m}", "{:%d}".format(start), str(date(2024, 1, 1))

pattern = re.compile(r"(?P<name>\w+)_(\d+)", re.IGNORECASE)
match = pattern.match("table_12")
groups = match.group(0), match.group("name"), match[2], match.groups(), match.groupdict(), match.span(), match.start(1)
missing = re.match("a", "b"), bool(re.search("a", "cab")), re.fullmatch("a+", "aab")
snake = re.sub(r"(?<!^)(?=[A-Z])", "_", "CamelCaseName").lower(), re.sub("[^a-z]+", "_", "a b-c"), re.sub("a", "b", "aaa", count=2)
by_function = re.sub(r"\d", lambda m: str(int(m.group()) + 1), "a1b2"), re.sub(r"(\w)(\w)", r"\2\1", "abcd")
found = re.findall(r"\d+", "1 22 x"), re.findall(r"(\w)=(\w)", "a=b c=d"), [m.group() for m in re.finditer("[ab]", "xab")]
cut = re.split(r"[,;]\s*", "a, b;c"), pattern.sub("x", "a_1 b_2"), re.escape("a.b"), pattern.pattern, pattern.findall("a_1")
flagged = re.findall("^a", "a\nA", re.M | re.I), re.search("a.b", "a\nb", re.DOTALL).group()

loaded = json.loads('{"a": [1, 2.5, null, true], "b": {"c": "d"}}')
dumped = json.dumps({"a": [1, None]}), json.dumps({"b": 1, "a": 2}, sort_keys=True, indent=2), json.dumps("é", ensure_ascii=False)
hashes = hashlib.md5(b"x").hexdigest(), hashlib.sha256("é".encode()).hexdigest()[:8], base64.b64encode(b"abc").decode()
uid = UUID("12345678123456781234567812345678").hex
named = calendar.month_name[3], calendar.month_abbr[12], list(calendar.day_abbr), calendar.day_name[0]
midnight = datetime.combine(date(2024, 1, 1), time.min).isoformat(), time.max.hour
