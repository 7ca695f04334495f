"""A session says after each change what a new run would say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.incremental.linting import LintSession
from assetgen.analyzer.incremental.session import Session
from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.run import lint
from assetgen.analyzer.lint.sources import sources_on_disk
from assetgen.analyzer.project.disk import Disk

FILES: dict[str, tuple[str | None, ...]] = {
    "shop/__init__.py": ("", "VERSION = 2\n", "from .names import PREFIX\n"),
    "shop/names.py": (
        "PREFIX = 'raw'\nGROUPS = ['one', 'two']\n",
        "PREFIX = 'stage'\nGROUPS = ['one']\n",
        "PREFIX = open('prefix.txt').read()\nGROUPS = []\n",
        "PREFIX = 'raw'\nGROUPS = ['one', 'two'\n",
        "import os\nPREFIX = os.environ['SHOP_PREFIX']\nGROUPS = ['one', 'two', 'three']\n",
    ),
    "shop/registry.py": (
        "import dagster as dg\nFOUND = []\n\n\n"
        "def register(name):\n    @dg.asset(name=name)\n    def made():\n        return name\n"
        "    FOUND.append(made)\n    return made\n",
        "import dagster as dg\nFOUND = []\n\n\n"
        "def register(name):\n    @dg.asset(name=name, group_name='registered')\n"
        "    def made():\n        return name\n    FOUND.insert(0, made)\n    return made\n",
        "import dagster as dg\nFOUND = []\n\n\n"
        "def register(name):\n    return dg.AssetSpec(name)\n",
    ),
    "shop/orders.py": (
        "from dagster import asset\nfrom shop.names import PREFIX\n"
        "from shop.registry import register\n\n\n@asset(key_prefix=PREFIX)\n"
        "def orders():\n    ...\n\n\nregister('orders_view')\n",
        "from dagster import asset\nfrom shop import names\n\n\n@asset(key_prefix=names.PREFIX, "
        "deps=['customers'])\ndef orders():\n    ...\n",
        "from dagster import asset\nfrom shop.registry import register\nfrom . import customers\n"
        "\nregister('orders')\nregister('customers')\nlast = register('third')\n",
        "# nothing here\n",
        "from dagster import asset\n\n\n@asset\ndef orders(customers):\n    return customers\n\n\n"
        "@asset\ndef stray(undefined):\n    ...\n",
        None,
    ),
    "shop/texts.py": (
        "def cleaned(text):\n    return text\n",
        "def washed(text):\n    return text\n",
        "from shop.patterns.words import WORDS\n\n\ndef cleaned(text):\n    return WORDS\n",
        "<<<<<<< HEAD\ndef cleaned(text):\n    return text\n>>>>>>> other\n",
        "if True:\n    cleaned = str\n",
        None,
    ),
    "shop/labels.py": (
        "import dagster as dg\nfrom shop.texts import cleaned\n\n\n@dg.asset\n"
        "def labels():\n    return cleaned('a')\n",
        "import dagster as dg\nfrom shop.names import PREFIXES\n\n\n@dg.asset\n"
        "def labels():\n    return PREFIXES\n",
        None,
    ),
    "shop/customers.py": (
        "import dagster as dg\nfrom shop.names import GROUPS\n\n\ndef build(group):\n"
        "    @dg.asset(name=f'customers_{group}', group_name=group)\n    def made():\n"
        "        ...\n    return made\n\n\nMADE = [build(group) for group in GROUPS]\n",
        "import dagster as dg\n\n\n@dg.asset\ndef customers(context):\n    '''All of them.'''\n",
        "import dagster as dg\nfrom shop import orders\n\n\n@dg.asset(deps=[orders.orders])\n"
        "def customers():\n    ...\n\n\n@dg.asset_check(asset=customers)\ndef fresh():\n    ...\n",
        "import dagster as dg\nfrom shop.registry import FOUND\n\n"
        "MADE = [asset.key for asset in FOUND]\n\n\n@dg.asset(deps=MADE)\n"
        "def customers():\n    ...\n",
    ),
    "shop/definitions.py": (
        "import dagster as dg\nfrom shop import customers, orders, users, visits\n"
        "from shop.registry import FOUND\n\n"
        "defs = dg.Definitions(assets=[*dg.load_assets_from_modules([orders, customers, users, "
        "visits], group_name='all'), *FOUND],\n"
        "    jobs=[dg.define_asset_job('everything'), dg.define_asset_job('some', "
        "selection='group:one')])\n",
        "import dagster as dg\nfrom shop import customers, orders, registry\n\n"
        "defs = dg.Definitions(assets=dg.load_assets_from_modules([customers, orders], "
        "key_prefix='all') + registry.FOUND)\n",
        "import dagster as dg\nimport shop\n\n"
        "defs = dg.Definitions(assets=dg.load_assets_from_package_module(shop))\n",
        "import dagster as dg\n\n\n@dg.definitions\ndef defs():\n    from shop import customers\n"
        "    customers.seen = True\n"
        "    return dg.Definitions(assets=dg.load_assets_from_modules([customers]))\n",
    ),
    "shop/tools.py": (
        "from dagster import asset\nfrom pathlib import Path\nHERE = Path('a')\n"
        "def name(text):\n    return text + 'a'\n\n\n"
        "@asset\ndef tool():\n    return 1\n\n\nLAST = 1\n",
        "from dagster import asset\nfrom pathlib import Path\nHERE = Path('a')\n"
        "def name(text):\n    return text + 'b'\n\n\n"
        "@asset\ndef tool():\n    return 1\n\n\nLAST = 1\n",
        "from dagster import asset\nfrom pathlib import Path\nHERE = Path('a')\n"
        "def name(text):\n    return text + 'a'\n\n\n"
        "@asset\ndef tool():\n    return 2\n\n\nLAST = 1\n",
        "from dagster import asset\n\n\ndef name(text):\n    return text + 'a'\n\n\n"
        "@asset\ndef tool():\n    yield 2\n\n\nLAST = 1\n",
        "from dagster import asset\n\n\ndef name(text):\n    return text + 'b'\n\n\n"
        "@asset\ndef tool():\n    return 3\n\n\nLAST = 2\n",
    ),
    "shop/users.py": (
        "from dagster import asset\nfrom shop.tools import tool\n",
        "from dagster import asset\nfrom shop.tools import name, tool\n\n\n@asset(name=name('u'), "
        "deps=[tool])\ndef user():\n    ...\n",
        "from dagster import asset\nfrom shop import tools\n\n\n@asset(name=f'u{tools.LAST}')\n"
        "def user():\n    ...\n",
        "from dagster import asset  # assetgen: allow[syntax-error]\nimport os\n"
        "os.environ['SHOP_PREFIX'] = 'set'\n",
        "import dagster as dg\n\n\n@dg.asset(deps=['ordres'])\ndef user():\n    ...\n\n\n"
        "@dg.asset(deps=['user', 'orders'])\ndef visit(view):\n    ...\n\n\n"
        "@dg.asset(deps=['visit'])\ndef view():\n    ...\n",
        "import dagster as dg\n\nDAYS = dg.DailyPartitionsDefinition('2024-01-01')\n\n\n"
        "@dg.multi_asset(specs=[dg.AssetSpec('view', deps=['visit']), dg.AssetSpec('seen')])\n"
        "def views():\n    ...\n\n\n@dg.asset(deps=['seen'], partitions_def=DAYS)\n"
        "def visit(view):\n    ...\n",
    ),
    "shop/visits.py": (
        "",
        "import dagster as dg\n\n\n@dg.asset(group_name='one', io_manager_key='none')\n"
        "def visit():\n    ...\n\n\n@dg.asset(key=['a', 'visit'], group_name='one')\n"
        "def second():\n    ...\n\n\n@dg.asset(group_name='one')\ndef third(visit, vist):\n"
        "    ...\n\n\n@dg.asset_check(asset='visti')\ndef is_full():\n    ...\n",
        "import dagster as dg\n\n\n@dg.op\ndef visit():\n    ...\n\n\n"
        "@dg.graph_asset\ndef visits():\n    return visit()\n\n\n"
        "@dg.asset(required_resource_keys={'nothing'})\ndef view():\n    ...\n",
        *(
            "import os\nimport dagster as dg\nfrom shop.names import PREFIX\n\n"
            "STAGE = os.getenv('SHOP_STAGE', 'local')\n\n\n"
            f"def chosen(made):\n    return made if {test} else None\n\n\n"
            "def build(name):\n    @dg.asset(name=f'{PREFIX}_{name}')\n    def made():\n"
            "        ...\n    return chosen(made)\n\n\nVISITS = [build('visit')]\n"
            for test in ("STAGE == 'prod'", "STAGE and PREFIX == 'raw'")
        ),
    ),
    "prefix.txt": ("from_file", "another"),
    "shop/spare.py": (
        None,
        "import dagster as dg\nfrom shop.names import PREFIX\n\n\n@dg.asset(key_prefix=PREFIX)\n"
        "def spare():\n    ...\n",
    ),
}

EDITS = st.lists(
    st.sampled_from([(name, n) for name, texts in FILES.items() for n in range(len(texts))]),
    min_size=1,
    max_size=8,
)


READER = """
from pathlib import Path

import dagster as dg

made = dg.asset(name=Path(__file__).with_name("names.txt").read_text())(lambda: None)
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "shop").mkdir()
    yield tmp_path


def write(project: Path, name: str, text: str | None) -> Path:
    path = project / name
    if text is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(text)
    return path


@given(edits=EDITS)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_edit_gives_what_a_new_run_gives(project: Path, edits: list[tuple[str, int]]) -> None:
    for name, texts in FILES.items():
        write(project, name, texts[0])
    request = Request(paths=(project,), environment={"SHOP_PREFIX": "given"})
    session = Session(request)
    assert session.analysis() == analyze(request)
    for name, number in edits:
        path = write(project, name, FILES[name][number])
        assert session.update({path: None}) == analyze(request), (name, number)


@given(edits=EDITS)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_edit_finds_what_a_new_run_finds(project: Path, edits: list[tuple[str, int]]) -> None:
    for name, texts in FILES.items():
        write(project, name, texts[0])
    request = Request(paths=(project,), environment={"SHOP_PREFIX": "given"})
    session = LintSession(request, lambda disk: LintOptions())
    session.update({})
    for name, number in edits:
        path = write(project, name, FILES[name][number])
        disk = Disk()
        pipeline = analyze(request, disk).pipeline
        anew = lint(pipeline, LintOptions(), sources_on_disk(pipeline, disk))
        assert session.update({path: None}).report == anew, (name, number)


def test_what_is_told_of_two_is_told_of_the_one_that_is_left(project: Path) -> None:
    two = "import dagster as dg\n\n\n@dg.asset(group_name='own')\ndef orders():\n    ...\n"
    write(project, "shop/__init__.py", "")
    for name in ("shop/one.py", "shop/other.py"):
        write(project, name, two)
    write(
        project,
        "shop/definitions.py",
        "import dagster as dg\nfrom shop import one, other\n\ndefs = dg.Definitions("
        "assets=dg.load_assets_from_modules([one, other], group_name='all'))\n",
    )
    session = LintSession(Request(paths=(project,)), lambda disk: LintOptions())
    session.update({})
    path = write(project, "shop/one.py", "")
    found = session.update({path: None}).report.findings
    assert "duplicate-loader-group" in {finding.rule for finding in found}


def test_unsaved_text_of_a_file_counts_once_something_reads_it(tmp_path: Path) -> None:
    names, module = tmp_path / "names.txt", tmp_path / "shop.py"
    names.write_text("saved")
    module.write_text("import dagster as dg\n\nmade = dg.asset(name='first')(lambda: None)\n")
    session = Session(Request(paths=(tmp_path,)))
    session.analysis()
    for changes, name in (
        ({names: b"typed"}, "first"),
        ({module: READER.encode()}, "typed"),
        ({names: b"typed_on"}, "typed_on"),
        ({names: None}, "saved"),
    ):
        (asset,) = session.update(changes).pipeline.locations[0].assets
        assert str(asset.key) == name


def test_unsaved_text_counts_until_it_is_saved(project: Path) -> None:
    for name, texts in FILES.items():
        write(project, name, texts[0])
    session = Session(Request(paths=(project,)))
    before = session.analysis()
    path = project / "shop/customers.py"
    typed = session.update({path: (FILES["shop/customers.py"][1] or "").encode()})
    assert "customers" in {str(asset.key) for asset in typed.pipeline.locations[0].assets}
    assert session.update({path: None}) == before


def test_what_is_typed_into_a_body_that_nobody_runs_reaches_nothing(project: Path) -> None:
    for name, texts in FILES.items():
        write(project, name, texts[1] if name == "shop/users.py" else texts[0])
    session = Session(Request(paths=(project,)))
    before = session.analysis()
    path = write(project, "shop/tools.py", FILES["shop/tools.py"][2])
    assert session.update({path: None}) is before
    # It counts as soon as somebody asks for it, and so does the body that is run by a module.
    path = write(project, "shop/tools.py", FILES["shop/tools.py"][1])
    after = session.update({path: None})
    assert "ub" in {str(asset.key) for asset in after.pipeline.locations[0].assets}


def test_only_what_depends_on_an_edit_is_evaluated_again(
    project: Path, evaluated: list[str]
) -> None:
    for name, texts in FILES.items():
        write(project, name, texts[1] if name == "shop/customers.py" else texts[0])
    session = Session(Request(paths=(project,)))
    session.analysis()
    evaluated.clear()
    path = write(
        project, "shop/customers.py", "import dagster as dg\n\n\n@dg.asset\ndef c(): ...\n"
    )
    session.update({path: None})
    assert "shop.customers" in evaluated
    assert "shop.names" not in evaluated


def test_what_was_called_by_another_module_counts_after_other_edits(project: Path) -> None:
    texts = {
        "__init__.py": "",
        "deep.py": "PREFIX = 'deep'\n",
        "names.py": "from shop.deep import PREFIX\n\n\ndef named(name):\n"
        "    return f'{PREFIX}_{name}'\n",
        "assets.py": "import dagster as dg\nfrom shop.names import named\n\n\n"
        "@dg.asset(name=named('orders'))\ndef orders():\n    ...\n",
        "other.py": "import dagster as dg\n\n\n@dg.asset\ndef other():\n    ...\n",
        "definitions.py": "import dagster as dg\nfrom shop import assets, other\n\n"
        "defs = dg.Definitions(assets=dg.load_assets_from_modules([assets, other]))\n",
    }
    for name, text in texts.items():
        write(project, f"shop/{name}", text)
    request = Request(paths=(project,))
    session = Session(request)
    session.analysis()
    changes = (
        ("shop/other.py", texts["other.py"].replace("def other", "def another")),
        ("shop/deep.py", "PREFIX = 'deeper'\n"),
    )
    for name, text in changes:
        path = write(project, name, text)
        assert session.update({path: None}) == analyze(request), name


def test_who_asks_for_subclasses_depends_on_who_makes_them(
    project: Path, evaluated: list[str]
) -> None:
    one = "from shop.base import Base\n\n\nclass One(Base):\n    ...\n"
    texts = {
        "__init__.py": "",
        "base.py": "import dagster as dg\n\n\nclass Base:\n    ...\n",
        "one.py": one,
        "two.py": one.replace("One", "Two"),
        "made.py": "import dagster as dg\nfrom shop import one, two\nfrom shop.base import Base\n\n"
        "SPECS = [dg.AssetSpec(cls.__name__) for cls in Base.__subclasses__()]\n",
        "definitions.py": "import dagster as dg\nfrom shop.made import SPECS\n\n"
        "defs = dg.Definitions(assets=SPECS)\n",
    }
    for name, text in texts.items():
        write(project, f"shop/{name}", text)
    request = Request(paths=(project,))
    session = Session(request)
    session.analysis()
    changes = (
        ("shop/one.py", one + "\n\nclass Other(Base):\n    ...\n"),
        ("shop/two.py", one.replace("One", "Three")),
        ("shop/one.py", one),
    )
    for name, text in changes:
        path = write(project, name, text)
        evaluated.clear()
        assert session.update({path: None}) == analyze(request), name
        found = {str(asset.key) for asset in session.analysis().pipeline.locations[0].assets}
        assert found >= {"One"}
    assert "shop.base" in evaluated  # by the new analysis alone
    evaluated.clear()
    write(project, "shop/two.py", one.replace("One", "Four"))
    session.update({project / "shop/two.py": None})
    assert "shop.two" in evaluated
    assert "shop.base" not in evaluated


def test_a_folder_that_is_called_like_the_api_does_not_take_its_place(project: Path) -> None:
    texts = {
        "dagster/__init__.py": "import dagster as dg\n\n\n@dg.asset\ndef odd():\n    ...\n",
        "dagster/shop/__init__.py": "",
        "dagster/shop/one.py": "import dagster as dg\n\n\n@dg.asset\ndef one():\n    ...\n",
        "dagster/shop/stray.py": "import dagster as dg\n\n\n@dg.asset\ndef stray():\n    ...\n",
        "dagster/shop/definitions.py": "import dagster as dg\nfrom . import one\n\n"
        "defs = dg.Definitions(assets=dg.load_assets_from_modules([one]))\n",
    }
    for name, text in texts.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        write(project, name, text)
    request = Request(paths=(project,))
    session = Session(request)
    session.analysis()
    for name in ("other", "another"):
        path = write(
            project,
            "dagster/shop/one.py",
            texts["dagster/shop/one.py"] + f"\n\n@dg.asset\ndef {name}():\n    ...\n",
        )
        assert session.update({path: None}) == analyze(request), name
