"""Creating, changing and deleting records, with the hooks that business modules add."""

from collections.abc import Mapping
from typing import Any

from scenarios.sandbox import commands, defaults, deletion
from scenarios.sandbox.converting import mandatory, to_column
from scenarios.sandbox.env import Env, Values
from scenarios.sandbox.faults import MissingError, NoSuchMethod, WrongValue
from scenarios.sandbox.fields import LOG_COLUMNS, Model
from scenarios.sandbox.people import access, logins
from scenarios.sandbox.registry import REGISTRY, chain
from scenarios.sandbox.tables import Row


def create(env: Env, model: str, given: Values) -> int:
    """One new record; its x2many commands are carried out after the insert."""
    access.check_model(env, model, "create")
    described = env.engine.model(model)
    _refuse_unknown(described, given)
    values = _with_defaults(env, described, {k: v for k, v in given.items() if env.su or k not in LOG_COLUMNS})
    values = _with_delegate(env, described, values)
    values = chain(REGISTRY.fills[model], env, values)
    row = _row(env, described, values, {})
    _refuse_empty(env, described, row)
    record = env.engine.table(model).next_id()
    stamp = {"create_uid": env.uid, "write_uid": env.uid, "create_date": env.stamp, "write_date": env.stamp}
    env.engine.put(model, record, {**stamp, **row})
    commands.run(env, described, record, values)
    for hook in REGISTRY.created[model]:
        hook(env, [record], values)
    access.check(env, model, "create", [record])
    return record


def write(env: Env, model: str, ids: list[int], given: Values) -> None:
    """Change existing records; MissingError when one is not there."""
    described = env.engine.model(model)
    access.check_model(env, model, "read")
    access.check_model(env, model, "write")
    refuse_missing(env, model, ids)
    access.check(env, model, "write", ids)
    _refuse_unknown(described, given)
    values = {k: v for k, v in given.items() if env.su or k not in LOG_COLUMNS}
    for hook in REGISTRY.writing[model]:
        hook(env, ids, values)
    changes = _columns(env, described, values)
    for record in ids:
        _change(env, described, record, changes)
        commands.run(env, described, record, values)
    _write_delegate(env, described, ids, values)
    for hook in REGISTRY.written[model]:
        hook(env, ids, values)


def unlink(env: Env, model: str, ids: list[int]) -> None:
    """Delete records with what belongs to them; refused while something else requires them."""
    access.check_model(env, model, "unlink")
    refuse_missing(env, model, ids)
    access.check(env, model, "unlink", ids)
    for hook in REGISTRY.unlinking[model]:
        hook(env, ids)
    for record in ids:
        deletion.delete(env, model, record)


def refuse_missing(env: Env, model: str, ids: list[int]) -> None:
    rows = env.engine.table(model).rows
    for record in ids:
        if record not in rows:
            raise MissingError.of(model, record, env.uid)


def _refuse_unknown(model: Model, given: Any) -> None:
    if not isinstance(given, Mapping):
        raise NoSuchMethod(f"'{type(given).__name__}' object has no attribute 'get'")
    for name in given:
        if name not in model.fields and name not in logins.SECRETS.get(model.name, ()):
            raise WrongValue(f"Invalid field '{name}' on model '{model.name}'")


def _with_defaults(env: Env, model: Model, given: dict[str, Any]) -> dict[str, Any]:
    values = dict(given)
    for field in model.fields.values():
        if field.name not in values and (field.column or f"default_{field.name}" in env.context):
            value = defaults.default(env, model.name, field)
            if value is not None:
                values[field.name] = value
    return values


def _with_delegate(env: Env, model: Model, values: dict[str, Any]) -> dict[str, Any]:
    """The record whose fields this one shows as its own is created first, unless it is given."""
    if model.delegate is None:
        return values
    link, parent = model.delegate
    theirs = {k: v for k, v in values.items() if k in model.fields and model.fields[k].delegate}
    mine = {k: v for k, v in values.items() if k not in theirs}
    if values.get(link):
        if theirs:
            env.write(parent, [values[link]], theirs)
        return mine
    shared = {"company_id": values["company_id"]} if model.name == "product.product" and "company_id" in values else {}
    quiet = env.with_context(create_product_product=False)
    return {**mine, link: quiet.create(parent, {**shared, **theirs})}


def _write_delegate(env: Env, model: Model, ids: list[int], values: Values) -> None:
    theirs = {k: v for k, v in values.items() if k in model.fields and model.fields[k].delegate}
    if not theirs or model.delegate is None:
        return
    link, parent = model.delegate
    rows = env.engine.table(model.name).rows
    env.write(parent, sorted({rows[record][link] for record in ids}), theirs)


def _columns(env: Env, model: Model, values: Values) -> dict[str, Any]:
    """What goes into the row itself, converted; secrets only as digests."""
    converted: dict[str, Any] = {}
    for name, value in values.items():
        field = model.fields.get(name)
        if field is not None and field.column and not field.many:
            converted[name] = to_column(env, model.name, field, value)
    converted.update(logins.digests(model.name, values))
    return converted


def _row(env: Env, model: Model, values: Values, before: Row) -> Row:
    return _merged(env, model, before, _columns(env, model, values))


def _merged(env: Env, model: Model, before: Row, changes: Mapping[str, Any]) -> Row:
    """The row with its changes; empty columns are left out, company-dependent ones kept per company."""
    row = dict(before)
    for name, value in changes.items():
        field = model.fields.get(name)
        if name in model.per_company:
            row[name] = {**before.get(name, {}), str(env.company): value}
        elif field is not None and value == field.empty:
            row.pop(name, None)
        else:
            row[name] = value
    return row


def _change(env: Env, model: Model, record: int, changes: Mapping[str, Any]) -> None:
    before = env.engine.table(model.name).rows[record]
    stamp = {"write_uid": env.uid, "write_date": env.stamp}
    after = _merged(env, model, before, {**stamp, **changes})
    for name in changes:
        field = model.fields.get(name)
        if field is not None and name not in after and defaults.insists(model.name, field):
            raise mandatory(env, model.name, field)
    env.engine.put(model.name, record, after)


def _refuse_empty(env: Env, model: Model, row: Row) -> None:
    for field in model.fields.values():
        if field.name not in row and defaults.insists(model.name, field) and not field.many:
            raise mandatory(env, model.name, field)
