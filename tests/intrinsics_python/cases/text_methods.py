import string
import textwrap
from string import Template

s = "Hello, World"
upper = s.upper()
lower = s.lower()
title = "daily sales_report".title()
capitalized = "abc DEF".capitalize()
swapped = s.swapcase()
stripped = "  x ".strip(), "xxaxx".lstrip("x"), "xxaxx".rstrip("x")
split = "a,b,,c".split(","), " a  b ".split(), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1)
split_named = "a,b,c".split(sep=",", maxsplit=1)
lines = "a\nb\n".splitlines(), "a\nb\n".splitlines(keepends=True)
joined = ", ".join(["a", "b"]), "".join(c for c in "abc"), "-".join("xyz"), "/".join(())
partition = "a=b=c".partition("="), "a=b=c".rpartition("=")
replaced = "aaa".replace("a", "b"), "aaa".replace("a", "b", 1)
prefix = "stg_orders".removeprefix("stg_"), "orders.sql".removesuffix(".sql")
tests = s.startswith("Hell"), s.endswith(("x", "ld")), "12".isdigit(), "a".isalpha(), "x y".isidentifier()
find = s.find("o"), s.rfind("o"), s.index("W"), s.count("o"), s.find("zz")
pad = "7".zfill(3), "a".ljust(3, "."), "a".rjust(3), "a".center(5, "*")
translated = "a-b.c".translate(str.maketrans("-.", "__")), "abc".translate({ord("a"): None})
translated_by_dict = "abc".translate(str.maketrans({"a": "xx"}))
encoded = "é".encode(), "é".encode("latin-1"), b"\xc3\xa9".decode("utf-8")
expanded = "a\tb".expandtabs(4)
formatted = "{} {name} {0!r}".format("x", name="y") if False else "{0} {name} {0!r}".format("x", name="y")
formatted_spec = "{:>5}|{:05.1f}|{:,}|{:%}|{!s:<4}|".format("ab", 3.14159, 1234567, 0.5, "x")
formatted_nested = "{:{width}}|".format("a", width=4)
formatted_items = "{0[a]} {1[0]} {2.real}".format({"a": 1}, [2], 3)
formatted_map = "{a}-{b}".format_map({"a": 1, "b": 2})
percent = "%s and %d" % ("x", 3), "%05.2f" % 3.14159, "%(a)s-%(b)r" % {"a": 1, "b": "q"}, "%%" % ()
percent_one = "asset_%s" % "x", "%s" % [1, 2], "%r" % "x", "%x" % 255
percent_star = "%*d" % (5, 42)
unbound = list(map(str.upper, ["a", "b"])), list(map(str.strip, [" a "]))
fstring = f"{s!r:>16}|{3.14159:.2f}|{len(s)=}|{'a':>{3}}"
template = Template("$a-${b}").substitute(a=1, b="x"), Template("$a $b").safe_substitute({"a": 1})
digits = string.digits, string.ascii_lowercase[:3]
words = string.capwords("daily sales report")
dedented = textwrap.dedent("""
    a
      b
""")
shortened = textwrap.shorten("hello big world", width=12, placeholder="..."), textwrap.indent("a\nb", "> ")
wrapped = textwrap.wrap("aaa bbb ccc", 7), textwrap.fill("aaa bbb", 3)
byte_methods = b"a,b".split(b","), b"ab".hex(), b",".join([b"x", b"y"]), bytes.fromhex("6162"), b"abc".upper()
texts = str(1), str(None), str([1, "a"]), str({"a": (1,)}), str(1.5), str(True), str(b"x"), str(b"x", "ascii")
reprs = repr("a'b"), repr([1]), repr((1,)), repr(()), repr({1}), repr(frozenset({1})), repr({}), repr(set())
asciis = ascii("é"), format(3.14159, ".2f"), format("x", "<3"), format(12345, ",d")
escaped = "{{}}".format(), "a" "b" r"\n"
