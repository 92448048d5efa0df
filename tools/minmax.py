"""Changes how low a warehouse's stock of a product may fall before it is bought, and up to how much is bought then."""

from decimal import Decimal

from pydantic import Field, model_validator

from domain.exposures import Exposure, Risk
from domain.faults import AccessRefused
from domain.intents import Compensated, Undo
from domain.money import Money
from domain.plans import RecordRef, RollbackPlan
from domain.ports import Reads
from domain.refusals import Refusal
from domain.scopes import Permit, Scope
from domain.values import Row, Value
from tools.action import Absent, Action, Found, Mismatch, Params, RecordId, Verified
from tools.comparing import changes, seen
from tools.reads.names import quoted
from tools.reads.parsing import key, label, link, number
from tools.trace import Trace, former, formerly, wrote_last
from tools.valuing import MOST, beyond, rounded_up, worth
from tools.writer import Writer

RULE = "stock.warehouse.orderpoint"
LIMITS = ("product_min_qty", "product_max_qty")
KEPT = ("active", "product_id", "trigger", "warehouse_id", *LIMITS)
COST = ("list_price", "standard_price")


class MinMaxParams(Params):
    """The reordering rule and its new limits, in the product's stock unit."""

    orderpoint: RecordId
    minimum: Decimal = Field(ge=0, le=10_000_000, allow_inf_nan=False)
    maximum: Decimal = Field(ge=0, le=10_000_000, allow_inf_nan=False)

    @model_validator(mode="after")
    def _in_order(self) -> "MinMaxParams":
        """Odoo takes a crossed limit along silently; the desk says both."""
        if self.maximum < self.minimum:
            raise ValueError("the maximum is below the minimum")
        return self

    @property
    def limits(self) -> Row:
        """Both, always: one alone would drag the other along wherever that is zero or crossed."""
        return {"product_min_qty": float(self.minimum), "product_max_qty": float(self.maximum)}


class MinMaxFacts(Value):
    """What Odoo says of the rule before the change."""

    company: int
    rule: RecordRef
    goods: RecordRef
    """The product, with what one of it is worth."""
    product: int
    name: str
    unit: str
    warehouse: int | None
    site: str
    by_itself: bool
    """Whether Odoo buys by this rule without being asked."""
    worth: Money
    """One stock unit at the company's cost."""

    @property
    def limits(self) -> tuple[Decimal, Decimal]:
        return number(self.rule.seen["product_min_qty"]), number(self.rule.seen["product_max_qty"])


class ChangeMinMax(Action[MinMaxParams, MinMaxFacts]):
    """Change the minimum and maximum of one reordering rule; in Odoo only an Inventory administrator may."""

    name = "stock.minmax"
    risk = Risk.REVERSIBLE
    Params = MinMaxParams
    scope = Scope(permits=(Permit(model=RULE, methods=frozenset({"write"}), fields=frozenset(LIMITS)),), calls=1)
    undo_scope = Scope(permits=(Permit(model=RULE, methods=frozenset({"write"}), fields=frozenset(LIMITS)),), calls=1)

    def facts(self, reads: Reads, params: MinMaxParams) -> MinMaxFacts | Refusal:
        rule = seen(reads, RULE, params.orderpoint, KEPT)
        if rule is None:
            return _no("facts", f"reordering rule {params.orderpoint} is gone or not in sight")
        row = reads.read(RULE, [params.orderpoint], ["product_id", "product_uom", "trigger", "warehouse_id"])[0]
        product = key(row, "product_id")
        goods = reads.read("product.product", [product], ["display_name", *COST])[0]
        value = worth(reads, goods)
        if isinstance(value, Refusal):
            return value
        largest = max((number(rule.seen[field]) for field in LIMITS), key=abs)
        if abs(largest) > MOST:
            return beyond(f"a limit of reordering rule {params.orderpoint}", largest)
        if _as_wanted(rule.seen, params):
            return _no("facts", f"reordering rule {params.orderpoint} has these limits already")
        return MinMaxFacts(
            company=reads.company,
            rule=rule,
            goods=RecordRef(model="product.product", id=product, seen={field: goods[field] for field in COST}),
            product=product,
            name=label(row, "product_id"),
            unit=label(row, "product_uom"),
            warehouse=link(row, "warehouse_id"),
            site=label(row, "warehouse_id"),
            by_itself=row["trigger"] == "auto",
            worth=value,
        )

    def exposure(self, params: MinMaxParams, facts: MinMaxFacts) -> Exposure:
        """The limit that moves furthest, up or down, as goods at cost."""
        minimum, maximum = facts.limits
        moved = max(abs(params.minimum - minimum), abs(params.maximum - maximum))
        return Exposure(
            action=self.name,
            company=facts.company,
            warehouse=facts.warehouse,
            amount=rounded_up(facts.worth * moved),
            quantity=moved,
            product=facts.product,
            risk=self.risk,
        )

    def touches(self, facts: MinMaxFacts) -> tuple[RecordRef, ...]:
        return (facts.rule, facts.goods)

    def rollback(self, facts: MinMaxFacts) -> RollbackPlan:
        minimum, maximum = facts.limits
        return RollbackPlan(
            words=f"set minimum {minimum} and maximum {maximum} of {quoted(facts.name)} again",
            calls=(f"{RULE}.write",),
            remains="what Odoo ordered by the new limits meanwhile stays ordered",
        )

    def words(self, params: MinMaxParams, facts: MinMaxFacts) -> str:
        minimum, maximum = facts.limits
        goods = f"{quoted(facts.name)} in {quoted(facts.site)}"
        moved = f"from {minimum} to {params.minimum} and its maximum from {maximum} to {params.maximum} {facts.unit}"
        automatic = "; Odoo buys up to it by itself" if facts.by_itself else ""
        return f"change the minimum of {goods} {moved}{automatic}"

    def precondition(self, reads: Reads, params: MinMaxParams) -> Refusal | None:
        rows = reads.read(RULE, [params.orderpoint], ["active", "product_id"])
        if not rows or not rows[0]["active"]:
            return _no("precondition", f"reordering rule {params.orderpoint} is archived or gone")
        product = reads.read("product.product", [key(rows[0], "product_id")], ["active"])
        if not product or not product[0]["active"]:
            return _no("precondition", f"the product of reordering rule {params.orderpoint} is archived or gone")
        return None

    def probe(self, reads: Reads, params: MinMaxParams, trace: Trace) -> Found | Absent:  # noqa: ARG002
        """The limits say it: whoever set them, the step has nothing left to do."""
        rows = reads.read(RULE, [params.orderpoint], LIMITS)
        return Found(params.orderpoint) if rows and _as_wanted(rows[0], params) else Absent()

    def execute(self, odoo: Writer, reads: Reads, params: MinMaxParams, found: Found | None) -> Undo:
        if found is None:
            try:
                odoo.call(RULE, "write", [params.orderpoint], params.limits)
            except AccessRefused as fault:
                raise AccessRefused(MAY_NOT) from fault
        return self.left(reads, params.orderpoint, odoo.trace)

    def left(self, reads: Reads, record: int, trace: Trace) -> Undo:
        row = reads.read(RULE, [record], ["product_id", "write_uid", *LIMITS])[0]
        limits: Row = {field: row[field] for field in LIMITS}
        was = RecordRef(model=RULE, id=record, seen={field: trace.was(RULE, record)[field] for field in LIMITS})
        return Undo(
            action=self.name,
            records=(RecordRef(model=RULE, id=record, seen=limits),),
            before=former([was]) if wrote_last(reads, row) or not changes(was.seen, row) else {},
            words=f"{quoted(label(row, 'product_id'))} is kept between {_between(limits)}",
        )

    def verify(self, reads: Reads, params: MinMaxParams, undo: Undo) -> Verified | Mismatch:
        rows = reads.read(RULE, [undo.records[0].id], LIMITS)
        if not rows or not _as_wanted(rows[0], params):
            return Mismatch(f"the rule has {_between(rows[0]) if rows else 'gone'}, not what was asked for")
        return Verified()

    def undo_words(self, undo: Undo) -> str:
        was = formerly(undo.before, RULE).get(undo.records[0].id)
        return f"set {_between(was)} again, where {undo.words}" if was else f"nothing: {NOT_OURS}"

    def compensate(self, odoo: Writer, reads: Reads, undo: Undo) -> Compensated | Refusal:
        left = undo.records[0]
        was = formerly(undo.before, RULE).get(left.id)
        rows = reads.read(RULE, [left.id], LIMITS)
        if not rows:
            return Compensated(words="the reordering rule is gone, and its limits with it")
        if was is None:
            return _no("compensation", NOT_OURS)
        if _between(rows[0]) == _between(was):
            return Compensated(words=f"set back to {_between(was)}")
        if _between(rows[0]) != _between(left.seen):
            return _no("compensation", f"somebody set other limits since: {_between(rows[0])}")
        odoo.call(RULE, "write", [left.id], {field: was[field] for field in LIMITS})
        if _between(reads.read(RULE, [left.id], LIMITS)[0]) != _between(was):
            return _no("compensation", f"Odoo did not set {_between(was)} again; look at the rule there")
        return Compensated(words=f"set back to {_between(was)}")


NOT_OURS = "somebody else had a hand in these limits; change them in Odoo"
MAY_NOT = (
    "the desk's user may not change reordering rules; give it the group Inventory / Administrator in Odoo, "
    "or change the rule there by hand"
)


def _as_wanted(row: Row, params: MinMaxParams) -> bool:
    return (number(row["product_min_qty"]), number(row["product_max_qty"])) == (params.minimum, params.maximum)


def _between(row: Row) -> str:
    return f"minimum {number(row['product_min_qty'])} and maximum {number(row['product_max_qty'])}"


def _no(guard: str, reason: str) -> Refusal:
    return Refusal(guard=guard, reason=reason)
