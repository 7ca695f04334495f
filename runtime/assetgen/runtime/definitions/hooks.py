"""Functions that are told how steps ended."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any


class HookDefinition:
    """A function to be called after steps that ended in one way; what it raises is only logged."""

    def __init__(
        self,
        name: str,
        hook_fn: Callable[..., Any],
        outcome: str,
        required_resource_keys: Sequence[str],
    ) -> None:
        """`outcome` is ``"succeeded"`` or ``"failed"``."""
        self.name = name
        self.hook_fn = hook_fn
        self.outcome = outcome
        self.required_resource_keys = frozenset(required_resource_keys)

    def __call__(self, *arguments: Any) -> Any:
        """What the function gives."""
        return self.hook_fn(*arguments)

    def heed(self, attempt: Any, outcome: str, error: BaseException | None) -> None:
        """Call the function, if this is what it waits for."""
        if outcome != self.outcome:
            return
        try:
            self.hook_fn(HookContext(self, attempt, error))
        except Exception:
            attempt.run.logger.exception('the hook "%s" failed', self.name)


class HookContext:
    """What a hook is told."""

    def __init__(
        self, hook_def: HookDefinition, attempt: Any, op_exception: BaseException | None
    ) -> None:
        """`op_exception` is why the step failed."""
        run, step = attempt.run, attempt.unit.step
        self.hook_def = hook_def
        self.op_exception = op_exception
        self.op_output_values = attempt.values or {}
        self.op = SimpleNamespace(name=step.name.rpartition(".")[2])
        self.step_key = attempt.unit.key
        self.run_id = str(run.run_id)
        self.job_name = str(run.pipeline.name)
        self.log = run.logger
        self.instance = run.instance
        self.required_resource_keys = hook_def.required_resource_keys
        found = {name: run.resources[name] for name in hook_def.required_resource_keys}
        self.resources = SimpleNamespace(**found)
        self.op_config = run.raw_config_of(step)


def success_hook(
    hook_fn: Any = None, *, name: str | None = None, required_resource_keys: Any = ()
) -> Any:
    """A hook on steps that succeed, with parentheses or without."""
    return hook_on("succeeded", hook_fn, name, required_resource_keys)


def failure_hook(
    hook_fn: Any = None, *, name: str | None = None, required_resource_keys: Any = ()
) -> Any:
    """A hook on steps that fail, with parentheses or without."""
    return hook_on("failed", hook_fn, name, required_resource_keys)


def hook_on(outcome: str, hook_fn: Any, name: str | None, keys: Any) -> Any:
    """The hook, or what makes one of a function."""
    if hook_fn is None or isinstance(hook_fn, str):
        return lambda function: hook_on(outcome, function, name or hook_fn, keys)
    return HookDefinition(name or hook_fn.__name__, hook_fn, outcome, tuple(keys or ()))
