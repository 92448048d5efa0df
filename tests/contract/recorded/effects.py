"""What a call that Odoo answered must have changed: what was written, or the state the document must be in now."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.calls import READ_METHODS
from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import ADMIN, Lab
from tests.contract.recorded.names import relations
from tests.contract.recorded.states import State

READS = READ_METHODS | {
    "browse",
    "context_get",
    "search_fetch",
    "web_search_read",
    "check_object_reference",
    "default_get",
    "export_data",
    "formatted_read_group",
    "get_external_id",
    "has_access",
    "name_search",
}
PASSING = frozenset(
    {"ir.sequence", "mail.followers", "mail.mail", "mail.message", "sale.order.cancel", "stock.backorder.confirmation"}
)
STAMPS = frozenset({"picked", "write_date", "write_uid"})

After = Mapping[str, Any] | None
STILL: After = None
"""Odoo says yes and does nothing."""

ASKED_AFTERWARDS = frozenset({"print_quotation"})
"""Methods that have done something already when they open a window."""

AFTER: Mapping[str, Mapping[str, After]] = {
    "button_confirm": {
        "rfq": {"state": "purchase"},
        "cancelled_po": STILL,
        "purchase": STILL,
        "over_limit": {"state": "to approve"},
    },
    "button_cancel": {
        "rfq": {"state": "cancel"},
        "cancelled_po": STILL,
        "purchase": {"state": "cancel"},
        "locked_po": {"state": "cancel"},
        "draft_bill": {"state": "cancel"},
        "part_received": {"state": "cancel"},
        "nothing": STILL,
    },
    "button_draft": {"cancelled_po": {"state": "draft"}, "purchase": {"state": "draft"}},
    "button_done": {"purchase": {"state": "done"}},
    "button_lock": {"purchase": {"state": "purchase", "locked": True}},
    "button_unlock": {"locked_po": {"state": "purchase"}, "cancelled_po": {}},
    "button_approve": {"to_approve": {"state": {"lab_buyer": "to approve", "lab_buymgr": "purchase"}}},
    "action_acknowledge": {"purchase": {"acknowledged": True}},
    "print_quotation": {"rfq": {"state": "sent"}},
    "action_confirm": {
        "draft_transfer": {"state": "assigned"},
        "cancelled_transfer": STILL,
        "quotation": {"state": "sale"},
    },
    "action_assign": {
        "unreserved_transfer": {"state": "assigned"},
        "reserved_transfer": STILL,
        "short_transfer": STILL,
        "starved_transfer": STILL,
    },
    "do_unreserve": {"reserved_transfer": {"state": "confirmed"}, "unreserved_transfer": STILL},
    "button_validate": {
        "reserved_transfer": {"state": "done"},
        "short_transfer": {"state": "done"},
        "part_receipt": {"state": "done"},
        "delivery": {"state": "done"},
        "expired_delivery": {"state": "done"},
    },
    "action_cancel": {
        "reserved_transfer": {"state": "cancel"},
        "cancelled_transfer": STILL,
        "receipt": {"state": "cancel"},
        "delivery": {"state": "cancel"},
        "quotation": {"state": "cancel"},
        "sent": {"state": "cancel"},
        "sale": {"state": "cancel"},
        "delivered": {"state": "cancel"},
        "cancelled_so": STILL,
        "cancel_wizard": {},
    },
    "action_toggle_is_locked": {"draft_transfer": {"is_locked": False}},
    "action_draft": {"cancelled_so": {"state": "draft"}, "sale": STILL},
    "action_quotation_sent": {"quotation": {"state": "sent"}},
    "action_lock": {"sale": {"locked": True}},
    "action_unlock": {"locked_so": {"locked": False}},
    "action_update_prices": {"quotation": STILL},
    "action_replenish": {"full_rule": STILL},
    "action_unarchive": {"unbuyable_rule": {"active": True}},
    "action_validate": {"draft_scrap": {"state": "done"}, "done_scrap": {"state": "done"}},
    "do_scrap": {"done_scrap": {"state": "done"}},
    "run_scheduler": {"nothing": STILL},
    "message_subscribe": {"nothing": {}},
    "action_feedback": {"closed_activity": {}, "activity": {}},
}
"""By method and the state it was called in: what must stand there afterwards."""

MADE: Mapping[str, str] = {
    "action_create_invoice": "account.move",
    "action_create_returns": "stock.picking",
    "action_done": "mail.message",
    "action_feedback": "mail.message",
    "activity_schedule": "mail.activity",
    "message_post": "mail.message",
}
"""Methods of which something new must stand there, and of which model."""

NEW_ORDER = frozenset({"short_rule", "merging_rule", "manual_rule"})
"""States in which replenishing adds to an order: a line stands there that did not, or asks for more."""


def wrong_effect(
    lab: Lab,
    call: Captured,
    state: State,
    args: Sequence[Any],
    before: Mapping[str, Any],
) -> str | None:
    """What changed although it must not, or did not although it must; None where the effect is right."""
    if call.method in READS or _asks_back(call):
        return _moved(lab, before)
    if call.method == "unlink":
        return _still_there(lab, call, args[0])
    if call.method == "write":
        return _not_written(lab, call, args)
    return _nothing_new(lab, call, before) or _other_state(lab, call, state, args, before)


def said(call: Captured, state: str) -> bool:
    """Whether it is said here what a call must have changed that was made from that state."""
    by_rule = call.error is not None or call.method in READS | MADE.keys() | {"create", "load", "write", "unlink"}
    replenishing = call.method == "action_replenish" and state in NEW_ORDER
    return by_rule or _asks_back(call) or replenishing or state in AFTER.get(call.method, {})


def standing(lab: Lab) -> Mapping[str, Any]:
    """Every record that is there, by model."""
    tables = {model: lab.engine.table(model).rows for model in lab.engine.models}
    return {model: _kept(rows) for model, rows in tables.items() if rows}


def _kept(rows: Mapping[int, Any]) -> Mapping[int, Any]:
    return {record: {k: v for k, v in row.items() if k not in STAMPS} for record, row in rows.items()}


def _asks_back(call: Captured) -> bool:
    """Odoo answered with a window that a person would have to fill in."""
    asks = isinstance(call.result, dict) and call.result.get("target") == "new"
    return asks and call.method not in ASKED_AFTERWARDS


def _moved(lab: Lab, before: Mapping[str, Any]) -> str | None:
    after = standing(lab)
    seen = {*before, *after} - PASSING
    other = sorted(model for model in seen if before.get(model) != after.get(model))
    return f"changed {', '.join(other)}, and Odoo changes nothing" if other else None


def _nothing_new(lab: Lab, call: Captured, before: Mapping[str, Any]) -> str | None:
    """A method that makes something left nothing new behind."""
    model = call.model if call.method == "create" else MADE.get(call.method)
    if model is None or model not in lab.engine.models:
        return None
    rows = lab.engine.table(model).rows
    return f"no new {model}" if set(rows) <= set(before.get(model, {})) else None


def _still_there(lab: Lab, call: Captured, ids: list[int]) -> str | None:
    rest = [i for i in ids if i in lab.engine.table(call.model).rows]
    return f"{call.model} {rest} is still there" if rest else None


def _not_written(lab: Lab, call: Captured, args: Sequence[Any]) -> str | None:
    ids, values = args
    plain = [name for name, value in values.items() if not isinstance(value, (list, dict))]
    links = relations(lab, call.model)
    plain = [name for name in plain if not (name in links and isinstance(values[name], str))]
    for row in _read(lab, call.model, ids, plain):
        wrong = {name: row[name] for name in plain if not _same(values[name], row[name])}
        if wrong:
            return f"after write({values}) there stands {wrong}"
    return None


def _same(written: Any, kept: Any) -> bool:
    if isinstance(kept, list):
        return bool(kept) and written == kept[0]
    if isinstance(written, str) and isinstance(kept, str):
        return kept.startswith(written)
    return bool(written == kept)


def _other_state(lab: Lab, call: Captured, state: State, args: Sequence[Any], before: Mapping[str, Any]) -> str | None:
    after = AFTER.get(call.method, {}).get(state.__name__, {})
    if after is STILL:
        return _moved(lab, before)
    if not after or not args:
        return None
    for row in _read(lab, call.model, args[0], list(after)):
        for field, expected in after.items():
            wanted = expected[call.user] if isinstance(expected, Mapping) else expected
            if row[field] != wanted:
                return f"{field} is {row[field]!r} afterwards instead of {wanted!r}"
    return None


def _read(lab: Lab, model: str, ids: list[int], fields: list[str]) -> list[dict[str, Any]]:
    return list(lab.engine.execute_kw(ADMIN, None, model, "read", [ids, fields], {}))
