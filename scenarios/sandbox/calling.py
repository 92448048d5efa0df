"""Carrying out a method by name: which ones exist, which are private, and whether the arguments fit."""

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

from scenarios.sandbox import access
from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import AccessError, NoSuchMethod, UserError, WrongArguments
from scenarios.sandbox.registry import REGISTRY

LANGUAGES = frozenset({"en_US", "en_GB"})


def public(env: Env, model: str, method: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """A call from outside: private methods are refused, ``context`` is taken from the keywords."""
    if model not in env.engine.models:
        raise UserError(f"Object {model} doesn't exist")
    if method.startswith("_"):
        raise AccessError(f"Private methods (such as '{model}.{method}') cannot be called remotely.")
    keywords = dict(kwargs)
    env = env.with_context(**(keywords.pop("context", None) or {}))
    if env.context.get("lang") not in (None, False, *LANGUAGES):
        raise UserError(f"Invalid language code: {env.context['lang']}")
    access.companies(env)
    return call(env, model, method, args, keywords)


def call(env: Env, model: str, method: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """A method of records (ids come first), of the model, or one that every model has."""
    function = REGISTRY.methods.get((model, method))
    if function is not None:
        return _bound(function, f"{model}.{method}", [env, *_with_ids(args, model, method)], kwargs)
    function = REGISTRY.model_methods.get((model, method))
    if function is not None:
        return _bound(function, f"{model}.{method}", [env, *args], kwargs)
    function = REGISTRY.methods.get(("*", method))
    if function is not None:
        return _bound(function, f"{model}.{method}", [env, model, *_with_ids(args, model, method)], kwargs)
    function = REGISTRY.model_methods.get(("*", method))
    if function is not None:
        return _bound(function, f"{model}.{method}", [env, model, *args], kwargs)
    raise NoSuchMethod(f"The method '{model}.{method}' does not exist")


def _with_ids(args: list[Any], model: str, method: str) -> list[Any]:
    """The first argument as a list of ids."""
    if not args:
        raise WrongArguments(f"{model}.{method}() wants the records' ids first")
    first, *rest = args
    ids = [first] if isinstance(first, int) and not isinstance(first, bool) else first
    if not isinstance(ids, (list, tuple)) or not all(isinstance(i, int) for i in ids):
        raise WrongArguments(f"{model}.{method}() wants the records' ids first, and got {first!r}")
    return [list(ids), *rest]


@cache
def _signature(function: Callable[..., Any]) -> inspect.Signature:
    return inspect.signature(function)


def _bound(function: Callable[..., Any], name: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
    try:
        _signature(function).bind(*args, **kwargs)
    except TypeError as problem:
        raise WrongArguments(f"{name}() {problem}") from problem
    return function(*args, **kwargs)
