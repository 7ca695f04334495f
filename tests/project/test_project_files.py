"""What evaluated code may read, and what it is refused."""

from assetgen.analyzer.project.disk import Refused
from assetgen.analyzer.project.files.project_files import ProjectFiles

TREE = """
=== conf/a.yaml
name: a
=== conf/b.yaml
=== conf/deep/c.yaml
=== conf/deep/more/d.yml
=== app/x.py
=== .git/config
secret
"""


def files(folder):
    return ProjectFiles((folder,), (folder / "app", folder))


def names(folder, found):
    assert not isinstance(found, Refused), found
    return [path.relative_to(folder).as_posix() for path in found]


def test_reads_inside(write):
    folder = write(TREE)
    assert files(folder).read_text(folder / "conf" / "a.yaml") == "name: a\n"
    assert files(folder).read_text("conf/a.yaml") == "name: a\n"
    assert files(folder).read_text("x.py") == ""


def test_newlines_are_those_of_open(write):
    folder = write(TREE)
    (folder / "dos.txt").write_bytes(b"a\r\nb\rc\n")
    assert files(folder).read_text("dos.txt") == "a\nb\nc\n"
    assert files(folder).read_bytes("dos.txt") == b"a\r\nb\rc\n"


def test_refuses_outside_with_a_reason(write):
    folder = write(TREE)
    (folder.parent / "secret.txt").write_text("s")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "linked").symlink_to(folder.parent)
    view = files(folder)
    for path in ("../secret.txt", "/etc/passwd", folder / "link.txt", folder / "linked/secret.txt"):
        if path == "../secret.txt":
            path = folder / path
        for ask in (view.read_text, view.exists, view.is_file, view.listdir):
            answer = ask(path)
            assert isinstance(answer, Refused), (ask, path)
            assert answer.reason == "outside of the project"
    assert isinstance(view.glob(folder.parent, "*"), Refused)
    assert isinstance(view.glob("/", "etc/*"), Refused)
    assert "linked/secret.txt" not in names(folder, view.glob(folder, "**/*"))


def test_refuses_what_is_not_text(write):
    folder = write(TREE)
    (folder / "data.bin").write_bytes(b"\xff\xfe")
    answer = files(folder).read_text("data.bin")
    assert isinstance(answer, Refused)
    assert answer.reason.startswith("not text in utf-8")
    assert isinstance(files(folder).read_text("conf/a.yaml", encoding="klingon"), Refused)
    assert isinstance(files(folder).read_text("missing.txt"), Refused)


def test_lists_sorted_and_hides_what_is_nobodys(write):
    folder = write(TREE)
    view = files(folder)
    assert view.listdir(folder) == ("app", "conf")
    assert view.listdir(folder / "conf") == ("a.yaml", "b.yaml", "deep")
    assert isinstance(view.listdir(folder / "nowhere"), Refused)
    assert view.is_folder(folder) is True
    assert view.is_folder("conf") is True
    assert view.is_file("conf") is False
    assert view.exists("conf/zzz") is False


def test_glob_agrees_with_pathlib(write):
    folder = write(TREE)
    view = files(folder)
    for pattern in (
        "conf/*.yaml",
        "conf/**/*.y*ml",
        "**/*.yaml",
        "*",
        "conf/deep/*",
        "c*/?.yaml",
        "z/*",
    ):
        expected = sorted(
            path.relative_to(folder).as_posix()
            for path in folder.glob(pattern)
            if ".git" not in path.parts
        )
        assert names(folder, view.glob(folder, pattern)) == expected, pattern


def test_glob_of_absolute_and_climbing_patterns(write):
    folder = write(TREE)
    view = files(folder)
    assert names(folder, view.glob("app", f"{folder}/conf/*.yaml")) == [
        "conf/a.yaml",
        "conf/b.yaml",
    ]
    assert names(folder, view.glob("app", "../conf/a*")) == ["conf/a.yaml"]
    assert names(folder, view.glob("app", f"{folder}/conf/a.yaml")) == ["conf/a.yaml"]


def test_walk_finds_all_files(write):
    folder = write(TREE)
    assert names(folder, files(folder).walk("conf")) == [
        "conf/a.yaml",
        "conf/b.yaml",
        "conf/deep/c.yaml",
        "conf/deep/more/d.yml",
    ]


def test_what_git_passes_over_may_exist_where_the_code_runs(tmp_path):
    (tmp_path / ".gitignore").write_text("target/\n*.duckdb\n")
    (tmp_path / "kept.txt").write_text("")
    files = ProjectFiles((tmp_path,))
    assert files.exists(tmp_path / "kept.txt") is True
    assert files.exists(tmp_path / "absent.txt") is False
    for name in ("target/manifest.json", "target", "data/shop.duckdb"):
        assert isinstance(files.exists(tmp_path / name), Refused)
        assert isinstance(files.is_file(tmp_path / name), Refused)
