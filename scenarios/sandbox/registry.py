"""What business modules add to the sandbox's models: methods, computed fields and hooks."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from scenarios.sandbox.env import Env, Values
from scenarios.sandbox.env import Raw as Raw

Method: TypeAlias = Callable[..., Any]
Compute: TypeAlias = Callable[[Env, list[int]], dict[int, dict[str, Raw]]]
Fill: TypeAlias = Callable[[Env, dict[str, Raw]], dict[str, Raw]]
Hook: TypeAlias = Callable[[Env, list[int], Values], None]
UnlinkHook: TypeAlias = Callable[[Env, list[int]], None]


class Registry:
    """Methods, computed fields and hooks by model; filled when ``scenarios.sandbox.business`` is imported."""

    def __init__(self) -> None:
        self.methods: dict[tuple[str, str], Method] = {}
        self.model_methods: dict[tuple[str, str], Method] = {}
        self.computes: dict[tuple[str, str], Compute] = {}
        self.related: dict[tuple[str, str], str] = {}
        self.fills: defaultdict[str, list[Fill]] = defaultdict(list)
        self.created: defaultdict[str, list[Hook]] = defaultdict(list)
        self.writing: defaultdict[str, list[Hook]] = defaultdict(list)
        self.written: defaultdict[str, list[Hook]] = defaultdict(list)
        self.unlinking: defaultdict[str, list[UnlinkHook]] = defaultdict(list)


REGISTRY = Registry()


def method(model: str, name: str) -> Callable[[Method], Method]:
    """A method on records: ``f(env, ids, *args, **kwargs)``; for ``*``, every model, ``f(env, model, ids, …)``."""

    def keep(function: Method) -> Method:
        REGISTRY.methods[model, name] = function
        return function

    return keep


def model_method(model: str, name: str) -> Callable[[Method], Method]:
    """A method on the model as a whole: ``f(env, *args, **kwargs)``; for ``*`` ``f(env, model, …)``."""

    def keep(function: Method) -> Method:
        REGISTRY.model_methods[model, name] = function
        return function

    return keep


def compute(model: str, *fields: str) -> Callable[[Compute], Compute]:
    """Fields worked out on every read, never stored: ``f(env, ids)`` gives each id its fields; domains may use them."""

    def keep(function: Compute) -> Compute:
        for field in fields:
            REGISTRY.computes[model, field] = function
        return function

    return keep


def related(model: str, field: str, path: str) -> None:
    """A field that is read through a dotted path of many2one fields, and searched through it: ``order_id.state``."""
    REGISTRY.related[model, field] = path


def on_create(model: str) -> Callable[[Fill], Fill]:
    """Before the insert: ``f(env, values)`` returns the values with defaults and derived stored fields filled in.

    x2many commands are still in the values; they are carried out after the insert, before ``after_create``.
    """

    def keep(function: Fill) -> Fill:
        REGISTRY.fills[model].append(function)
        return function

    return keep


def after_create(model: str) -> Callable[[Hook], Hook]:
    """After the insert and its x2many commands: ``f(env, ids, values)``."""
    return _hook(REGISTRY.created, model)


def before_write(model: str) -> Callable[[Hook], Hook]:
    """Before a write, after access and values are checked: ``f(env, ids, values)``; raise to refuse."""
    return _hook(REGISTRY.writing, model)


def after_write(model: str) -> Callable[[Hook], Hook]:
    """After a write: ``f(env, ids, values)``."""
    return _hook(REGISTRY.written, model)


def before_unlink(model: str) -> Callable[[UnlinkHook], UnlinkHook]:
    """Before records go: ``f(env, ids)``; raise to refuse."""

    def keep(function: UnlinkHook) -> UnlinkHook:
        REGISTRY.unlinking[model].append(function)
        return function

    return keep


def _hook(hooks: defaultdict[str, list[Hook]], model: str) -> Callable[[Hook], Hook]:
    def keep(function: Hook) -> Hook:
        hooks[model].append(function)
        return function

    return keep


def chain(functions: Sequence[Fill], env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """Every fill in the order it was registered."""
    for function in functions:
        values = function(env, values)
    return values
