"""Structs, and data that is converted to them."""

import dataclasses
import enum
import types
import typing

from _described import not_followed

UNSET = enum.Enum("UnsetType", ["UNSET"]).UNSET
UnsetType = type(UNSET)
NODEFAULT = ...


class MsgspecError(Exception):
    pass


class DecodeError(MsgspecError):
    pass


class ValidationError(DecodeError):
    pass


def field(*, default=..., default_factory=..., name=None):
    options = {"metadata": {"name": name}}
    if default is not ...:
        return dataclasses.field(default=default, **options)
    if default_factory is not ...:
        return dataclasses.field(default_factory=default_factory, **options)
    return dataclasses.field(**options)


class Struct:
    def __init_subclass__(
        cls,
        frozen=False,
        kw_only=False,
        order=False,
        eq=True,
        tag=None,
        tag_field=None,
        rename=None,
        forbid_unknown_fields=False,
        omit_defaults=False,
        **options,
    ):
        inherited = getattr(cls, "_struct_options", {})
        given = {"tag": tag, "tag_field": tag_field, "rename": rename}
        known = {name: value for name, value in given.items() if value is not None}
        if forbid_unknown_fields:
            known["forbid_unknown_fields"] = True
        cls._struct_options = {**inherited, **known}
        for name in list(cls.__dict__.get("__annotations__", {})):
            default = cls.__dict__.get(name)
            if isinstance(default, (list, dict, set, bytearray)) and not default:
                setattr(cls, name, dataclasses.field(default_factory=type(default)))
        dataclasses.dataclass(cls, frozen=frozen, kw_only=kw_only, order=order, eq=eq, repr=False)
        cls.__struct_fields__ = tuple(each.name for each in fields_of(cls))

    def __repr__(self):
        shown = [f"{name}={getattr(self, name)!r}" for name in self.__struct_fields__]
        return f"{type(self).__name__}({', '.join(shown)})"


def fields_of(cls):
    """The fields in order: those that are given by keyword alone come last."""
    fields = dataclasses.fields(cls)
    return [
        *(each for each in fields if not each.kw_only),
        *(each for each in fields if each.kw_only),
    ]


# -- conversion


def convert(
    obj,
    type,
    *,
    strict=True,
    from_attributes=False,
    dec_hook=None,
    builtin_types=None,
    str_keys=False,
):
    if dec_hook is not None or from_attributes:
        return not_followed("msgspec.convert with hooks")
    return _converted(obj, type, strict)


def _converted(value, wanted, strict=True):
    origin = typing.get_origin(wanted)
    args = typing.get_args(wanted)
    if wanted is typing.Any or wanted is object:
        return value
    if origin is typing.Annotated:
        return _converted(value, args[0], strict)
    if origin in (typing.Union, types.UnionType):
        return _of_union(value, args, strict)
    if origin is typing.Literal:
        if value not in args:
            raise ValidationError(f"Invalid enum value {value!r}")
        return value
    base = origin or wanted
    if base in (list, set, frozenset, tuple):
        return _collection(value, base, args, strict)
    if base is dict:
        _check(value, dict)
        names, values = args or (typing.Any, typing.Any)
        return {
            _converted(name, names, strict): _converted(each, values, strict)
            for name, each in value.items()
        }
    if isinstance(base, type) and issubclass(base, Struct):
        return _struct(value, base, strict)
    if isinstance(base, type) and issubclass(base, enum.Enum):
        try:
            return base(value)
        except ValueError:
            raise ValidationError(f"Invalid enum value {value!r}") from None
    return _scalar(value, base, strict)


def _scalar(value, wanted, strict):
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if wanted is None or wanted is type(None):
        if value is not None:
            raise ValidationError("Expected `null`")
        return None
    if wanted in (str, bool) or (wanted in (int, float) and not isinstance(value, bool)):
        if not isinstance(value, wanted):
            if strict or not isinstance(value, str):
                raise ValidationError(f"Expected `{wanted.__name__}`")
            return not_followed("msgspec.convert that is not strict")
        return value
    if wanted in (int, float):
        raise ValidationError(f"Expected `{wanted.__name__}`")
    if isinstance(wanted, type) and isinstance(value, wanted):
        return value
    return not_followed(f"what msgspec makes of {wanted}")


def _check(value, wanted):
    if not isinstance(value, wanted):
        raise ValidationError(f"Expected `{wanted.__name__}`")


def _collection(value, base, args, strict):
    if not isinstance(value, (list, tuple, set, frozenset)):
        raise ValidationError("Expected `array`")
    if base is tuple and args and args[-1] is not ...:
        return tuple(_converted(item, each, strict) for item, each in zip(value, args))
    wanted = args[0] if args else typing.Any
    return base(_converted(item, wanted, strict) for item in value)


def _of_union(value, options, strict):
    if value is None and type(None) in options:
        return None
    tagged = [each for each in options if isinstance(each, type) and issubclass(each, Struct)]
    if isinstance(value, dict) and len(tagged) > 1:
        for each in tagged:
            if value.get(_tag_field(each)) == _tag(each):
                return _struct(value, each, strict)
        raise ValidationError("Invalid value for its tag")
    for each in options:
        if each is not type(None):
            try:
                return _converted(value, each, strict)
            except ValidationError:
                continue
    raise ValidationError("Expected one of the types of a union")


def _tag(cls):
    tag = cls._struct_options.get("tag")
    if tag is None or tag is False:
        return None
    if callable(tag):
        return tag(cls.__name__)
    return cls.__name__ if tag is True else tag


def _tag_field(cls):
    return cls._struct_options.get("tag_field") or "type"


def _encoded_names(cls):
    """The names of fields as they are in data."""
    rename = cls._struct_options.get("rename")
    names = {}
    for each in fields_of(cls):
        own = each.metadata.get("name") if each.metadata else None
        names[each.name] = own or _renamed(each.name, rename)
    return names


def _renamed(name, rename):
    if rename is None:
        return name
    if callable(rename):
        return rename(name) or name
    if isinstance(rename, dict):
        return rename.get(name, name)
    first, *others = name.split("_")
    if rename == "lower":
        return name.lower()
    if rename == "upper":
        return name.upper()
    if rename == "camel":
        return first + "".join(map(str.title, others))
    if rename == "pascal":
        return "".join(map(str.title, name.split("_")))
    if rename == "kebab":
        return name.replace("_", "-")
    return not_followed(f"msgspec with `rename={rename!r}`")


def _struct(value, cls, strict):
    if isinstance(value, cls):
        return value
    if not isinstance(value, dict):
        raise ValidationError("Expected `object`")
    hints = typing.get_type_hints(cls)
    given = {}
    names = _encoded_names(cls)
    for own, encoded in names.items():
        if encoded in value:
            given[own] = _converted(value[encoded], hints[own], strict)
    known = {*names.values(), _tag_field(cls)} if _tag(cls) is not None else set(names.values())
    if cls._struct_options.get("forbid_unknown_fields"):
        for name in value:
            if name not in known:
                raise ValidationError(f"Object contains unknown field `{name}`")
    try:
        return cls(**given)
    except TypeError as error:
        raise ValidationError("Object missing required field") from error


def to_builtins(obj, *, builtin_types=None, str_keys=False, enc_hook=None, order=None):
    if isinstance(obj, Struct):
        tag = _tag(type(obj))
        start = {} if tag is None else {_tag_field(type(obj)): tag}
        names = _encoded_names(type(obj))
        return {**start, **{names[n]: to_builtins(getattr(obj, n)) for n in names}}
    if isinstance(obj, dict):
        return {to_builtins(key): to_builtins(value) for key, value in obj.items()}
    if isinstance(obj, tuple):
        return tuple(to_builtins(item) for item in obj)
    if isinstance(obj, (list, set, frozenset)):
        return [to_builtins(item) for item in obj]
    return obj.value if isinstance(obj, enum.Enum) else obj


def decoded(load, buf, type):
    try:
        data = load(buf)
    except ValueError as error:
        raise DecodeError(str(error)) from error
    return data if type is typing.Any else _converted(data, type)
