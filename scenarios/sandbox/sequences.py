"""Running names such as P00001, and the external ids by which records are known outside."""

from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import WrongValue

KNOWN = {
    "purchase.order": ("P", 5),
    "sale.order": ("S", 5),
    "procurement.group": ("PG/", 6),
    "stock.orderpoint": ("OP/", 5),
    "stock.scrap": ("SP/", 5),
}
"""Prefix and digits of the sequences every Odoo has."""


def next_name(env: Env, code: str) -> str:
    """The next name of that sequence; one that is not there yet is begun (unknown codes are their own prefix)."""
    su = env.sudo()
    table = env.engine.table("ir.sequence")
    found = sorted(table.having("code", code))
    record = found[0] if found else _begin(su, code)
    row = su.row("ir.sequence", record)
    number = row["number_next"]
    su.write("ir.sequence", [record], {"number_next": number + row["number_increment"]})
    return f"{row['prefix'] or ''}{number:0{row['padding']}d}{row['suffix'] or ''}"


def _begin(su: Env, code: str) -> int:
    prefix, digits = KNOWN.get(code, (code, 5))
    return su.create("ir.sequence", {"name": code, "code": code, "prefix": prefix, "padding": digits})


def reference(env: Env, xmlid: str) -> tuple[str, int]:
    """Model and id behind an external id."""
    module, _, name = xmlid.partition(".")
    table = env.engine.table("ir.model.data")
    for record in table.having("name", name):
        row = table.rows[record]
        if row.get("module") == module:
            return row["model"], row["res_id"]
    raise WrongValue(f"External ID not found in the system: {xmlid}")


def name_record(env: Env, xmlid: str, model: str, record: int) -> None:
    """Give a record an external id."""
    module, _, name = xmlid.partition(".")
    env.sudo().create("ir.model.data", {"module": module, "name": name, "model": model, "res_id": record})
