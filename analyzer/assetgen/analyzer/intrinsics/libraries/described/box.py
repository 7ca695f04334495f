"""`python-box`: dictionaries whose entries are attributes, too."""

import json

import yaml
from _described import not_followed

try:
    import tomllib
except ImportError:
    import tomli as tomllib

_OPTIONS = (
    *("default_box", "default_box_attr", "frozen_box", "camel_killer_box", "conversion_box"),
    *("modify_tuples_box", "box_safe_prefix", "box_duplicates", "box_dots", "box_recast"),
    *("box_intact_types", "default_box_none_transform", "default_box_create_on_get", "box_class"),
    *("box_namespace", "box_merge_lists"),
)


class BoxError(Exception):
    pass


class BoxKeyError(BoxError, KeyError, AttributeError):
    pass


class BoxTypeError(BoxError, TypeError):
    pass


class BoxValueError(BoxError, ValueError):
    pass


def _data(text, filename, encoding, load):
    if filename is not None:
        with open(filename, encoding=encoding) as file:
            text = file.read()
    return load(text)


class Box(dict):
    def __init__(self, *args, **kwargs):
        options = {name: kwargs.pop(name) for name in _OPTIONS if name in kwargs}
        object.__setattr__(self, "_options", options)
        object.__setattr__(self, "_is_made", False)
        dict.__init__(self)
        if options.get("box_dots") or options.get("camel_killer_box"):
            dict.update(self, not_followed("box.Box with these options"))
        for name, value in dict(*args, **kwargs).items():
            self[name] = value
        object.__setattr__(self, "_is_made", True)

    def _converted(self, value):
        if isinstance(value, (Box, BoxList)):
            return value
        if isinstance(value, dict):
            return type(self)(value, **self._options)
        if isinstance(value, list):
            return BoxList(value, box_class=type(self), **self._options)
        return value

    def _check_open(self):
        if self._is_made and self._options.get("frozen_box"):
            raise BoxError("Box is frozen")

    def __setitem__(self, key, value):
        self._check_open()
        dict.__setitem__(self, key, self._converted(value))

    def __delitem__(self, key):
        self._check_open()
        dict.__delitem__(self, key)

    def __getitem__(self, key):
        if key in self:
            return dict.__getitem__(self, key)
        if not self._options.get("default_box"):
            raise BoxKeyError(str(key))
        return self._default()

    def _default(self):
        default = self._options.get("default_box_attr", Box)
        if isinstance(default, type) and issubclass(default, Box):
            return type(self)(**self._options)
        return default() if callable(default) else default

    def __getattr__(self, name):
        if name in self:
            return dict.__getitem__(self, name)
        if name.startswith("__"):
            raise AttributeError(name)
        if self._options.get("conversion_box", True):
            for key in self:
                if isinstance(key, str) and _safe(key) == name:
                    return dict.__getitem__(self, key)
        if self._options.get("default_box"):
            return self._default()
        raise BoxKeyError(f"'Box' object has no attribute {name!r}")

    def __setattr__(self, name, value):
        self[name] = value

    def __delattr__(self, name):
        del self[name]

    def get(self, key, default=None):
        if key in self:
            return dict.__getitem__(self, key)
        if default is None and self._options.get("default_box"):
            return self._default()
        return self._converted(default)

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, *args, **kwargs):
        for name, value in dict(*args, **kwargs).items():
            self[name] = value

    def merge_update(self, *args, **kwargs):
        kwargs.pop("box_merge_lists", None)
        for name, value in dict(*args, **kwargs).items():
            if isinstance(value, dict) and name in self and isinstance(self[name], dict):
                self[name].merge_update(value)
            else:
                self[name] = value

    def copy(self):
        return type(self)(dict(self), **self._options)

    def __repr__(self):
        return f"{type(self).__name__}({self})"

    def __str__(self):
        return str(self.to_dict())

    def to_dict(self):
        return {key: _plain(value) for key, value in self.items()}

    def to_json(self, filename=None, encoding="utf-8", errors="strict", **options):
        return json.dumps(self.to_dict(), ensure_ascii=False, **options)

    def to_yaml(self, *args, **options):
        return not_followed("box.Box.to_yaml")

    @classmethod
    def from_dict(cls, data, **options):
        return cls(data, **options)

    @classmethod
    def from_json(cls, json_string=None, filename=None, encoding="utf-8", errors="", **options):
        return cls(_data(json_string, filename, encoding, json.loads), **options)

    @classmethod
    def from_yaml(cls, yaml_string=None, filename=None, encoding="utf-8", errors="", **options):
        options.pop("loader", None)
        return cls(_data(yaml_string, filename, encoding, yaml.safe_load), **options)

    @classmethod
    def from_toml(cls, toml_string=None, filename=None, encoding="utf-8", errors="", **options):
        return cls(_data(toml_string, filename, encoding, tomllib.loads), **options)


def _safe(key):
    return "".join(letter if letter.isalnum() or letter == "_" else "_" for letter in key)


def _plain(value):
    if isinstance(value, Box):
        return value.to_dict()
    return value.to_list() if isinstance(value, BoxList) else value


class BoxList(list):
    def __init__(self, iterable=(), box_class=Box, **options):
        self._box_class = box_class
        self._options = options
        list.__init__(self, [self._converted(item) for item in iterable])

    def _converted(self, value):
        if isinstance(value, (Box, BoxList)):
            return value
        if isinstance(value, dict):
            return self._box_class(value, **self._options)
        if isinstance(value, list):
            return BoxList(value, box_class=self._box_class, **self._options)
        return value

    def append(self, value):
        list.append(self, self._converted(value))

    def extend(self, values):
        for value in values:
            self.append(value)

    def __repr__(self):
        return f"BoxList({self.to_list()})"

    def __str__(self):
        return str(self.to_list())

    def to_list(self):
        return [_plain(item) for item in self]

    @classmethod
    def from_yaml(cls, yaml_string=None, filename=None, encoding="utf-8", errors="", **options):
        return cls(_data(yaml_string, filename, encoding, yaml.safe_load), **options)

    @classmethod
    def from_json(cls, json_string=None, filename=None, encoding="utf-8", errors="", **options):
        return cls(_data(json_string, filename, encoding, json.loads), **options)


class ConfigBox(Box):
    def bool(self, item, default=...):
        value = self._found(item, default)
        if isinstance(value, (bool, int)):
            return value is not False and value != 0
        return str(value).lower() not in ("n", "no", "false", "f", "0")

    def int(self, item, default=...):
        return int(self._found(item, default))

    def float(self, item, default=...):
        return float(self._found(item, default))

    def list(self, item, default=..., spliter=",", strip=True, mod=None):
        parts = self._found(item, default)
        if isinstance(parts, str):
            parts = [part.strip() if strip else part for part in parts.split(spliter)]
        return [mod(part) for part in parts] if mod else parts

    def _found(self, item, default):
        if item in self:
            return self[item]
        if default is ...:
            raise BoxKeyError(item)
        return default
