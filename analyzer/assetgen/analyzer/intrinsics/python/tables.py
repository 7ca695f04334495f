"""All that is known of Python's builtins and standard library, joined from the families."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assetgen.analyzer.evaluate.call import Intrinsic
from assetgen.analyzer.evaluate.values import Value
from assetgen.analyzer.intrinsics.python import (
    abstract_collections,
    argument_binding,
    chance,
    class_making,
    class_orders,
    config_files,
    config_trees,
    contexts,
    copying,
    counters,
    data_class_tools,
    data_classes,
    derived_data,
    documents,
    enums,
    env_files,
    env_readers,
    environment,
    exceptions,
    file_modules,
    files,
    formatting,
    frames,
    functools,
    generator_objects,
    imports,
    inspection,
    iteration,
    itertools,
    jinja_templates,
    json_texts,
    mappings,
    model_dumps,
    moments,
    named_tuples,
    numbers,
    objects,
    operating_system,
    operators,
    orderings,
    paths,
    pydantic_models,
    regular_expressions,
    sequences,
    sets,
    signatures,
    silence,
    simple_namespaces,
    source_text,
    text,
    times,
    type_hints,
    typing_names,
    yaml_tags,
)
from assetgen.analyzer.intrinsics.python.tabular import tables as tabular

PYTHON_CALLS: Final[Mapping[str, Intrinsic]] = {
    **derived_data.TABLE,
    **abstract_collections.TABLE,
    **argument_binding.TABLE,
    **chance.TABLE,
    **class_making.TABLE,
    **class_orders.TABLE,
    **config_files.TABLE,
    **config_trees.TABLE,
    **contexts.TABLE,
    **copying.TABLE,
    **counters.TABLE,
    **data_class_tools.TABLE,
    **data_classes.TABLE,
    **documents.TABLE,
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
    **imports.TABLE,
    **inspection.TABLE,
    **iteration.TABLE,
    **itertools.TABLE,
    **jinja_templates.TABLE,
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
    **pydantic_models.TABLE,
    **regular_expressions.TABLE,
    **sequences.TABLE,
    **sets.TABLE,
    **signatures.TABLE,
    **silence.TABLE,
    **simple_namespaces.TABLE,
    **source_text.TABLE,
    **tabular.TABLE,
    **text.TABLE,
    **times.TABLE,
    **type_hints.TABLE,
    **typing_names.TABLE,
    **yaml_tags.TABLE,
}

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
    | enums.PROPERTIES
    | exceptions.PROPERTIES
    | frames.PROPERTIES
    | moments.PROPERTIES
    | named_tuples.PROPERTIES
    | numbers.PROPERTIES
    | paths.PROPERTIES
    | pydantic_models.PROPERTIES
    | regular_expressions.PROPERTIES
    | data_classes.PROPERTIES
    | mappings.PROPERTIES
    | sequences.PROPERTIES
    | tabular.PROPERTIES
    | times.PROPERTIES
    | type_hints.PROPERTIES
)
