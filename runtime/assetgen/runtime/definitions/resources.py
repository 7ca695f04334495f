"""What steps share: connections, clients, settings."""

import contextlib
from collections.abc import Callable, Iterator
from types import GeneratorType, SimpleNamespace
from typing import Annotated, Any, Generic, TypeVar

from assetgen.runtime.config.config_classes import Config, EnvVar, config_fields, default_of, fitted
from assetgen.runtime.config.config_schemas import filled_in

V = TypeVar("V")


class ConfigurableResource(Config, Generic[V]):
    """Base of resource classes: fields like a `Config`'s, and a life around the run.

    A field may hold an `EnvVar`, which is read when the run starts, or another resource.
    Subclasses override `setup_for_execution` and `teardown_after_execution`, or
    `yield_for_execution`, a context manager around the run; all are called once per run.
    """

    @classmethod
    def configure_at_launch(cls, **values: Any) -> "PartialResource":
        """A resource whose remaining fields come from the run's configuration."""
        return PartialResource(cls, values)

    def setup_for_execution(self, context: Any) -> None:
        """Called before the first step."""

    def teardown_after_execution(self, context: Any) -> None:
        """Called after the last step, also when steps failed."""

    @contextlib.contextmanager
    def yield_for_execution(self, context: Any) -> Iterator[Any]:
        """The life of the resource."""
        self.setup_for_execution(context)
        try:
            yield self
        finally:
            self.teardown_after_execution(context)

    def get_resource_context(self) -> Any:
        """The context that the resource was started with."""
        return vars(self).get("_context")

    def start_resource(self, config: Any, run: Any) -> Any:
        """The resource that the steps get: this one with its variables read, and set up."""
        context = init_context(config, run)
        values = {}
        for name, annotation in config_fields(type(self)).items():
            value = getattr(self, name)
            if name in config:
                value = fitted(name, config[name], annotation)
            elif config and not hasattr(value, "start_resource"):
                # What a run configures it configures as a whole.
                value = default_of(type(self), name)
            elif isinstance(value, EnvVar):
                value = value.read()
            elif hasattr(value, "start_resource"):
                value = run.start_shared(value)
            elif value is getattr(type(self), name, ...):
                continue  # A default is not looked at: it may be None where a text is wanted.
            values[name] = value
        ready = type(self)(**values)
        for name, value in vars(self).items():
            if name not in values and name not in self.__private_attributes__:
                object.__setattr__(ready, name, value)
        object.__setattr__(ready, "_context", context)
        life = ready.yield_for_execution(context)
        resource = life.__enter__()
        run.on_close(life)
        return resource


class PartialResource:
    """A resource class with some of its fields; the others come from the run's configuration."""

    def __init__(self, cls: type[ConfigurableResource[Any]], values: dict[str, Any]) -> None:
        """`values` are the fields known already."""
        self.cls = cls
        self.values = values

    def start_resource(self, config: Any, run: Any) -> Any:
        """The resource with all its fields."""
        return self.cls(**{**self.values, **config}).start_resource({}, run)


class ResourceDefinition:
    """A resource made by a function, which may yield it once and clean up after that."""

    def __init__(
        self,
        resource_fn: Callable[..., Any],
        config_schema: Any = None,
        description: str | None = None,
        required_resource_keys: Any = None,
        version: str | None = None,
    ) -> None:
        """`resource_fn` takes the context of its making, with `resource_config`, or nothing. The
        resources that it needs are there before it."""
        self.resource_fn = resource_fn
        self.config_schema = config_schema
        self.required_resource_keys = frozenset(required_resource_keys or ())
        self.config: dict[str, Any] = {}

    def configured(self, config: dict[str, Any]) -> "ResourceDefinition":
        """The same resource with its configuration given."""
        keys = self.required_resource_keys
        made = ResourceDefinition(self.resource_fn, self.config_schema, required_resource_keys=keys)
        made.config = config
        return made

    def start_resource(self, config: Any, run: Any) -> Any:
        """The resource that the steps get."""
        given: Any = {**self.config, **config}
        if self.config_schema is not None:
            given = filled_in(self.config_schema, given or ..., "the configuration")
        context = init_context({} if given is ... else given, run)
        takes_context = self.resource_fn.__code__.co_argcount > 0
        made = self.resource_fn(context) if takes_context else self.resource_fn()
        if isinstance(made, GeneratorType):
            life = contextlib.contextmanager(lambda: made)()
            made = life.__enter__()
            run.on_close(life)
        return made

    @staticmethod
    def none_resource(description: str | None = None) -> "ResourceDefinition":
        """A resource that is None."""
        return ResourceDefinition(lambda: None)

    @staticmethod
    def mock_resource(description: str | None = None) -> "ResourceDefinition":
        """A resource that takes any call, made anew for each run."""
        from unittest.mock import MagicMock

        return ResourceDefinition(lambda: MagicMock())

    @staticmethod
    def hardcoded_resource(value: Any) -> Any:
        """A resource that is just this value."""
        return value


def resource(
    config_schema: Any = None,
    description: str | None = None,
    required_resource_keys: Any = None,
    **_: Any,
) -> Any:
    """Make a resource of a function, with parentheses or without."""
    if callable(config_schema) and not isinstance(config_schema, type):
        return ResourceDefinition(config_schema)
    return lambda function: ResourceDefinition(
        function, config_schema, description, required_resource_keys
    )


def from_config(cls: Callable[..., ConfigurableResource[Any]], context: Any) -> Any:
    """The started resource of a class, for a function that is configured with its fields."""
    given = context.resource_config.items()
    is_variable = {name for name, each in given if isinstance(each, dict) and [*each] == ["env"]}
    values = {name: EnvVar(each["env"]) if name in is_variable else each for name, each in given}
    return cls(**values).start_resource({}, context.run)


def init_context(config: Any, run: Any) -> Any:
    """What a resource is told when it starts."""
    return SimpleNamespace(
        resource_config=config,
        resources=SimpleNamespace(**run.resources),
        log=run.logger,
        run_id=run.run_id,
        run=run,
        instance=run.instance,
    )


io_manager = resource


class ResourceMark:
    """Marks an annotation as that of a resource."""


ResourceParam = Annotated[V, ResourceMark]
ResourceDependency = Annotated[V, ResourceMark]
