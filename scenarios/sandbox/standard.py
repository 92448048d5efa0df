"""The methods every Odoo model answers: search, read, create, write, unlink and copy."""

from collections.abc import Sequence
from typing import Any

from scenarios.sandbox import reading
from scenarios.sandbox.env import Env, Record
from scenarios.sandbox.faults import AccessError, WrongArguments
from scenarios.sandbox.fields import LOG_COLUMNS, Field
from scenarios.sandbox.people import groups
from scenarios.sandbox.registry import method, model_method

Domain = Sequence[Any]


@model_method("*", "search")
def search(
    env: Env, model: str, domain: Domain, offset: int = 0, limit: int | None = None, order: str | None = None
) -> list[int]:
    return env.search(model, domain, order or "", limit, offset)


@model_method("*", "search_count")
def search_count(env: Env, model: str, domain: Domain, limit: int | None = None) -> int:
    return len(env.search(model, domain, limit=limit))


@model_method("*", "search_read")
def search_read(
    env: Env,
    model: str,
    domain: Domain | None = None,
    fields: Sequence[str] | None = None,
    offset: int = 0,
    limit: int | None = None,
    order: str | None = None,
    load: str | None = "_classic_read",
    **more: Any,
) -> list[dict[str, Any]]:
    refuse_more(more)
    found = env.search(model, domain or [], order or "", limit, offset)
    return list(read(env, model, found, fields, load))


def refuse_more(unknown: dict[str, Any]) -> None:
    """WrongArguments for keywords that a search with its reading does not take."""
    if unknown:
        raise WrongArguments(f"BaseModel._read_format() got an unexpected keyword argument '{next(iter(unknown))}'")


@method("*", "read")
def read(
    env: Env, model: str, ids: list[int], fields: Sequence[str] | None = None, load: str | None = "_classic_read"
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


def _refuse_guarded(env: Env, model: str, fields: Sequence[str]) -> None:
    for name in fields:
        allowed = GUARDED.get((model, name))
        if allowed and not any(env.has_group(group) for group in allowed):
            newer = env.engine.release.renames_groups
            if newer:
                raise AccessError(_guarded_lately(env, model, name, allowed))
            names = ", ".join(f"'{groups.called(g, newer=newer)}'" for g in allowed)
            raise AccessError(
                f'You do not have enough rights to access the fields "{name}" on {env.engine.model(model).label} '
                f"({model}). Please contact your system administrator.\n\nOperation: read\nUser: {env.uid}\n"
                f"Fields:\n- {name} (allowed for groups {names})"
            )


def _guarded_lately(env: Env, model: str, name: str, allowed: Sequence[str]) -> str:
    """The same in the words of a release whose groups were renamed."""
    names = ", ".join(f"'{groups.called(g, newer=True).replace('/', ' / ')}'" for g in reversed(allowed))
    return (
        f'You do not have enough rights to access the field "{name}" on {env.engine.model(model).label} ({model}). '
        f"Please contact your system administrator.\n\nOperation: read\nUser: {env.uid}\n"
        f"Groups: allowed for groups {names}"
    )


def _name_links(env: Env, field: Field, rows: list[Record]) -> None:
    targets = {row[field.name] for row in rows if row[field.name]}
    if field.relation not in env.engine.models:
        return
    present = sorted(targets & set(env.engine.table(field.relation).rows))
    shown = reading.columns(env.sudo(), env.engine.model(field.relation), present, ["display_name"])["display_name"]
    for row in {row["id"]: row for row in rows}.values():
        link = row[field.name]
        row[field.name] = [link, shown[link]] if link in shown and link else False


@model_method("*", "create")
def create(env: Env, model: str, vals_list: Any) -> int | list[int]:
    """One id for one set of values, a list for a list."""
    if isinstance(vals_list, list):
        return [env.create(model, vals) for vals in vals_list]
    if isinstance(vals_list, bool):
        raise WrongArguments("'bool' object is not iterable")
    return env.create(model, vals_list)


@method("*", "write")
def write(env: Env, model: str, ids: list[int], vals: dict[str, Any]) -> bool:
    env.write(model, ids, vals)
    return True


@method("*", "unlink")
def unlink(env: Env, model: str, ids: list[int]) -> bool:
    env.unlink(model, ids)
    return True


NOT_COPIED = LOG_COLUMNS | {
    *(
        "activity_ids",
        "invoice_ids",
        "message_ids",
        "move_ids",
        "name",
        "picked",
        "picking_ids",
        "quantity",
        "reference",
    ),
    "state",
}


NUMBERED = frozenset({"account.move", "purchase.order", "sale.order", "stock.picking", "stock.scrap"})
"""Documents that get a name of their own from a sequence."""

COPIED_LINES = frozenset(
    {("product.pricelist", "item_ids"), ("purchase.order", "order_line"), ("sale.order", "order_line")}
    | {("stock.picking", "move_ids")}
)


@method("*", "copy")
def copy(env: Env, model: str, ids: list[int], default: dict[str, Any] | None = None) -> list[int]:
    """Duplicates with their lines; documents start again as drafts with a new number."""
    made = []
    for record in ids:
        vals = {**_copied(env, model, record), **(default or {})}
        made.append(env.create(model, vals))
    return made


def _copied(env: Env, model: str, record: int) -> dict[str, Any]:
    row = env.row(model, record)
    fields = env.engine.model(model).fields
    numbered = model in NUMBERED
    vals: dict[str, Any] = {}
    for name, field in fields.items():
        if (model, name) in COPIED_LINES:
            vals[name] = [(0, 0, _line(env, field, line)) for line in row[name]]
        if (name in NOT_COPIED and not (name == "name" and not numbered)) or name.startswith("date_"):
            continue
        if field.column and row[name] != field.empty:
            vals[name] = [(6, 0, row[name])] if field.many else row[name]
    if "state" not in fields and isinstance(vals.get("name"), str):
        vals["name"] = f"{vals['name']} (copy)"
    return vals


def _line(env: Env, field: Field, line: int) -> dict[str, Any]:
    name = env.row(field.relation, line)["name"]
    return {**{k: v for k, v in _copied(env, field.relation, line).items() if k != field.inverse}, "name": name}


@method("*", "exists")
def exists(env: Env, model: str, ids: list[int]) -> list[int]:
    return env.exists(model, ids)
