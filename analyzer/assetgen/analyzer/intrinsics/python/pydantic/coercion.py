"""How pydantic converts a value to the annotated type of its field: a dictionary to a model, a
string to a number or a path.

Types are not checked.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    External,
    Mapping,
    Parameterised,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.python.classes.fields import ClassField, fields_of, last_name
from assetgen.analyzer.intrinsics.python.pydantic.annotated_validators import AnnotatedValidator
from assetgen.analyzer.intrinsics.python.pydantic.plain_conversions import (
    CONVERSIONS,
    SECRETS,
    converted,
)
from assetgen.analyzer.intrinsics.python.pydantic.validators import validators_of


def coerced(call: Call, item: ClassField, value: Value) -> Value:
    """`value` converted to the annotation of a field."""
    return as_annotated(call, item.annotation, value, enclosing(item.owner))


def enclosing(owner: Class) -> Frame:
    """The frame in which annotations in the body of a class are read."""
    return Frame(owner.module, Scope("class", owner.namespace, owner.scope))


def is_model(cls: Class) -> bool:
    """Whether a class is a pydantic model."""
    return not _MODELS.isdisjoint(classes.known_bases(cls))


_MODELS: Final = frozenset(
    {
        "dagster.Model",
        "pydantic.BaseModel",
        "pydantic.BaseSettings",
        "pydantic_settings.BaseSettings",
    }
)


def as_annotated(call: Call, annotation: ast.expr, value: Value, frame: Frame) -> Value:
    """`value` converted to an annotation, read in `frame`."""
    if not isinstance(value, (Constant, Mapping, Sequence)):
        return value
    annotation = _written(annotation)
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        return _of_union(call, _sides(annotation), value, frame)
    if isinstance(annotation, ast.Subscript):
        alias = _alias(call, annotation, frame)
        if alias is not None:
            return as_type(call, alias, value)
        return _in_container(call, annotation, value, frame)
    if not isinstance(annotation, (ast.Name, ast.Attribute, ast.Call)):
        return value
    return as_type(call, call.machine.evaluate(annotation, frame), value)


def as_type(call: Call, wanted: Value, value: Value) -> Value:
    """`value` converted to a type, which is a value itself."""
    if isinstance(wanted, Parameterised):
        return _in_container(call, _subscript(wanted), value, wanted.frame)
    if isinstance(wanted, AnnotatedValidator):  # `constr(...)`
        return wanted.applied(call, value)
    if isinstance(wanted, Class):
        if isinstance(value, Mapping) and is_model(wanted):
            return call.machine.call(
                wanted, [], dict(value.text_entries()), call.site, tuple(value.losses)
            )
        if _is_enumeration(wanted) and isinstance(value, Constant):
            return call.invoke(wanted, value)
        return value
    if isinstance(wanted, External) and isinstance(value, Constant):
        return converted(call, wanted.qualname, value)
    return value


def _written(annotation: ast.expr) -> ast.expr:
    """The expression in a quoted annotation."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            return ast.parse(annotation.value, mode="eval").body
        except SyntaxError:
            return annotation
    return annotation


def _alias(call: Call, annotation: ast.Subscript, frame: Frame) -> Parameterised | None:
    """A generic name of the project, such as `Items = list[T]`, with its parameters; None for a
    generic type itself."""
    if _head(annotation) in _HEADS or not isinstance(annotation.value, (ast.Name, ast.Attribute)):
        return None
    if not isinstance(call.machine.evaluate(annotation.value, frame), External):
        return None
    alias = call.machine.evaluate(annotation, frame)
    return alias if isinstance(alias, Parameterised) else None


def _subscript(alias: Parameterised) -> ast.Subscript:
    name = ast.Name(alias.qualname.rpartition(".")[2], ast.Load())
    return ast.Subscript(name, alias.arguments, ast.Load())


def _sides(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_sides(node.left), *_sides(node.right)]
    return [node]


def _in_container(call: Call, annotation: ast.Subscript, value: Value, frame: Frame) -> Value:
    head, inner, options = _head(annotation), annotation.slice, _arguments(annotation)
    if head == "annotated":
        return _validated(call, options, value, frame)
    if head in _UNIONS:
        sides = [side for option in options for side in _sides(option)]
        return _of_union(call, sides, value, frame)
    if head == "literal" and isinstance(value, Constant):
        _check_literal(call, options, value, frame)
        return value
    if head in _LISTS and isinstance(value, Sequence):
        items = [as_annotated(call, inner, item, frame) for item in value.items]
        return Sequence("list", items, list(value.losses))
    if head in _SETS and isinstance(value, Sequence):
        items = [as_annotated(call, inner, item, frame) for item in value.items]
        each = {call.machine.hash_key(item): item for item in reversed(items)}
        kept = items if None in each else list(reversed(each.values()))
        return Sequence(head, kept, list(value.losses))
    if head in _DICTIONARIES and isinstance(value, Mapping) and len(options) == 2:
        return _dictionary(call, options, value, frame)
    if head == "tuple" and isinstance(value, Sequence):
        return _tuple(call, options, value, frame)
    return value


def _validated(call: Call, options: list[ast.expr], value: Value, frame: Frame) -> Value:
    """`value` after the validators in the annotation; those that run before the conversion are
    called last to first."""
    validators = [
        validator
        for option in options[1:]
        if isinstance(validator := call.machine.evaluate(option, frame), AnnotatedValidator)
    ]
    for validator in reversed(validators):
        if validator.mode == "before":
            value = validator.applied(call, value)
        elif validator.mode in ("plain", "wrap"):
            return call.unknown("unsupported", "what a validator makes of it", value)
    value = as_annotated(call, options[0], value, frame)
    for validator in validators:
        if validator.mode == "after":
            value = validator.applied(call, value)
    return value


def _check_literal(call: Call, options: list[ast.expr], value: Constant, frame: Frame) -> None:
    allowed = [call.machine.evaluate(option, frame) for option in options]
    if value not in allowed and all(isinstance(each, Constant) for each in allowed):
        listed = " or ".join(display(each) for each in allowed)
        raise Raised("builtins.ValueError", f"Input should be {listed}")


def _dictionary(call: Call, options: list[ast.expr], value: Mapping, frame: Frame) -> Value:
    made = Mapping(value.kind, {}, list(value.losses), value.default_factory)
    for key, (own, item) in value.entries.items():
        name = as_annotated(call, options[0], own, frame)
        hashed = key if name is own else call.machine.hash_key(name)
        made.entries[key if hashed is None else hashed] = (
            own if hashed is None else name,
            as_annotated(call, options[1], item, frame),
        )
    return made


def _tuple(call: Call, options: list[ast.expr], value: Sequence, frame: Frame) -> Value:
    if len(options) == 2 and isinstance(options[1], ast.Constant) and options[1].value is ...:
        wanted = [options[0]] * len(value.items)
    elif len(options) == len(value.items):
        wanted = options
    else:
        return value
    items = zip(wanted, value.items, strict=True)
    made = [as_annotated(call, option, item, frame) for option, item in items]
    return Sequence("tuple", made, list(value.losses))


def _head(annotation: ast.Subscript) -> str:
    return last_name(annotation.value).lower()


def _arguments(annotation: ast.Subscript) -> list[ast.expr]:
    inner = annotation.slice
    return inner.elts if isinstance(inner, ast.Tuple) else [inner]


_LISTS: Final = ("list", "sequence", "iterable")
_SETS: Final = ("set", "frozenset")
_DICTIONARIES: Final = ("dict", "mapping")
_UNIONS: Final = ("optional", "union", "uniontype")
_HEADS: Final = ("annotated", *_UNIONS, *_LISTS, *_SETS, *_DICTIONARIES)


# -- unions


def _of_union(call: Call, options: list[ast.expr], value: Value, frame: Frame) -> Value:
    """`value` as in pydantic's smart mode: the option that it matches as it is, else the first it
    can be converted to."""
    if value == NONE:
        return value
    ranks = [_rank(call, option, value, frame) for option in options]
    if isinstance(value, Mapping) and next((rank for rank in ranks if rank >= 0), None) == 0:
        return as_annotated(call, options[ranks.index(0)], value, frame)
    # Sorting keeps the order of options that are as good as each other.
    refused: Raised | None = None
    may_fit = False
    for rank, option in sorted(zip(ranks, options, strict=True), key=lambda pair: -pair[0]):
        try:
            if rank >= 0:
                return as_annotated(call, option, value, frame)
        except Raised as raised:
            refused = raised
        else:
            may_fit = may_fit or not _takes_only_its_own(option)
    if refused is not None and not may_fit:
        raise refused
    return value


def _takes_only_its_own(option: ast.expr) -> bool:
    """Whether no other value can be converted to it: `None` and `Literal`."""
    option = _written(option)
    if isinstance(option, ast.Subscript):
        return _head(option) == "literal"
    return isinstance(option, ast.Constant) and option.value is None


def _rank(call: Call, option: ast.expr, value: Value, frame: Frame) -> int:
    """How well a value fits: at least 1 if as it is, 0 if it can be converted, else -1."""
    option, frame, wanted = _looked_up(call, option, frame)
    if isinstance(option, ast.Subscript) and _head(option) in ("annotated", *_UNIONS):
        return max(_rank(call, side, value, frame) for side in _arguments(option))
    return _RANKS[type(value)](call, option, wanted, value, frame)


def _rank_of_constant(
    call: Call, option: ast.expr, wanted: Value | None, value: Value, frame: Frame
) -> int:
    """1 for the type of the value, 0 for another that it can be converted to, else -1."""
    assert isinstance(value, Constant)
    if isinstance(option, ast.Subscript) and _head(option) == "literal":
        allowed = (call.machine.evaluate(each, frame) for each in _arguments(option))
        return 1 if value in allowed else -1
    if isinstance(option, (ast.Constant, ast.Subscript)):
        return -1
    if not isinstance(wanted, External):
        return 0 if isinstance(wanted, Class) and _is_enumeration(wanted) else -1
    own = type(value.value).__name__
    if wanted.qualname in (f"builtins.{own}", "typing.Any", "builtins.object"):
        return 1
    return 0 if wanted.qualname in (*CONVERSIONS, *SECRETS) else -1


def _rank_of_mapping(
    call: Call, option: ast.expr, wanted: Value | None, value: Value, frame: Frame
) -> int:
    """1 and the number of given fields for a model, 0 for a dictionary, else -1."""
    assert isinstance(value, Mapping)
    if isinstance(option, ast.Subscript):
        return 0 if _head(option) in _DICTIONARIES else -1
    if isinstance(wanted, Class) and is_model(wanted):
        return _fields_given(call, wanted, value)
    return 0 if isinstance(wanted, External) and wanted.qualname in _PLAIN_DICTIONARIES else -1


def _fields_given(call: Call, cls: Class, value: Mapping) -> int:
    given, count = dict(value.text_entries()), 1
    if any(each.mode == "before" and not each.fields for each in validators_of(cls)):
        return count  # it may make what is lacking of the rest
    for name, field in fields_of(cls, lambda base: True).items():
        alias = field.spec.options.get("alias")
        names = (name, str(alias.value) if isinstance(alias, Constant) else name)
        found = next((given[each] for each in names if each in given), None)
        if found is None:
            if field.is_required:
                return -1
            continue
        if not _is_allowed(call, field, found):
            return -1
        count += 1
    return count


def _is_allowed(call: Call, field: ClassField, value: Value) -> bool:
    """Whether a value is one of those that a field lists, if it is annotated with `Literal`."""
    annotation = _written(field.annotation)
    if not isinstance(annotation, ast.Subscript) or _head(annotation) != "literal":
        return True
    frame = enclosing(field.owner)
    return not isinstance(value, Constant) or _rank(call, annotation, value, frame) > 0


def _rank_of_sequence(
    call: Call, option: ast.expr, wanted: Value | None, value: Value, frame: Frame
) -> int:
    if not isinstance(option, ast.Subscript):
        return -1
    return 0 if _head(option) in (*_LISTS, *_SETS, "tuple") else -1


def _looked_up(call: Call, option: ast.expr, frame: Frame) -> tuple[ast.expr, Frame, Value | None]:
    """The expression that an option resolves to through aliases, its frame, and its value."""
    option = _written(option)
    if not isinstance(option, (ast.Name, ast.Attribute)):
        return option, frame, None
    wanted = call.machine.evaluate(option, frame)
    if isinstance(wanted, Parameterised):
        return _subscript(wanted), wanted.frame, None
    return option, frame, wanted


_PLAIN_DICTIONARIES: Final = ("builtins.dict", "typing.Dict", "typing.Any", "typing.Mapping")
_Rank = Callable[[Call, ast.expr, "Value | None", Value, Frame], int]
_RANKS: Final[ReadOnlyMapping[type[Value], _Rank]] = {
    Constant: _rank_of_constant,
    Mapping: _rank_of_mapping,
    Sequence: _rank_of_sequence,
}


def _is_enumeration(cls: Class) -> bool:
    return any(name.startswith("enum.") for name in classes.known_bases(cls))
