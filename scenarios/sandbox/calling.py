"""Carrying out a method by name: which ones exist, which are private, and whether the arguments fit."""

from collections.abc import Callable
from typing import Any

from scenarios.sandbox import signatures
from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import AccessError, NoSuchMethod, TooFew, UserError, WrongArguments
from scenarios.sandbox.people import access
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
        return _bound(function, model, method, (env, _ids(env, args)), args[1:], kwargs)
    function = REGISTRY.model_methods.get((model, method))
    if function is not None:
        return _bound(function, model, method, (env,), args, kwargs)
    _refuse_without(env, model, method)
    function = REGISTRY.methods.get(("*", method))
    if function is not None:
        return _bound(function, model, method, (env, model, _ids(env, args)), args[1:], kwargs, own=False)
    function = REGISTRY.model_methods.get(("*", method))
    if function is not None:
        return _bound(function, model, method, (env, model), args, kwargs, own=False)
    raise NoSuchMethod(f"The method '{model}.{method}' does not exist")


THREADED = {
    "activity_feedback": "activity_ids",
    "activity_schedule": "activity_ids",
    "activity_unlink": "activity_ids",
    "message_post": "message_ids",
    "message_subscribe": "message_follower_ids",
    "message_unsubscribe": "message_follower_ids",
}
"""Methods of documents only, and the field by which one knows those."""


def _refuse_without(env: Env, model: str, method: str) -> None:
    if method in THREADED and THREADED[method] not in env.engine.model(model).fields:
        raise NoSuchMethod(f"The method '{model}.{method}' does not exist")


def _ids(env: Env, args: list[Any]) -> list[int]:
    """The first argument as a list of ids, whatever it is; what is no id is found nowhere."""
    if not args:
        raise TooFew(f"{'tuple' if env.engine.version < 19 else 'list'} index out of range")
    first = args[0]
    several = first if isinstance(first, (list, tuple)) else [first]
    return [each for each in several if isinstance(each, int) and not isinstance(each, bool)]


def _bound(
    function: Callable[..., Any],
    model: str,
    method: str,
    given: tuple[Any, ...],
    args: list[Any],
    kwargs: dict[str, Any],
    *,
    own: bool = True,
) -> Any:
    wrong = signatures.misfit(function, len(given), args, kwargs)
    if wrong is not None:
        place = signatures.home(model, method, own=own, version=given[0].engine.version)
        raise WrongArguments(f"{place}{method}() {wrong}", signatures.unbound(function, len(given), args, kwargs))
    return function(*given, *args, **kwargs)
