"""`configparser`, the hooks of `json`, variables of the environment that code sets."""

import configparser
from pathlib import Path
c = configparser.ConfigParser()
c.read(Path(__file__).parent / "data" / "settings.ini")
secs = c.sections()
v = c["one"]["x"], c.get("one", "y"), c.getint("one", "n"), c.getboolean("one", "b"), c.has_option("one", "z"), c.get("one", "zz", fallback="fb")
items = dict(c["one"]), dict(c.items("two"))
d = configparser.ConfigParser()
d.read_string("[s]\na = 1\nb: two\n")
dd = d["s"]["a"], d["s"].get("q", "def"), d["s"].getint("a"), "s" in d, list(d["s"])
e = configparser.ConfigParser(); e.read_dict({"p": {"q": "r"}}); ee = e["p"]["q"]
opts = c.options("one")

import json
from pathlib import Path
a = json.loads('{"a": {"b": 1}}', object_hook=lambda d: {k.upper(): v for k, v in d.items()})
b = json.loads('{"a": 1, "b": 2}', object_pairs_hook=lambda p: p[::-1])
c = json.loads('{"x": 1.5}', parse_float=str)
d = json.loads((Path(__file__).parent / "data" / "data.json").read_text())
e = json.dumps({"b": [1, None, True], "a": "é"}, sort_keys=True, indent=2)
f = json.dumps({"k": Path("x")}, default=str)
class E(json.JSONEncoder):
    def default(self, o): return "enc"
g = json.dumps({"k": {1}}, cls=E)
h = json.loads(b"[1]")
from collections import OrderedDict
i = list(json.loads('{"z": 1, "y": 2}', object_pairs_hook=OrderedDict).items())

import os
from collections import deque, namedtuple

os.environ["ASSETGEN_CASE_SET"] = "1"
os.environ.setdefault("ASSETGEN_CASE_SET", "2")
os.environ.setdefault("ASSETGEN_CASE_DEFAULT", "3")
os.environ.update({"ASSETGEN_CASE_UPDATED": "4"}, ASSETGEN_CASE_NAMED="5")
in_environment = (
    os.environ["ASSETGEN_CASE_SET"],
    os.getenv("ASSETGEN_CASE_DEFAULT", "other"),
    "ASSETGEN_CASE_UPDATED" in os.environ,
    os.environ.get("ASSETGEN_CASE_NAMED"),
)
taken_out = [
    os.environ.pop(f"ASSETGEN_CASE_{name}") for name in ("SET", "DEFAULT", "UPDATED", "NAMED")
]

last = deque([1, 2, 3], maxlen=3)
last.append(4)
last.appendleft(0)
last.extend([7, 8])
Point = namedtuple("Point", "x y z")
Point.__new__.__defaults__ = (2, 3)
points = (tuple(Point(1)), tuple(Point(1, 5)))
