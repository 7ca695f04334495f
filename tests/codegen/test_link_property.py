"""Any modules that import each other's names in any way: linked, they compute the same."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import ModuleType

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.codegen.linked_text import importable, link, modules_of

# Few names, some of them Python's own, so that they collide all the time.
NAMES = ("helper", "value", "sum", "pkg", "m0")


@st.composite
def projects(draw):
    """Modules `pkg/m0.py` ...; each may import from those before it. The last one has `run`."""
    count = draw(st.integers(2, 4))
    files = {"pkg/__init__.py": ""}
    public: list[list[str]] = []
    for number in range(count):
        lines: list[str] = []
        known: dict[str, str] = {}  # expression -> how it is called: "()" or ""
        defined: dict[str, str] = {}
        for other in range(number):
            names = st.sampled_from(public[other] or ["run"])
            for name in draw(st.lists(names, max_size=2 if public[other] else 0)):
                call = "()" if name.startswith("f_") else ""
                form = draw(st.sampled_from(("from", "as", "module", "dotted", "star")))
                local = draw(st.sampled_from(NAMES))
                bound = {_root(key) for key in known}
                if (local if form in ("as", "module") else name) in bound:
                    continue  # a name that is bound again is another story
                if form == "from":
                    lines.append(f"from pkg.m{other} import {name}")
                    known[name] = call
                elif form == "as":
                    lines.append(f"from .m{other} import {name} as {local}")
                    known[local] = call
                elif form == "module":
                    lines.append(f"from . import m{other} as {local}")
                    known[f"{local}.{name}"] = call
                elif form == "dotted" and not any(_root(key) == "pkg" for key in known):
                    lines.append(f"import pkg.m{other}")
                    known[f"pkg.m{other}.{name}"] = call
                elif form == "star":
                    lines.append(f"from pkg.m{other} import {name} as c_{number}_{other}")
                    known[f"c_{number}_{other}"] = call
        for index in range(draw(st.integers(1, 3))):
            function = draw(st.booleans())
            name = ("f_" if function else "v_") + draw(st.sampled_from(NAMES))
            if any(_root(key) == name for key in known):  # it might end up calling itself
                continue
            used = draw(st.lists(st.sampled_from(sorted(known)), max_size=2)) if known else []
            terms = [f"{each}{known[each]}" for each in used]
            shown = ", ".join([*terms, f"1{number}{index}"])
            if not function:
                lines.append(f"{name} = ({shown},)")
            else:
                local = draw(st.sampled_from((*NAMES, "f_helper", "v_value")))
                lines.append(f"def {name}():")
                if all(_root(each) != local for each in used):
                    lines.append(f"    {local} = 'local'")
                    shown += f", {local}, f'{{{local}!r}}'"
                if terms:
                    shown += f", f'{{{terms[0]}}}', [{local}_ for {local}_ in range(1)]"
                lines.append(f"    return ({shown},)")
            known[name] = "()" if function else ""
            defined[name] = known[name]
        public.append(sorted(defined))
        if number == count - 1:
            values = ", ".join(f"{each}{kind}" for each, kind in sorted(known.items()))
            lines.append(f"def run():\n    return ({values},)")
        files[f"pkg/m{number}.py"] = "\n".join(lines) + "\n"
    return files


def _root(expression: str) -> str:
    return expression.partition(".")[0]


@given(projects())
@settings(deadline=None, max_examples=60)
def test_linked_modules_compute_the_same(files):
    last = f"pkg.m{len(files) - 2}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text, problems, (root,) = link(modules_of(files, folder), [(last, "run")])
        assert not problems
        script = ModuleType("linked")
        exec(compile(text, "linked.py", "exec", dont_inherit=True), vars(script))  # noqa: S102
        with importable(folder):
            original = __import__(last, fromlist=["run"]).run()
        assert getattr(script, root)() == original
