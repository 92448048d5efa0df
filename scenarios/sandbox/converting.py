"""From what a caller sends to what a column holds, refusing what Odoo refuses."""

from datetime import datetime
from typing import Any

from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import MissingError, ValidationError, WrongArguments, WrongValue
from scenarios.sandbox.fields import NUMERIC, Field

DATETIME = "%Y-%m-%d %H:%M:%S"
DATE = "%Y-%m-%d"
MOMENTS = frozenset({"date", "datetime"})

LOOKED_INTO = frozenset(
    {("sale.order", field) for field in ("partner_id", "partner_invoice_id", "partner_shipping_id")}
    | {("sale.order.line", "order_id"), ("stock.picking", "picking_type_id")}
    | {("stock.move", "product_id"), ("res.partner", "parent_id")}
)
"""Links that Odoo looks into before it writes: a record that is not there is missed, not refused."""
NEWER = frozenset({("purchase.order", "partner_id")})
"""Those that a newer Odoo looks into as well."""


def to_column(env: Env, model: str, field: Field, value: Any) -> Any:
    """The value as the column holds it; WrongValue or ValidationError when it cannot."""
    if value is None:
        value = False
    if field.type in NUMERIC:
        return _number(field, value)
    if value is False or value == "" or (not value and field.type in MOMENTS):
        return False
    if field.type == "boolean":
        return bool(value)
    if field.type == "many2one":
        return _link(env, model, field, value)
    if field.type in MOMENTS:
        return _moment(field, value)
    if field.type == "selection":
        return _choice(model, field, value)
    if field.type in {"char", "text", "html"}:
        return str(value)
    return value


def _number(field: Field, value: Any) -> int | float:
    try:
        return int(value or 0) if field.type in {"integer", "many2one_reference"} else float(value or 0)
    except TypeError as problem:
        raise WrongArguments(str(problem)) from problem
    except ValueError as problem:
        raise WrongValue(str(problem)) from problem


def _link(env: Env, model: str, field: Field, target: Any) -> int | bool:
    """Whatever is no id is no link, without a word."""
    if isinstance(target, bool) or not isinstance(target, int):
        return False
    if field.relation in env.engine.models and target not in env.engine.table(field.relation).rows:
        if (model, field.name) in LOOKED_INTO or (env.engine.release.tells_labels and (model, field.name) in NEWER):
            raise MissingError.of(field.relation, target, env.uid)
        raise _nothing_there(env, model, field)
    return target


def _nothing_there(env: Env, model: str, field: Field) -> ValidationError:
    """What the database says of a link to a record that is not there."""
    label = env.engine.model(model).label
    if env.engine.release.tells_labels:
        return ValidationError(
            "The operation cannot be completed: Another model is using the record you are trying to delete.\n\n"
            f"The troublemaker is: '{label}' ({model})\n"
            f"Thanks to the following constraint: '{field.label}' ({field.name})\n"
            "How about archiving the record instead?"
        )
    return ValidationError(
        "The operation cannot be completed: another model requires the record being deleted. If possible, archive "
        f"it instead.\n\nModel: {label} ({model})\nConstraint: {model.replace('.', '_')}_{field.name}_fkey\n"
    )


def _moment(field: Field, value: Any) -> str:
    """A date or datetime in Odoo's own format, which may end early; anything else is Python's complaint about it."""
    if not isinstance(value, str):
        complaint = "is not subscriptable" if field.type == "date" else "has no len()"
        opening = (
            f"'{type(value).__name__}' object" if field.type == "date" else f"object of type '{type(value).__name__}'"
        )
        raise WrongArguments(f"{opening} {complaint}")
    try:
        if field.type == "date":
            return datetime.strptime(value[:10], DATE).strftime(DATE)  # noqa: DTZ007
        return datetime.strptime(value, DATETIME[: len(value) - 2]).strftime(DATETIME)  # noqa: DTZ007
    except ValueError as problem:
        raise WrongValue(str(problem)) from problem


def _choice(model: str, field: Field, value: Any) -> Any:
    if isinstance(value, (list, dict)):
        raise WrongArguments(f"unhashable type: '{type(value).__name__}'")
    if field.selection and value not in {key for key, _ in field.selection}:
        raise WrongValue(f"Wrong value for {model}.{field.name}: {value!r}")
    return value


def mandatory(env: Env, model: str, field: Field) -> ValidationError:
    """What Odoo says when a required field is left empty."""
    if env.engine.release.tells_labels:
        return ValidationError(
            f"The operation cannot be completed: Missing required value for the field '{field.label}' ({field.name}).\n"
            f"Model: '{env.engine.model(model).label}' ({model})\n- create/update: a mandatory field is not set\n"
            "- delete: another model requires the record being deleted, you can archive it instead\n"
        )
    return ValidationError(
        "The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n- Delete: another model "
        "requires the record being deleted. If possible, archive it instead.\n\n"
        f"Model: {env.engine.model(model).label} ({model})\nField: {field.label} ({field.name})\n"
    )
