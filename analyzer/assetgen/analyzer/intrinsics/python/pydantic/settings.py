"""Where `pydantic_settings` finds the values of fields: environment variables, and files.

The environment takes precedence over an `env_file` of the project. Fields that are not plain values
are given as JSON or, with `env_nested_delimiter`, by a variable for each part.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable
from typing import Final

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects.conversion import from_python
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.values import Class, Constant, Mapping, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.python.classes.fields import ClassField, default_of
from assetgen.analyzer.intrinsics.python.collections.nested_dictionaries import put_at
from assetgen.analyzer.intrinsics.python.documents.env_files import variables_in
from assetgen.analyzer.intrinsics.python.pydantic.coercion import is_model
from assetgen.analyzer.intrinsics.python.pydantic.field_names import (
    aliases_of,
    generator_of,
)
from assetgen.analyzer.intrinsics.python.pydantic.model_options import option_of
from assetgen.analyzer.intrinsics.python.system.environment import is_known, is_unset, variable
from assetgen.analyzer.intrinsics.python.system.files import path_of
from assetgen.analyzer.project.disk import Refused

_COMPLEX: Final = frozenset(
    (
        *("Dict", "FrozenSet", "Iterable", "List", "Mapping", "Sequence", "Set", "Tuple"),
        *("dict", "frozenset", "list", "set", "tuple"),
    )
)


def settings_value(call: Call, cls: Class, item: ClassField) -> Value | None:
    """The value of a settings field, if one is given; unknown if it is required."""
    names = _variable_names(call, cls, item)
    name = names[0]
    known = _known_names(call)
    found = _first_of(names, known)
    written = _in_files(call, cls)
    in_file = _first_of(names, written)
    default = None if item.is_required else default_of(call, item)
    if in_file is not None:
        default = Constant(written[in_file])
    parts = _parts(call, cls, item, name, known, written)
    variable_name = found or name.upper()
    is_required = item.is_required and in_file is None and parts is None
    if is_required and is_unset(call, variable_name):
        call.machine.report_environment(variable_name, None, call.site, is_required=True)
        return None
    value = variable(call, variable_name, default, is_required=is_required)
    if found is None and parts is not None:
        return parts
    given = found is not None or in_file is not None or is_known(call, variable_name)
    if given or item.is_required or variable_name in call.machine.withheld:
        return _read(call, item, value)
    return None


def _first_of(names: list[str], known: Iterable[str]) -> str | None:
    spelled = {key.lower(): key for key in reversed([*known])}
    return next((spelled[name.lower()] for name in names if name.lower() in spelled), None)


def _known_names(call: Call) -> list[str]:
    """The variables that were given, or set by the code."""
    names = [*call.machine.environment]
    for contribution in call.machine.all_contributions():
        names.extend(contribution.assigned)
    return names


def _variable_names(call: Call, cls: Class, item: ClassField) -> list[str]:
    """The variables that may give a field its value, in order of precedence."""
    aliases = aliases_of(call, item, ("validation_alias", "alias", "env"), generator_of(cls))
    known = [alias for alias in aliases if isinstance(alias, str)]
    return known or [(_text_option(cls, "env_prefix") or "") + item.name]


def _text_option(cls: Class, name: str) -> str | None:
    option = option_of(cls, name)
    is_text = isinstance(option, Constant) and isinstance(option.value, str)
    return str(option.value) if is_text and isinstance(option, Constant) else None


def _in_files(call: Call, cls: Class) -> dict[str, str]:
    """The variables in the files of `env_file` that are in the project; later files take
    precedence."""
    option = option_of(cls, "env_file")
    found: dict[str, str] = {}
    for each in option.items if isinstance(option, Sequence) else [option]:
        path = path_of(call, each) if isinstance(each, Constant) and each.value else None
        text = None if path is None or isinstance(path, Unknown) else _text(call, path)
        if text is not None:
            found.update(variables_in(text, call.machine.environment))
    return found


def _text(call: Call, path: str) -> str | None:
    text = call.machine.files.read_text(path)
    return None if isinstance(text, Refused) else text


def _parts(
    call: Call,
    cls: Class,
    item: ClassField,
    name: str,
    known: list[str],
    written: dict[str, str],
) -> Value | None:
    """A dictionary from the variables for the parts of a field: `APP_STORE__HOST`."""
    delimiter = _text_option(cls, "env_nested_delimiter")
    if not delimiter or not _is_complex(item):
        return None
    start = (name + delimiter).lower()
    made = Mapping()
    for key in [*written, *known]:
        if key.lower().startswith(start):
            default = Constant(written[key]) if key in written else None
            path = key[len(start) :].lower().split(delimiter.lower())
            put_at(made, path, variable(call, key, default))
    return made if made.entries else None


def _read(call: Call, item: ClassField, value: Value) -> Value:
    """The text of a variable, converted for the field."""
    is_text = isinstance(value, Constant) and isinstance(value.value, str)
    if not is_text or not _is_complex(item) or not isinstance(value, Constant):
        return value
    try:
        return from_python(json.loads(str(value.value)))
    except (ValueError, RecursionError):
        return call.unknown("environment", f"what {item.name!r} is, which is not JSON")


def _is_complex(item: ClassField) -> bool:
    """Whether the field is a collection or a model, which a variable gives as JSON."""
    heads = [
        head
        for node in ast.walk(item.annotation)
        if (head := getattr(node, "id", None) or getattr(node, "attr", None))
    ]
    if not heads:
        return False
    first = next((head for head in heads if head not in ("Optional", "Annotated")), "")
    if first in _COMPLEX:
        return True
    scope = Scope("class", item.owner.namespace, item.owner.scope)
    frame = Frame(item.owner.module, scope)
    for node in ast.walk(item.annotation):
        if isinstance(node, ast.Name):
            found = frame.scope.lookup(node.id)
            if isinstance(found, Class):
                return is_model(found)
    return False
