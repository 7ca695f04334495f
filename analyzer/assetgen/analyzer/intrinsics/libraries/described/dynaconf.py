"""`dynaconf`: settings from files of the project and from environment variables."""

import json
import os
from pathlib import Path

import yaml
from _described import not_followed

try:
    import tomllib
except ImportError:
    import tomli as tomllib

_LOADERS = {
    ".toml": tomllib.loads,
    ".tml": tomllib.loads,
    ".yaml": yaml.safe_load,
    ".yml": yaml.safe_load,
    ".json": json.loads,
}
_DEFAULTS = ("settings", ".secrets")
_MISSING = ...


class _Found(dict):
    """A table in the settings: names in any case, also as attributes."""

    def __init__(self, data, path, prefix):
        dict.__init__(self, data)
        self.__dict__["_path"] = path
        self.__dict__["_prefix"] = prefix

    def _own_name(self, name):
        if name in self.keys() or not isinstance(name, str):
            return name
        return next((key for key in self if key.lower() == name.lower()), name)

    def _value(self, name, default):
        own = self._own_name(name)
        path = (*self._path, str(own).upper())
        value = dict.get(self, own, default)
        if self._prefix is not False and not isinstance(value, dict):
            name = "__".join((f"{self._prefix}_{path[0]}", *path[1:]))
            given = os.environ.get(name, _MISSING)
            if given is not _MISSING:
                value = _parsed(given)
        return _shown(value, path, self._prefix)

    def get(self, name, default=None, *args, **options):
        if options:
            return not_followed("dynaconf: get with these arguments")
        if isinstance(name, str) and "." in name and name not in self.keys():
            first, _, rest = name.partition(".")
            found = self._value(first, None)
            return found.get(rest, default) if isinstance(found, _Found) else default
        return self._value(name, default)

    def __getitem__(self, name):
        if isinstance(name, str) and "." in name and name not in self.keys():
            first, _, rest = name.partition(".")
            return self[first][rest]
        value = self._value(name, _MISSING)
        if value is _MISSING:
            raise KeyError(f"{name} does not exist")
        return value

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        value = self._value(name, _MISSING)
        if value is _MISSING:
            raise AttributeError(name)
        return value

    def __contains__(self, name):
        return dict.__contains__(self, self._own_name(name))

    def items(self):
        return [(name, self[name]) for name in self]

    def values(self):
        return [self[name] for name in self]

    def to_dict(self):
        return {name: _plain(self[name]) for name in self}


def _plain(value):
    if isinstance(value, _Found):
        return value.to_dict()
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _shown(value, path, prefix):
    if isinstance(value, _Found):
        return value
    if isinstance(value, dict):
        return _Found(value, path, prefix)
    if isinstance(value, list):
        return [_shown(item, path, False) for item in value]
    if isinstance(value, str) and value.startswith("@"):
        return not_followed(f"the directive {value.partition(' ')[0]} of dynaconf")
    return value


def _parsed(text):
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except ValueError:
        return {"true": True, "false": False}.get(text.lower(), text)


class LazySettings(_Found):
    def __init__(self, wrapped=None, **options):
        given = options
        options = {name.lower(): value for name, value in options.items()}
        prefix = options.get("envvar_prefix", "DYNACONF")
        self.__dict__["_path"] = ()
        self.__dict__["_prefix"] = prefix
        self.__dict__["_options"] = options
        for name in ("merge_enabled", "preload", "includes", "load_dotenv", "lowercase_read"):
            if options.get(name):
                dict.update(self, not_followed(f"dynaconf with `{name}`"))
        switcher = options.get("env_switcher", "ENV_FOR_DYNACONF")
        chosen = options.get("env") or os.environ.get(switcher, "development")
        self.__dict__["current_env"] = chosen.upper() if options.get("environments") else "MAIN"
        dict.update(self, {name: value for name, value in given.items() if name.isupper()})
        dict.update(self, self._layers(chosen))

    def _layers(self, chosen):
        options = self._options
        found = {}
        environments = options.get("environments", False)
        for data in self._files():
            if not environments:
                found.update(_upper(data))
                continue
            layers = {name.lower(): layer for name, layer in data.items()}
            for name in (options.get("default_env", "default"), chosen, "global"):
                found.update(_upper(layers.get(name.lower()) or {}))
        return found

    def _files(self):
        options = self._options
        names = options.get("settings_files") or options.get("settings_file")
        if names is None:
            names = [f"{stem}{suffix}" for suffix in _LOADERS for stem in _DEFAULTS]
        elif isinstance(names, str):
            names = names.replace(";", ",").split(",")
        for name in names:
            path = Path(options.get("root_path") or ".") / name
            local = path.with_name(f"{path.stem}.local{path.suffix}")
            for file in (path, local):
                if file.exists():
                    load = _LOADERS.get(file.suffix)
                    if load is None:
                        yield not_followed(f"the settings in {file.name}")
                    else:
                        yield load(file.read_text()) or {}

    def __call__(self, name, *args, **options):
        return self.get(name, *args, **options)

    def as_dict(self, *args, **options):
        return self.to_dict()

    def exists(self, name, *args, **options):
        return name in self

    def from_env(self, env="", keep=False, **options):
        return LazySettings(**{**self._options, "env": env})

    def set(self, key, value, *args, **options):
        dict.__setitem__(self, key.upper(), value)

    def reload(self, *args, **options):
        return None


def _upper(data):
    return {str(name).upper(): value for name, value in data.items()}


Dynaconf = LazySettings
settings = LazySettings(environments=True)


class Validator:
    def __init__(self, *names, **options):
        self.names = names
        self.options = options
