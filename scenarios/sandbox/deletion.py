"""What goes with a deleted record, what lets go of it, and what forbids the deletion."""

from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import ValidationError
from scenarios.sandbox.fields import THREADS, Field, Model

CASCADES = frozenset(
    {
        ("product.product", "product_tmpl_id"),
        ("product.pricelist.item", "pricelist_id"),
        ("product.supplierinfo", "product_tmpl_id"),
        ("purchase.order.line", "order_id"),
        ("res.currency.rate", "currency_id"),
        ("res.users.apikeys", "user_id"),
        ("sale.order.line", "order_id"),
        ("stock.move.line", "move_id"),
        ("stock.return.picking.line", "wizard_id"),
        ("account.move.line", "move_id"),
        ("mail.mail", "mail_message_id"),
    }
)
"""Links whose record goes with what it belongs to."""


def delete(env: Env, model: str, record: int) -> None:
    """Delete one record: lines go with it, optional links are emptied, a required link forbids it."""
    for other, field in _links_to(env, model):
        for holder in sorted(env.engine.table(other.name).having(field.name, record)):
            _let_go(env, other, field, holder, record)
    _forget_thread(env, model, record)
    if record in env.engine.table(model).rows:
        env.engine.put(model, record, None)


def _links_to(env: Env, model: str) -> list[tuple[Model, Field]]:
    return [
        (other, field)
        for other in env.engine.models.values()
        if env.engine.table(other.name).rows
        for field in other.fields.values()
        if field.relation == model and field.column and not field.company_dependent
    ]


def _let_go(env: Env, other: Model, field: Field, holder: int, record: int) -> None:
    row = env.engine.table(other.name).rows.get(holder)
    if row is None:
        return
    if (other.name, field.name) in CASCADES:
        delete(env, other.name, holder)
    elif field.many:
        env.engine.put(other.name, holder, {**row, field.name: [i for i in row[field.name] if i != record]})
    elif field.required:
        raise ValidationError(
            "The operation cannot be completed: another model requires the record being deleted. If possible, archive "
            f"it instead.\n\nModel: {other.label} ({other.name})\n"
            f"Constraint: {other.name.replace('.', '_')}_{field.name}_fkey\n"
        )
    else:
        env.engine.put(other.name, holder, {k: v for k, v in row.items() if k != field.name})


def _forget_thread(env: Env, model: str, record: int) -> None:
    """Messages, activities, followers and external ids of a document go with it."""
    for other, by in {*THREADS.values(), ("ir.model.data", "model")}:
        table = env.engine.table(other)
        for holder in sorted(table.having("res_id", record)):
            if table.rows[holder].get(by) == model:
                delete(env, other, holder)
