"""Whether arguments fit a method, and what Python says inside Odoo where they do not."""

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any

EVERYBODYS = {
    "activity_schedule": "MailActivityMixin",
    "message_post": "MailThread",
    "message_subscribe": "MailThread",
    "onchange": "Base",
    "web_read": "Base",
    "web_search_read": "Base",
}
"""Where Odoo keeps methods that many models have, beside ``BaseModel``."""


@cache
def signature(function: Callable[..., Any]) -> inspect.Signature:
    return inspect.signature(function)


def unbound(function: Callable[..., Any], given: int, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str | None:
    """What ``inspect`` says of arguments that do not fit; None where they do."""
    try:
        signature(function).bind(*[None] * given, *args, **kwargs)
    except TypeError as wrong:
        return str(wrong)
    return None


def misfit(function: Callable[..., Any], given: int, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str | None:
    """What is wrong with the arguments, in Python's words; None where they fit.

    The first ``given`` parameters are the sandbox's own (the view, the model, the records) and stand for ``self``.
    """
    if unbound(function, given, args, kwargs) is None:
        return None
    return _words(list(signature(function).parameters.values())[given:], args, kwargs)


def _words(parameters: Sequence[inspect.Parameter], args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    named = [each for each in parameters if each.kind is each.POSITIONAL_OR_KEYWORD]
    names = [each.name for each in named]
    open_ended = any(each.kind is each.VAR_KEYWORD for each in parameters)
    if strange := [name for name in kwargs if name not in names and not open_ended]:
        return f"got an unexpected keyword argument '{strange[0]}'"
    if twice := [name for name in names[: len(args)] if name in kwargs]:
        return f"got multiple values for argument '{twice[0]}'"
    needed = [each.name for each in named if each.default is each.empty]
    if len(args) > len(names):
        return _too_many(len(needed) + 1, len(names) + 1, len(args) + 1)
    return _missing([name for name in needed if name not in names[: len(args)] and name not in kwargs])


def _too_many(least: int, most: int, given: int) -> str:
    """Python counts ``self``."""
    takes = f"{most} positional argument{'s' if most > 1 else ''}" if least == most else f"from {least} to {most} "
    takes += "" if least == most else "positional arguments"
    return f"takes {takes} but {given} {'was' if given == 1 else 'were'} given"


def _missing(names: Collection[str]) -> str:
    quoted = [f"'{name}'" for name in names]
    plural = "s" if len(quoted) > 1 else ""
    return f"missing {len(quoted)} required positional argument{plural}: {_listed(quoted)}"


def _listed(words: Sequence[str]) -> str:
    if len(words) < 3:
        return " and ".join(words)
    return f"{', '.join(words[:-1])}, and {words[-1]}"


OLD_NAMES = {
    "product.supplierinfo": "SupplierInfo",
    "res.partner": "Partner",
    "res.users": "Users",
    "stock.location": "Location",
    "stock.picking": "Picking",
}
"""Classes that were not called after their model before Odoo 19."""

_ORDERS = frozenset({"purchase.order", "sale.order"})
_LINES = frozenset({"purchase.order.line", "sale.order.line"})
_GOODS = frozenset({"product.product", "product.template", "product.supplierinfo"})
_STOCK = frozenset({"stock.move", "stock.picking", "stock.quant", "stock.warehouse.orderpoint"})
_CHANGED = _ORDERS | _LINES | _GOODS | _STOCK | {"mail.activity", "res.partner", "res.users"}

OVERRIDDEN = {
    "create": _CHANGED,
    "default_get": frozenset({"mail.activity", "product.template", "stock.move"}),
    "message_post": _ORDERS,
    "name_search": frozenset({"product.product", "product.template"}),
    "unlink": frozenset({"mail.activity", "product.product", "stock.move"}),
    "write": _CHANGED,
}
"""Methods of every model that these have in their own words."""

THREADS = frozenset({*_ORDERS, "product.product", "product.template", "stock.lot", "stock.picking", "stock.scrap"})
"""Models with messages, which see to those when records come, change and go."""


def home(model: str, method: str, *, own: bool, version: int) -> str:
    """The class that Python names, with a dot: the model's own, or the one from which all models have the method."""
    if method == "create" and version < 19:
        return ""
    if own or model in OVERRIDDEN.get(method, ()):
        return f"{_class(model, version)}."
    if method in ("create", "write", "unlink") and model in THREADS:
        return "MailThread."
    if method == "unlink" and version >= 19:
        return "Base."
    return f"{EVERYBODYS.get(method, 'BaseModel')}."


def _class(model: str, version: int) -> str:
    if version < 19 and model in OLD_NAMES:
        return OLD_NAMES[model]
    return "".join(part.capitalize() for part in model.replace("_", ".").split("."))
