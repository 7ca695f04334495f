"""What a value in YAML becomes, by the annotation of the field that it is given for."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    Declared,
    External,
    Mapping,
    Record,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.components.annotations import Annotation, unaliased
from assetgen.analyzer.intrinsics.components.load_contexts import LoadContext, ResolutionScope
from assetgen.analyzer.intrinsics.components.templates import render
from assetgen.analyzer.intrinsics.components.yaml_trees import entries, is_null, text_of
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass

Maker = Callable[["Resolution", ast.expr], Value]
"""Makes one of Dagster's objects from an expression in YAML."""


@dataclass(frozen=True, slots=True, eq=False)
class Resolution:
    """The resolving of one component's attributes.

    `site` is the component's, in its file. `makers` are those of Dagster's own types by qualified
    name, `construct` makes an instance of a class of the project of a mapping. `mapping` is the
    one whose entries are resolved; `is_model` tells whether they are for a model of pydantic's,
    `is_item` that what is resolved lies in a list or mapping.
    """

    call: Call
    context: LoadContext
    site: Site
    makers: ReadOnlyMapping[str, Maker]
    construct: Callable[[Resolution, Class, ast.expr], Value]
    mapping: ast.expr | None = None
    is_model: bool = True
    is_item: bool = False

    def value(self, annotation: Annotation, node: ast.expr) -> Value:
        """What `node` becomes in a field with that annotation."""
        if is_null(node):
            return NONE
        annotation = unaliased(self.call, annotation)
        shape = annotation.node
        if isinstance(shape, ast.BinOp) and isinstance(shape.op, ast.BitOr):
            return self._one_of((annotation.at(shape.left), annotation.at(shape.right)), node)
        if isinstance(shape, ast.Subscript):
            read = _CONTAINERS.get(annotation.head)
            return read(self, annotation, node) if read is not None else self.plain(node)
        wanted = annotation.value(self.call)
        if wanted == _FLOAT:
            return _as_float(self.plain(node))
        if isinstance(wanted, External):
            name = self.call.machine.intrinsics.canonical(wanted.qualname)
            maker = self.makers.get(name)
            if maker is not None and name in _AS_WRITTEN:
                return maker(self, node)
            return self.injected(node, maker) if maker is not None else self.plain(node)
        if isinstance(wanted, Class):
            return self._of_class(wanted, node)
        return self.plain(node)

    def plain(self, node: ast.expr) -> Value:
        """The data as written, with templates rendered."""
        if isinstance(node, ast.Dict):
            made = Mapping()
            for key, value in zip(node.keys, node.values, strict=True):
                own = self.raw(key) if key is not None else NONE
                made.entries[self.call.machine.hash_key(own)] = (own, self.plain(value))
            return made
        if isinstance(node, ast.List):
            return Sequence("list", [self.plain(item) for item in node.elts])
        text = text_of(node)
        if text is not None:
            return render(self.call, text, self.context.names(), self.site.at(node))
        return self.raw(node)

    def raw(self, node: ast.expr) -> Value:
        """The data as written, templates included."""
        if isinstance(node, ast.Dict):
            made = Mapping()
            for key, value in zip(node.keys, node.values, strict=True):
                own = self.raw(key) if key is not None else NONE
                made.entries[self.call.machine.hash_key(own)] = (own, self.raw(value))
            return made
        if isinstance(node, ast.List):
            return Sequence("list", [self.raw(item) for item in node.elts])
        return Constant(node.value) if isinstance(node, ast.Constant) else NONE

    def injected(self, node: ast.expr, maker: Maker) -> Value:
        """What the maker makes of it, unless a template gives something that is not a string."""
        text = text_of(node)
        if text is None:
            return maker(self, node)
        rendered = self.plain(node)
        if isinstance(rendered, Constant) and isinstance(rendered.value, str):
            return maker(self, ast.copy_location(ast.Constant(rendered.value), node))
        return rendered

    def _of_class(self, cls: Class, node: ast.expr) -> Value:
        bases = set(classes.known_bases(cls))
        if isinstance(node, ast.Dict) and not any(name.startswith("enum.") for name in bases):
            if _RESOLVABLE in cls.mro:
                return self.construct(self, cls, node)
            # Dagster does not look into a model that is not resolvable: no templates there.
            given = self.raw(node)
            names = dict(given.text_entries()) if isinstance(given, Mapping) else {}
            return self.call.machine.call(cls, [], names, self.site.at(node))
        value = self.plain(node)
        if not isinstance(value, Constant) or not any(name.startswith("enum.") for name in bases):
            return value
        member = self.call.machine.call(cls, [value], {}, self.site.at(node))
        is_text = "builtins.str" in bases
        if self.is_model or not (is_text if self.is_item else isinstance(value.value, str)):
            return member
        # A text is rendered as one, and nothing makes a member of it again.
        name = self.call.machine.get_attribute(member, "name", self.site.at(node))
        if not self.is_item or "enum.StrEnum" in bases or not isinstance(name, Constant):
            return value
        return Constant(f"{cls.name}.{name.value}")

    def _one_of(self, options: tuple[Annotation, ...], node: ast.expr) -> Value:
        """The first type of a union that has the fields of the value."""
        for option in options:
            if self._fits(option, node):
                return self.value(option, node)
        named = [unaliased(self.call, option).value(self.call) for option in options]
        if _FLOAT in named and External("builtins.int") not in named:
            return _as_float(self.plain(node))
        return self.plain(node)

    def _fits(self, option: Annotation, node: ast.expr) -> bool:
        """Whether a value of this shape can be of the type, and is converted to it."""
        option = unaliased(self.call, option)
        shape = option.node
        if isinstance(shape, ast.BinOp):
            sides = (option.at(shape.left), option.at(shape.right))
            return any(self._fits(side, node) for side in sides)
        if isinstance(shape, ast.Subscript):
            if option.head in ("list", "sequence", "tuple", "iterable"):
                return isinstance(node, ast.List)
            if option.head in ("dict", "mapping"):
                return isinstance(node, ast.Dict)
            return option.head in ("annotated", "optional", "union")
        wanted = option.value(self.call)
        if isinstance(wanted, Class):
            return not isinstance(node, ast.Dict) or self._has_fields(wanted, node)
        if isinstance(wanted, External):
            return self.call.machine.intrinsics.canonical(wanted.qualname) in self.makers
        return False

    def _has_fields(self, cls: Class, node: ast.Dict) -> bool:
        from assetgen.analyzer.intrinsics.components.construction import fields_of_component

        fields = fields_of_component(self.call, cls)
        given = dict(entries(node))
        if not given.keys() <= fields.keys():
            return False
        for name, field in fields.items():
            if field.is_required and name not in given:
                return False
            if field.annotation.head == "literal" and name in given:
                allowed = [
                    item.node.value
                    for item in field.annotation.arguments
                    if isinstance(item.node, ast.Constant)
                ]
                value = given[name]
                if isinstance(value, ast.Constant) and value.value not in allowed:
                    return False
        return True


_RESOLVABLE = External("dagster.Resolvable")
_FLOAT = External("builtins.float")


def _as_float(value: Value) -> Value:
    """An integer becomes a float where one is expected."""
    number = value.value if isinstance(value, Constant) else None
    return Constant(float(number)) if type(number) is int else value


_AS_WRITTEN = ("dagster.SqlTemplate", "dagster.DbtTranslation", "dagster.SlingTranslation")
"""Types whose templates are not rendered when the component is made."""


@dataclass(slots=True, eq=False)
class TranslationValue(Declared):
    """A function from the spec that an integration makes, and its data, to another spec.

    `name` is the name of the data in templates; or `names`, a function of the project, gives
    several.
    """

    type_name: ClassVar[str] = "dagster.TranslationFn"

    resolution: Resolution
    node: ast.expr
    name: str = "data"
    names: Value = NONE


# -- subscripted types


def _annotated(resolution: Resolution, annotation: Annotation, node: ast.expr) -> Value:
    first, *rest = annotation.arguments
    for extra in rest:
        resolver = extra.value(resolution.call)
        if isinstance(resolver, Record) and resolver.qualname in RESOLVERS:
            made = _by_resolver(resolution, resolver, node)
            if made is not None:
                return made
    return resolution.value(first, node)


RESOLVERS = (
    "dagster.Resolver",
    "dagster.Resolver.default",
    "dagster.Resolver.from_model",
    "dagster.Resolver.passthrough",
    "dagster.TranslationFnResolver",
)


def _by_resolver(resolution: Resolution, resolver: Record, node: ast.expr) -> Value | None:
    """The result of a function of the user's; None for a resolver that leaves it to the type."""
    if resolver.qualname == "dagster.Resolver.passthrough":
        return resolution.raw(node)
    function = resolver.fields.get("fn")
    if resolver.qualname == "dagster.TranslationFnResolver":
        names = resolver.fields.get("template_vars_for_translation_fn", function)
        return TranslationValue(resolution, node, names=names or NONE)
    if resolver.qualname == "dagster.Resolver.default" or function is None:
        return None
    context = ResolutionScope(resolution.context)

    if resolver.qualname == "dagster.Resolver.from_model" and resolution.mapping is not None:
        whole = as_model(resolution, resolution.mapping)
        return resolution.call.machine.call(
            function, [context, whole], {}, resolution.site.at(node)
        )

    def made(self: Resolution, given: ast.expr) -> Value:
        argument = as_model(self, given) if _is_model(resolver) else self.raw(given)
        return self.call.machine.call(function, [context, argument], {}, self.site.at(given))

    if resolver.fields.get("inject_before_resolve") == Constant(False):
        return made(resolution, node)
    return resolution.injected(node, made)


def _is_model(resolver: Record) -> bool:
    kind = resolver.fields.get("model_field_type")
    return isinstance(kind, (Class, Record))


def as_model(resolution: Resolution, node: ast.expr) -> Value:
    """Data as the model that a resolver of the user's reads: with attributes instead of entries."""
    if isinstance(node, ast.Dict):
        fields = {name: as_model(resolution, value) for name, value in entries(node)}
        return Record("dagster.Model", fields, (), resolution.site.at(node))
    if isinstance(node, ast.List):
        return Sequence("list", [as_model(resolution, item) for item in node.elts])
    return resolution.raw(node)


def _optional(resolution: Resolution, annotation: Annotation, node: ast.expr) -> Value:
    return resolution._one_of(annotation.arguments, node)


def _translation(resolution: Resolution, annotation: Annotation, node: ast.expr) -> Value:
    return TranslationValue(resolution, node)


def _items(resolution: Resolution, annotation: Annotation, node: ast.expr) -> Value:
    if not isinstance(node, ast.List) or not annotation.arguments:
        return resolution.plain(node)
    inner, resolution = annotation.arguments[0], replace(resolution, is_item=True)
    return Sequence("list", [resolution.value(inner, item) for item in node.elts])


def _values(resolution: Resolution, annotation: Annotation, node: ast.expr) -> Value:
    if not isinstance(node, ast.Dict) or len(annotation.arguments) != 2:
        return resolution.plain(node)
    made, resolution = Mapping(), replace(resolution, is_item=True)
    for key, value in zip(node.keys, node.values, strict=True):
        own = resolution.raw(key) if key is not None else NONE
        item = resolution.value(annotation.arguments[1], value)
        made.entries[resolution.call.machine.hash_key(own)] = (own, item)
    return made


_CONTAINERS: ReadOnlyMapping[str, Callable[[Resolution, Annotation, ast.expr], Value]] = {
    "annotated": _annotated,
    "optional": _optional,
    "union": _optional,
    "resolvedtranslationfn": _translation,
    "list": _items,
    "sequence": _items,
    "tuple": _items,
    "iterable": _items,
    "dict": _values,
    "mapping": _values,
}
