"""Reordering rules."""

from typing import Any

from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import Lab
from tests.contract.recorded.states.state import RULE


def rule(lab: Lab, product: str = "LAB-A", low: float = 150, high: float = 200, **more: Any) -> int:
    limits = {"product_min_qty": low, "product_max_qty": high}
    return lab.make(RULE, {"product_id": lab.products[product], "location_id": lab.stock, **limits, **more})


def short_rule(lab: Lab, call: Captured) -> None:
    lab.stands(call, rule(lab), RULE)


def full_rule(lab: Lab, call: Captured) -> None:
    lab.stands(call, rule(lab, low=20, high=60), RULE)


def a_rule(lab: Lab, call: Captured) -> None:
    """A rule that the call searches for, by its id where it names one."""
    made = rule(lab)
    for field, _, value in (leaf for leaf in call.args[0] if isinstance(leaf, list)) if call.args else ():
        if field == "id":
            lab.known[RULE, value] = made


def merging_rule(lab: Lab, call: Captured) -> None:
    other = rule(lab, "LAB-B", low=100, high=120)
    lab.call(RULE, "action_replenish", [other])
    short_rule(lab, call)


def manual_rule(lab: Lab, call: Captured) -> None:
    made = lab.stands(call, rule(lab, trigger="manual"), RULE)
    lab.call(RULE, "write", [made], {"qty_to_order": 33})


def unbuyable_rule(lab: Lab, call: Captured) -> None:
    lab.stands(call, rule(lab, "LAB-NOVENDOR"), RULE)
