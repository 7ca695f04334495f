"""Arguments of a command line that are given as a list."""

import argparse
import argparse, os, sys

p = argparse.ArgumentParser(description="x")
p.add_argument("--env", default="dev", choices=["dev", "prod"])
p.add_argument("--tables", nargs="*", default=["a", "b"])
p.add_argument("-n", "--num", type=int, default=3)
p.add_argument("--full", action="store_true")
p.add_argument("--no-cache", dest="cache", action="store_false")
p.add_argument("--tag", action="append", default=[])
a = p.parse_args([])
b = p.parse_args(["--env", "prod", "--tables", "x", "y", "-n", "7", "--full", "--tag", "q", "--tag=r"])
argparse_said = [a.env, a.tables, a.num, a.full, a.cache, a.tag, b.env, b.tables, b.num, b.full, vars(b), repr(b), a == b, getattr(a, "zzz", None)]
p = argparse.ArgumentParser()
sub = p.add_subparsers(dest="cmd")
s1 = sub.add_parser("load"); s1.add_argument("--table", default="t")
m = p.add_mutually_exclusive_group(); m.add_argument("--a", action="store_const", const=5); m.add_argument("--b")
a = p.parse_args(["load", "--table", "z"])
argparse3_said = [a.cmd, a.table, p.parse_args(["--a", "load"]).a]
def run(*args):
    p = argparse.ArgumentParser(prog="x")
    p.add_argument("a", nargs="?", default="d")
    p.add_argument("rest", nargs="*")
    p.add_argument("--pair", nargs=2, type=int, default=(1, 2))
    p.add_argument("--opt", nargs="?", const="C", default="D")
    p.add_argument("--flag", action=argparse.BooleanOptionalAction, default=True)
    p.add_argument("--level", default="7", type=int)
    p.add_argument("--ext", action="extend", nargs="+")
    p.add_argument("-k", "--kind", choices=["x", "y"])
    p.add_argument("--neg", type=int)
    try:
        return vars(p.parse_args(list(args)))
    except SystemExit as e:
        return e.code
argparse4_said = [run(), run("one"), run("one", "two", "three"), run("--pair", "3", "4", "z"), run("--opt"), run("--opt", "v"), run("--no-flag", "--flag"), run("--no-flag"), run("--ext", "a", "b", "--ext", "c"), run("-kx"), run("-k", "q"), run("--neg", "-5"), run("--neg=-5"), run("--ki", "y"), run("--unknown"), run("--", "--x")]
p = argparse.ArgumentParser()
p.add_argument("--tables", type=lambda s: s.split(","), default=["t"])
p.add_argument("--req", required=True)
argparse5_said = [p.parse_args(["--req", "1", "--tables", "a,b"]).tables, p.parse_args("--req 2".split()).req]
ns = argparse.Namespace(tables=["q"])
p.parse_args(["--req", "z"], namespace=ns)
argparse5_said += [ns.tables, repr(ns), p.get_default("tables")]
plain = repr(argparse.Namespace(x=1, y="2")), "x" in argparse.Namespace(x=1)
