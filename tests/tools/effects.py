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
    "mail.activity": ("mail.activity", [["note", "like", "DESK-"]]),
    "mail.note": ("mail.message", [["body", "like", "[ref DESK-"]]),
}
ALL = sorted(EFFECTS)


def draft(bench: Bench, action: str) -> Draft:
    made: dict[str, Callable[[], Draft]] = {
        "stock.transfer": bench.transfer,
        "purchase.create_rfq": bench.rfq_at_a_break,
        "purchase.confirm": bench.confirm,
        "purchase.redate": bench.redate,
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
