"""What a model tells of itself: its fields, their defaults, its records' names and external ids."""

from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.sandbox import defaults, reading, sequences, standard
from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import AccessError
from scenarios.sandbox.fields import Field, Model
from scenarios.sandbox.people import access
from scenarios.sandbox.registry import method, model_method
from scenarios.sandbox.searches import domains


@model_method("*", "fields_get")
def fields_get(
    env: Env, model: str, allfields: Sequence[str] | None = None, attributes: Sequence[str] | None = None
) -> dict[str, dict[str, Any]]:
    access.check_model(env, model, "read")
    return described(env.engine.model(model), allfields, attributes)


def described(
    model: Model, allfields: Sequence[str] | None = None, attributes: Sequence[str] | None = None
) -> dict[str, dict[str, Any]]:
    """What ``fields_get`` tells of a model, rights not asked."""
    wanted = allfields or list(model.fields)
    told = {name: _described(model.fields[name]) for name in wanted if name in model.fields}
    if attributes:
        told = {name: {k: v for k, v in each.items() if k in attributes} for name, each in told.items()}
    return told


BY_TYPE: Mapping[str, Mapping[str, Any]] = {
    "binary": {"attachment": True},
    "char": {"translate": False, "trim": True},
    "html": {
        **dict.fromkeys(("sanitize", "sanitize_attributes", "sanitize_style", "sanitize_tags"), True),
        **dict.fromkeys(("strip_classes", "strip_style", "translate"), False),
    },
    "monetary": {"currency_field": "currency_id"},
    "text": {"translate": False},
}
"""What is told of fields of one type only."""

UNGROUPED = frozenset({"binary", "one2many"})


def _described(field: Field) -> dict[str, Any]:
    column = field.stored and field.type not in UNGROUPED
    told: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "string": field.label,
        "required": field.required,
        "readonly": field.readonly,
        "store": field.stored,
        "company_dependent": field.company_dependent,
        "searchable": field.searchable or bool(field.delegate),
        "sortable": column and not field.many,
        "groupable": column,
        "exportable": True,
        "depends": [],
        **dict.fromkeys(("change_default", "default_export_compatible", "manual"), False),
        **BY_TYPE.get(field.type, {}),
    }
    if field.relation:
        told |= {"relation": field.relation, "context": {}, "domain": [], "allow_hierachy_operators": not field.many}
    if field.stored and field.type in ("float", "monetary"):
        told["aggregator"] = "sum"
    if field.type == "one2many" and field.inverse:
        told["relation_field"] = field.inverse
    if field.type == "selection":
        told["selection"] = [list(each) for each in field.selection]
    return told


@model_method("*", "default_get")
def default_get(env: Env, model: str, fields_list: Sequence[str]) -> dict[str, Any]:
    access.check_model(env, model, "read")
    fields = env.engine.model(model).fields
    found = {name: defaults.default(env, model, fields[name]) for name in fields_list if name in fields}
    return {name: value for name, value in found.items() if value is not None}


@model_method("*", "name_search")
def name_search(
    env: Env,
    model: str,
    name: str = "",
    args: Sequence[Any] | None = None,
    operator: str = "ilike",
    limit: int | None = 100,
) -> list[list[Any]]:
    found = env.search(model, args or [])
    shown = reading.columns(env.sudo(), env.engine.model(model), found, ["display_name"])["display_name"]
    if name:
        test = domains.matcher(env.engine.model(model).fields["display_name"], operator, name)
        found = [i for i in found if test(shown[i])]
    return [[i, shown[i]] for i in found[: limit or None]]


@model_method("ir.model.data", "check_object_reference")
def check_object_reference(
    env: Env, module: str, xml_id: str, raise_on_access_error: bool = False
) -> tuple[str, int | bool]:
    """Model and id of an external id; what the user may not see has no id, or is an error when asked so."""
    model, record = sequences.reference(env, f"{module}.{xml_id}")
    if access.may(env, model, "read") and record in access.visible(env, model, [record]):
        return model, record
    if raise_on_access_error:
        raise AccessError(f'Not enough access rights on the external ID "{module}.{xml_id}"')
    return model, False


@method("*", "get_external_id")
def get_external_id(env: Env, model: str, ids: list[int]) -> dict[str, str]:
    """Each record's external id, or an empty text."""
    table = env.engine.table("ir.model.data")
    found = dict.fromkeys(map(str, ids), "")
    for record in ids:
        for place in sorted(table.having("res_id", record), reverse=True):
            row = table.rows[place]
            if row["model"] == model:
                found[str(record)] = f"{row['module']}.{row['name']}"
    return found


LOGGED = ("create_uid", "create_date", "write_uid", "write_date")


@method("*", "get_metadata")
def get_metadata(env: Env, model: str, ids: list[int]) -> list[dict[str, Any]]:
    """Who made each record and who changed it last, when, and its external ids."""
    found = standard.read(env, model, ids, LOGGED)
    names = get_external_id(env, model, ids)
    return [{**row, **_identity(names[str(row["id"])])} for row in found]


def _identity(xmlid: str) -> dict[str, Any]:
    known = [{"xmlid": xmlid, "noupdate": False}] if xmlid else []
    return {"xmlid": xmlid or False, "noupdate": False, "xmlids": known}
