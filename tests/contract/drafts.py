"""One step of each action on documents of its own, and what people see of it in Odoo: before, after, and taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.plans import Draft
from domain.values import Row
from tests.contract.ground import Ground
from tests.contract.ground.places import Warehouse


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A step that is ready to be taken; ``look`` reads what it changes as the administrator."""

    draft: Draft
    look: Callable[[], Any]
    before: Any
    after: Any
    undone: Any
    who: str = "service"


def ahead(days: int) -> date:
    """So many days from today."""
    return (datetime.now(UTC) + timedelta(days=days)).date()


def transfer(
    ground: Ground, product: int, quantity: str = "5", *, source: Warehouse | None = None, uom: int | None = None
) -> Draft:
    """From the ground's second warehouse to its first."""
    north, south = ground.warehouses
    giver = source or south
    params: Row = {
        "product": product,
        "quantity": quantity,
        "uom": uom or ground.unit,
        "source_warehouse": giver.id,
        "source_location": giver.stock,
        "dest_warehouse": north.id,
        "dest_location": north.stock,
        "picking_type": giver.transfers,
        "keep": "0",
        "scheduled": f"{ahead(1)}T08:00:00Z",
    }
    return Draft(action="stock.transfer", params=params)


def rfq(ground: Ground, product: int, vendor: int, quantity: str = "24", **params: Any) -> Draft:
    """To the ground's first warehouse, at 3.50 of the company's own money."""
    north, _ = ground.warehouses
    about: Row = {
        "vendor": vendor,
        "product": product,
        "quantity": quantity,
        "uom": ground.unit,
        "price": "3.5",
        "discount": "0",
        "currency": ground.code(ground.own_currency),
        "warehouse": north.id,
        "picking_type": north.receipts,
        "planned": ahead(7).isoformat(),
    }
    return Draft(action="purchase.create_rfq", params={**about, **params})


def reserved(ground: Ground, picking: int) -> float:
    """How much a transfer holds."""
    return float(sum(move["quantity"] for move in ground.moves(picking)))


def _transfer(ground: Ground) -> Prepared:
    goods, (_, south) = ground.product("Lantern"), ground.warehouses
    ground.stock(goods, south, 20)

    def look() -> Any:
        moves = ground.rows("stock.move", [["product_id", "=", goods]], ["state", "picking_id"])
        return [move["state"] for move in moves], ground.free(goods, south)

    return Prepared(
        draft=transfer(ground, goods), look=look, before=([], 20), after=(["assigned"], 15), undone=(["cancel"], 20)
    )


def _rfq(ground: Ground) -> Prepared:
    goods, vendor = ground.product("Jug"), ground.vendor()
    ground.price(goods, vendor, 3.5)

    def look() -> Any:
        lines = ground.rows("purchase.order.line", [["product_id", "=", goods]], ["state", "product_qty", "price_unit"])
        return [(line["state"], line["product_qty"], line["price_unit"]) for line in lines]

    return Prepared(draft=rfq(ground, goods, vendor), look=look, before=[], after=[("draft", 24, 3.5)], undone=[])


def _confirm(ground: Ground) -> Prepared:
    order = ground.buy(ground.product("Jug"), 24, confirm=False)

    def look() -> Any:
        return ground.row("purchase.order", order, "state")["state"], len(ground.receipts(order))

    params: Row = {"order": order, "warehouse": ground.warehouses[0].id}
    draft = Draft(action="purchase.confirm", params=params)
    return Prepared(draft=draft, look=look, before=("draft", 0), after=("purchase", 1), undone=("draft", 0))


def _redate(ground: Ground) -> Prepared:
    order = ground.buy(ground.product("Jug"), 24, in_days=7)
    (line,), (picking,) = ground.lines(order), ground.receipts(order)

    def look() -> Any:
        planned = ground.row("purchase.order.line", line, "date_planned")["date_planned"]
        return planned[:10], [move["date"][:10] for move in ground.moves(picking)]

    was, then = ahead(7).isoformat(), ahead(14).isoformat()
    draft = Draft(action="purchase.redate", params={"line": line, "planned": then})
    return Prepared(draft=draft, look=look, before=(was, [was]), after=(then, [then]), undone=(was, [was]))


def _promise(ground: Ground) -> Prepared:
    order = ground.sell(ground.product("Lantern"), 3, in_days=7)

    def look() -> Any:
        return ground.row("sale.order", order, "commitment_date")["commitment_date"][:10]

    was, then = ahead(7).isoformat(), ahead(14).isoformat()
    draft = Draft(action="sale.commitment", params={"order": order, "promised": then})
    return Prepared(draft=draft, look=look, before=was, after=then, undone=was)


def _reallocate(ground: Ground) -> Prepared:
    goods, (north, _) = ground.product("Bunting"), ground.warehouses
    ground.stock(goods, north, 9)
    giver, taker = (ground.deliveries(ground.sell(goods, quantity))[0] for quantity in (8, 5))
    for picking in (giver, taker):
        ground.call("stock.picking", "action_assign", [picking])

    def look() -> Any:
        return reserved(ground, giver), reserved(ground, taker)

    params: Row = {"product": goods, "quantity": "4", "warehouse": north.id}
    draft = Draft(action="stock.reallocate", params={**params, "from_picking": giver, "to_picking": taker})
    return Prepared(draft=draft, look=look, before=(8, 1), after=(4, 5), undone=(8, 1))


def _minmax(ground: Ground) -> Prepared:
    rule = ground.rule(ground.product("Jug"), ground.warehouses[0], 10, 50)

    def look() -> Any:
        row = ground.row("stock.warehouse.orderpoint", rule, "product_min_qty", "product_max_qty")
        return row["product_min_qty"], row["product_max_qty"]

    draft = Draft(action="stock.minmax", params={"orderpoint": rule, "minimum": "25", "maximum": "80"})
    return Prepared(draft=draft, look=look, before=(10, 50), after=(25, 80), undone=(10, 50), who="keeper")


def _hold(ground: Ground) -> Prepared:
    goods = ground.product("Lantern")
    ground.stock(goods, ground.warehouses[0], 5)
    order = ground.sell(goods, 3)
    (picking,) = ground.deliveries(order)
    ground.call("stock.picking", "action_assign", [picking])

    def look() -> Any:
        row = ground.row("sale.order", order, "locked", "tag_ids")
        return row["locked"], len(row["tag_ids"]), reserved(ground, picking)

    draft = Draft(action="sale.hold", params={"order": order, "reason": "credit is being checked"})
    return Prepared(draft=draft, look=look, before=(False, 0, 3), after=(True, 1, 0), undone=(False, 0, 3))


def _ask(ground: Ground, order: int) -> Draft:
    """A to-do on a sales order for the buyer."""
    params: Row = {"model": "sale.order", "record": order, "user": ground.person("buyer").uid}
    told: Row = {"summary": "Look at the shortage", "note": "Case C1", "due": ahead(3).isoformat()}
    return Draft(action="mail.activity", params={**params, **told})


def _todos(ground: Ground, order: int) -> list[tuple[str, int]]:
    rows = ground.rows("mail.activity", [["res_model", "=", "sale.order"], ["res_id", "=", order]], [])
    return [(row["summary"], row["user_id"][0]) for row in rows if row["summary"] == "Look at the shortage"]


def _said(ground: Ground, order: int, words: str) -> int:
    return ground.count("mail.message", [["model", "=", "sale.order"], ["res_id", "=", order], ["body", "like", words]])


def _activity(ground: Ground) -> Prepared:
    order = ground.sell(ground.product("Lantern"), 3, confirm=False)
    asked = [("Look at the shortage", ground.person("buyer").uid)]
    return Prepared(draft=_ask(ground, order), look=lambda: _todos(ground, order), before=[], after=asked, undone=[])


def _activity_done(ground: Ground) -> Prepared:
    order = ground.sell(ground.product("Lantern"), 3, confirm=False)
    _, given = ground.done(_ask(ground, order))

    def look() -> Any:
        return len(_todos(ground, order)), _said(ground, order, "settled [ref DESK-")

    params: Row = {"activity": given.records[0].id, "feedback": "settled"}
    draft = Draft(action="mail.activity_done", params=params)
    return Prepared(draft=draft, look=look, before=(1, 0), after=(0, 1), undone=(1, 1))


def _note(ground: Ground) -> Prepared:
    order = ground.sell(ground.product("Lantern"), 3, confirm=False)

    def look() -> Any:
        return _said(ground, order, "[ref DESK-"), _said(ground, order, "takes back note")

    draft = Draft(action="mail.note", params={"model": "sale.order", "record": order, "body": "Transfer planned"})
    return Prepared(draft=draft, look=look, before=(0, 0), after=(1, 0), undone=(1, 1))


PREPARED: Mapping[str, Callable[[Ground], Prepared]] = {
    "stock.transfer": _transfer,
    "stock.reallocate": _reallocate,
    "stock.minmax": _minmax,
    "purchase.create_rfq": _rfq,
    "purchase.confirm": _confirm,
    "purchase.redate": _redate,
    "sale.commitment": _promise,
    "sale.hold": _hold,
    "mail.activity": _activity,
    "mail.activity_done": _activity_done,
    "mail.note": _note,
}
"""How each action's step is prepared, by the action's name."""
