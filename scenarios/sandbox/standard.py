"""The methods every Odoo model answers: search, read, create, write, unlink and their kin."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scenarios.sandbox import access, defaults, domains, groups, reading, searching, sequences
from scenarios.sandbox.faults import AccessError, WrongArguments, WrongValue
from scenarios.sandbox.fields import LOG_COLUMNS, Field
from scenarios.sandbox.reading import Record
from scenarios.sandbox.registry import method, model_method

if TYPE_CHECKING:
    from scenarios.sandbox.env import Env

Domain = Sequence[Any]


@model_method("*", "search")
def search(
    env: "Env", model: str, domain: Domain, offset: int = 0, limit: int | None = None, order: str | None = None
) -> list[int]:
    return env.search(model, domain, order or "", limit, offset)


@model_method("*", "search_count")
def search_count(env: "Env", model: str, domain: Domain = (), limit: int | None = None) -> int:
    return len(env.search(model, domain, limit=limit))


@model_method("*", "search_read")
def search_read(
    env: "Env",
    model: str,
    domain: Domain | None = None,
    fields: Sequence[str] | None = None,
    offset: int = 0,
    limit: int | None = None,
    order: str | None = None,
    load: str | None = "_classic_read",
) -> list[dict[str, Any]]:
    found = env.search(model, domain or [], order or "", limit, offset)
    return list(read(env, model, found, fields, load))


@method("*", "read")
def read(
    env: "Env", model: str, ids: list[int], fields: Sequence[str] | None = None, load: str | None = "_classic_read"
) -> list[dict[str, Any]]:
    """Existing records only; a many2one as ``[id, name]`` unless ``load`` is empty."""
    described = env.engine.model(model)
    wanted = list(dict.fromkeys(fields or described.fields))
    _refuse_guarded(env, model, wanted)
    rows = env.value(model, ids, wanted)
    if load == "_classic_read":
        for name in wanted:
            field = described.fields[name]
            if field.type == "many2one":
                _name_links(env, field, rows)
    return [dict(row) for row in rows]


GUARDED = {("res.partner", "credit_limit"): (groups.INVOICES, groups.READS_ACCOUNTS)}
"""Fields that only some groups may read."""


def _refuse_guarded(env: "Env", model: str, fields: Sequence[str]) -> None:
    for name in fields:
        allowed = GUARDED.get((model, name))
        if allowed and not any(env.has_group(group) for group in allowed):
            names = ", ".join(f"'{groups.GROUPS[g].name}'" for g in allowed)
            raise AccessError(
                f'You do not have enough rights to access the fields "{name}" on {env.engine.model(model).label} '
                f"({model}). Please contact your system administrator.\n\nOperation: read\nUser: {env.uid}\n"
                f"Fields:\n- {name} (allowed for groups {names})"
            )


def _name_links(env: "Env", field: Field, rows: list[Record]) -> None:
    targets = {row[field.name] for row in rows if row[field.name]}
    if field.relation not in env.engine.models:
        return
    present = sorted(targets & set(env.engine.table(field.relation).rows))
    shown = reading.columns(env.sudo(), env.engine.model(field.relation), present, ["display_name"])["display_name"]
    for row in rows:
        link = row[field.name]
        row[field.name] = [link, shown[link]] if link in shown and link else False


@model_method("*", "create")
def create(env: "Env", model: str, vals_list: dict[str, Any] | list[dict[str, Any]]) -> int | list[int]:
    """One id for one set of values, a list for a list."""
    if isinstance(vals_list, list):
        return [env.create(model, vals) for vals in vals_list]
    return env.create(model, vals_list)


@method("*", "write")
def write(env: "Env", model: str, ids: list[int], vals: dict[str, Any]) -> bool:
    env.write(model, ids, vals)
    return True


@method("*", "unlink")
def unlink(env: "Env", model: str, ids: list[int]) -> bool:
    env.unlink(model, ids)
    return True


NOT_COPIED = LOG_COLUMNS | {"name", "state", "message_ids", "activity_ids", "move_ids", "picking_ids", "invoice_ids"}


@method("*", "copy")
def copy(env: "Env", model: str, ids: list[int], default: dict[str, Any] | None = None) -> int | list[int]:
    """Duplicates with their lines; documents start again as drafts with a new number."""
    made = []
    for record in ids:
        vals = {**_copied(env, model, record), **(default or {})}
        made.append(env.create(model, vals))
    return made[0] if len(made) == 1 else made


def _copied(env: "Env", model: str, record: int) -> dict[str, Any]:
    row = env.row(model, record)
    fields = env.engine.model(model).fields
    numbered = "state" in fields
    vals: dict[str, Any] = {}
    for name, field in fields.items():
        if (name in NOT_COPIED and not (name == "name" and not numbered)) or name.startswith("date_"):
            continue
        if field.column and row[name] != field.empty:
            vals[name] = [(6, 0, row[name])] if field.many else row[name]
        elif name in ("order_line", "item_ids"):
            vals[name] = [(0, 0, _line(env, field, line)) for line in row[name]]
    if not numbered and isinstance(vals.get("name"), str):
        vals["name"] = f"{vals['name']} (copy)"
    return vals


def _line(env: "Env", field: Field, line: int) -> dict[str, Any]:
    name = env.row(field.relation, line)["name"]
    return {**{k: v for k, v in _copied(env, field.relation, line).items() if k != field.inverse}, "name": name}


@model_method("*", "fields_get")
def fields_get(
    env: "Env", model: str, allfields: Sequence[str] | None = None, attributes: Sequence[str] | None = None
) -> dict[str, dict[str, Any]]:
    access.check_model(env, model, "read")
    fields = env.engine.model(model).fields
    wanted = allfields or list(fields)
    told = {name: _described(fields[name]) for name in wanted if name in fields}
    if attributes:
        told = {name: {k: v for k, v in each.items() if k in attributes} for name, each in told.items()}
    return told


def _described(field: Field) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "string": field.label,
        "required": field.required,
        "readonly": field.readonly,
        "store": field.stored,
        "company_dependent": field.company_dependent,
        "searchable": field.stored or field.name in searching.SEARCHABLE or bool(field.delegate),
        "sortable": field.stored,
    }
    if field.relation:
        told["relation"] = field.relation
    if field.type == "one2many" and field.inverse:
        told["relation_field"] = field.inverse
    if field.type == "selection":
        told["selection"] = [list(each) for each in field.selection]
    return told


@model_method("*", "default_get")
def default_get(env: "Env", model: str, fields_list: Sequence[str]) -> dict[str, Any]:
    access.check_model(env, model, "read")
    fields = env.engine.model(model).fields
    found = {name: defaults.default(env, model, fields[name]) for name in fields_list if name in fields}
    return {name: value for name, value in found.items() if value is not None}


@model_method("*", "name_search")
def name_search(
    env: "Env",
    model: str,
    name: str = "",
    args: Domain | None = None,
    operator: str = "ilike",
    limit: int | None = 100,
) -> list[list[Any]]:
    found = env.search(model, args or [])
    shown = reading.columns(env.sudo(), env.engine.model(model), found, ["display_name"])["display_name"]
    if name:
        test = domains.matcher(env.engine.model(model).fields["display_name"], operator, name)
        found = [i for i in found if test(shown[i])]
    return [[i, shown[i]] for i in found[: limit or None]]


@model_method("*", "check_access_rights")
def check_access_rights(env: "Env", model: str, operation: str, raise_exception: bool = True) -> bool:
    _refuse_operation(operation)
    if raise_exception:
        access.check_model(env, model, operation)
    return access.may(env, model, operation)


@method("*", "has_access")
def has_access(env: "Env", model: str, ids: list[int], operation: str) -> bool:
    _refuse_operation(operation)
    return access.may(env, model, operation) and len(access.visible(env, model, ids)) == len(set(ids))


def _refuse_operation(operation: str) -> None:
    if operation not in access.LETTERS:
        raise WrongValue(f"Invalid operation {operation!r}: expected one of {sorted(access.LETTERS)}")


@method("*", "exists")
def exists(env: "Env", model: str, ids: list[int]) -> list[int]:
    return env.exists(model, ids)


@method("res.users", "has_group")
def has_group(env: "Env", ids: list[int], group_ext_id: str) -> bool:
    """Whether one user is in a group; others may only be asked about by an administrator."""
    if len(ids) != 1:
        raise WrongArguments("Users.has_group() wants exactly one user")
    if ids[0] != env.uid and not env.has_group(groups.RIGHTS):
        raise AccessError("You can ony call user.has_group() with your current user.")
    return access.has_group(env, ids[0], group_ext_id)


@model_method("res.users", "context_get")
def context_get(env: "Env") -> dict[str, Any]:
    user = env.sudo().row("res.users", env.uid)
    return {"lang": user["lang"] or "en_US", "tz": user["tz"] or "UTC", "uid": env.uid}


@model_method("ir.model.data", "check_object_reference")
def check_object_reference(
    env: "Env", module: str, xml_id: str, raise_on_access_error: bool = False
) -> tuple[str, int | bool]:
    """Model and id of an external id; what the user may not see has no id, or is an error when asked so."""
    model, record = sequences.reference(env, f"{module}.{xml_id}")
    if access.may(env, model, "read") and record in access.visible(env, model, [record]):
        return model, record
    if raise_on_access_error:
        raise AccessError(f'Not enough access rights on the external ID "{module}.{xml_id}"')
    return model, False


@method("*", "get_external_id")
def get_external_id(env: "Env", model: str, ids: list[int]) -> dict[str, str]:
    """Each record's external id, or an empty text."""
    table = env.engine.table("ir.model.data")
    found = dict.fromkeys(map(str, ids), "")
    for record in ids:
        for place in sorted(table.having("res_id", record), reverse=True):
            row = table.rows[place]
            if row["model"] == model:
                found[str(record)] = f"{row['module']}.{row['name']}"
    return found
