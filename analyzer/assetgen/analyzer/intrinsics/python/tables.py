"""The tables of intrinsics for Python's builtins, its standard library and general-purpose
packages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from assetgen.analyzer.evaluate.call import Family
from assetgen.analyzer.intrinsics.directories import on_demand
from assetgen.analyzer.intrinsics.python.classes import exceptions, objects, typing_names
from assetgen.analyzer.intrinsics.python.collections import (
    derived_data,
    generator_objects,
    iteration,
    mappings,
    sequences,
    sets,
    stopping,
)
from assetgen.analyzer.intrinsics.python.conversions import refusing
from assetgen.analyzer.intrinsics.python.texts import formatting, numbers, text

_BUILTINS: Final = (
    derived_data,
    exceptions,
    formatting,
    generator_objects,
    iteration,
    mappings,
    numbers,
    objects,
    sequences,
    sets,
    stopping,
    text,
    typing_names,
)
_DIRECTORY: Final[Mapping[str, tuple[str, ...]]] = {
    "classes.attrs_validators": ("attr", "attrs"),
    "classes.class_making": ("abc", "builtins.type", "types"),
    "classes.class_orders": ("functools",),
    "classes.data_class_tools": ("attr", "attrs", "copy", "dataclasses", "pydantic"),
    "classes.data_classes": (
        *("attr", "attrs", "dagster.record", "dagster_shared", "dataclasses", "pydantic"),
        "typing.dataclass_transform",
    ),
    "classes.enum_collections": ("enum", "strenum"),
    "classes.enums": ("enum", "strenum"),
    "classes.functools": ("functools",),
    "classes.named_tuples": ("collections.namedtuple", "typing.NamedTuple"),
    "classes.operators": ("operator",),
    "classes.simple_namespaces": ("types",),
    "collections.abstract_collections": (
        *("collections.ChainMap", "collections.UserDict", "collections.UserList"),
        "collections.abc",
    ),
    "collections.copying": ("copy",),
    "collections.counters": ("collections.Counter",),
    "collections.itertools": ("itertools", "more_itertools"),
    "collections.orderings": ("bisect", "graphlib", "heapq"),
    "collections.progress": ("rich", "tqdm"),
    "documents.config_files": ("configparser",),
    "documents.config_trees": ("omegaconf",),
    "documents.csv_writing": ("csv",),
    "documents.documents": (
        *("csv", "orjson", "ruamel", "simplejson", "toml", "tomli", "tomllib", "yaml"),
    ),
    "documents.env_files": ("dotenv",),
    "documents.json_texts": ("json",),
    "documents.yaml_tags": ("yaml",),
    "inspection.argument_binding": ("inspect",),
    "inspection.file_modules": ("importlib",),
    "inspection.frames": ("inspect", "sys", "types"),
    "inspection.imports": (
        *("builtins.__import__", "builtins.exit", "builtins.quit", "importlib"),
        *("importlib_resources", "pkgutil", "sys"),
    ),
    "inspection.inspection": ("asyncio", "inspect", "traceback"),
    "inspection.signature_texts": ("inspect",),
    "inspection.signatures": ("inspect",),
    "inspection.source_text": ("ast", "inspect"),
    "inspection.type_hints": ("inspect", "types", "typing", "typing_extensions"),
    "jinja.jinja_templates": ("jinja2",),
    "pydantic.assignments": ("pydantic", "pydantic_settings"),
    "pydantic.generic_models": ("pydantic",),
    "pydantic.model_dumps": ("pydantic", "pydantic_settings"),
    "pydantic.pydantic_models": ("dataclasses", "pydantic", "pydantic_settings"),
    "pydantic.secrets": ("pydantic",),
    "system.chance": ("base64", "hashlib", "os", "random", "secrets", "uuid", "zlib"),
    "system.clock": ("arrow", "datetime", "pandas", "pendulum", "time"),
    "system.context_variables": ("contextvars",),
    "system.contexts": ("contextlib", "threading", "warnings"),
    "system.coroutines": ("asyncio",),
    "system.env_readers": ("decouple", "environs"),
    "system.environment": ("decouple", "os"),
    "system.executors": ("concurrent",),
    "system.files": ("builtins.open", "codecs", "io"),
    "system.moments": ("arrow", "datetime", "dateutil", "pendulum"),
    "system.operating_system": (
        *("glob", "os", "platform", "posixpath", "shutil", "socket", "tempfile"),
    ),
    "system.paths": ("pathlib", "upath"),
    "system.search_paths": ("site", "sys"),
    "system.silence": (
        *("atexit", "faulthandler", "gc", "logging", "loguru", "signal", "structlog", "warnings"),
    ),
    "system.times": (
        *("calendar", "datetime", "dateutil", "pendulum", "pytz", "time", "zoneinfo"),
    ),
    "tabular.tables": ("pandas", "polars"),
    "texts.formatters": ("string",),
    "texts.printing": ("builtins.print",),
    "texts.regular_expressions": ("re",),
    "texts.slugs": ("slugify",),
}


PYTHON: Final = Family(
    refusing({name: row for each in _BUILTINS for name, row in each.TABLE.items()}),
    {**typing_names.VALUES},
    frozenset().union(*(getattr(each, "PROPERTIES", ()) for each in _BUILTINS)),
)
"""What nearly every project needs."""

PYTHON_LATER: Final[Mapping[str, Callable[[], Family]]] = on_demand(
    __package__, _DIRECTORY, refusing
)
"""By packages, and by names in packages."""
