"""What a name or a dotted name in a module refers to, across the modules of a project."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Mapping
from functools import partial

from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.syntax.problem import SyntaxProblem
from assetgen.codegen.link.modules.modules import Modules, is_within
from assetgen.codegen.link.modules.source_module import Alias, Binding, SourceModule, alias_of
from assetgen.codegen.link.modules.targets import (
    BUILTIN,
    Builtin,
    Failure,
    Imported,
    ModuleTarget,
    Resolved,
    Submodules,
    Symbol,
    Target,
    Text,
)
from assetgen.codegen.link.names.uses import Use
from assetgen.codegen.link.text.literals import literal_text

_BUILTIN_NAMES = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True)
class Substitutes:
    """Where the names of an API that is not linked are found instead.

    Names of `api` (and of its submodules) mean those of the package `runtime`, if `names` lists
    them, with the module of that package which defines each. `declaring` are decorators that
    make a definition of a function; that of a `callable` one can be called like the function.
    The packages that begin with `plugins` need the API, except for `independent` ones; those
    in `plugin_names` have equals in the runtime too, of the names listed there.
    """

    api: str
    runtime: str
    names: Mapping[str, str]
    declaring: frozenset[str]
    callable: frozenset[str]
    plugins: str
    independent: frozenset[str]
    plugin_names: Mapping[str, Mapping[str, str]]

    def replaced(self, module: str) -> Mapping[str, str] | None:
        """The names that stand for those of a module; None if the module is not replaced."""
        top = module.partition(".")[0]
        return self.names if top == self.api else self.plugin_names.get(top)


class Resolver:
    """Follows imports, re-exports, star imports and attributes of modules."""

    def __init__(self, modules: Modules, substitutes: Substitutes) -> None:
        self._modules = modules
        self._substitutes = substitutes
        self.is_library: Callable[[str], bool] = partial(is_within, substitutes.runtime)
        """Whether a module belongs to the runtime."""
        self.declaring = substitutes.declaring
        self.callable = substitutes.callable
        self._known: dict[str, dict[str, Target]] = {}
        self._known_inside: dict[tuple[str, str], Target] = {}
        self._api_names: dict[tuple[str, str], str | None] = {}

    def of_use(self, module: SourceModule, use: Use) -> Resolved:
        """What a mention in a module refers to."""
        if use.imported is not None and not use.binds:
            start = self._alias(alias_of(module, *use.imported), use.name, False, ())
        else:
            start = self.of_name(module, use.name)
        return self._attributes(start, [each.attr for each in use.chain])

    def of_import(self, alias: Alias) -> Target:
        """What one name of an import statement refers to."""
        return self._alias(alias, alias.alias.asname or alias.name or alias.module, False, ())

    def stays(self, alias: Alias) -> bool:
        """Whether an import can stay as it is, because nothing of it is linked or replaced."""
        if alias.module in self._modules or self._substitutes.replaced(alias.module) is not None:
            return False
        return isinstance(self.of_import(alias), (Imported, Submodules))

    def of_module(self, name: str) -> Target:
        """What the module `name` is, if something holds the module itself."""
        if name in self._modules or self._substitutes.replaced(name) is not None:
            return Failure(f"module `{name}` is used as a value")
        return Imported(name, "", name.rpartition(".")[2])

    def of_path(self, module: str, name: str) -> Resolved:
        """What `name`, possibly dotted, of the module with the dotted name `module` is."""
        first, *rest = name.split(".")
        if module == "builtins":
            return Resolved(Text(first), 0)
        if module in self._modules or self._substitutes.replaced(module) is not None:
            return self._attributes(self.in_module(module, first), rest)
        return Resolved(Imported(module, first, first), 0)

    def of_dotted(self, module: SourceModule, name: str) -> Resolved:
        """What a dotted name written in a module refers to."""
        first, *rest = name.split(".")
        return self._attributes(self.of_name(module, first), rest)

    def of_name(self, module: SourceModule, name: str) -> Target:
        """What a module-level name refers to."""
        known = self._known.setdefault(module.name, {})
        if name not in known:
            known[name] = self._of_name(module, name, ())
        return known[name]

    def _of_name(self, module: SourceModule, name: str, seen: tuple[str, ...]) -> Target:
        """The same; `seen` are the lookups that led here."""
        place = f"{module.name}:{name}"
        if place in seen:
            # A package may import its own modules, under their names.
            inner = f"{module.name}.{name}"
            if module.is_package and inner in self._modules:
                return ModuleTarget(inner)
            return Failure(f"`{name}` is imported in a circle")
        bindings = module.bindings.get(name)
        if bindings is not None:
            last, aliases = self._counting(bindings, name, (*seen, place))
            if last is None or last.alias is None:
                return Symbol(module.name, name)
            dotted = tuple(
                each.bound for each in aliases if each and each.bound.startswith(f"{name}.")
            )
            target = self._alias(last.alias, name, last.typing_only, (*seen, place))
            if isinstance(target, Imported) and dotted:
                return Submodules(target, tuple(sorted(set(dotted))))
            return target
        if name in _MODULE_NAMES:
            return _MODULE_NAMES[name](module)
        return self._starred(module, name, (*seen, place))

    def _counting(
        self, bindings: list[Binding], name: str, seen: tuple[str, ...]
    ) -> tuple[Binding | None, list[Alias]]:
        """The import that says what a name is, with all that say so too; None where it is bound
        by more than that."""
        if len(bindings) == 1 and bindings[0].within is not None:
            target = self._alias(bindings[0].within, name, False, seen)
            if not isinstance(target, ModuleTarget):
                return None, []
            # A module of the project is there for sure, whatever the import stands in.
            return replace(bindings[0], alias=bindings[0].within), []
        aliases = [each.alias for each in bindings if each.alias is not None]
        if not bindings or len(aliases) < len(bindings):
            return None, []
        sources = {(each.module, each.name): each for each in aliases}
        if len(sources) == 1:
            return bindings[-1], aliases
        # Of several imports the last counts, where the others have brought modules.
        final = aliases[-1]
        others = [each for key, each in sources.items() if key != (final.module, final.name)]
        if any(not isinstance(self._alias(o, name, False, seen), ModuleTarget) for o in others):
            return None, []
        return bindings[-1], [final]

    def in_module(self, name: str, attribute: str, seen: tuple[str, ...] = ()) -> Target:
        """What `attribute` of a module, given by its dotted name, refers to."""
        names = self._substitutes.replaced(name)
        if names is not None:
            return self._substitute(name, names, attribute, seen)
        if name == self._substitutes.runtime and attribute in self._substitutes.names:
            return self._in_runtime(self._substitutes.names, attribute, seen)
        module = self._modules[name]
        if isinstance(module, SyntaxProblem):
            return Failure(f"{module.path}:{module.line}: {module.message}")
        if module is not None and (attribute in module.bindings or attribute in _MODULE_NAMES):
            return self._of_name(module, attribute, seen)
        if f"{name}.{attribute}" in self._modules:
            return ModuleTarget(f"{name}.{attribute}")
        if module is not None and module.stars:
            target = self._starred(module, attribute, seen)
            if not isinstance(target, Builtin):
                return target
        return Failure(f"module `{name}` has no name `{attribute}`")

    def is_declared(self, module: SourceModule, node: ast.expr) -> str | None:
        """The name of the API that a decorator uses, such as `asset`; None if it is another's."""
        if isinstance(node, ast.Call):
            node = node.func
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        place = module.name, ".".join([node.id, *parts[::-1]])
        if place not in self._api_names:
            self._api_names[place] = self._api_name(module, node.id, parts[::-1], ())
        return self._api_names[place]

    def _api_name(
        self, module: SourceModule, name: str, rest: list[str], seen: tuple[str, ...]
    ) -> str | None:
        """Follow a dotted name to the API, through the project's own re-exports."""
        owners = (
            *(self._substitutes.api, self._substitutes.runtime),
            *self._substitutes.plugin_names,
        )
        place = f"{module.name}:{name}"
        bindings = module.bindings.get(name)
        binding = bindings[-1] if bindings else None
        if place in seen:
            return None
        if binding is None or binding.alias is None:
            stars = [star for star, _ in module.stars] if binding is None else []
            for star in stars:
                names = self._substitutes.replaced(star)
                if star == self._substitutes.runtime:
                    names = self._substitutes.names
                if names is not None:
                    return name if name in names or name in self.declaring else None
                inner = self._modules[star]
                if isinstance(inner, SourceModule):
                    found = self._api_name(inner, name, rest, (*seen, place))
                    if found:
                        return found
            return None
        path = [binding.alias.module, *([binding.alias.name] if binding.alias.name else []), *rest]
        dotted = ".".join(path)
        for owner in owners:
            if dotted.startswith(f"{owner}."):
                return path[-1]
        return self._through_project(dotted, (*seen, place))

    def _through_project(self, dotted: str, seen: tuple[str, ...]) -> str | None:
        parts = dotted.split(".")
        for length in range(len(parts) - 1, 0, -1):
            name = ".".join(parts[:length])
            found = self._modules[name]
            if isinstance(found, SourceModule):
                return self._api_name(found, parts[length], parts[length + 1 :], seen)
        return None

    def _attributes(self, target: Target, rest: list[str]) -> Resolved:
        taken = 0
        while isinstance(target, ModuleTarget) and taken < len(rest):
            place = target.name, rest[taken]
            if place not in self._known_inside:
                self._known_inside[place] = self.in_module(*place)
            target = self._known_inside[place]
            taken += 1
        if isinstance(target, ModuleTarget):
            shown = f"module `{target.name}`"
            target = Failure(f"{shown} is used as a value, and does not exist in a single file")
        return Resolved(target, taken)

    def _alias(self, alias: Alias, local: str, typing_only: bool, seen: tuple[str, ...]) -> Target:
        top = alias.module.partition(".")[0]
        if alias.module in self._modules or self._substitutes.replaced(alias.module) is not None:
            if not alias.name:
                return ModuleTarget(alias.module)
            if typing_only:
                reason = f"`{alias.name}` is imported for type checkers only"
                return Failure(reason, is_undefined=True)
            return self.in_module(alias.module, alias.name, seen)
        if alias.name and f"{alias.module}.{alias.name}" in self._modules:
            return ModuleTarget(f"{alias.module}.{alias.name}")  # of a folder without `__init__.py`
        if self._in_project(alias.module):
            return Failure(f"module `{alias.module}` was not found in the project")
        if not alias.module:
            return Failure("the import leaves its package")
        if top.startswith(self._substitutes.plugins) and top not in self._substitutes.independent:
            return Failure(f"`{top}` needs Dagster, which the script is to run without")
        return Imported(alias.module, alias.name, local, typing_only)

    def _in_project(self, name: str) -> bool:
        """Whether a missing module belongs to a package that the project has a file of."""
        package = name.rpartition(".")[0]
        while package:
            if package in self._modules and self._modules[package] is not None:
                return True
            package = package.rpartition(".")[0]
        return False

    def _substitute(
        self, name: str, names: Mapping[str, str], attribute: str, seen: tuple[str, ...]
    ) -> Target:
        if attribute not in names:
            if attribute.startswith("_") and name == self._substitutes.api:
                return ModuleTarget(f"{name}.{attribute}")
            return Failure(f"`{name}.{attribute}` has no equivalent outside Dagster")
        return self._in_runtime(names, attribute, seen)

    def _in_runtime(self, names: Mapping[str, str], name: str, seen: tuple[str, ...]) -> Target:
        """A name that the runtime exports: its definition, or an import if it is not linked."""
        runtime = self._substitutes.runtime
        if runtime in self._modules:
            return self.in_module(f"{runtime}.{names[name]}", name, seen)
        return Imported(runtime, name, name)

    def _starred(self, module: SourceModule, name: str, seen: tuple[str, ...]) -> Target:
        unknown: str | None = None
        for star, _ in reversed(module.stars):
            names = self._substitutes.replaced(star)
            if names is not None:
                if name in names:
                    return self._in_runtime(names, name, seen)
                continue
            if star not in self._modules:
                unknown = unknown or star
                continue
            inner = self._modules[star]
            if isinstance(inner, SourceModule):
                exported = inner.exports
                if name in exported:
                    return self.in_module(star, name, seen)
                if inner.stars and not name.startswith("_"):
                    found = self._starred(inner, name, seen)
                    if not isinstance(found, Builtin):
                        return found
        if name in _BUILTIN_NAMES:
            return BUILTIN
        if unknown is not None:
            return Failure(f"`{name}` may come from `from {unknown} import *`, which is not known")
        if f"{module.name}.{name}" in self._modules and module.is_package:
            return ModuleTarget(f"{module.name}.{name}")
        return Failure(f"`{name}` is not defined", is_undefined=True)


def _file(module: SourceModule) -> Target:
    warning = (
        "`__file__` stands for the path of the original file in the script: run it from the "
        "folder in which it was generated"
    )
    return Text(literal_text(module.path), warning)


def _docstring(module: SourceModule) -> Target:
    return Text(literal_text(ast.get_docstring(module.parsed.tree, clean=False)))


def _package(module: SourceModule) -> Target:
    return Text(literal_text(module.name if module.is_package else module.name.rpartition(".")[0]))


_MODULE_NAMES = {
    "__doc__": _docstring,
    "__file__": _file,
    "__name__": lambda module: Text(literal_text(module.name)),
    "__package__": _package,
}
