"""What a parameter of Dagster accepts: the vocabulary of the tables of parameters."""

from __future__ import annotations

from assetgen.analyzer.model.articles import article
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Expected:
    """What a parameter accepts: `what` names it for the user, `sorts` are the types of values.

    A type is the name of one of Python's own, or the qualified name of one of Dagster's. `items` is
    what the members of a collection, or the values of a dictionary, have to be.
    """

    what: str
    sorts: frozenset[str]
    items: Expected | None = None


def of(*classes: str) -> frozenset[str]:
    """The qualified names of some of Dagster's classes."""
    return frozenset(f"dagster.{name}" for name in classes)


def one(name: str, *more: str) -> Expected:
    """An object of one of Dagster's classes, or of one of the others that are accepted, too."""
    return Expected(f"{article(name)} {name}", of(name, *more))


def or_none(expected: Expected) -> Expected:
    """The same, or None."""
    return Expected(expected.what, expected.sorts | {"NoneType"}, expected.items)


def dictionary(what: str, items: Expected | None = None) -> Expected:
    """A dictionary, whose values are `items` if that is given."""
    return Expected(f"a dictionary of {what}", frozenset(("dict",)), items)


SET = frozenset(("set", "frozenset"))
LIST = frozenset(("list", "tuple", "deque"))
ITERABLE = LIST | SET | {"dict", "generator"}
CALLED = frozenset(("function", "class")) | of(
    *("AssetsDefinition", "AssetChecksDefinition", "OpDefinition", "GraphDefinition"),
    *("JobDefinition", "SensorDefinition", "ScheduleDefinition", "HookDefinition"),
)
KEYS = LIST | {"str", "dagster.AssetKey"}

TEXT = Expected("a string", frozenset(("str",)))
NUMBER = Expected("a number", frozenset(("int", "float", "bool")))
INTEGER = Expected("a whole number", frozenset(("int", "bool")))
COUNT = Expected("a whole number", frozenset(("int",)))
FLAG = Expected("True or False", frozenset(("bool",)))
TEXTS = Expected("a list of strings", LIST, TEXT)
NAMES = Expected("a set of strings", SET, TEXT)
DICT = Expected("a dictionary", frozenset(("dict",)))
FUNCTION = Expected("a function", CALLED)
PARTITIONS = Expected(
    "a partitions definition",
    of(
        *("StaticPartitionsDefinition", "TimeWindowPartitionsDefinition"),
        *("HourlyPartitionsDefinition", "DailyPartitionsDefinition", "WeeklyPartitionsDefinition"),
        *("MonthlyPartitionsDefinition", "DynamicPartitionsDefinition"),
        *("MultiPartitionsDefinition", "PartitionsDefinition"),
    ),
)
MAPPING = Expected(
    "a partition mapping",
    of(
        *("IdentityPartitionMapping", "AllPartitionMapping", "LastPartitionMapping"),
        *("SpecificPartitionsPartitionMapping", "StaticPartitionMapping"),
        *("TimeWindowPartitionMapping", "MultiPartitionMapping", "PartitionMapping"),
        *("MultiToSingleDimensionPartitionMapping",),
    ),
)
CONDITION = one("AutomationCondition")
BACKFILL = one("BackfillPolicy")
RETRY = one("RetryPolicy")
KEY = Expected("an asset key", KEYS)
PREFIX = Expected("a string or a list of strings", ITERABLE | {"str"})
DEPS = Expected("a list of assets or keys", ITERABLE | {"str"})
ASSETS = Expected("a list of assets or keys", LIST)
SPECS = Expected("a list of AssetSpecs", LIST, one("AssetSpec"))
CHECK_SPECS = Expected("a list of AssetCheckSpecs", LIST, one("AssetCheckSpec"))
HOOKS = Expected("a set of hooks", SET, one("HookDefinition"))
JOB = Expected("a job", of("JobDefinition", "GraphDefinition", "UnresolvedAssetJobDefinition"))
JOBS = Expected("a list of jobs", LIST, JOB)
MONITORED = Expected(
    "a list of jobs",
    LIST,
    Expected("a job", JOB.sorts | of("CodeLocationSelector", "JobSelector", "RepositorySelector")),
)
MOMENT = Expected("a string or a datetime", frozenset(("str", "datetime")))
DURATION = Expected("a timedelta", frozenset(("timedelta",)))
CONFIG = Expected(
    "a dictionary, a RunConfig or a PartitionedConfig",
    frozenset(("dict",)) | of("RunConfig", "PartitionedConfig", "ConfigMapping"),
)
SELECTION = Expected(
    "a selection of assets",
    LIST | {"str"} | of("AssetSelection", "AssetsDefinition", "SourceAsset"),
)
CHECKED = Expected("an asset or its key", KEYS | of("AssetsDefinition", "SourceAsset"))
EXECUTOR = Expected("an executor", frozenset())
LOGGERS = dictionary("loggers", Expected("a logger", of("LoggerDefinition", "configured")))
SEVERITY = one("AssetCheckSeverity")
STATUS = one("DefaultSensorStatus")
