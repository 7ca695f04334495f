"""`msgspec.structs`."""

import dataclasses

from msgspec._conversion import fields_of


def asdict(struct):
    return {each.name: getattr(struct, each.name) for each in fields_of(type(struct))}


def astuple(struct):
    return tuple(getattr(struct, each.name) for each in fields_of(type(struct)))


def replace(struct, **changes):
    return dataclasses.replace(struct, **changes)


def fields(type_or_instance):
    cls = type_or_instance if isinstance(type_or_instance, type) else type(type_or_instance)
    return tuple(fields_of(cls))
