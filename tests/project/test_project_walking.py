"""Which files are walked, held against git where `.gitignore` decides."""

import errno
import os
import subprocess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.files.walking import python_files

IGNORING = """
=== .gitignore
# generated
generated/
*_old.py
/top.py
data/*
!data/keep.py
deep/**/skip.py
[ab].py
=== generated/x.py
=== keep_old.py
=== top.py
=== inner/top.py
=== data/a1.py
=== data/keep.py
=== deep/one/two/skip.py
=== deep/skip.py
=== deep/stay.py
=== a.py
=== c.py
=== inner/.gitignore
!keep_old.py
local.py
=== inner/keep_old.py
=== inner/local.py
=== inner/below/local.py
=== local.py
"""


def walked(folder, **options):
    return [path.relative_to(folder).as_posix() for path in python_files(folder, Disk(), **options)]


def not_ignored_by_git(folder):
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return sorted(name for name in listed if name.endswith(".py"))


def test_gitignore_means_what_git_says(write):
    folder = write(IGNORING, repository=False)
    subprocess.run(["git", "init", "-q", folder], check=True)
    assert sorted(walked(folder)) == not_ignored_by_git(folder)


PATTERNS = """
data/**|!data/keep.py
[+--z]*.py|[[a]x
*|!*/|!*.py
**/data
data/**/y.py
/data/*|!/data/sub/
data|!data/keep.py
data|!data/
*/data
!a.py|a.py
data/sub/**|!data/sub/keep.py
**|!src/|!src/**
\\!a.py
\\a.py
#a.py
lib/**/q.py
**/sub/**
***/y.py
*.py|!keep.py
data//x.py
[!a].py
[^a].py
[a-c].py
a[.]py
[]a].py
[a\\]].py
[0-9a-].py
[a.py
[!/]ata/
src[/]app
data/?.py
data/**x.py
!
/
**/
/**
a.py/
*/sub/
d*a
"""


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ignored")
    for name in [
        "a.py",
        "data/keep.py",
        "data/x.py",
        "data/sub/y.py",
        "data/sub/keep.py",
        "src/app/z.py",
        "src/data/w.py",
        "lib/deep/q.py",
    ]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    subprocess.run(["git", "init", "-q", folder], check=True)
    return folder


@pytest.mark.parametrize("patterns", PATTERNS.split())
def test_patterns_mean_what_git_says(repository, patterns, recwarn):
    (repository / ".gitignore").write_text(patterns.replace("|", "\n") + "\n")
    assert sorted(walked(repository)) == not_ignored_by_git(repository)
    assert not recwarn.list


PART = st.sampled_from(["data", "sub", "*", "**", "?.py", "*.py", "[a-x]*", "keep.py", "src"])
PATTERN = st.tuples(
    st.sampled_from(["", "!", "/", "!/"]),
    st.lists(PART, min_size=1, max_size=3).map("/".join),
    st.sampled_from(["", "/", " "]),
).map("".join)


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(PATTERN, min_size=1, max_size=4))
def test_any_patterns_mean_what_git_says(repository, patterns):
    (repository / ".gitignore").write_text("\n".join(patterns) + "\n")
    assert sorted(walked(repository)) == not_ignored_by_git(repository)


def test_rules_of_the_folders_above_hold_below(write):
    folder = write(IGNORING)
    assert walked(folder / "inner") == ["keep_old.py", "top.py"]


def test_an_ignored_folder_that_is_asked_for_is_walked(write):
    folder = write(IGNORING)
    assert walked(folder / "generated") == ["x.py"]


def test_other_peoples_folders_are_not_walked(write):
    folder = write(
        """
        === pyproject.toml
        === .venv/lib/a.py
        === env310/pyvenv.cfg
        === env310/lib/b.py
        === node_modules/c.py
        === build/lib/d.py
        === dist/e.py
        === src/build/f.py
        === src/__pycache__/g.py
        === vendored/site-packages/h.py
        === main.py
        """
    )
    assert walked(folder) == ["main.py", "src/build/f.py"]


def test_exclusions_of_the_configuration(write):
    folder = write("=== a.py\n=== legacy/b.py\n=== src/legacy/c.py\n=== src/d.py\n")
    assert walked(folder, exclude=("/legacy/", "d.py")) == ["a.py", "src/legacy/c.py"]
    assert walked(folder / "src", exclude=("src/legacy",), exclude_from=folder) == ["d.py"]


def test_links_that_go_round_end(write):
    folder = write("=== pkg/a.py\n=== other/b.py\n")
    (folder / "pkg" / "loop").symlink_to(folder)
    (folder / "other" / "again").symlink_to(folder / "pkg")
    assert walked(folder) == ["other/b.py", "other/again/a.py"]
    (folder / "self").symlink_to(folder / "self")
    assert "pkg/a.py" not in walked(folder)


def test_links_out_of_the_repository_are_not_followed(write):
    folder = write("=== repo/.git/HEAD\n=== repo/app/a.py\n=== repo/lib/b.py\n=== other/c.py\n")
    repository = folder / "repo"
    (repository / "app" / "lib").symlink_to(repository / "lib")
    (repository / "app" / "other").symlink_to(folder / "other")
    (repository / "app" / "up").symlink_to(folder)
    (folder / "way").symlink_to(repository / "app" / "other")
    assert walked(repository / "app") == ["a.py", "lib/b.py"]
    assert walked(repository) == ["app/a.py", "app/lib/b.py"]
    assert walked(repository / "app" / "other") == ["c.py"]
    assert walked(folder / "way") == ["c.py"]


def test_links_that_lead_back(write):
    folder = write("=== a/x.py\n=== b/y.py\n=== c/z.py\n")
    for name, target in (("a/to", "b"), ("b/to", "a"), ("a/up", "."), ("a/c", "c")):
        (folder / name).symlink_to(folder / target)
    disk = Disk()
    back = {}
    for place in ("a", "b", "a/to", "a/to/to", "a/up"):
        names = disk.listing(folder / place)
        back[place] = [name for name in names if disk.leads_back(folder / place, name)]
    assert back == {"a": ["up"], "b": [], "a/to": ["to"], "a/to/to": ["to", "up"], "a/up": []}


def test_an_unreadable_folder_is_told(write, monkeypatch):
    folder = write("=== closed/a.py\n=== b.py\n")
    scan = os.scandir

    def refusing(path):
        if os.fspath(path) == os.fspath(folder / "closed"):  # root may read what nobody may
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    disk = Disk()
    assert [path.name for path in python_files(folder, disk)] == ["b.py"]
    assert [refused.reason for refused in disk.closed_folders] == ["permission denied"]
