"""Whether a permit admits a write: every id, field, command, keyword and number is looked at before it is sent."""

import math
from collections.abc import Mapping, Sequence

from domain.scopes import Permit
from domain.values import Json
from tools.errors import OutOfScope

MOST_RECORDS = 100
"""More ids than this in one call is not one step of a plan."""
LINK, UNLINK = 4, 3
"""Odoo's commands that take a record into an x2many field, and let it go."""


def check_call(
    permit: Permit, method: str, args: Sequence[Json], named: Mapping[str, Json], *, company: int, marker: str
) -> None:
    """Raise OutOfScope unless arguments, keywords and context together are what the permit names."""
    values = _arguments(permit, method, args)
    _check_named(permit, named)
    check_values(permit, values, company)
    check_finite([*args, dict(named)])
    if permit.marker is not None and method != "write" and marker not in str({**values, **named}.get(permit.marker)):
        raise OutOfScope(f"{permit.model}.{method} must carry the marker {marker} in {permit.marker}")


def check_context(permit: Permit, context: Mapping[str, Json]) -> None:
    """Raise OutOfScope for a context key that the permit does not name."""
    if strange := sorted(set(context) - permit.context):
        raise OutOfScope(f"{permit.model}: context {', '.join(strange)} is not declared")


def check_values(permit: Permit, values: Mapping[str, Json], company: int) -> None:
    """Raise OutOfScope for a field, a child field or a company that the permit does not admit."""
    for field, value in values.items():
        if field in permit.children:
            _check_commands(field, value, permit.children[field], company)
        elif field in permit.links | permit.unlinks:
            _check_link(permit, field, value)
        else:
            _check_field(permit.model, field, value, permit.fields, company)


def check_finite(value: Json) -> None:
    """Raise OutOfScope for a number that no comparison can hold, however deep it sits."""
    if isinstance(value, float) and not math.isfinite(value):
        raise OutOfScope(f"expected a finite number, found {value}")
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        check_finite(inner)


def _arguments(permit: Permit, method: str, args: Sequence[Json]) -> dict[str, Json]:
    """The values a call would write; every method but ``create`` names its records first."""
    match method, list(args):
        case "create", [dict() as values]:
            return values
        case "write", [ids, dict() as values]:
            _check_ids(ids)
            return values
        case name, [ids] if name not in {"create", "write"}:
            _check_ids(ids)
            return {}
    raise OutOfScope(f"{permit.model}.{method} was called with arguments that are not declared")


def _check_ids(ids: Json) -> None:
    if not isinstance(ids, list) or not 0 < len(ids) <= MOST_RECORDS:
        raise OutOfScope(f"expected a list of 1 to {MOST_RECORDS} record ids, found {type(ids).__name__}")
    for record in ids:
        if isinstance(record, bool) or not isinstance(record, int) or record <= 0:
            raise OutOfScope(f"expected record ids above zero, found {record!r}")


def _check_named(permit: Permit, named: Mapping[str, Json]) -> None:
    """Keywords are declared, and what is fixed is there with its one value (``True`` is not ``1``)."""
    if strange := sorted(set(named) - permit.keywords - permit.context):
        raise OutOfScope(f"{permit.model}: keyword {', '.join(strange)} is not declared")
    for name, only in permit.fixed.items():
        if name not in named or named[name] != only or type(named[name]) is not type(only):
            raise OutOfScope(f"{permit.model}: expected {name} to be {only!r}, found {named.get(name)!r}")


def _check_commands(field: str, value: Json, fields: frozenset[str], company: int) -> None:
    if not isinstance(value, list):
        raise OutOfScope(f"{field}: expected a list of (0, 0, values) commands, found {type(value).__name__}")
    for command in value:
        match command:
            case [0, 0, dict() as values] if not any(isinstance(part, bool) for part in command):
                for name, inner in values.items():
                    _check_field(field, name, inner, fields, company)
            case _:
                raise OutOfScope(f"{field}: only (0, 0, values) commands are declared")


def _check_link(permit: Permit, field: str, value: Json) -> None:
    """One command, which takes or lets go one record, in the one direction that is declared."""
    match value:
        case [[int() as command, int() as record]] if not isinstance(command, bool) and not isinstance(record, bool):
            declared = (command == LINK and field in permit.links) or (command == UNLINK and field in permit.unlinks)
            if declared and record > 0:
                return
    raise OutOfScope(f"{field} of {permit.model}: expected the one declared command on one record id, found {value!r}")


def _check_field(model: str, field: str, value: Json, fields: frozenset[str], company: int) -> None:
    if field not in fields:
        raise OutOfScope(f"writing {field} of {model} is not declared")
    if field == "company_id" and value != company:
        raise OutOfScope(f"expected company {company} in {model}, found {value!r}")
    if isinstance(value, dict | list):
        raise OutOfScope(f"{field} of {model}: expected a plain value, found {type(value).__name__}")
    if field.endswith("_id") and (isinstance(value, bool) or not isinstance(value, int) or value <= 0):
        raise OutOfScope(f"{field} of {model}: expected a record id above zero, found {value!r}")
