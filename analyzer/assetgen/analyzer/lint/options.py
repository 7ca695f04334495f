"""What the user sets for a lint run."""

from __future__ import annotations

from fnmatch import fnmatchcase

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Severity
from assetgen.analyzer.model.keys import AssetKey


@dataclass(frozen=True, slots=True)
class LintOptions:
    """Which rules apply, with which severity, and what they take for granted.

    `select` and `ignore` hold rule names, codes, prefixes of codes, families, or "all"; `ignore`
    wins. `severities` pairs such a selector with the severity that replaces that of its rules, the
    last match winning; None turns them off. `externals` are patterns (`raw/*`) of keys that exist
    although no code defines them.
    """

    select: tuple[str, ...] = ("all",)
    ignore: tuple[str, ...] = ()
    severities: tuple[tuple[str, Severity | None], ...] = ()
    externals: tuple[str, ...] = ()

    def is_external(self, key: AssetKey) -> bool:
        return any(fnmatchcase(str(key), pattern) for pattern in self.externals)
