"""The tables of intrinsics for Python's builtins, its standard library and general-purpose
packages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from assetgen.analyzer.evaluate.call import Family, Intrinsic
from assetgen.analyzer.evaluate.values import Value
from assetgen.analyzer.intrinsics.python.classes import (
    attrs_validators,
    class_making,
    class_orders,
    data_class_tools,
    data_classes,
    enum_collections,
    enums,
    exceptions,
    functools,
    named_tuples,
    objects,
    operators,
    simple_namespaces,
    typing_names,
)
from assetgen.analyzer.intrinsics.python.collections import (
    abstract_collections,
    copying,
    counters,
    derived_data,
    generator_objects,
    iteration,
    itertools,
    mappings,
    orderings,
    sequences,
    sets,
    stopping,
)
from assetgen.analyzer.intrinsics.python.conversions import refusing
from assetgen.analyzer.intrinsics.python.documents import (
    documents,
    env_files,
    json_texts,
    yaml_tags,
)
from assetgen.analyzer.intrinsics.python.inspection import (
    argument_binding,
    file_modules,
    frames,
    imports,
    inspection,
    signature_texts,
    signatures,
    source_text,
    type_hints,
)
from assetgen.analyzer.intrinsics.python.pydantic import (
    assignments,
    generic_models,
    model_dumps,
    pydantic_models,
)
from assetgen.analyzer.intrinsics.python.system import (
    chance,
    clock,
    context_variables,
    contexts,
    coroutines,
    env_readers,
    environment,
    files,
    moments,
    operating_system,
    paths,
    search_paths,
    silence,
    times,
)
from assetgen.analyzer.intrinsics.python.texts import (
    formatters,
    formatting,
    numbers,
    printing,
    regular_expressions,
    slugs,
    text,
)

_CALLS: Final[Mapping[str, Intrinsic]] = {
    **derived_data.TABLE,
    **abstract_collections.TABLE,
    **argument_binding.TABLE,
    **assignments.TABLE,
    **attrs_validators.TABLE,
    **chance.TABLE,
    **class_making.TABLE,
    **class_orders.TABLE,
    **clock.TABLE,
    **context_variables.TABLE,
    **contexts.TABLE,
    **coroutines.TABLE,
    **copying.TABLE,
    **counters.TABLE,
    **data_class_tools.TABLE,
    **data_classes.TABLE,
    **documents.TABLE,
    **enum_collections.TABLE,
    **enums.TABLE,
    **env_files.TABLE,
    **env_readers.TABLE,
    **environment.TABLE,
    **exceptions.TABLE,
    **file_modules.TABLE,
    **files.TABLE,
    **formatting.TABLE,
    **frames.TABLE,
    **functools.TABLE,
    **generator_objects.TABLE,
    **generic_models.TABLE,
    **imports.TABLE,
    **inspection.TABLE,
    **signature_texts.TABLE,
    **iteration.TABLE,
    **stopping.TABLE,
    **itertools.TABLE,
    **json_texts.TABLE,
    **mappings.TABLE,
    **model_dumps.TABLE,
    **moments.TABLE,
    **named_tuples.TABLE,
    **numbers.TABLE,
    **objects.TABLE,
    **operating_system.TABLE,
    **operators.TABLE,
    **orderings.TABLE,
    **paths.TABLE,
    **printing.TABLE,
    **pydantic_models.TABLE,
    **regular_expressions.TABLE,
    **search_paths.TABLE,
    **sequences.TABLE,
    **sets.TABLE,
    **signatures.TABLE,
    **silence.TABLE,
    **simple_namespaces.TABLE,
    **formatters.TABLE,
    **slugs.TABLE,
    **source_text.TABLE,
    **text.TABLE,
    **times.TABLE,
    **type_hints.TABLE,
    **typing_names.TABLE,
    **yaml_tags.TABLE,
}

PYTHON_CALLS: Final[Mapping[str, Intrinsic]] = {**_CALLS, **refusing(_CALLS)}

PYTHON_VALUES: Final[Mapping[str, Value]] = {
    **imports.VALUES,
    **moments.VALUES,
    **operating_system.VALUES,
    **regular_expressions.VALUES,
    **signatures.VALUES,
    **silence.VALUES,
    **times.VALUES,
    **typing_names.VALUES,
}

PYTHON_PROPERTIES: Final[frozenset[str]] = (
    argument_binding.PROPERTIES
    | chance.PROPERTIES
    | clock.PROPERTIES
    | enum_collections.PROPERTIES
    | exceptions.PROPERTIES
    | frames.PROPERTIES
    | moments.PROPERTIES
    | named_tuples.PROPERTIES
    | numbers.PROPERTIES
    | paths.PROPERTIES
    | pydantic_models.PROPERTIES
    | model_dumps.PROPERTIES
    | regular_expressions.PROPERTIES
    | data_class_tools.PROPERTIES
    | data_classes.PROPERTIES
    | mappings.PROPERTIES
    | sequences.PROPERTIES
    | times.PROPERTIES
    | type_hints.PROPERTIES
)


def _tables() -> Family:
    from assetgen.analyzer.intrinsics.python.tabular.tables import PROPERTIES, TABLE

    return Family(TABLE, properties=PROPERTIES)


def _omegaconf() -> Family:
    from assetgen.analyzer.intrinsics.python.documents.config_trees import TABLE

    return Family(TABLE)


def _configparser() -> Family:
    from assetgen.analyzer.intrinsics.python.documents.config_files import TABLE

    return Family(TABLE)


def _jinja() -> Family:
    from assetgen.analyzer.intrinsics.python.jinja.jinja_templates import TABLE

    return Family(TABLE)


def _described() -> Family:
    from assetgen.analyzer.intrinsics.libraries.rows import TABLE

    return Family(TABLE)


def _progress() -> Family:
    from assetgen.analyzer.intrinsics.python.collections.progress import TABLE

    return Family(TABLE)


def _executors() -> Family:
    from assetgen.analyzer.intrinsics.python.system.executors import TABLE

    return Family(TABLE)


PYTHON_LATER: Final[Mapping[str, Callable[[], Family]]] = {
    "_described": _described,
    "concurrent": _executors,
    "configparser": _configparser,
    "jinja2": _jinja,
    "omegaconf": _omegaconf,
    "pandas": _tables,
    "polars": _tables,
    "rich": _progress,
    "tqdm": _progress,
}
"""Packages whose tables most projects do not need."""
