"""The process as a whole: help, errors on standard error, exit codes, pipes."""

import json
import os
import subprocess
import sys
from importlib.metadata import version

import click
import pytest

from assetgen.cli.application import COMMANDS, application
from assetgen.cli.commands.lint import FORMATS
from assetgen.cli.failure import UsageFailure
from assetgen.cli.options import environment


def run(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "assetgen", *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        **options,
    )


def test_version_and_help():
    assert run("--version").stdout == f"assetgen {version('assetgen')}\n"
    done = run("--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in COMMANDS)
    assert run("-h").stdout == done.stdout


def commands(group, path=()):
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        yield (*path, name), found
        if isinstance(found, click.Group):
            yield from commands(found, (*path, name))


def test_every_command_and_option_explains_itself_with_an_example():
    for path, found in commands(application):
        assert found.help and "Example" in found.help, path
        assert f"assetgen {path[0]}" in found.help, path
        for parameter in found.params:
            if isinstance(parameter, click.Option):
                assert parameter.help or parameter.name == "help", (path, parameter.name)


@pytest.mark.parametrize("group", [(), ("generate",), ("cache",)])
def test_lists_of_commands_are_not_cut_short(group):
    shown = run(*group, "--help", env={**os.environ, "COLUMNS": "80"}).stdout
    assert "..." not in shown.partition("Commands:")[2]


@pytest.mark.parametrize("path", [path for path, _ in commands(application)])
def test_help_of_every_command(path):
    assert run(*path, "--help").returncode == 0


def test_the_examples_of_the_help_are_options_that_exist():
    for path, found in commands(application):
        known = {name for parameter in found.params for name in parameter.opts}
        for line in (found.help or "").splitlines():
            words = line.partition("|")[0].split()
            if words[: len(path) + 1] == ["assetgen", *path]:
                given = [word for word in words if word.startswith("-")]
                missing = [word for word in given if word not in known]
                assert not missing or isinstance(found, click.Group), line


MISTAKES = {
    ("bogus",): "No such command 'bogus'",
    ("analyze", "nowhere"): "nowhere: no such file or folder",
    ("analyze", "--source-root", "nowhere", "-m", "x"): "--source-root nowhere: no such folder",
    ("analyze", "-m", "no.such"): "no module named `no.such` in .",
    ("analyze", "--env", "NAME"): "--env NAME: NAME=VALUE is expected",
    ("analyze", "--env-file", "nowhere"): "nowhere: no such file or directory",
    ("analyze", "--format", "xml"): "'xml' is not one of",
    ("analyze", "--effects"): "--effects adds to the JSON: it goes with --format json",
    ("analyze", "--explain", "a", "--format", "env"): "it cannot be given with --format",
    ("analyze", "--now", "2025-13"): "--now 2025-13: YYYY[-MM[-DD[THH:MM[:SS]]]] is expected",
    ("lint", "--select"): "requires an argument",
    ("lint", "--unsafe-fixes"): "it goes with --fix",
    ("generate", "pipeline", "--location", "x"): "--location x: no such code location; there is",
    ("generate",): "Usage: assetgen generate",
    ("explain", "unknown-dependancy"): "did you mean 'unknown-dependency'?",
}


@pytest.mark.parametrize("arguments", MISTAKES)
def test_mistakes_end_on_standard_error_with_exit_code_2(arguments, tmp_path):
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert MISTAKES[arguments] in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_to_analyse_is_told(tmp_path):
    (tmp_path / "plain.py").write_text("x = 1\n")
    done = run("analyze", ".", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "assetgen: nothing in . defines assets\n")
    assert done.stdout == "0 assets, 0 dependencies, 0 groups\n"
    done = run("lint", ".", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "assetgen: nothing in . defines assets\n")


def test_rules_and_explain():
    listed = json.loads(run("rules", "--format", "json").stdout)
    assert {"code": "G201", "name": "cycle"}.items() <= next(
        rule.items() for rule in listed if rule["name"] == "cycle"
    )
    table = run("rules").stdout
    assert all(rule["name"] in table for rule in listed)
    assert run("explain", "G201").stdout == run("explain", "cycle").stdout != ""


def test_formats_are_those_of_the_linter():
    from assetgen.analyzer.lint import formats

    assert tuple(formats.FORMATS) == FORMATS


def test_help_loads_nothing_heavy():
    program = (
        "import sys\n"
        "from assetgen.cli.application import application\n"
        "try:\n    application(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'libcst', 'networkx', 'jinja2', 'yaml', 'pathspec', 'dagster'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stderr == "[]\n"


SYNTAX_ERROR = "import dagster as dg\ndef\n"


@pytest.mark.parametrize(
    ("words", "code"), [("rules", 0), ("--help", 0), ("lint bad.py", 1), ("lint bad.py", 1)]
)
def test_a_reader_that_has_read_enough_is_no_failure(words, code, tmp_path):
    (tmp_path / "bad.py").write_text(SYNTAX_ERROR)
    done = subprocess.run(
        f"{{ sleep 0.1; '{sys.executable}' -m assetgen {words}; echo $? >code; }} | true; wait",
        shell=True,
        executable="/bin/bash",
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert ((tmp_path / "code").read_text(), done.stderr) == (f"{code}\n", "")


def test_what_the_parser_warns_of_is_not_told(tmp_path):
    (tmp_path / "setup.py").write_text("setup(name='a'if 1else 2)\n")
    (tmp_path / "shop.py").write_text(
        "import dagster as dg\n@dg.asset\ndef a() -> '1if 1else 2': ..."
    )
    done = run("generate", "pipeline", ".", cwd=tmp_path)
    assert "Warning" not in done.stderr


def test_a_working_directory_that_is_gone_is_told(tmp_path):
    (tmp_path / "gone").mkdir()
    program = f"cd gone; rmdir ../gone; exec '{sys.executable}' -c "
    program += "'from assetgen.cli.__main__ import main; main()' lint"
    done = subprocess.run(program, shell=True, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "Error: the working directory: no such file or directory\n"


@pytest.mark.parametrize(
    ("redirection", "said"),
    [(">&-", "standard output is closed"), (">/dev/full", "standard output: no space left")],
)
def test_output_that_cannot_be_written_is_told(redirection, said):
    done = subprocess.run(
        f"'{sys.executable}' -m assetgen rules {redirection}",
        shell=True,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr.startswith(f"Error: {said}")
    assert done.stderr.count("\n") == 1


def test_variables_of_files_and_options(tmp_path):
    file = tmp_path / ".env"
    file.write_text(
        "# comment\n\nA=1\nexport B = two words # not this\nC='quoted # kept'\nD=\"\"\nE=a=b\n"
    )
    assert environment(("A=2", "F="), (file,), ("D",)) == (
        ("A", "2"),
        ("B", "two words"),
        ("C", "quoted # kept"),
        ("E", "a=b"),
        ("F", ""),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A=1\nnonsense\n", ":2:1: NAME=VALUE is expected"),
        ("A='x\n", ":1:1: the quoted value has no end"),
    ],
)
def test_mistakes_in_files_of_variables(tmp_path, text, said):
    file = tmp_path / ".env"
    file.write_text(text)
    with pytest.raises(UsageFailure) as failure:
        environment((), (file,), ())
    assert failure.value.message == f"{file}{said}"
