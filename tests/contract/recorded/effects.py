"""What a call that Odoo answered must have changed: what was written, or the state the document must be in now."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from domain.calls import READ_METHODS
from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import ADMIN, Lab
from tests.contract.recorded.names import relations
from tests.contract.recorded.states import State

READS = READ_METHODS | {
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
    },
    "button_draft": {"cancelled_po": {"state": "draft"}, "purchase": {"state": "draft"}},
    "button_unlock": {"locked_po": {"state": "purchase"}},
    "button_approve": {"to_approve": {"state": {"lab_buyer": "to approve", "lab_buymgr": "purchase"}}},
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
    },
    "action_draft": {"cancelled_so": {"state": "draft"}, "sale": STILL},
    "action_quotation_sent": {"quotation": {"state": "sent"}},
    "action_lock": {"sale": {"locked": True}},
    "action_unlock": {"locked_so": {"locked": False}},
}
"""By method and the state it was called in."""


def wrong_effect(
    lab: Lab,
    call: Captured,
    state: State,
    args: Sequence[Any],
    before: Mapping[str, Any],
) -> str | None:
    """What changed although it must not, or did not although it must; None where the effect is right."""
    if call.error is not None or call.method in READS or _asks_back(call):
        return _moved(lab, before)
    if call.method == "unlink":
        return _still_there(lab, call, args[0])
    if call.method == "write":
        return _not_written(lab, call, args)
    return _other_state(lab, call, state, args, before)


def standing(lab: Lab) -> Mapping[str, Any]:
    """Every record that is there, by model; wizards, mail and running numbers apart."""
    tables = json.loads(lab.engine.snapshot())["tables"]
    return {model: _kept(tables[model]["rows"]) for model in tables if model not in PASSING and tables[model]["rows"]}


def _kept(rows: Mapping[str, Any]) -> Mapping[str, Any]:
    return {record: {k: v for k, v in row.items() if k not in STAMPS} for record, row in rows.items()}


def _asks_back(call: Captured) -> bool:
    """Odoo answered with a window that a person would have to fill in."""
    return isinstance(call.result, dict) and call.result.get("target") == "new"


def _moved(lab: Lab, before: Mapping[str, Any]) -> str | None:
    after = standing(lab)
    other = sorted(model for model in {*before, *after} if before.get(model) != after.get(model))
    return f"changed {', '.join(other)}, and Odoo changes nothing" if other else None


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
