"""Records as a table of text with external ids, for the few who may take data out; and no external id twice."""

from collections.abc import Sequence
from typing import Any

from scenarios.sandbox import describing, sequences
from scenarios.sandbox.env import Env, Values
from scenarios.sandbox.faults import UserError, ValidationError
from scenarios.sandbox.registry import after_create, method

EXPORTERS = "base.group_allow_export"
NAMES = "ir.model.data"


@method("*", "export_data")
def export_data(env: Env, model: str, ids: list[int], fields_to_export: Sequence[str]) -> dict[str, Any]:
    """One row a record; ``id`` is its external id, made where there is none, and ``.id`` the one of the database."""
    if not (env.su or env.has_group(EXPORTERS) or env.has_group("base.group_erp_manager")):
        raise UserError("You don't have the rights to export data. Please contact an Administrator.")
    paths = [name.replace(".id", "/.id").replace("//", "/").strip("/").split("/") for name in fields_to_export]
    return {"datas": [[_cell(env, model, record, path) for path in paths] for record in ids]}


def _cell(env: Env, model: str, record: int, path: Sequence[str]) -> Any:
    head, *rest = path
    if head == ".id":
        return str(record)
    if head == "id":
        return _named(env, model, record)
    field = env.engine.model(model).fields[head]
    value = env.value(model, [record], [head])[0][head]
    first = value[0] if isinstance(value, list) and value else value
    if not field.relation or not rest:
        return _shown(env, field.relation, first) if field.relation else value
    return _cell(env, field.relation, first, rest) if first else ""


def _shown(env: Env, model: str, record: Any) -> str:
    return env.value(model, [record], ["display_name"])[0]["display_name"] if record else ""


def _named(env: Env, model: str, record: int) -> str:
    known: str = describing.get_external_id(env, model, [record])[str(record)]
    if not known:
        known = f"__export__.{model.replace('.', '_')}_{record}"
        sequences.name_record(env, known, model, record)
    return known


@after_create(NAMES)
def refuse_doubles(env: Env, ids: list[int], _values: Values) -> None:
    """A module gives each name once."""
    table = env.engine.table(NAMES)
    for record in ids:
        row = table.rows[record]
        same = [i for i in table.having("name", row["name"]) if table.rows[i].get("module") == row.get("module")]
        if len(same) > 1:
            raise ValidationError(
                "The operation cannot be completed: duplicate key value violates unique constraint "
                f'"ir_model_data_module_name_uniq_index"\nDETAIL:  Key (module, name)=({row.get("module")}, '
                f"{row['name']}) already exists.\n"
            )
