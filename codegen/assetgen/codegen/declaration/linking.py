"""What a declaration may ask of the linker: functions, annotations, objects, the runtime."""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from assetgen.analyzer.model.automation import Resource
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.functions import FunctionRef, NameRef
from assetgen.analyzer.model.pipeline import Module
from assetgen.analyzer.model.spans import Origin, Span
from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.syntax.bodies import docstring_of
from assetgen.codegen.link.assembly.linker import Linker
from assetgen.codegen.link.fragments.expression import Expression, joined
from assetgen.codegen.link.fragments.problems import UNLINKABLE_PIPELINE, UNLINKABLE_VALUE, problem
from assetgen.codegen.link.functions.closures import Closures
from assetgen.codegen.link.functions.declarators import Declarators
from assetgen.codegen.link.functions.environment_reads import HeldData
from assetgen.codegen.link.functions.own_paths import folder_of
from assetgen.codegen.link.modules.definitions import find_expression
from assetgen.codegen.link.modules.members import Members
from assetgen.codegen.link.modules.modules import Modules, Trees
from assetgen.codegen.link.modules.resolver import Resolver, Substitutes
from assetgen.codegen.link.modules.source_module import SourceModule
from assetgen.codegen.link.modules.targets import (
    Failure,
    Imported,
    ModuleTarget,
    Submodules,
    Symbol,
)
from assetgen.codegen.link.names.bound_names import defaulted_names
from assetgen.codegen.link.text.literals import literal_text

# The arguments of Dagster's functions that take a mapping of resources.
_RESOURCE_ARGUMENTS = ("resources", "resource_defs")


class Linking:
    """One link in the making."""

    def __init__(
        self,
        modules: Mapping[str, Module],
        substitutes: Substitutes,
        declarations: Mapping[str, str],
        trees: Trees | None = None,
        library: Mapping[str, Module] | None = None,
        disk: Disk | None = None,
        held: HeldData | None = None,
    ) -> None:
        """`declarations` are further names of the runtime, each with its module there; `trees`
        those that the analysis has made; `library` the runtime's modules if it stays imported;
        `disk` what the modules are read through; `held` takes note of the data that functions hold
        on to."""
        self._modules = Modules(modules, trees, substitutes.runtime, disk)
        self._paths = {module.path: module.name for module in modules.values()}
        self._substitutes = substitutes
        self._declarations = declarations
        self._resolver = Resolver(self._modules, substitutes)
        known = Modules(library, None, substitutes.runtime, disk) if library else self._modules
        inside = Resolver(known, substitutes) if library else self._resolver
        members = Members(self._modules, self._resolver, (known, inside))
        self.linker = Linker(self._modules, self._resolver, substitutes.runtime, members)
        own = (each for each in modules.values() if not self._resolver.is_library(each.name))
        self.closures = Closures(self.linker, folder_of(own), held)
        self._declarators = Declarators(self.linker, self.closures)
        self._names: dict[str, Expression] = {}
        self._uses: Counter[tuple[str, int, int]] = Counter()

    @property
    def problems(self) -> list[Diagnostic]:
        """What has gone wrong so far; others may add to it."""
        return self.linker.problems

    def refuse(self, message: str, span: Span) -> None:
        """Say that no script can be made, and why."""
        self.problems.append(problem(UNLINKABLE_PIPELINE, message, span))

    def warn(self, message: str, span: Span) -> None:
        """Say what the script does not do."""
        self.problems.append(problem(UNLINKABLE_PIPELINE, message, span, Severity.WARNING))

    def runtime(self, name: str) -> Expression:
        """A name of the runtime; KeyError if it has none such, which is a mistake of ours."""
        known = self._names.get(name)
        if known is None:
            target = self._runtime(name)
            if target is None:
                raise KeyError(f"the runtime has no {name}")
            known = self._names[name] = joined(target)
        return known

    def has_in_runtime(self, name: str) -> bool:
        """Whether the runtime has a name."""
        return self._runtime(name) is not None

    def library(self, module: str, name: str) -> Expression:
        """A name imported from a module that is not linked."""
        target = Imported(module, name, name or module)
        self.linker.need(target)
        return joined(target)

    def function(self, ref: FunctionRef, step: str) -> Expression:
        """The function of a step; that of several keeps its own name."""
        is_shared = not ref.captures and self._uses[_place(ref)] > 1
        return self.closures.function(ref, "" if is_shared else _word(step))

    def share(self, functions: Iterable[FunctionRef]) -> None:
        """Take note of the functions of steps: those of a factory may all be one."""
        self._uses.update(map(_place, functions))

    def has_docstring(self, ref: FunctionRef, text: str) -> bool:
        """Whether the function's docstring says the same."""
        found = self.closures.found(ref)
        if found is None or isinstance(found.node, ast.Lambda):
            return False
        docstring = docstring_of(found.node)
        if docstring is None or docstring == text:
            return docstring is not None
        if docstring.lstrip() == text and "\n" not in text and "\t" not in text:
            return True
        cleaned = inspect.cleandoc(docstring)
        return cleaned == text or cleaned == inspect.cleandoc(text)

    def definitions(self, symbol: Symbol) -> tuple[ast.AST, ...]:
        """What binds a name of the project at module level."""
        module = self._modules[symbol.module]
        bindings = module.bindings.get(symbol.name, ()) if isinstance(module, SourceModule) else ()
        return tuple(each.node for each in bindings)

    def mentions(self, ref: FunctionRef, word: str) -> bool:
        """Whether a word stands somewhere in the function's source."""
        return self.closures.mentions(ref, word)

    def argument(self, ref: FunctionRef, name: str, item: str = "") -> Expression | None:
        """An argument of the function's decorator as it is written there, or an item of it."""
        return self._declarators.argument(ref, name, item)

    def declared_type(self, ref: FunctionRef, kind: str, name: str) -> Expression | None:
        """The type that the function's decorator says of an input ("in") or output ("out")."""
        return self._declarators.declared_type(ref, kind, name)

    def declared_default(self, ref: FunctionRef, name: str) -> Expression | None:
        """The default that the function's decorator says of an input."""
        return self._declarators.declared_default(ref, name)

    def has_own_default(self, ref: FunctionRef, name: str) -> bool:
        """Whether a parameter of the function has a default."""
        found = self.closures.found(ref)
        return found is not None and name in defaulted_names(found.node.args)

    def annotation(self, ref: FunctionRef, text: str) -> Expression | None:
        """An annotation of the function as an expression; None if it cannot be linked.

        A wrapper shows those of the function that it wraps, which may be another module's.
        """
        if any(name == text for name, _ in ref.around):
            return self._declarators.variable(ref, text)
        try:
            tree = ast.parse(text, mode="eval")
        except SyntaxError:
            return None
        held = (value for _, value in ref.captures if isinstance(value, (FunctionRef, NameRef)))
        for name in dict.fromkeys([ref.module, *(value.module for value in held)]):
            module = self._modules[name]
            if isinstance(module, SourceModule):
                found = self._annotation(module, tree, text)
                if found is not None:
                    return found
        return None

    def _annotation(
        self, module: SourceModule, tree: ast.Expression, text: str
    ) -> Expression | None:
        parts: list[str | Expression] = []
        position = 0
        line = text if text.isascii() else ""
        names = _roots(tree.body)
        if not line or any(node.lineno != 1 for node, _ in names):
            return None
        for node, dotted in names:
            found = self._resolver.of_dotted(module, dotted)
            target = found.target
            if isinstance(target, (Failure, ModuleTarget)):
                return None
            kept = ".".join(dotted.split(".")[: found.taken + 1])
            parts.append(line[position : node.col_offset])
            if isinstance(target, (Symbol, Imported, Submodules)):
                self.linker.need(target)
                parts.append(joined(target))
            else:
                parts.append(kept)
            position = node.col_offset + len(kept)
        return joined(*parts, line[position:])

    def written(
        self, origin: Origin, function: FunctionRef | None, name: str
    ) -> tuple[ast.expr, ...]:
        """An argument of the call that makes what stands at a place, and of the decorator of its
        function, as each is written."""
        module = self._module_at(origin.span)
        # To find the call takes a walk through the module's tree.
        has_name = module is not None and module.has(name)
        made = self.call_of(origin, None, "") if has_name else None
        calls = [] if made is None else [made]
        if function is not None:
            calls += self._declarators.calls(function, name)
        return tuple(each.value for call in calls for each in call.keywords if each.arg == name)

    def call_of(
        self, origin: Origin, function: FunctionRef | None, decorator: str
    ) -> ast.Call | None:
        """The call that makes what stands at a place, or that of the decorator of its function."""
        module = self._module_at(origin.span)
        if module is None:
            return None
        found = find_expression(module, origin.span)
        if found is not None and isinstance(found[0], ast.Call):
            return found[0]
        return self._declarators.call(function, decorator) if function is not None else None

    def is_declared(self, ref: FunctionRef, decorator: str) -> bool:
        """Whether a call of the decorator of that name declares the function."""
        return self._declarators.call(ref, decorator) is not None

    def expression(self, origin: Origin, node: ast.expr, wanted: str) -> Expression:
        """An expression of the module in which something stands."""
        module = self._module_at(origin.span)
        assert module is not None
        return self.closures.expression(module, node, _word(wanted))

    def resource(self, resource: Resource) -> Expression | None:
        """The expression that makes a resource, as it stands where the resource is defined."""
        span = resource.origin.span
        module = self._module_at(span)
        found = find_expression(module, span) if module is not None else None
        if found is None or module is None:
            message = f"how the resource `{resource.key}` is made could not be found"
            self.problems.append(problem(UNLINKABLE_VALUE, message, span))
            return None
        node, argument = found
        whole = argument in _RESOURCE_ARGUMENTS
        if whole and isinstance(node, ast.Dict):
            own = [
                value
                for name, value in zip(node.keys, node.values, strict=True)
                if isinstance(name, ast.Constant) and name.value == resource.key
            ]
            node, whole = (own[-1], False) if own else (node, True)
        expression = self.closures.expression(module, node, f"_make_{_word(resource.key)}")
        # A mapping of all resources: this one is looked up in it.
        return joined(expression, f"[{literal_text(resource.key)}]") if whole else expression

    def _module_at(self, span: Span) -> SourceModule | None:
        """The module that a place is in; None if it cannot be read."""
        module = self._modules[self._paths.get(span.path, "")]
        return module if isinstance(module, SourceModule) else None

    def _runtime(self, name: str) -> Symbol | Imported | None:
        runtime = self._substitutes.runtime
        if name in self._substitutes.names:
            target = self._resolver.in_module(self._substitutes.api, name)
        elif name not in self._declarations:
            return None
        elif runtime in self._modules:
            target = self._resolver.in_module(f"{runtime}.{self._declarations[name]}", name)
        else:
            target = Imported(f"{runtime}.{self._declarations[name]}", name, name)
        if not isinstance(target, (Symbol, Imported)):
            return None
        self.linker.need(target)
        return target


def _place(function: FunctionRef) -> tuple[str, int, int]:
    return function.module, function.span.line, function.span.column


def _word(text: str) -> str:
    return text if text.isidentifier() else re.sub(r"\W", "_", text)


def _roots(node: ast.AST) -> list[tuple[ast.Name, str]]:
    """The dotted names in an annotation, from left to right, with the `Name` each begins with."""
    if isinstance(node, (ast.Attribute, ast.Name)):
        parts: list[str] = []
        inner: ast.expr = node
        while isinstance(inner, ast.Attribute):
            parts.append(inner.attr)
            inner = inner.value
        if isinstance(inner, ast.Name):
            return [(inner, ".".join([inner.id, *parts[::-1]]))]
    found = [root for child in ast.iter_child_nodes(node) for root in _roots(child)]
    return sorted(found, key=lambda root: root[0].col_offset)
