import csv
import glob
import importlib
import json
import os
import os.path
import pkgutil
from io import StringIO
from pathlib import Path

import package
import yaml

HERE = Path(__file__).parent
DATA = HERE / "data"
names = DATA.name, DATA.parent == HERE, Path("a/b.tar.gz").stem, Path("a/b.sql").suffix, Path("a/b.sql").with_suffix(".py").name
parts = Path("a/b/c").parts, str(Path("a", "b")), Path("a/b").as_posix(), Path("a/b/c").relative_to("a").as_posix(), str(Path("a") / "b" / "c")
parents = str(Path("a/b/c").parents[1]), Path("x.py").with_name("y.py").name, Path("a").joinpath("b", "c").as_posix()
there = (DATA / "config.yaml").exists(), (DATA / "nope").exists(), DATA.is_dir(), (DATA / "config.yaml").is_file()
listed = sorted(p.name for p in DATA.iterdir()), sorted(p.name for p in DATA.glob("*.yaml")), sorted(p.stem for p in HERE.rglob("orders.*"))
text = (DATA / "orders.sql").read_text(), (DATA / "orders.sql").read_bytes(), (DATA / "orders.sql").read_text(encoding="utf-8").splitlines()
with open(DATA / "config.yaml") as file:
    config = yaml.safe_load(file)
with (DATA / "config.yaml").open() as file:
    config_again = yaml.load(file, Loader=yaml.SafeLoader)
with open(os.path.join(os.path.dirname(__file__), "data", "rows.csv"), newline="") as file:
    rows = list(csv.DictReader(file))
with open(DATA / "rows.csv") as file:
    header, *body = csv.reader(file)
with open(DATA / "orders.sql") as file:
    lines = [line.rstrip() for line in file]
with open(DATA / "orders.sql") as file:
    first, others = file.readline(), file.readlines()
data = json.loads((DATA / "data.json").read_text())
loaded = json.load(open(DATA / "data.json"))
documents = list(yaml.safe_load_all("a: 1\n---\n- 2\n"))
anchors = yaml.safe_load("base: &b {x: 1}\nderived:\n  <<: *b\n  y: 2\n")
dates = yaml.safe_load("d: 2024-01-01\nt: true\nn: null\nf: 1.5\n")
memory = list(csv.reader(StringIO("a;b\n1;2\n"), delimiter=";")), StringIO("x\ny").read()
joined = os.path.join("a", "b"), os.path.basename("a/b.py"), os.path.dirname("a/b.py"), os.path.splitext("a.b.c"), os.path.split("a/b")
looked = os.path.exists(str(DATA)), os.path.isfile(__file__), os.path.isdir(DATA), os.path.abspath(__file__) == __file__
normal = os.path.normpath("a/../b"), os.path.relpath(DATA, HERE), os.path.isabs("/a"), os.sep
entries = sorted(os.listdir(DATA)), sorted(e.name for e in os.scandir(DATA) if e.is_file())
walked = sorted(os.path.relpath(os.path.join(folder, name), HERE) for folder, _, files in os.walk(DATA) for name in files)
globbed = sorted(os.path.basename(p) for p in glob.glob(str(DATA / "*.sql"))), sorted(os.path.relpath(p, HERE) for p in glob.glob(os.path.join(DATA, "**", "*.yaml"), recursive=True))
submodules = sorted(name for _, name, _ in pkgutil.iter_modules(package.__path__)), sorted(m.name for m in pkgutil.walk_packages(package.__path__, "package."))
imported = importlib.import_module("package.one").VALUE, importlib.import_module(".two", package="package").VALUE, __import__("package.one").one.VALUE
collected = [importlib.import_module(f"package.{m.name}").VALUE for m in pkgutil.iter_modules(package.__path__) if not m.ispkg]
resolved = Path(__file__).resolve().parent == HERE, (HERE / "x" / ".." / "data").resolve() == DATA
import configparser
extended = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation())
extended.read_string("[a]\nroot = /x\n[b]\npath = ${a:root}/y\n")
interpolated = extended.get("b", "path"), extended.getint("b", "n", fallback=7)
