"""Definitions inside of other statements: conditions that are known, `try`, `with`, decorators."""

from __future__ import annotations

import textwrap

from fuzz.grammar.draft import Draft

WRAPPINGS = (
    "if {true}:\n{body}\nelse:\n    raise RuntimeError('never')",
    "try:\n{body}\nexcept ImportError:\n    raise",
    "try:\n    [][1]\nexcept IndexError as error:\n{body}",
    "for _ in range(1):\n{body}",
    "with contextlib.suppress(KeyError):\n{body}",
    "with contextlib.nullcontext(1) as one:\n{body}",
    "match {true}:\n    case True:\n{deep}\n    case _:\n        pass",
    "while True:\n{body}\n    break",
    "if not {true}:\n    pass\nelif 1 < 2 <= 2:\n{body}",
)
TRUE = (
    "True",
    "len('abc') == 3",
    "'a' in {'a': 1}",
    "all([1, 'x'])",
    "isinstance(1, (int, str))",
    "sorted([2, 1]) == [1, 2]",
    "bool({} or [0])",
)


def in_condition(draft: Draft) -> None:
    """An asset whose definition stands in another statement."""
    name = draft.fresh()
    body = f"@dg.asset(tags={{'inside': 'yes'}})\ndef {name}():\n    return 1"
    draft.need("import contextlib")
    draft.write(
        draft.pick(WRAPPINGS).format(
            true=draft.pick(TRUE),
            body=textwrap.indent(body, "    "),
            deep=textwrap.indent(body, "        "),
        )
    )
    draft.add((name,), name)
    draft.export(name, "asset")


def decorated_asset(draft: Draft) -> None:
    """An asset with another decorator beside `@asset`, which keeps the signature or does not."""
    name, decorator = draft.fresh(), draft.fresh("logged")
    draft.need("import functools")
    wraps = "@functools.wraps(fn)\n        " if draft.chance(2) else ""
    key = f"name={name!r}"
    given = draft.pick(draft.known).key[-1] if draft.known and wraps and draft.chance(2) else ""
    if given and (not given.isidentifier() or (given,) not in [k.key for k in draft.known]):
        given = ""
    draft.write(f"""

def {decorator}(times):
    def decorate(fn):
        {wraps}def wrapper(*args, **kwargs):
            return fn(*args, **kwargs)

        return wrapper

    return decorate
""")
    if not wraps:
        draft.file.lines = [
            line.replace("wrapper(*args, **kwargs)", "wrapper()") for line in draft.file.lines
        ]
    draft.write(
        f"\n\n@dg.asset({key})\n@{decorator}(times=2)\ndef {name}({given}):\n    return 1\n"
    )
    draft.add((name,), name)
    draft.export(name, "asset")
