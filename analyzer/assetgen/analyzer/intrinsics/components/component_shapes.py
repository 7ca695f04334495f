"""What a component file may contain besides the attributes of its component."""

from __future__ import annotations

import ast

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.intrinsics.components.yaml_trees import entries, entry, is_null, text_of

_TOP = ("type", "attributes", "template_vars_module", "requirements", "post_processing")
_STEP = ("target", "operation", "attributes")
_OPERATIONS = ("merge", "replace")
_OF_KEYS = ("key", "key_prefix")


def check_shape(call: Call, site: Site, node: ast.expr) -> None:
    """Report what Dagster's model of a component file refuses."""
    _check_names(call, site, node, _TOP, "a component file has no")
    for name in ("requirements", "post_processing"):
        _check_is_mapping(call, site, f"`{name}`", entry(node, name))
    module = entry(node, "template_vars_module")
    if module is not None and not is_null(module) and text_of(module) is None:
        message = "`template_vars_module` is the name of a module"
        call.report("invalid-definition", message, site.at(module))
    requirements = entry(node, "requirements")
    _check_names(call, site, requirements, ("env",), "the requirements have no")
    names = entry(requirements, "env")
    if names is not None and not is_null(names) and not _is_list_of_texts(names):
        message = "the required variables must be a list of strings"
        call.report("invalid-definition", message, site.at(names))
    processing = entry(node, "post_processing")
    _check_names(call, site, processing, ("assets",), "the post-processing has no")
    steps = entry(processing, "assets")
    if steps is not None and not isinstance(steps, ast.List) and not _may_be_other(steps):
        message = "the steps of the post-processing are a list"
        call.report("invalid-definition", message, site.at(steps))
    for step in steps.elts if isinstance(steps, ast.List) else ():
        _check_is_mapping(call, site, "a step of the post-processing", step)
        _check_step(call, site, step)


def _check_is_mapping(call: Call, site: Site, name: str, node: ast.expr | None) -> None:
    if node is not None and not isinstance(node, ast.Dict) and not _may_be_other(node):
        call.report("invalid-definition", f"{name} is a mapping", site.at(node))


def _may_be_other(node: ast.expr) -> bool:
    """Whether a value stands for none, or for what a template gives."""
    return is_null(node) or "{" in (text_of(node) or "")


def _check_names(
    call: Call, site: Site, node: ast.expr | None, known: tuple[str, ...], refusal: str
) -> None:
    for key, value in entries(node):
        if key not in known:
            one_of = f": it is one of {', '.join(known)}" if len(known) > 1 else ""
            call.report("invalid-definition", f"{refusal} `{key}`{one_of}", site.at(value))


def _is_list_of_texts(node: ast.expr | None) -> bool:
    return isinstance(node, ast.List) and all(text_of(item) is not None for item in node.elts)


def _check_step(call: Call, site: Site, step: ast.expr) -> None:
    """A post-processing step says which assets it changes, how, and to what; keys cannot change."""
    _check_names(call, site, step, _STEP, "a step of post-processing has no")
    attributes, operation = entry(step, "attributes"), entry(step, "operation")
    if isinstance(step, ast.Dict) and attributes is None:
        message = "a step of post-processing needs `attributes`"
        call.report("invalid-definition", message, site.at(step))
    text = text_of(operation)
    if operation is not None and text is not None and text not in _OPERATIONS and "{" not in text:
        message = f"the operation is merge or replace, not `{text}`"
        call.report("invalid-definition", message, site.at(operation))
    for name, value in entries(attributes):
        if name in _OF_KEYS:
            message = f"post-processing cannot change the `{name}` of an asset"
            call.report("invalid-definition", message, site.at(value))
