"""Functions that are not found at module level: by builders that hand them their variables."""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable
from keyword import iskeyword
from typing import Any

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.functions import (
    CallRef,
    Captured,
    FunctionRef,
    Lost,
    NameRef,
    Plain,
    TableRef,
    TupleRef,
)
from assetgen.analyzer.model.spans import Span
from assetgen.codegen.link.assembly.linker import Linker
from assetgen.codegen.link.fragments.expression import Expression, joined, listed
from assetgen.codegen.link.fragments.fragment import Fragment, Names
from assetgen.codegen.link.fragments.problems import UNLINKABLE_FUNCTION, UNLINKABLE_VALUE, problem
from assetgen.codegen.link.fragments.surroundings import Surroundings
from assetgen.codegen.link.functions.captured_modules import parts_used
from assetgen.codegen.link.functions.environment_reads import HeldData
from assetgen.codegen.link.functions.own_paths import from_folder
from assetgen.codegen.link.modules.decorators import kept_decorators, without_decorators
from assetgen.codegen.link.modules.definitions import (
    Found,
    find_function,
    functions_around,
    locals_of,
)
from assetgen.codegen.link.modules.source_module import SourceModule
from assetgen.codegen.link.modules.targets import (
    Failure,
    Imported,
    Made,
    Resolved,
    Submodules,
    Symbol,
    Text,
)
from assetgen.codegen.link.names.slices import slice_for
from assetgen.codegen.link.names.uses import uses_in
from assetgen.codegen.link.text.indentation import reindented
from assetgen.codegen.link.text.literals import literal_text, model_literal, tidy_literal


@dataclass(frozen=True, slots=True)
class Written:
    """A definition that stands in the linked module because somebody asked for it here.

    `text` gives the source once names are settled; `is_definition` asks for empty lines around.
    """

    made: Made
    text: Callable[[Names], str]
    is_definition: bool


class Closures:
    """Turns references to functions and captured values into expressions."""

    def __init__(self, linker: Linker, folder: str = "", held: HeldData | None = None) -> None:
        """`folder` is the one in which the script is generated; `held` takes note of plain data
        that functions hold on to."""
        self._linker = linker
        self._folder = folder
        self.written: dict[Made, Written] = {}
        self._data = held or HeldData()
        # By identity, each with the reference, which stays alive so: hashing places takes as long
        # as all the rest.
        self._found: dict[int, tuple[FunctionRef, Found | None]] = {}
        self._nested: dict[Hashable, Found | None] = {}

    def function(self, ref: FunctionRef, wanted: str = "", *, captured: bool = False) -> Expression:
        """An expression for a function; one that must be built is assigned to `wanted` first, if
        that is not empty."""
        module = self._linker.modules[ref.module]
        found = self.found(ref)
        made = next((value for name, value in ref.captures if not name), None)
        if isinstance(made, Lost):
            return self._lost(made, ref.span)
        if made is not None:
            value = self.value(made, ref.span)
            return self._assigned(value, ref.module, wanted) if wanted else value
        if found is None or not isinstance(module, SourceModule):
            return self._refused(f"the source of `{ref.qualname}` was not found", ref.span)
        if found.is_own and not self._captures(module, found, ref):
            symbol = Symbol(ref.module, found.name)
            self._linker.step_function(symbol, captured=captured)
            return joined(symbol)
        if found.owner is not None and not found.functions:
            owner = Symbol(ref.module, found.owner)
            self._linker.need(owner)
            return joined(owner, ref.qualname[len(found.owner) :])
        return self._made(module, found, ref, wanted, captured)

    def found(self, ref: FunctionRef) -> Found | None:
        """The definition in its module's tree."""
        known = self._found.get(id(ref))
        if known is None:
            module = self._linker.modules[ref.module]
            found = None
            if isinstance(module, SourceModule):
                found = find_function(module, ref, self._nested)
            known = self._found[id(ref)] = ref, found
        return known[1]

    def mentions(self, ref: FunctionRef, word: str) -> bool:
        """Whether a word stands somewhere in a function's source."""
        module = self._linker.modules[ref.module]
        found = self.found(ref)
        if found is None or not isinstance(module, SourceModule):
            return False
        return word in module.segment(found.node)

    def expression(self, module: SourceModule, node: ast.expr, wanted: str) -> Expression:
        """An expression as it stands in a module; inside of a function that computes what the
        expression needs, as the call of a function named `wanted` that does the same."""
        functions = functions_around(module, node)
        variables, imports = locals_of(functions)
        inner = slice_for(functions[0], node) if len(functions) == 1 else None
        if inner is None or not inner.statements:
            around = Surroundings(withheld=frozenset(variables), imports=tuple(imports.items()))
            examined = self._linker.examiner.expression(module, node, around)
            return joined(self._linker.need_all(examined))
        around = Surroundings(
            given=inner.variables,
            withheld=frozenset(variables) - inner.variables,
            imports=tuple(imports.items()),
        )
        examiner = self._linker.examiner
        parts = [
            (self._linker.need_all(examiner.statement(module, each, around=around)), each)
            for each in inner.statements
        ]
        value = self._linker.need_all(examiner.expression(module, node, around))

        def text(name_of: Names) -> str:
            lines = [reindented(part.text(name_of), each.col_offset, 4) for part, each in parts]
            result = value.text(name_of)
            bare = "\n" in result and not isinstance(node, (ast.Call, ast.Dict, ast.List))
            lines.append(f"    return {f'({result})' if bare else result}")
            return f"def {name_of(made)}():\n" + "\n".join(lines)

        made = Made(module.name, wanted, (str(node.lineno), str(node.col_offset)))
        if made not in self.written:
            self._linker.make(made)
            self.written[made] = Written(made, text, True)
        return joined(made, "()")

    def value(self, value: Captured, holder: Span) -> Expression:
        """An expression for a captured value; `holder` is where the function that needs it is."""
        return _VALUES[type(value)](self, value, holder)

    def _made(
        self, module: SourceModule, found: Found, ref: FunctionRef, wanted: str, captured: bool
    ) -> Expression:
        captures = self._captures(module, found, ref)
        given = tuple(name for name, _ in captures)
        place = (str(ref.span.line), str(ref.span.column))
        # Without variables the definition itself is written, under the name of the step.
        name = f"_make_{found.name.lstrip('_')}" if given else wanted or found.name
        made = Made(ref.module, name, (*place, *given))
        if made not in self.written:
            self._linker.make(made)
            self.written[made] = self._definition(module, found, made, given, captured)
        if not given:
            return joined(made)
        for _, value in captures:
            self._unwrap(found, value)
        values = [self._held(found, name, value, ref.span) for name, value in captures]
        call = joined(made, "(", listed(values, "", ""), ")")
        return self._assigned(call, ref.module, wanted) if wanted else call

    def _held(self, found: Found, name: str, value: Captured, holder: Span) -> Expression:
        """An expression for a captured variable; for a module, of the parts that are used."""
        linker = self._linker
        parts = parts_used(linker.modules, linker.resolver, found.node, name, value)
        if parts is None:
            return self.value(value, holder)
        namespace = Imported("types", "SimpleNamespace", "SimpleNamespace")
        for target in (namespace, *(target for _, target in parts)):
            linker.need_at_once(target)
        items = [joined(f"{attribute}=", target) for attribute, target in parts]
        return joined(namespace, "(", listed(items, "", ""), ")")

    def _unwrap(self, found: Found, value: Captured) -> None:
        """A wrapper that a decorator made holds the function without that decorator."""
        if not isinstance(value, NameRef):
            return
        module = self._linker.modules[value.module]
        bindings = module.bindings.get(value.name, ()) if isinstance(module, SourceModule) else ()
        maker = getattr(found.functions[0], "name", "") if found.functions else ""
        for binding in bindings:
            decorators = getattr(binding.node, "decorator_list", ())
            if maker and any(maker in _names_in(each) for each in decorators):
                self._linker.step_function(Symbol(value.module, value.name), captured=True)

    def _assigned(self, value: Expression, module: str, wanted: str) -> Expression:
        made = Made(module, wanted, ("value", wanted))
        self._linker.make(made)
        self.written[made] = Written(
            made, lambda name_of: f"{name_of(made)} = {value.text(name_of)}", False
        )
        return joined(made)

    def _definition(
        self,
        module: SourceModule,
        found: Found,
        made: Made,
        given: tuple[str, ...],
        captured: bool,
    ) -> Written:
        around = Surroundings(
            given=frozenset({*given, *([found.name] if given else [])}),
            withheld=found.variables - {*given, found.name},
            imports=tuple(
                (name, node) for name, node in found.imports.items() if name not in given
            ),
            own=None if given else (found.name, made),
        )
        role = "captured" if captured else "step"
        if isinstance(found.node, ast.Lambda):
            examined = self._linker.examiner.expression(module, found.node, around)
        else:
            examined = self._linker.examiner.statement(module, found.node, role, around)
        fragment = self._linker.need_loose(examined)
        writer = _lambda_text if isinstance(found.node, ast.Lambda) else _function_text
        return Written(
            made, lambda name_of: writer(fragment, found, given, str(name_of(made)), name_of), True
        )

    def _captures(
        self, module: SourceModule, found: Found, ref: FunctionRef
    ) -> tuple[tuple[str, Captured], ...]:
        """The captured variables that the function still mentions without its decorators."""
        if not ref.captures:
            return ()
        node: ast.AST = found.node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            kept = kept_decorators(self._linker.resolver, module, node, "step")
            node = without_decorators(node, kept)
        mentioned = {use.name for use in uses_in(node)}
        return tuple((name, value) for name, value in ref.captures if name in mentioned)

    def _refused(self, reason: str, span: Span, rule: str = UNLINKABLE_FUNCTION) -> Expression:
        self._linker.problems.append(problem(rule, reason, span))
        return joined("None")

    def _plain(self, value: Plain, holder: Span) -> Expression:
        self._linker.mention(value.source)
        source, told = from_folder(value.source, self._folder, holder)
        self._linker.problems += told
        parts = self._data.parts(source, holder)
        if len(parts) == 1:
            return joined(tidy_literal(source))
        environment = Imported("os", "environ", "environ")
        self._linker.need_at_once(environment)
        found: list[str | Expression] = [*parts]
        found[1::2] = [joined(environment, f"[{literal_text(name)}]") for name in parts[1::2]]
        return joined(*found)

    def _named(self, value: NameRef, holder: Span) -> Expression:
        if not value.name:
            found = Resolved(self._linker.resolver.of_module(value.module), 0)
        else:
            found = self._linker.resolver.of_path(value.module, value.name)
        target = found.target
        rest = "".join(f".{each}" for each in value.name.split(".")[found.taken + 1 :])
        self._linker.mention(rest)
        if isinstance(target, Text):
            return joined(target.text, rest)
        if isinstance(target, (Symbol, Imported, Submodules)):
            self._linker.need_at_once(target)
            return joined(target, rest)
        reason = target.reason if isinstance(target, Failure) else f"`{value.module}` is a module"
        return self._refused(f"a captured value cannot be linked: {reason}", holder)

    def _called(self, value: CallRef, holder: Span) -> Expression:
        member = _member(value)
        if member is not None:
            owner, name = member
            self._linker.mention(name)
            return joined(self.value(owner, holder), f".{name}")
        items = [
            joined(f"{name}=", self.value(argument, holder))
            if name
            else self.value(argument, holder)
            for name, argument in value.arguments
        ]
        return joined(self.value(value.function, holder), "(", listed(items, "", ""), ")")

    def _sequence(self, value: TupleRef, holder: Span) -> Expression:
        items = [self.value(item, holder) for item in value.items]
        if value.kind == "tuple":
            return listed(items, "(", ")")
        if value.kind == "set":
            return listed(items, "{", "}") if items else joined("set()")
        return listed(items, "[", "]")

    def _mapping(self, value: TableRef, holder: Span) -> Expression:
        items = [
            joined(f"{model_literal(key)}: ", self.value(entry, holder))
            for key, entry in value.entries
        ]
        return listed(items, "{", "}")

    def _function(self, value: FunctionRef, holder: Span) -> Expression:
        module = self._linker.modules[value.module]
        found = self.found(value)
        if (
            found is not None
            and isinstance(module, SourceModule)
            and isinstance(found.node, ast.Lambda)
            and not self._captures(module, found, value)
            and found.node.lineno == found.node.end_lineno
        ):
            around = Surroundings(withheld=found.variables, imports=tuple(found.imports.items()))
            examined = self._linker.examiner.expression(module, found.node, around)
            return joined(self._linker.need_all(examined))
        return self.function(value, captured=True)

    def _lost(self, value: Lost, holder: Span) -> Expression:
        reason = f"a value that the function needs could not be known: {value.reason}"
        return self._refused(reason, value.span, UNLINKABLE_VALUE)


def _member(value: CallRef) -> tuple[CallRef | NameRef, str] | None:
    """The object and the name of an attribute that is asked for by a plain name."""
    if value.function != NameRef("builtins", "getattr") or len(value.arguments) != 2:
        return None
    (_, owner), (_, name) = value.arguments
    if not isinstance(owner, (CallRef, NameRef)) or not isinstance(name, Plain):
        return None
    text = name.source[1:-1]
    return (owner, text) if text.isidentifier() and not iskeyword(text) else None


def _names_in(node: ast.AST) -> set[str]:
    return {
        each.id if isinstance(each, ast.Name) else each.attr
        for each in ast.walk(node)
        if isinstance(each, (ast.Name, ast.Attribute))
    }


_VALUES: dict[type[Captured], Callable[[Closures, Any, Span], Expression]] = {
    Plain: Closures._plain,
    NameRef: Closures._named,
    CallRef: Closures._called,
    TupleRef: Closures._sequence,
    TableRef: Closures._mapping,
    FunctionRef: Closures._function,
    Lost: Closures._lost,
}


def _function_text(
    fragment: Fragment,
    found: Found,
    given: tuple[str, ...],
    name: str,
    name_of: Names,
) -> str:
    if given:
        inner = reindented(fragment.text(name_of), found.column, 4)
        return f"def {name}({', '.join(given)}):\n{inner}\n\n    return {found.name}"
    return reindented(fragment.text(name_of), found.column, 0)


def _lambda_text(
    fragment: Fragment,
    found: Found,
    given: tuple[str, ...],
    name: str,
    name_of: Names,
) -> str:
    text = fragment.text(name_of)
    if "\n" in text:
        text = f"({text})"
    if given:
        return f"def {name}({', '.join(given)}):\n    return {text}"
    return f"{name} = {text}"
