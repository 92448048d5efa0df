"""A purchase order's state where locking is not a state of its own: read, searched for, and looked up for a line."""

from collections.abc import Callable, Mapping, Sequence

from domain.faults import UnknownField
from domain.values import Json, Row
from tools.dialects.differences import Ask, link

STATES = ("draft", "sent", "to approve", "purchase", "done", "cancel")
"""Those of Odoo 18, where ``done`` is a locked order."""


def locked_is_done(row: Row, locked: Json) -> Json:
    """Odoo 18's state, from Odoo 19's and whether the order is locked."""
    return "done" if row["state"] == "purchase" and locked is True else row["state"]


def own_lock(row: Row, beside: Json) -> Json:
    """The same of an order itself, which knows its lock."""
    del beside
    return locked_is_done(row, row["locked"])


def asked_state(path: str = "") -> Callable[[str, Json], Sequence[Json]]:
    """A condition on the state of a purchase order at the end of a path, in Odoo 19's words."""

    def terms(operator: str, value: Json) -> Sequence[Json]:
        wanted = _wanted(operator, value)
        bought, done = "purchase" in wanted, "done" in wanted
        plain: list[Json] = [state for state in STATES if state in wanted and state not in {"purchase", "done"}]
        if bought == done:
            return [[f"{path}state", "in", [*plain, "purchase"] if bought else plain]]
        one: list[Json] = ["&", [f"{path}state", "=", "purchase"], [f"{path}locked", "=", done]]
        return ["|", [f"{path}state", "in", plain], *one] if plain else one

    return terms


def locks(rows: Sequence[Row], ask: Ask) -> Mapping[int, Json]:
    """By order line: whether its order is locked; asked only where a line is bought at all."""
    orders = {int(str(row["id"])): link(row["order_id"]) for row in rows if row["state"] == "purchase"}
    heads = ask("purchase.order", orders.values(), ["locked"])
    return {line: heads[order]["locked"] for line, order in orders.items() if order in heads}


def _wanted(operator: str, value: Json) -> frozenset[str]:
    named = frozenset(map(str, value if isinstance(value, list) else [value]))
    if operator in {"=", "in"}:
        return named
    if operator in {"!=", "not in"}:
        return frozenset(STATES) - named
    raise UnknownField(f"the state of a purchase order is asked for by =, !=, in or not in, found {operator!r}")
