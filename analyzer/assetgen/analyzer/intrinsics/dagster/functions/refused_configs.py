"""Fields of a configuration that Dagster cannot make a schema of, and reporting them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Class, External, Value
from assetgen.analyzer.intrinsics.dagster.functions.refused_annotations import is_new_type
from assetgen.analyzer.syntax.annotations import alternatives, unquoted

Lookup = Callable[[ast.expr], Value | None]


def check_fields(call: Call, config: Value | None) -> None:
    """Report the fields of the class `config` that Dagster refuses, including those of its
    bases."""
    if isinstance(config, Class) and _is_config(config):
        check_fields_of(call, config, "configuration")


def check_fields_of(
    call: Call, config: Class, owner: str, seen: frozenset[Class] = frozenset()
) -> None:
    """The same for any class whose fields are configuration; `owner` says what it is.

    The configurations in its fields are checked as well, except for those `seen`.
    """
    if config in seen:
        return
    for cls in config.mro:
        if not isinstance(cls, Class):
            continue
        for field in _fields(cls):
            look_up = _look_up(call, cls)
            problem = _problem(field.annotation, look_up)
            if problem:
                text = ast.unparse(field.annotation)
                message = f"a field of a {owner} cannot be a `{text}`: {problem}"
                call.report("config-field", message, Site(cls.module, field.annotation))
                continue
            default = _default_of(field)
            if default is not None and not _is_of(default.value, look_up(field.annotation)):
                message = f"the default of a `{ast.unparse(field.annotation)}` cannot be " + repr(
                    default.value
                )
                call.report("config-field", message, Site(cls.module, default))
            for inner in _configs_in(field.annotation, look_up):
                check_fields_of(call, inner, "configuration", seen | {config})


def _configs_in(node: ast.expr, look_up: Lookup) -> Iterator[Class]:
    for part in ast.walk(node):
        value = look_up(part) if isinstance(part, (ast.Name, ast.Attribute)) else None
        if isinstance(value, Class) and _is_config(value):
            yield value


def _default_of(field: ast.AnnAssign) -> ast.Constant | None:
    """The default, if it is written as a constant, which Dagster checks against the type."""
    given = field.value
    if isinstance(given, ast.Call) and ast.unparse(given.func).rpartition(".")[2] == "Field":
        named = (keyword.value for keyword in given.keywords if keyword.arg == "default")
        given = given.args[0] if given.args else next(named, None)
    is_plain = isinstance(given, ast.Constant) and given.value not in (None, ...)
    return given if is_plain and isinstance(given, ast.Constant) else None


def _is_of(default: object, wanted: Value | None) -> bool:
    sorts = _SCALARS.get(wanted.qualname) if isinstance(wanted, External) else None
    return sorts is None or type(default) in sorts


_SCALARS: dict[str, tuple[type, ...]] = {
    "builtins.int": (int,),
    "builtins.float": (float, int, bool),
    "builtins.str": (str,),
    "builtins.bool": (bool,),
}


def _is_config(cls: Class) -> bool:
    return any(base in _CONFIGS for base in cls.mro)


_CONFIGS = (External("dagster.Config"), External("dagster.PermissiveConfig"))


def _fields(cls: Class) -> Iterator[ast.AnnAssign]:
    """Those that are written in its body, except for private names and discriminated unions."""
    for statement in cls.node.body:
        if not isinstance(statement, ast.AnnAssign) or not isinstance(statement.target, ast.Name):
            continue
        given = statement.value
        keywords = given.keywords if isinstance(given, ast.Call) else []
        if any(keyword.arg == "discriminator" for keyword in keywords):
            continue
        if not statement.target.id.startswith("_"):
            yield statement


def _look_up(call: Call, cls: Class) -> Lookup:
    frame = Frame(cls.module, cls.scope, call.site.chain)

    def look_up(node: ast.expr) -> Value | None:
        if not isinstance(node, (ast.Name, ast.Attribute)):
            return None
        try:
            return call.machine.evaluate(node, frame)
        except Raised:
            return None

    return look_up


def _problem(node: ast.expr, look_up: Lookup, *, is_optional: bool = False) -> str | None:
    """Why Dagster refuses the type of a field; None if it does not, or is not known to."""
    written = unquoted(node)
    if written is None:
        return None
    node = written
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _of_union(alternatives(node), look_up)
    if isinstance(node, ast.Subscript):
        return _of_generic(node, look_up, is_optional=is_optional)
    value = look_up(node)
    if isinstance(value, External) and value.qualname in _REFUSED:
        return "Dagster knows strings, numbers, booleans, lists, dictionaries, enums and Configs"
    if is_new_type(value):
        return "a NewType is not a type when the module runs"
    if isinstance(value, Class) and _is_plain_model(value):
        return "it is not a dagster.Config"
    if isinstance(value, Class) and _is_plain_class(value):
        return "it is neither a dagster.Config nor an enum"
    return None


def _of_union(members: list[ast.expr], look_up: Lookup) -> str | None:
    others = [one for one in members if not (isinstance(one, ast.Constant) and one.value is None)]
    if len(others) == 1:
        return _problem(others[0], look_up, is_optional=len(members) > 1)
    bases = [look_up(one.value if isinstance(one, ast.Subscript) else one) for one in others]
    known = all(isinstance(base, External) and base.qualname in _PLAIN for base in bases)
    return "Dagster knows no union but one with None" if known and len(others) > 1 else None


def _of_generic(node: ast.Subscript, look_up: Lookup, *, is_optional: bool) -> str | None:
    base = look_up(node.value)
    if not isinstance(base, External):
        return None
    name = base.qualname.rpartition(".")[2]
    arguments = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if base.qualname.partition(".")[0] not in ("builtins", "typing", "collections"):
        return None
    if name == "Union":
        return _of_union(list(arguments), look_up)
    if name == "Optional":
        return _problem(arguments[0], look_up, is_optional=True)
    if name in ("List", "list", "Annotated"):
        return _problem(arguments[0], look_up)
    if name in ("Dict", "dict", "Mapping"):
        return _problem(arguments[-1], look_up)
    if name in _COLLECTIONS or (name == "Literal" and is_optional):
        return "Dagster can make no schema of it"
    return None


def _is_plain_model(cls: Class) -> bool:
    others = [base for base in cls.mro if not isinstance(base, Class)]
    model = External("pydantic.BaseModel")
    return model in others and all(base in (model, External("builtins.object")) for base in others)


def _is_plain_class(cls: Class) -> bool:
    """Whether nothing is known about it but its body."""
    others = [base for base in cls.mro if not isinstance(base, Class)]
    return not cls.decorations and all(base == External("builtins.object") for base in others)


_COLLECTIONS = frozenset(
    (
        *("Tuple", "tuple", "Set", "set", "FrozenSet", "frozenset", "Sequence", "Iterable"),
        *("Callable", "Type", "type"),
    )
)
_PLAIN = frozenset(
    f"{package}.{name}"
    for package, names in (
        ("builtins", ("int", "str", "float", "bool", "list", "dict", "bytes")),
        ("typing", ("List", "Dict")),
    )
    for name in names
)
"""Types that Dagster does not accept in unions."""
_REFUSED = frozenset(
    (
        *("builtins.object", "builtins.bytes", "builtins.complex", "typing.Callable"),
        *("datetime.datetime", "datetime.date", "datetime.timedelta", "decimal.Decimal"),
        *("pathlib.Path", "uuid.UUID", "pydantic.SecretStr"),
    )
)
