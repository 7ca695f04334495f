"""Which fields of a pydantic model have validators of the user's."""

from __future__ import annotations

import ast

from assetgen.analyzer.evaluate.values import Class


def validated_fields(cls: Class) -> set[str]:
    """The fields with validators of the user's; "" stands for a validator of the whole model."""
    found: set[str] = set()
    for base in cls.mro:
        if not isinstance(base, Class):
            continue
        for statement in base.node.body:
            for decorator in getattr(statement, "decorator_list", ()):
                if isinstance(decorator, ast.Call):
                    name = ast.unparse(decorator.func).rpartition(".")[2]
                    if name in ("field_validator", "validator"):
                        found.update(
                            str(argument.value)
                            for argument in decorator.args
                            if isinstance(argument, ast.Constant)
                        )
                    elif name in ("model_validator", "root_validator") and not _checks_only(
                        statement
                    ):
                        found.add("")
    return found


def _checks_only(statement: ast.stmt) -> bool:
    """Whether a validator of the model assigns to nothing but its own names."""
    return not any(
        isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store)
        for node in ast.walk(statement)
    )
