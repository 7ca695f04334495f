"""The HTML page: what it holds, that nothing in a name gets out of its place, and, where there is
a browser, what the page shows."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from tests.codegen.models import asset, location, pipeline
from tests.codegen.test_mermaid import KEYS, NAMES

from assetgen.analyzer.model.assets import AssetCheck
from assetgen.codegen.diagrams.html_page import render

HOSTILE = "</script><script>document.title='taken'</script><img src=x onerror=alert(1)>&amp;\u2028"


class Elements(HTMLParser):
    """The elements of a page: their attributes, and the texts of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: dict[str, list[str]] = {}
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self._inside = tag
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside:
            self.texts[self._inside][-1] += data


def data_of(text: str) -> dict:
    return json.loads(Elements(text).texts["script"][0])


def test_assets_are_listed_with_all_that_is_known():
    sales = location(
        asset("raw/orders", kind="external", group_name="raw"),
        asset(
            "daily",
            "raw/orders",
            "lost",
            owners=("team:sales",),
            kinds=("python",),
            tags=(("tier", "1"), ("hot", "")),
            description="By day.",
        ),
        asset("lost", kind="stub"),
    )
    checked = type(sales)(
        sales.name, None, None, sales.assets, (AssetCheck(sales.assets[0].key, "fresh", None),)
    )
    data = data_of(render(pipeline(checked), title="Shop"))
    daily, lost, orders = data["assets"]
    assert daily == {
        "key": "daily",
        "group": "default",
        "look": "",
        "description": "By day.",
        "place": "assets.py:1",
        "kinds": ["python"],
        "owners": ["team:sales"],
        "tags": ["tier: 1", "hot"],
        "partitions": "",
        "unknown": [],
        "location": "src",
        "deps": [1, 2],
        "checks": ["fresh"],
    }
    assert (lost["look"], lost["place"], orders["look"]) == ("stub", "", "external")


def test_assets_of_several_locations_are_told_apart():
    text = render(
        pipeline(
            location(asset("a"), asset("b", "a"), name="one"),
            location(asset("a"), asset("c", "a", "b"), asset("b", kind="stub"), name="two"),
        )
    )
    rows = [(each["location"], each["key"], each["deps"]) for each in data_of(text)["assets"]]
    assert rows == [
        ("one", "a", []),
        ("one", "b", [0]),
        ("two", "a", []),
        ("two", "c", [1, 2]),
    ]


@settings(max_examples=60, deadline=None)
@given(KEYS, NAMES, NAMES)
def test_no_name_gets_out_of_its_place(name, group, description):
    hostile = asset(name, group_name=group, description=description + HOSTILE)
    plain = Elements(render(pipeline(asset("a"))))
    text = render(pipeline(hostile), title=group + HOSTILE, mark=f"--> {group}")
    found = Elements(text)
    assert found.tags == plain.tags
    assert data_of(text)["assets"][0]["description"] == description + HOSTILE
    assert found.texts["title"] == [group + HOSTILE]


def test_only_its_own_script_and_style_may_run():
    found = Elements(render(pipeline(asset("a"))))
    (policy,) = [value for name, value in found.attributes if name == "content" and "src" in value]
    assert policy.startswith("default-src 'none';")
    for tag, index in (("style", 0), ("script", 1)):
        text = found.texts[tag][index]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not [name for name, _ in found.attributes if name.startswith("on") or name == "style"]
    addresses = set(re.findall(r"https?:[^\"'\s]+", render(pipeline(asset("a")))))
    assert addresses == {"http://www.w3.org/2000/svg"}


def test_the_script_finds_what_it_looks_for_and_shows_data_as_text():
    """What a browser would stumble over: places that are not there, and data taken for markup."""
    found = Elements(render(pipeline(asset("a"))))
    script = found.texts["script"][1]
    ids = {value for name, value in found.attributes if name == "id"}
    wanted = {*re.findall(r"""(?:\bat|getElementById)\("(\w+)"\)""", script)}
    assert wanted
    assert wanted <= ids
    assert {*re.findall(r"for=\"(\w+)\"", render(pipeline(asset("a"))))} <= ids
    for danger in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(",
                   "Function(", "srcdoc", "setTimeout(\"", "import("):  # fmt: skip
        assert danger not in script
    # Names come out of a web address only through what tells whether there is such an asset.
    assert script.count("decodeURIComponent") == 1
    assert "try" in script[: script.index("decodeURIComponent")][-200:]
    for opening, closing in ("()", "[]", "{}"):
        bare = re.sub(r"""`[^`]*`|"[^"]*"|//[^\n]*|/[^/\n]+/[a-z]*""", "", script)
        assert bare.count(opening) == bare.count(closing)


HASHES = {
    "": "",
    "asset": "#asset=src%0Afirst",
    "asset by its key": "#asset=first",
    "group": "#group=src%0Aother",
    "group by its name": "#group=other",
    "nonsense": "#%E0=%E0",
}


@pytest.mark.parametrize("chosen", HASHES)
def test_a_browser_shows_it(chosen, tmp_path):
    """Where a browser is installed; what can be told without one is asked above."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        return
    page = tmp_path / "assets.html"
    first = asset("first", "second", description=HOSTILE)
    circle = asset("second", "first", f"x{HOSTILE}", group_name="other")
    page.write_text(render(pipeline(first, circle, asset(f"x{HOSTILE}"))), encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", profile)
    done = subprocess.run(
        [browser, *flags, f"file://{page}{HASHES[chosen]}"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    shown = done.stdout
    drawn = set(re.findall(r'<a href="#asset=[^"]+" class="[^"]*" aria-label="([^",]+)', shown))
    assert drawn >= ({"second"} if chosen.startswith("group") else {"first", "second"})
    assert ("first" in drawn) == (not chosen.startswith("group"))
    assert "<title>taken</title>" not in shown
    assert ('<h2 tabindex="-1">first</h2>' in shown) == chosen.startswith("asset")
    assert "<img" not in re.sub(r"<script.*?</script>", "", shown, flags=re.DOTALL)


def test_many_assets_make_a_page_of_moderate_size():
    many = [
        asset(f"group_{n % 50}/asset_{n}", *([f"group_0/asset_{n - 50}"] if n else []))
        for n in range(0, 250_000, 50)
    ]
    text = render(pipeline(*many))
    assert len(data_of(text)["assets"]) == 5_000
    assert len(text) < 2_500_000
