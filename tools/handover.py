"""Whether a reservation may change hands: both deliveries open, untouched by a picker, and nothing else disputed."""

from decimal import Decimal
from typing import NamedTuple

from pydantic import model_validator

from domain.ports import Reads
from domain.refusals import Refusal
from domain.values import Row
from tools.action import Params, Quantity, RecordId
from tools.reads.names import quoted
from tools.reads.parsing import ident, key, link, name, number, text
from tools.reservations import MOVE, PICKING, Reserved, reserved, wanted
from tools.trace import former


class ReallocateParams(Params):
    """Whose reservation goes to whom: the quantity the giver loses, in the product's stock unit."""

    product: RecordId
    quantity: Quantity
    warehouse: RecordId
    from_picking: RecordId
    to_picking: RecordId

    @model_validator(mode="after")
    def _goes_to_another(self) -> "ReallocateParams":
        if self.from_picking == self.to_picking:
            raise ValueError("a reservation goes from one delivery to another one")
        return self

    @property
    def pickings(self) -> list[int]:
        return [self.from_picking, self.to_picking]


class Share(NamedTuple):
    """How much of one product a delivery holds, and how much it lacks."""

    held: Decimal
    lacking: Decimal


def forbidden(reads: Reads, params: ReallocateParams) -> Refusal | None:
    """Why the one delivery may not give to the other now."""
    moves = wanted(reads, params.pickings)
    now = Reserved.before(former([*moves, *reserved(reads, [ref.id for ref in moves])]))
    return _misplaced(reads, params) or _begun(reads, now) or _disputed(reads, params, now)


def _misplaced(reads: Reads, params: ReallocateParams) -> Refusal | None:
    rows = reads.read(PICKING, params.pickings, ["name", "picking_type_code", "picking_type_id", "sale_id", "state"])
    kinds = sorted({key(row, "picking_type_id") for row in rows})
    sites = {ident(row): link(row, "warehouse_id") for row in reads.read("stock.picking.type", kinds, ["warehouse_id"])}
    for row in rows:
        known_as = quoted(name(row, "name"))
        if text(row, "state") in {"draft", "done", "cancel"}:
            return _no(f"{known_as} is {row['state']}: there is nothing to give or to take")
        if not _for_a_customer(row):
            return _no(f"{known_as} is no delivery to a customer")
        if sites.get(key(row, "picking_type_id")) != params.warehouse:
            return _no(f"{known_as} leaves another warehouse")
    return None


def _for_a_customer(picking: Row) -> bool:
    """Where a warehouse picks before it ships, Odoo 18 makes the shipment only once the goods are picked."""
    code = text(picking, "picking_type_code")
    return code == "outgoing" or (code == "internal" and bool(picking["sale_id"]))


def _begun(reads: Reads, now: Reserved) -> Refusal | None:
    """Odoo leaves picked goods reserved without a word, and forgets what was packed."""
    fields = ["move_orig_ids", "picked", "procure_method", "reference"]
    for row in reads.read(MOVE, list(now.moves), fields):
        known_as = quoted(name(row, "reference"))
        if row["picked"]:
            return _no(f"somebody is picking {known_as}")
        if row["move_orig_ids"] or row["procure_method"] == "make_to_order":
            return _no(f"the goods of {known_as} come by a transfer or an order of their own")
    if any(line["picked"] or line["result_package_id"] for line in now.lines.values()):
        return _no("goods of one of the two deliveries are picked or packed already")
    return None


def _disputed(reads: Reads, params: ReallocateParams, now: Reserved) -> Refusal | None:
    """The giver loses what was approved and nothing else: Odoo reserves a delivery whole or not at all."""
    giver, taker = (_shares(now, picking) for picking in params.pickings)
    has = giver[params.product].held if params.product in giver else Decimal(0)
    lacks = taker[params.product].lacking if params.product in taker else Decimal(0)
    if params.quantity > has:
        return _no(f"the giving delivery holds {has} of it; {params.quantity} cannot be given")
    if params.quantity > lacks:
        return _no(f"the receiving delivery lacks {lacks} of it; {params.quantity} is more than it needs")
    free = _free(reads, params, now)
    would = min(lacks - free, has)
    if would != params.quantity:
        return _no(f"the receiving delivery lacks {lacks} where {free} are free: the other would lose {would}")
    both = [product for product, share in giver.items() if product != params.product and share.held]
    also = [product for product in both if product in taker and taker[product].lacking]
    return _no(f"both deliveries want product {also[0]} too; share it out in Odoo by hand") if also else None


def _shares(now: Reserved, picking: int) -> dict[int, Share]:
    """What one delivery holds and lacks, by product."""
    found: dict[int, Share] = {}
    for move in now.of(picking):
        product, held = key(now.moves[move], "product_id"), now.held([move])
        had = found.get(product, Share(Decimal(0), Decimal(0)))
        lacking = max(Decimal(0), number(now.moves[move]["product_qty"]) - held)
        found[product] = Share(had.held + held, had.lacking + lacking)
    return found


def _free(reads: Reads, params: ReallocateParams, now: Reserved) -> Decimal:
    """What nobody holds in the places the receiver is served from."""
    moves = reads.read(MOVE, now.of(params.to_picking, params.product), ["location_id"])
    places = sorted({key(row, "location_id") for row in moves})
    rows = reads.read("product.product", [params.product], ["free_qty"], context={"location": list(places)})
    return number(rows[0]["free_qty"]) if rows else Decimal(0)


def _no(reason: str) -> Refusal:
    return Refusal(guard="precondition", reason=reason)
