"""Every rule by name: its stable code, its default severity, and one line on what it finds.

The names are those that `allow[...]`, `select` and `ignore` take. Some rules check the finished
model and live in `lint/rules`; the others are reported where the analysis sees the code itself,
through `diagnostic` below. Each has a page of its name in `lint/rules`.
"""

from __future__ import annotations

from collections.abc import Mapping

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic, Fix, Related, Severity
from assetgen.analyzer.model.spans import Span


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What never changes about a rule: its code, default severity and summary (no full stop)."""

    code: str
    severity: Severity
    summary: str

    @property
    def family(self) -> str:
        """The word that the first letter of the code stands for."""
        return FAMILIES[self.code[0]]


def diagnostic(
    rule: str,
    message: str,
    span: Span,
    *,
    severity: Severity | None = None,
    related: tuple[Related, ...] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    """A finding of the rule named `rule`, with the rule's own severity unless one is given.

    Raises KeyError for a name that the catalogue does not hold.
    """
    info = CATALOGUE[rule]
    return Diagnostic(
        rule=rule,
        code=info.code,
        family=info.family,
        severity=severity or info.severity,
        message=message,
        span=span,
        related=related,
        fix=fix,
    )


FAMILIES: Mapping[str, str] = {
    "C": "composition",
    "D": "definitions",
    "E": "syntax",
    "F": "configuration",
    "G": "graph",
    "H": "hygiene",
    "J": "jobs",
    "K": "keys",
    "L": "linking",
    "M": "multi-assets",
    "P": "partitions",
    "R": "resources",
    "S": "signatures",
    "T": "tests",
    "U": "unresolved",
    "X": "checks",
    "Y": "python",
}

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

CATALOGUE: Mapping[str, RuleInfo] = {
    # Composition: the bodies of graphs of ops.
    "op-output-logic": RuleInfo(
        "C401", _ERROR, "The output of an op is used as a value while the graph is composed"
    ),
    "graph-return": RuleInfo("C402", _ERROR, "A graph body does not return what its outputs need"),
    "op-arity": RuleInfo(
        "C403", _ERROR, "An op is called in a graph body with too many or too few inputs"
    ),
    "dynamic-uncollected": RuleInfo(
        "C405", _ERROR, "A dynamic output leaves a graph, or enters an op, without being collected"
    ),
    "unknown-op-input": RuleInfo(
        "C408", _ERROR, "An op is called in a graph body with an input that it does not have"
    ),
    # Definitions: what is handed to Dagster.
    "unreached-definition": RuleInfo(
        "D001", _WARNING, "A definition that no Definitions object reaches"
    ),
    "wrong-object-in-assets": RuleInfo(
        "D004", _ERROR, "Something that is not an asset is given where assets are expected"
    ),
    "invalid-definition": RuleInfo(
        "D006", _ERROR, "A definition that Dagster refuses when the module is imported"
    ),
    "duplicate-loader-group": RuleInfo(
        "D007", _ERROR, "A loader sets the group of an asset that already has one"
    ),
    "empty-code-location": RuleInfo(
        "D008", _ERROR, "A code location whose module defines nothing that can be loaded"
    ),
    "wrong-type": RuleInfo("D009", _ERROR, "An argument of a type that Dagster does not accept"),
    # Syntax: files that cannot be read as Python.
    "syntax-error": RuleInfo("E001", _ERROR, "A file that is not valid Python"),
    "file-not-readable": RuleInfo("E002", _ERROR, "A file that cannot be read or decoded"),
    # Configuration: the files that say what is read, and how.
    "bad-configuration": RuleInfo(
        "F001", _ERROR, "A settings file that cannot be read, or a setting of the wrong type"
    ),
    "unknown-setting": RuleInfo("F002", _WARNING, "A setting that assetgen does not know"),
    "missing-code-location": RuleInfo(
        "F003", _ERROR, "The module or file of a declared code location does not exist"
    ),
    # Graph: the edges between assets.
    "cycle": RuleInfo("G201", _ERROR, "Assets that depend on each other in a circle"),
    "self-dependency": RuleInfo(
        "G202", _ERROR, "An asset that depends on itself without time partitions"
    ),
    # Hygiene: attributes and suppressions.
    "bad-owner": RuleInfo("H001", _ERROR, "An owner that is neither an email nor a team"),
    "bad-tag": RuleInfo("H002", _ERROR, "A tag that Dagster does not accept"),
    "bad-group": RuleInfo("H003", _ERROR, "A group name that Dagster does not accept"),
    "bad-kind": RuleInfo("H004", _ERROR, "A kind that Dagster does not accept"),
    "unknown-suppression": RuleInfo(
        "H101", _WARNING, "An allow comment names a rule that does not exist"
    ),
    "unused-suppression": RuleInfo("H102", _INFO, "An allow comment that suppresses nothing"),
    # Jobs, schedules, sensors and selections.
    "selection-unknown-key": RuleInfo("J901", _ERROR, "A job selects an asset that does not exist"),
    "selection-empty": RuleInfo("J902", _WARNING, "A job whose selection matches no asset"),
    "missing-job": RuleInfo(
        "J903", _ERROR, "A schedule or sensor starts a job that does not exist"
    ),
    "bad-cron": RuleInfo("J904", _ERROR, "A schedule whose cron string or timezone is not valid"),
    "duplicate-name": RuleInfo("J905", _ERROR, "Two jobs, schedules or sensors with the same name"),
    "sensor-unknown-asset": RuleInfo(
        "J906", _WARNING, "A sensor watches an asset that does not exist"
    ),
    "selection-syntax": RuleInfo("J907", _ERROR, "A selection string that cannot be parsed"),
    "partial-selection": RuleInfo(
        "J908", _ERROR, "A job over only some of the assets that must be computed together"
    ),
    "duplicate-op": RuleInfo("J909", _ERROR, "Different ops, graphs or jobs with the same name"),
    "overlapping-automation": RuleInfo(
        "J910", _ERROR, "Two automation sensors that target the same asset"
    ),
    "job-config": RuleInfo("J911", _ERROR, "A job configuration that does not fit the job"),
    # Keys: what a name means.
    "unknown-dependency": RuleInfo(
        "K101", _WARNING, "A dependency on an undefined asset with a key like that of a defined one"
    ),
    "unresolved-input": RuleInfo(
        "K102", _ERROR, "A parameter that loads an asset that nothing defines"
    ),
    "slash-in-key": RuleInfo(
        "K103", _ERROR, "A key written with a slash, which makes it one part instead of two"
    ),
    "string-deps": RuleInfo("K104", _ERROR, "A string where a list of dependencies is expected"),
    "implicit-group-match": RuleInfo(
        "K105", _WARNING, "A bare name that means an asset with a prefix only because of its group"
    ),
    "ambiguous-name": RuleInfo("K106", _ERROR, "A bare name that several asset keys end in"),
    "duplicate-key": RuleInfo("K107", _ERROR, "Two definitions of the same asset key"),
    "bad-name": RuleInfo("K109", _ERROR, "A name that Dagster does not accept"),
    "bad-key": RuleInfo("K111", _ERROR, "An asset key that Dagster does not accept"),
    "name-and-key": RuleInfo("K112", _ERROR, "Both key and name or key_prefix are given"),
    "bad-dependency": RuleInfo(
        "K113", _ERROR, "An item of deps that Dagster cannot take for an asset"
    ),
    # Multi-assets.
    "specs-conflict": RuleInfo(
        "M510", _ERROR, "Arguments of a multi-asset that cannot be given together"
    ),
    "unknown-output": RuleInfo(
        "M511", _ERROR, "A name in internal_asset_deps that is neither an output nor an asset"
    ),
    # Partitions.
    "partition-mismatch": RuleInfo(
        "P701", _ERROR, "Partitions that cannot be mapped to those of an upstream asset"
    ),
    "bad-partitions": RuleInfo("P705", _ERROR, "Partitions that Dagster does not accept"),
    # Resources.
    "missing-resource": RuleInfo(
        "R801", _ERROR, "A resource or IO manager that no Definitions object provides"
    ),
    # Signatures: the parameters of decorated functions.
    "ins-name": RuleInfo("S301", _ERROR, "A name in ins that is not a parameter of the function"),
    "context-name": RuleInfo(
        "S302", _ERROR, "A context parameter that is not the first, or is not called context"
    ),
    "context-type": RuleInfo("S303", _ERROR, "A context parameter annotated as something else"),
    "default-arg": RuleInfo(
        "S304", _ERROR, "A parameter that is an input despite its default value"
    ),
    "varargs": RuleInfo("S305", _ERROR, "A decorated function that takes *args"),
    "config-field": RuleInfo(
        "S309", _ERROR, "A configuration field whose type Dagster has no schema for"
    ),
    "unsupported-annotation": RuleInfo(
        "S308", _ERROR, "An annotation that Dagster cannot make a type of"
    ),
    "config-name": RuleInfo("S306", _ERROR, "A configuration parameter that is not called config"),
    # Linking: what `assetgen generate pipeline` cannot carry over; the linter never reports these.
    "unlinkable-name": RuleInfo(
        "L101", _ERROR, "A name that a generated script cannot have a value for"
    ),
    "unlinkable-value": RuleInfo("L102", _ERROR, "A value that a generated script cannot make"),
    "unlinkable-function": RuleInfo("L103", _ERROR, "A function whose source is not available"),
    "unlinkable-pipeline": RuleInfo("L104", _ERROR, "Assets that cannot become one script"),
    "rewritten-path": RuleInfo(
        "L201", _WARNING, "Code in a generated script that asks for its own path"
    ),
    "conditional-asset": RuleInfo(
        "L202", _WARNING, "A conditional asset that a generated script always makes"
    ),
    # Tests: for assetgen's own.
    "revealed": RuleInfo("T001", _INFO, "The value that an argument of reveal() was evaluated to"),
    # Unresolved: what could not be known, and what it costs.
    "unresolved-asset": RuleInfo("U001", _INFO, "Assets that could not be known"),
    "unresolved-dependency": RuleInfo("U002", _INFO, "Dependencies that could not be known"),
    "unresolved-attribute": RuleInfo("U003", _INFO, "An attribute that could not be known"),
    "unresolved-condition": RuleInfo(
        "U005", _INFO, "A definition under a condition that could not be known"
    ),
    "unresolved-loop": RuleInfo("U006", _INFO, "Definitions made in a loop over something unknown"),
    "budget-exceeded": RuleInfo("U007", _INFO, "Code that takes too many steps to evaluate"),
    "unresolved-check": RuleInfo("U008", _INFO, "Asset checks that could not be known"),
    "unresolved-job": RuleInfo(
        "U009", _INFO, "Jobs, schedules, sensors or selections that could not be known"
    ),
    # Checks on assets.
    "check-unknown-asset": RuleInfo("X601", _WARNING, "A check on an asset that does not exist"),
    "duplicate-check": RuleInfo("X604", _ERROR, "Two checks with the same name on one asset"),
    # Python: what Python itself would refuse.
    "python-error": RuleInfo("Y001", _ERROR, "Module-level code that always raises"),
}

REFUSALS = frozenset(
    (
        *("wrong-type", "invalid-definition", "wrong-object-in-assets", "duplicate-loader-group"),
        *("bad-owner", "bad-tag", "bad-group", "bad-kind", "bad-name", "bad-key", "slash-in-key"),
        *("name-and-key", "bad-dependency", "specs-conflict", "unknown-output", "bad-partitions"),
        *(
            "config-field",
            "ins-name",
            "context-name",
            "context-type",
            "varargs",
            "unsupported-annotation",
        ),
        *("op-output-logic", "graph-return", "op-arity", "unknown-op-input", "bad-cron"),
        *("dynamic-uncollected", "selection-syntax"),
    )
)
"""Rules whose findings in the code itself stand for exceptions when that code runs."""

COSTS_DEFINITIONS = frozenset(
    (
        "budget-exceeded",
        "file-not-readable",
        "invalid-definition",
        "python-error",
        "syntax-error",
        "unresolved-asset",
        "unresolved-loop",
    )
)
"""Rules whose findings mean that definitions of any kind may have been missed there."""
