"""From what a caller sends to what a column holds, refusing what Odoo refuses."""

from datetime import datetime
from typing import Any

from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import ValidationError, WrongValue
from scenarios.sandbox.fields import NUMERIC, Field

DATETIME = "%Y-%m-%d %H:%M:%S"
DATE = "%Y-%m-%d"


def to_column(env: Env, model: str, field: Field, value: Any) -> Any:
    """The value as the column holds it; WrongValue or ValidationError when it cannot."""
    if value is None:
        value = False
    if field.type in NUMERIC:
        return _number(field, value)
    if value is False or value == "":
        return False
    if field.type == "boolean":
        return bool(value)
    if field.type == "many2one":
        return _link(env, model, field, value)
    if field.type in {"date", "datetime"}:
        return _moment(field, value)
    if field.type == "selection":
        return _choice(model, field, value)
    if field.type in {"char", "text", "html"}:
        return str(value)
    return value


def _number(field: Field, value: Any) -> int | float:
    try:
        return int(value or 0) if field.type in {"integer", "many2one_reference"} else float(value or 0)
    except (TypeError, ValueError) as problem:
        raise WrongValue(str(problem)) from problem


def _link(env: Env, model: str, field: Field, target: Any) -> int | bool:
    """Whatever is no id is no link, without a word."""
    if isinstance(target, bool) or not isinstance(target, int):
        return False
    if field.relation in env.engine.models and target not in env.engine.table(field.relation).rows:
        raise ValidationError(
            "The operation cannot be completed: another model requires the record being deleted. If possible, archive "
            f"it instead.\n\nModel: {env.engine.model(model).label} ({model})\n"
            f"Constraint: {model.replace('.', '_')}_{field.name}_fkey\n"
        )
    return target


def _moment(field: Field, value: Any) -> str:
    """A date or datetime in Odoo's own format; anything else is Python's complaint about it."""
    text = str(value)
    try:
        if field.type == "date":
            return datetime.strptime(text[:10], DATE).strftime(DATE)  # noqa: DTZ007
        return datetime.strptime(text, DATETIME if len(text) > 10 else DATE).strftime(DATETIME)  # noqa: DTZ007
    except ValueError as problem:
        raise WrongValue(str(problem)) from problem


def _choice(model: str, field: Field, value: Any) -> Any:
    if field.selection and value not in {key for key, _ in field.selection}:
        raise WrongValue(f"Wrong value for {model}.{field.name}: {value!r}")
    return value


def mandatory(env: Env, model: str, field: Field) -> ValidationError:
    """What Odoo says when a required field is left empty."""
    return ValidationError(
        "The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n- Delete: another model "
        "requires the record being deleted. If possible, archive it instead.\n\n"
        f"Model: {env.engine.model(model).label} ({model})\nField: {field.label} ({field.name})\n"
    )
