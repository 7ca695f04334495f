"""The package `jinja2`: templates from strings and from files of the project."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, ClassVar, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    External,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.python.collections.mappings import filled
from assetgen.analyzer.intrinsics.python.jinja import jinja_macros
from assetgen.analyzer.intrinsics.python.jinja.jinja_rendering import Rendering
from assetgen.analyzer.intrinsics.python.jinja.jinja_values import Lost
from assetgen.analyzer.intrinsics.python.plain import each_option, lost, too_much
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.system.files import not_read, path_of
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.project.disk import Refused

if TYPE_CHECKING:
    import jinja2
    from jinja2 import nodes

_ENVIRONMENT: Final = Parameters(
    "*, loader=None, trim_blocks=False, lstrip_blocks=False, keep_trailing_newline=False, "
    "undefined=None, autoescape=False, **options"
)
_TEMPLATE: Final = Parameters(
    "source, *, trim_blocks=False, lstrip_blocks=False, keep_trailing_newline=False, "
    "undefined=None, autoescape=False, **options"
)
_CONTEXT: Final = Parameters("context=(), /, **names")
_ONE: Final = Parameters("value, *rest, **options")
_STRICT: Final = External("jinja2.StrictUndefined")


@dataclass(slots=True, eq=False)
class Environment(Declared):
    """`Environment(...)`: syntax options, the project's filters and names, and a loader."""

    type_name: ClassVar[str] = "jinja2.Environment"
    options: dict[str, bool] = field(default_factory=dict)
    escapes: bool = False
    loader: Value = NONE
    is_strict: bool = False
    filters: Mapping = field(default_factory=Mapping)
    names: Mapping = field(default_factory=Mapping)

    def attribute(self, name: str) -> Value | None:
        return {"filters": self.filters, "globals": self.names}.get(name)

    def parser(self) -> jinja2.Environment:
        import jinja2

        return jinja2.Environment(**self.options)  # type: ignore[arg-type]  # parses, no more


@dataclass(slots=True, eq=False)
class Template(Declared):
    """A template: its text and its environment."""

    type_name: ClassVar[str] = "jinja2.Template"
    text: str = ""
    environment: Environment = field(default_factory=Environment)


@dataclass(slots=True, eq=False)
class Loader(Declared):
    """`FileSystemLoader(folder)` or `DictLoader(texts)`."""

    type_name: ClassVar[str] = "jinja2.BaseLoader"
    source: Value = NONE
    is_folder: bool = False


def _made(bound: Bound) -> Environment | None:
    """An environment with the given options; None if they are not known, or not supported."""
    names = ("trim_blocks", "lstrip_blocks", "keep_trailing_newline")
    options = {name: bound.plain(name) for name in names}
    if not all(isinstance(option, bool) for option in options.values()):
        return None
    if bound.rest:
        return None
    known: dict[str, bool] = {name: option is True for name, option in options.items()}
    escapes = bound["autoescape"] != Constant(False)
    return Environment(known, escapes, is_strict=bound["undefined"] == _STRICT)


def _environment(call: Call) -> Value:
    bound = _ENVIRONMENT.bind(call)
    made = _made(bound)
    if made is None:
        return lost(call, *call.kwargs.values())
    made.loader = bound["loader"]
    return made


def _template(call: Call) -> Value:
    bound = _TEMPLATE.bind(call)
    made, text = _made(bound), bound.plain("source")
    if made is None or not isinstance(text, str):
        return lost(call, *call.values)
    return Template(text, made)


def _from_string(call: Call, environment: Environment) -> Value:
    text = _ONE.bind(call).plain("value")
    return Template(text, environment) if isinstance(text, str) else lost(call, *call.args)


def _get_template(call: Call, environment: Environment) -> Value:
    name, loader = _ONE.bind(call).plain("value"), environment.loader
    if not isinstance(name, str) or not isinstance(loader, Loader):
        return lost(call, *call.args, loader)
    if not loader.is_folder:
        text = call.subscript(loader.source, Constant(name))
        is_text = isinstance(text, Constant) and isinstance(text.value, str)
        if not is_text or not isinstance(text, Constant):
            return lost(call, text)
        return Template(str(text.value), environment)
    folders = _folders(call, loader)
    if isinstance(folders, Unknown):
        return folders
    files = call.machine.files
    paths = [posixpath.join(folder, name) for folder in folders]
    read = files.read_text(next((path for path in paths if files.is_file(path) is True), paths[-1]))
    return not_read(call, read) if isinstance(read, Refused) else Template(read, environment)


def _folders(call: Call, loader: Loader) -> list[str] | Unknown:
    """The folders in which templates are looked for, of which there is at least one."""
    given = loader.source
    several = isinstance(given, Sequence) and given.items and not given.losses
    folders: list[str] = []
    for each in given.items if several and isinstance(given, Sequence) else [given]:
        folder = path_of(call, each)
        if isinstance(folder, Unknown):
            return folder
        folders.append(folder)
    return folders


_LISTED: Final = Parameters("extensions=None, filter_func=None")


def _list_templates(call: Call, environment: Environment) -> Value:
    """The names of the templates that a loader has, sorted."""
    bound, loader = _LISTED.bind(call), environment.loader
    if not isinstance(loader, Loader):
        return lost(call, loader)
    names: set[str] = set()
    if not loader.is_folder:
        items = call.items(loader.source)
        if items.losses or not all(isinstance(each, Constant) for each in items.values):
            return lost(call, loader.source)
        names.update(str(each.value) for each in items.values if isinstance(each, Constant))
    folders = _folders(call, loader) if loader.is_folder else []
    if isinstance(folders, Unknown):
        return folders
    for folder in folders:
        root = call.machine.files.resolve(folder)
        found = call.machine.files.walk(folder)
        if isinstance(found, Refused):
            return not_read(call, found)
        names.update(path.relative_to(root).as_posix() for path in found)
    kept: list[Value] = [Constant(name) for name in sorted(names)]
    if bound["filter_func"] != NONE:
        args = (bound["filter_func"], Sequence("list", kept))
        return call.invoke(
            External("builtins.list"), call.invoke(External("builtins.filter"), *args)
        )
    if bound["extensions"] == NONE:
        return Sequence("list", kept)
    wanted = call.items(bound["extensions"])
    ends = {each.value for each in wanted.values if isinstance(each, Constant)}
    if wanted.losses or len(ends) != len(wanted.values):
        return lost(call, bound["extensions"])
    chosen = [name for name in sorted(names) if name.rpartition(".")[2] in ends and "." in name]
    return Sequence("list", [Constant(name) for name in chosen])


def _loader(is_folder: bool) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        return Loader(_ONE.bind(call)["value"], is_folder)

    return intrinsic


def _render(call: Call, template: Template) -> Value:
    bound = _CONTEXT.bind(call)
    given = filled(call, Mapping(), bound["context"], bound.rest)
    if given.losses:
        return lost(call, *given.losses)
    environment = template.environment
    names = {**dict(environment.names.text_entries()), **dict(given.text_entries())}
    tree = _parsed(call, template)
    if isinstance(tree, Unknown):
        return tree
    filters = dict(environment.filters.text_entries())
    rendering = Rendering(call, names, filters, environment.is_strict, environment.escapes)
    rendering.shared = dict(environment.names.text_entries())
    rendering.load = lambda name: _nodes_of(call, environment, name)
    return rendering.text(tree.body)


def _nodes_of(call: Call, environment: Environment, name: str) -> list[nodes.Node]:
    """The nodes of another template of the environment."""
    found = _get_template(replace(call, args=(Constant(name),), kwargs={}), environment)
    tree = _parsed(call, found) if isinstance(found, Template) else found
    if isinstance(tree, Value):
        raise Lost(f"the template `{name}`", tree)
    return list(tree.body)


def _parsed(call: Call, template: Template) -> nodes.Template | Unknown:
    import jinja2

    try:
        return template.environment.parser().parse(template.text)
    except jinja2.TemplateSyntaxError as error:
        raise Raised("jinja2.exceptions.TemplateSyntaxError", str(error.message)) from None
    except RecursionError:
        return too_much(call)


def _undeclared(call: Call) -> Value:
    """The names that a template uses without setting them."""
    import jinja2.meta

    template = call.first
    if not isinstance(template, Template):
        return lost(call, template)
    tree = _parsed(call, template)
    if isinstance(tree, Unknown):
        return tree
    names = jinja2.meta.find_undeclared_variables(tree)
    return Sequence("set", [Constant(name) for name in sorted(names)])


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    **jinja_macros.TABLE,
    "jinja2.DictLoader": _loader(False),
    "jinja2.Environment": _environment,
    "jinja2.Environment.from_string": method(Environment, _from_string),
    "jinja2.Environment.get_template": method(Environment, _get_template),
    "jinja2.Environment.list_templates": method(Environment, _list_templates),
    "jinja2.Environment.parse": method(Environment, _from_string),
    "jinja2.FileSystemLoader": _loader(True),
    "jinja2.Template": each_option(_template),
    "jinja2.Template.render": method(Template, _render),
    "jinja2.meta.find_undeclared_variables": each_option(_undeclared),
}
