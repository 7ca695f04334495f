"""What ops in a graph get for the inputs that nothing there feeds."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.codegen.declaration.checked_types import CheckedTypes
from assetgen.codegen.declaration.linking import Linking
from assetgen.codegen.script.layout import Atom, Tree, call, literal
from assetgen.codegen.wiring import FlatOp


def unwired_inputs(
    linking: Linking, types: CheckedTypes, op: FlatOp, *, in_job: bool
) -> Iterator[Tree]:
    """Their defaults, where not the function itself has them; in a job of ops the configuration of
    a run says the others."""
    fed = {wired.name for wired in op.inputs if wired.ends}
    function = op.definition.function
    for each in op.definition.inputs:
        name = "", literal(each.name)
        if each.name in fed or each.is_nothing:
            continue
        if each.has_default:
            default = linking.declared_default(function, each.name)
            if default is not None:
                yield call(linking.runtime("Constant"), name, ("", Atom(default)))
            elif not linking.has_own_default(function, each.name):
                message = f"the default of `{each.name}` is not written out in the decorator"
                linking.refuse(message, function.span)
        elif in_job:
            kind = types.of(op.definition, each.annotation, "in", each.name)
            yield call(linking.runtime("FromConfig"), name, *kind)
