"""Earlier results are used only where a new run would give the same."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cached_project import CachedProject

from assetgen.cli.cache import digest_of

ASSET = "import dagster as dg\n\n\n@dg.asset\ndef {name}({parameters}): ...\n"


class Project(CachedProject):
    """A project that is linted with a cache and without one."""

    def lint(self, *options: str) -> subprocess.CompletedProcess[str]:
        return self.run("lint", "--format", "json", *options, ".")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def said(done: subprocess.CompletedProcess[str]) -> tuple[int, str, str]:
    return done.returncode, done.stdout, done.stderr


def test_the_second_run_says_the_same_and_adds_no_entry(project: Project) -> None:
    project.write("assets.py", ASSET.format(name="a", parameters="missing"))
    first = project.lint()
    assert first.returncode == 1
    before = project.entries()
    assert said(project.lint()) == said(first)
    assert project.entries() == before
    assert len(before) == 1


def test_the_second_run_does_not_import_the_analyser(project: Project) -> None:
    project.write("assets.py", ASSET.format(name="a", parameters=""))
    project.lint()
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "assetgen", "lint", "--format", "json", "."],
        cwd=project.source,
        capture_output=True,
        text=True,
        env={**os.environ, "ASSETGEN_CACHE_DIR": str(project.cache)},
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    heavy = {"libcst", "networkx", "jinja2", "yaml", "assetgen.analyzer.analysis"}
    assert not sorted(heavy & imported)
    assert "assetgen.analyzer.project.observations" in imported


def test_words_that_ask_for_more_are_read(project: Project) -> None:
    project.write("assets.py", ASSET.format(name="a", parameters="missing"))
    first = project.lint()
    assert said(project.lint()) == said(first)
    helped = project.lint("--help")
    assert helped.returncode == 0
    assert "Usage" in helped.stdout
    assert project.lint("--format", "nonsense").returncode == 2
    assert project.lint("--ignore", "unresolved-input").returncode == 0
    assert said(project.lint("--no-cache")) == said(first)


def test_random_edits_give_what_a_cold_run_gives(project: Project) -> None:
    chance = random.Random(7)
    names = ["a", "b", "c"]
    project.write("names.txt", "x\n")
    project.write(
        "factory.py",
        "from pathlib import Path\nimport dagster as dg\n\n"
        "for name in (Path(__file__).parent / 'names.txt').read_text().split():\n"
        "    @dg.asset(name=name)\n    def made(): ...\n    globals()[name] = made\n",
    )
    for _ in range(12):
        edit = chance.choice(["write", "delete", "data", "settings", "touch"])
        name = chance.choice(names)
        file = project.source / f"{name}.py"
        if edit == "write":
            text = ASSET.format(name=name, parameters=chance.choice(["", *names, "x", "nothing"]))
            project.write(file.name, text)
        elif edit == "delete":
            file.unlink(missing_ok=True)
        elif edit == "data":
            project.write("names.txt", " ".join(chance.sample("xyz", 2)))
        elif edit == "settings":
            ignored = chance.choice(["[]", '["K"]', '["unresolved-input"]'])
            project.write(
                "pyproject.toml", f"[project]\nname = 'p'\n[tool.assetgen]\nignore = {ignored}\n"
            )
        elif file.exists():
            os.utime(file)
        assert said(project.lint()) == said(project.lint("--no-cache")), edit


def test_what_cannot_be_read_is_as_good_as_none(project: Project) -> None:
    project.write("assets.py", ASSET.format(name="a", parameters=""))
    first = project.lint()
    for content in (b"", b"{", b"\xff\xfe", b'{"format": 1}', b"[]"):
        for entry in project.entries():
            entry.write_bytes(content)
        assert said(project.lint()) == said(first)


def test_a_folder_that_cannot_be_written_to_is_no_failure(project: Project) -> None:
    project.cache.write_text("a file where the folder would be")
    project.write("assets.py", ASSET.format(name="a", parameters=""))
    assert project.lint().returncode == 0


def test_the_cache_can_be_told_of_and_cleared(project: Project) -> None:
    project.write("assets.py", ASSET.format(name="a", parameters=""))
    project.lint()
    base = [sys.executable, "-m", "assetgen", "cache"]
    told = subprocess.run(
        [*base, "info", "--cache-dir", str(project.cache)], capture_output=True, text=True
    )
    assert "entries  1" in told.stdout
    subprocess.run([*base, "clear", "--cache-dir", str(project.cache)], check=True)
    assert project.entries() == []


def test_analyze_remembers_each_format_by_itself(project: Project) -> None:
    project.write("assets.py", ASSET.format(name="a", parameters=""))

    def analyze(*options: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "assetgen", "analyze", *options, "."],
            cwd=project.source,
            capture_output=True,
            text=True,
            env={**os.environ, "ASSETGEN_CACHE_DIR": str(project.cache)},
        )
        return said(done)

    asked = ([], ["--format", "json"], ["--format", "env"], ["--explain", "a"], ["--explain", "b"])
    first = [analyze(*options) for options in asked]
    assert len(project.entries()) == len(asked)
    assert [analyze(*options) for options in asked] == first
    assert [analyze("--no-cache", *options) for options in asked] == first
    project.write("assets.py", ASSET.format(name="b", parameters=""))
    assert analyze("--explain", "a")[0] == 1
    assert analyze("--explain", "b")[0] == 0


MEANING_NOTHING = (
    ("import dagster", "# a comment\n\nimport dagster"),
    ("    return 1", "    value = 1\n    return value"),
    ('    """Two."""\n', '    """Two."""\n\n'),
)


@pytest.mark.parametrize(
    ("old", "new", "form"),
    [
        *((*edit, "full") for edit in MEANING_NOTHING),
        *((*MEANING_NOTHING[0], form) for form in ("json", "sarif")),
    ],
)
def test_findings_move_without_an_analysis(project: Project, old: str, new: str, form: str) -> None:
    text = (
        "import dagster as dg\n\n\n@dg.asset\ndef one(missing):\n    return 1\n\n\n"
        '@dg.asset(deps=["also_missing"])\ndef two():\n    """Two."""\n    return 1\n'
    )
    project.write("assets.py", text)
    first = project.lint("--format", form)
    assert first.returncode == 1
    project.write("assets.py", text.replace(old, new, 1))
    words = ["lint", "--format", "json", "--format", form, "."]
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "assetgen", *words],
        cwd=project.source,
        capture_output=True,
        text=True,
        env={**os.environ, "ASSETGEN_CACHE_DIR": str(project.cache)},
    )
    anew = project.lint("--format", form, "--no-cache")
    assert (done.returncode, done.stdout) == (anew.returncode, anew.stdout)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "assetgen.cli.bases" in imported
    assert not imported & {"assetgen.analyzer.analysis", "click"}
    # What was brought up to date is known from then on, and later edits count from the first text.
    assert said(project.lint("--format", form))[:2] == (done.returncode, done.stdout)
    project.write("assets.py", text.replace("missing", "absent"))
    changed = project.lint("--format", form)
    assert said(changed) == said(project.lint("--format", form, "--no-cache"))


def test_the_folder_that_is_named_is_the_one_that_is_looked_into(
    project: Project, tmp_path: Path
) -> None:
    project.write("assets.py", ASSET.format(name="a", parameters="missing"))
    for words in (["--cache-dir", str(tmp_path / "one")], [f"--cache-dir={tmp_path / 'two'}"]):
        first = project.lint(*words)
        assert first.returncode == 1
        assert said(project.lint(*words)) == said(first)
        assert not project.entries()
    assert [len(list((tmp_path / name).glob("*.json"))) for name in ("one", "two")] == [1, 1]


def test_a_broken_base_is_as_good_as_none(project: Project) -> None:
    project.write("assets.py", ASSET.format(name="a", parameters="missing"))
    project.lint()
    [base] = project.cache.glob("*.base")
    base.write_bytes(base.read_bytes()[:-7])
    project.write("assets.py", "\n" + ASSET.format(name="a", parameters="missing"))
    assert said(project.lint()) == said(project.lint("--no-cache"))


def test_processes_do_not_disturb_each_other(project: Project) -> None:
    for parameters in ("missing", "absent", ""):
        project.write("assets.py", ASSET.format(name="a", parameters=parameters))
        wanted = project.lint("--no-cache")
        running = [project.start("lint", "--format", "json", ".") for _ in range(4)]
        while any(process.poll() is None for process in running):
            for suffix in (".json", ".base", ".pieces"):
                for entry in project.cache.glob(f"*{suffix}"):
                    entry.unlink(missing_ok=True)
        for process in running:
            out, err = process.communicate()
            assert (process.returncode, out, err) == said(wanted)
        assert said(project.lint()) == said(wanted)
    # What was removed last may not have been written again.
    assert {path.suffix for path in project.cache.iterdir()} <= {".json", ".base", ".pieces"}


def test_a_new_year_is_another_question(monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest_of({})
    assert digest_of({}) == before
    later = time.struct_time((time.localtime().tm_year + 1, 1, 1, 0, 0, 0, 0, 1, -1))
    monkeypatch.setattr(time, "localtime", lambda: later)
    assert digest_of({}) != before


def test_few_changes_leave_the_store_as_it_is(project: Project) -> None:
    for number in range(40):
        text = ASSET.format(name=f"a_{number}", parameters="")
        project.write(f"assets_{number}.py", f"{text}\n\nTEXT = '''{'lorem ipsum ' * 300}'''\n")

    def stores() -> dict[str, int]:
        return {path.name: path.stat().st_ino for path in project.cache.glob("*.pieces")}

    project.lint()
    [before] = stores()
    for number in range(3):
        project.write("assets_1.py", ASSET.format(name=f"b_{number}", parameters="missing"))
        assert said(project.lint()) == said(project.lint("--no-cache"))
        assert [*stores()] == [before]
    for number in range(30):
        text = ASSET.format(name=f"c_{number}", parameters="absent")
        project.write(f"assets_{number}.py", f"{text}\nTEXT = '''{'dolor sit ' * 300}{number}'''\n")
    assert said(project.lint()) == said(project.lint("--no-cache"))
    [after] = stores()
    assert after != before
    (project.cache / after).write_bytes(b"something else")
    project.write("assets_2.py", ASSET.format(name="d", parameters="missing"))
    assert said(project.lint()) == said(project.lint("--no-cache"))
