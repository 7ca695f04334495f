"""YAML with the templates in its strings replaced by their values."""

from __future__ import annotations

from typing import Any

from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.rendering import Rendering


def render(value: Any, rendering: Rendering) -> Any:
    """YAML with the templates in its strings replaced by their values."""
    if isinstance(value, str):
        return rendering.value(value)
    if isinstance(value, dict):
        return {
            key: item if _is_hook(key) else render(item, rendering) for key, item in value.items()
        }
    if isinstance(value, list):
        return [render(item, rendering) for item in value]
    return value


def _is_hook(key: object) -> bool:
    """Whether something is rendered later, when a model is built."""
    return isinstance(key, str) and key.lstrip("+").replace("_", "-") in ("pre-hook", "post-hook")


_LATER = frozenset(("description", "tests", "data_tests"))


def render_properties(value: Any, rendering: Rendering) -> Any:
    """The same for an entry of a property file, whose descriptions and tests are rendered later."""
    if isinstance(value, dict):
        return {
            key: item if key in _LATER or _is_hook(key) else render_properties(item, rendering)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [render_properties(item, rendering) for item in value]
    return render(value, rendering)
