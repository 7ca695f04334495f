"""Whether a value is what an annotation says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Union, get_args, get_origin


def conforms(value: Any, annotation: Any) -> bool:
    """Whether `value` is of the annotated type.

    Checked are classes, ``Optional``, and lists, dicts, sets and tuples with their parameters
    (a ``Sequence[int]`` is a list, a ``Mapping[str, int]`` a dict), and a `DagsterType` by its own
    check. Every other annotation holds.
    """
    if annotation is Any or annotation is None:
        return True
    if hasattr(annotation, "holds"):
        return bool(annotation.holds(value))
    origin = get_origin(annotation)
    if origin is None:
        return is_instance(value, annotation) if isinstance(annotation, type) else True
    parameters = get_args(annotation)
    if type(None) in parameters and len(parameters) == 2 and origin in OPTIONAL_ORIGINS:
        return value is None or conforms(value, next(p for p in parameters if p is not NoneType))
    container, check = CONTAINER_CHECKS.get(origin, (object, always))
    return isinstance(value, container) and (not parameters or check(value, parameters))


def is_instance(value: Any, expected: type) -> bool:
    """As `isinstance`, and true where a class (a protocol, say) cannot answer."""
    try:
        return isinstance(value, expected)
    except TypeError:
        return True


def elements_conform(value: Iterable[Any], parameters: tuple[Any, ...]) -> bool:
    """Whether each element is of the one parameter."""
    return all(conforms(element, parameters[0]) for element in value)


def items_conform(value: dict[Any, Any], parameters: tuple[Any, ...]) -> bool:
    """Whether keys and values are of the two parameters."""
    keys, values = parameters
    return all(conforms(k, keys) and conforms(v, values) for k, v in value.items())


def positions_conform(value: tuple[Any, ...], parameters: tuple[Any, ...]) -> bool:
    """Whether each position is of its own parameter."""
    if Ellipsis in parameters:
        return True
    return len(value) == len(parameters) and all(map(conforms, value, parameters))


def always(value: Any, parameters: tuple[Any, ...]) -> bool:
    """Nothing is known of the elements."""
    return True


NoneType = type(None)
OPTIONAL_ORIGINS = (Union, type(int | None))
CONTAINER_CHECKS: dict[Any, tuple[type, Any]] = {
    list: (list, elements_conform),
    Sequence: (list, elements_conform),
    set: (set, elements_conform),
    dict: (dict, items_conform),
    Mapping: (dict, items_conform),
    tuple: (tuple, positions_conform),
}
