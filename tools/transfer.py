"""Moves stock from one warehouse of a company to another: a reserved internal transfer for the warehouse to pick."""

from decimal import Decimal

from pydantic import Field, model_validator

from domain.exposures import Exposure, Risk
from domain.intents import Compensated, Undo
from domain.money import Money
from domain.plans import RecordRef, RollbackPlan
from domain.ports import Reads
from domain.refusals import Refusal
from domain.scopes import Permit, Scope
from domain.values import Instant, Row, Value
from tools.action import Absent, Action, Ambiguous, Found, Mismatch, Params, Quantity, RecordId, Verified
from tools.comparing import first_difference, seen
from tools.finding import by_marker
from tools.places import misplaced
from tools.reads.names import quoted
from tools.reads.parsing import ident, label, link, name, number, stamp, text
from tools.reservations import promised_twice
from tools.trace import Trace
from tools.valuing import rounded_up, worth
from tools.writer import Writer

PICKING = "stock.picking"
MOVE = "stock.move"
KEPT = ("location_dest_id", "location_id", "picked", "product_id", "product_uom", "product_uom_qty")
"""What a person may change on a reserved transfer; its reservation may come and go by itself."""
PRODUCT = "product.product"
PRODUCT_KEPT = ("active", "uom_id")
PRODUCT_READ = ("display_name", "list_price", "standard_price", *PRODUCT_KEPT)
HEADER = frozenset({"company_id", "location_dest_id", "location_id", "origin", "picking_type_id", "scheduled_date"})
LINE = frozenset(
    {"company_id", "location_dest_id", "location_id", "name", "product_id", "product_uom", "product_uom_qty"}
)


class TransferParams(Params):
    """How much of what, from where to where; quantities in the product's stock unit."""

    product: RecordId
    quantity: Quantity
    uom: RecordId
    source_warehouse: RecordId
    source_location: RecordId
    dest_warehouse: RecordId
    dest_location: RecordId
    picking_type: RecordId
    keep: Decimal = Field(ge=0, allow_inf_nan=False)
    """What must stay free in the donor warehouse afterwards."""
    scheduled: Instant

    @model_validator(mode="after")
    def _goes_somewhere(self) -> "TransferParams":
        if self.source_warehouse == self.dest_warehouse or self.source_location == self.dest_location:
            raise ValueError("a transfer needs two different warehouses and locations")
        return self


class TransferFacts(Value):
    """What Odoo says of product and warehouses before the transfer."""

    company: int
    product: RecordRef
    there: RecordRef
    """The product as the receiving warehouse has it."""
    name: str
    unit: str
    source: str
    dest: str
    worth: Money
    """One stock unit at the company's cost, at list price where no cost is known."""


class Transfer(Action[TransferParams, TransferFacts]):
    """Reserve stock in one warehouse and send it to another of the same company."""

    name = "stock.transfer"
    risk = Risk.REVERSIBLE
    Params = TransferParams
    scope = Scope(
        permits=(
            Permit(
                model=PICKING,
                methods=frozenset({"create"}),
                fields=HEADER,
                children={"move_ids": LINE},
                marker="origin",
            ),
            Permit(model=PICKING, methods=frozenset({"action_confirm"})),
        ),
        calls=2,
    )
    undo_scope = Scope(permits=(Permit(model=PICKING, methods=frozenset({"action_cancel"})),), calls=1)

    def facts(self, reads: Reads, params: TransferParams) -> TransferFacts | Refusal:
        there = seen(reads, PRODUCT, params.product, ("free_qty", "incoming_qty"), context=_at(params.dest_warehouse))
        rows = reads.read(PRODUCT, [params.product], PRODUCT_READ)
        names = {ident(row): name(row, "name") for row in reads.read("stock.warehouse", _warehouses(params), ["name"])}
        if not rows or there is None or len(names) != 2:
            return Refusal(guard="facts", reason=f"product {params.product} or one of its warehouses is not in sight")
        row = rows[0]
        value = worth(reads, row)
        if isinstance(value, Refusal):
            return value
        return TransferFacts(
            company=reads.company,
            product=RecordRef(model=PRODUCT, id=params.product, seen={f: row[f] for f in PRODUCT_KEPT}),
            there=there,
            name=name(row, "display_name"),
            unit=label(row, "uom_id"),
            source=names[params.source_warehouse],
            dest=names[params.dest_warehouse],
            worth=value,
        )

    def exposure(self, params: TransferParams, facts: TransferFacts) -> Exposure:
        """The goods at their worth; both warehouses have a say, the one that gives and the one that receives."""
        return Exposure(
            action=self.name,
            company=facts.company,
            warehouse=params.source_warehouse,
            receiver=params.dest_warehouse,
            amount=rounded_up(facts.worth * params.quantity),
            quantity=params.quantity,
            product=params.product,
            risk=self.risk,
        )

    def touches(self, facts: TransferFacts) -> tuple[RecordRef, ...]:
        return (facts.product, facts.there)

    def rollback(self, facts: TransferFacts) -> RollbackPlan:
        reserved = f"{quoted(facts.name)} in {quoted(facts.source)}"
        return RollbackPlan(
            words=f"cancel the transfer; what it reserved of {reserved} is free again",
            calls=(f"{PICKING}.action_cancel",),
            remains="the cancelled transfer stays in Odoo; once it is done only a return brings the stock back",
        )

    def words(self, params: TransferParams, facts: TransferFacts) -> str:
        goods = f"{params.quantity:,f} {facts.unit} of {quoted(facts.name)}"
        return f"transfer {goods} from {quoted(facts.source)} to {quoted(facts.dest)}"

    def precondition(self, reads: Reads, params: TransferParams) -> Refusal | None:
        locations = [params.source_location, params.dest_location]
        wrong = misplaced(
            reads,
            picking_type=params.picking_type,
            code="internal",
            warehouse=params.source_warehouse,
            locations=locations,
        )
        return wrong or _too_little(reads, params)

    def probe(self, reads: Reads, params: TransferParams, trace: Trace) -> Found | Absent | Ambiguous:  # noqa: ARG002
        return by_marker(reads, PICKING, [["origin", "like", trace.marker], ["backorder_id", "=", False]])

    def execute(self, odoo: Writer, reads: Reads, params: TransferParams, found: Found | None) -> Undo:
        picking = found.record if found else odoo.create(PICKING, _values(params, odoo.marker, reads.company))
        if found is None or _state(reads, picking) == "draft":
            odoo.call(PICKING, "action_confirm", [picking])
        return self.left(reads, picking, odoo.trace)

    def left(self, reads: Reads, record: int, trace: Trace) -> Undo:  # noqa: ARG002
        header = reads.read(PICKING, [record], ["name", "state"])[0]
        moves = reads.rows(MOVE, ["id", *KEPT], [["picking_id", "=", record]])
        kept = [RecordRef(model=MOVE, id=ident(row), seen={field: row[field] for field in KEPT}) for row in moves]
        return Undo(
            action=self.name,
            records=(RecordRef(model=PICKING, id=record, seen={"state": header["state"]}), *kept),
            words=f"transfer {name(header, 'name')} is {header['state']}",
        )

    def verify(self, reads: Reads, params: TransferParams, undo: Undo) -> Verified | Mismatch:
        picking = undo.records[0].id
        fields = ["location_dest_id", "product_id", "product_uom_qty", "quantity", "state"]
        moves = reads.rows(MOVE, fields, [["picking_id", "=", picking]])
        state = _state(reads, picking)
        if state not in {"assigned", "done"}:
            return Mismatch(f"the transfer is {state} where reserved was expected")
        moved = sum((number(row["quantity"]) for row in moves), Decimal(0))
        if len(moves) != 1 or moved != params.quantity:
            return Mismatch(f"{moved} of {params.quantity} could be reserved for the transfer")
        if state == "assigned" and (twice := promised_twice(reads, params.product, params.source_warehouse)):
            return Mismatch(f"somebody reserved at the same moment: the donor holds {twice} less than is reserved")
        return Verified()

    def undo_words(self, undo: Undo) -> str:
        return f"cancel what was done: {undo.words}"

    def compensate(self, odoo: Writer, reads: Reads, undo: Undo) -> Compensated | Refusal:
        picking = undo.records[0].id
        rows = reads.read(PICKING, [picking], ["name", "state"])
        if not rows:
            return Compensated(words="the transfer is gone, and what it reserved is free again")
        known_as = name(rows[0], "name")
        if rows[0]["state"] == "cancel":
            return _cancelled(known_as)
        if rows[0]["state"] == "done":
            return Refusal(
                guard="compensation",
                reason=f"{known_as} is done: the stock has moved; return it in Odoo with a return of {known_as}",
            )
        if changed := first_difference(reads, undo.records[1:]):
            return Refusal(guard="compensation", reason=f"somebody changed {known_as} since: {changed}")
        odoo.call(PICKING, "action_cancel", [picking])
        if _state(reads, picking) != "cancel":
            return Refusal(guard="compensation", reason=f"Odoo did not cancel {known_as}; look at it there")
        return _cancelled(known_as)


def _too_little(reads: Reads, params: TransferParams) -> Refusal | None:
    """The donor keeps its floor, and the product is what it was taken for."""
    rows = reads.read(PRODUCT, [params.product], ["active", "free_qty", "uom_id"], context=_at(params.source_warehouse))
    if not rows or not rows[0]["active"]:
        return Refusal(guard="precondition", reason=f"product {params.product} is archived or gone")
    if link(rows[0], "uom_id") != params.uom:
        return Refusal(guard="precondition", reason=f"product {params.product} is not counted in unit {params.uom}")
    free = number(rows[0]["free_qty"])
    if not free - params.quantity >= params.keep:
        reason = f"the donor has {free} free and must keep {params.keep}; {params.quantity} cannot leave"
        return Refusal(guard="precondition", reason=reason)
    return None


def _values(params: TransferParams, marker: str, company: int) -> Row:
    route: Row = {
        "company_id": company,
        "location_id": params.source_location,
        "location_dest_id": params.dest_location,
    }
    line: Row = {
        **route,
        "name": marker,
        "product_id": params.product,
        "product_uom": params.uom,
        "product_uom_qty": float(params.quantity),
    }
    return {
        **route,
        "origin": marker,
        "picking_type_id": params.picking_type,
        "scheduled_date": stamp(params.scheduled),
        "move_ids": [[0, 0, line]],
    }


def _cancelled(known_as: str) -> Compensated:
    return Compensated(words=f"transfer {known_as} is cancelled", remains="the cancelled transfer stays in Odoo")


def _state(reads: Reads, picking: int) -> str:
    rows = reads.read(PICKING, [picking], ["state"])
    return text(rows[0], "state") if rows else "gone"


def _at(warehouse: int) -> Row:
    return {"warehouse_id": warehouse}


def _warehouses(params: TransferParams) -> list[int]:
    return [params.source_warehouse, params.dest_warehouse]
