"""The import statements at the top of a script, sorted as `isort` and `ruff` do."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from assetgen.codegen.link.modules.targets import Imported
from assetgen.codegen.script.layout import WIDTH


def import_block(
    imports: Iterable[tuple[Imported, str]], submodules: Iterable[str], future: Iterable[str]
) -> str:
    """The statements for the imports, each with the name that it has in the script.

    Sections (`__future__`, standard library, others) are divided by an empty line.
    """
    named = tuple(imports)
    typing_only = [pair for pair in named if pair[0].typing_only]
    plain = [pair for pair in named if not pair[0].typing_only]
    if typing_only:
        plain.append((Imported("typing", "TYPE_CHECKING", "TYPE_CHECKING"), "TYPE_CHECKING"))
    lines = _statements(plain, submodules)
    sections = [
        "\n".join(f"from __future__ import {name}" for name in sorted(future)),
        "\n".join(text for module, text in lines if _is_standard(module)),
        "\n".join(text for module, text in lines if not _is_standard(module)),
    ]
    if typing_only:
        inner = "\n".join(text for _, text in _statements(typing_only, ()))
        sections.append("if TYPE_CHECKING:\n" + "\n".join(f"    {x}" for x in inner.split("\n")))
    return "\n\n".join(section for section in sections if section)


def _statements(
    imports: Iterable[tuple[Imported, str]], submodules: Iterable[str]
) -> list[tuple[str, str]]:
    """Pairs (module, statement): plain imports first, then `from` imports, by module."""
    dotted = {*submodules}
    tops = {name.partition(".")[0] for name in dotted}
    plain = {(name, f"import {name}") for name in dotted}
    members: dict[str, set[str]] = {}
    renamed: set[tuple[str, str]] = set()
    for imported, name in imports:
        module = imported.module
        if not imported.name:
            if name == module:
                if module not in tops or any(each == module for each in dotted):
                    plain.add((module, f"import {module}"))
            else:
                plain.add((module, f"import {module} as {name}"))
        elif name == imported.name:
            members.setdefault(module, set()).add(name)
        else:
            renamed.add((module, f"from {module} import {imported.name} as {name}"))
    froms = [(module, _from(module, sorted(names, key=_rank))) for module, names in members.items()]
    by_module = sorted([*froms, *renamed], key=lambda pair: (pair[0].lower(), pair[1]))
    return [*sorted(plain, key=lambda pair: (pair[0].lower(), pair[1])), *by_module]


def _from(module: str, names: list[str]) -> str:
    flat = f"from {module} import {', '.join(names)}"
    if len(flat) <= WIDTH:
        return flat
    return f"from {module} import (\n" + "".join(f"    {name},\n" for name in names) + ")"


def _rank(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest."""
    if name.isupper() and len(name) > 1:
        return 0, name
    return (1, name) if name[:1].isupper() else (2, name)


def _is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names
