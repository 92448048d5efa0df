"""What each action leaves in Odoo, for tests to count."""

from collections.abc import Callable

from domain.intents import Intent
from domain.plans import Draft
from domain.values import Json
from tests.tools.bench import Bench

DUE = "2026-03-10 00:00:00"
EFFECTS: dict[str, tuple[str, list[Json]]] = {
    "stock.transfer": ("stock.picking", [["state", "!=", "cancel"], ["origin", "like", "DESK-"]]),
    "purchase.create_rfq": ("purchase.order", [["origin", "like", "DESK-"]]),
    "purchase.confirm": ("purchase.order", [["state", "=", "purchase"]]),
    "purchase.redate": ("stock.move", [["purchase_line_id.date_planned", ">", DUE], ["date", ">", DUE]]),
    "stock.reallocate": ("stock.move", [["state", "=", "assigned"], ["product_uom_qty", "=", 5]]),
    "stock.minmax": ("stock.warehouse.orderpoint", [["product_min_qty", "=", 25], ["product_max_qty", "=", 80]]),
    "sale.commitment": ("sale.order", [["commitment_date", "=", "2026-03-20 12:00:00"]]),
    "sale.hold": ("sale.order", [["locked", "=", True], ["tag_ids.name", "like", "On hold"]]),
    "mail.activity_done": ("mail.message", [["body", "like", "settled [ref DESK-"]]),
    "mail.activity": ("mail.activity", [["note", "like", "DESK-"]]),
    "mail.note": ("mail.message", [["body", "like", "[ref DESK-"]]),
}
ALL = sorted(EFFECTS)
SAID = {"mail.activity_done", "mail.note"}
"""Actions whose effect stays readable when it is taken back."""
UNDO_CALLS = {"purchase.confirm": 2, "sale.commitment": 2}
"""How many calls taking a draft back makes, where that is fewer than the action declares."""


def draft(bench: Bench, action: str) -> Draft:
    made: dict[str, Callable[[], Draft]] = {
        "stock.transfer": bench.transfer,
        "purchase.create_rfq": bench.rfq_at_a_break,
        "purchase.confirm": bench.confirm,
        "purchase.redate": bench.redate,
        "stock.reallocate": bench.reallocate,
        "stock.minmax": bench.minmax,
        "sale.commitment": bench.promise,
        "sale.hold": bench.hold,
        "mail.activity_done": bench.close_activity,
        "mail.activity": bench.activity,
        "mail.note": bench.note,
    }
    return made[action]()


def effects(bench: Bench, action: str) -> int:
    model, domain = EFFECTS[action]
    return bench.count(model, domain)


def to_take_back(bench: Bench, wanted: Draft) -> Intent:
    intent = bench.intent(wanted)
    return intent.taken_back(bench.done(intent))
