"""Packages that lie in several folders although they have an `__init__.py`.

With `pkgutil.extend_path`, or `pkg_resources.declare_namespace`, a package takes the folders of its
name in all entries of the path into its `__path__`. Submodules are looked up before the package has
been evaluated, so that its text is asked.
"""

from __future__ import annotations

import re
from typing import Final

from assetgen.analyzer.model.patterns import late
from assetgen.analyzer.project.disk import Refused

_EXTENSION: Final = late(
    rb"""^[ \t]*(__path__[ \t]*=[ \t]*[\w.()"']*\bextend_path\(|[\w.()"']*\bdeclare_namespace\()""",
    re.MULTILINE,
)


def extends_path(source: bytes | Refused) -> bool:
    """Whether that `__init__.py` makes folders elsewhere a part of its package."""
    return not isinstance(source, Refused) and _EXTENSION.search(source) is not None
