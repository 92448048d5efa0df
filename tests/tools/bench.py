"""A small distributor, a gateway and a ledger in one place, and the drafts that tests carry out there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count

from domain.calls import Call
from domain.clock import SetClock
from domain.intents import Intent, Undo
from domain.plans import Draft, Step
from domain.ports import Transport
from domain.refusals import Refusal
from domain.values import Json, Row
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.env import Env
from scenarios.sandbox.injected import Injected, Kind
from scenarios.sandbox.transport import EngineTransport
from scenarios.worlds import small
from tests.tools.ledger import Ledger
from tools.action import AnyAction
from tools.catalogue import CATALOGUE, price
from tools.dialects.dialect import speaking
from tools.gateway import Gateway, Outcome

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DIGEST = "0" * 64


@dataclass
class Recorded:
    """A transport that keeps what went through it."""

    inner: Transport
    calls: list[Call] = field(default_factory=list)

    @property
    def uid(self) -> int:
        return self.inner.uid

    def execute(self, call: Call) -> Json:
        self.calls.append(call)
        return self.inner.execute(call)

    @property
    def writes(self) -> list[str]:
        return [str(call) for call in self.calls if not call.reads_only]


class Bench:
    """The desk's user at work on the small world, with a fresh grant for every ask."""

    def __init__(self, version: int = 18) -> None:
        self.clock = SetClock(NOON)
        self.engine = Engine(self.clock, version=version)
        self.world = small.build(self.engine, today=TODAY)
        self.world.stock("jug", "NTH", 100)
        self.world.vendor_price("jug", "2.90")
        self.order = self.world.sell("lantern", "WH", 1, in_days=9)
        self.line = Recorded(speaking(EngineTransport(self.engine, self.world.users["desk"].uid), version))
        self.ledger = Ledger(self.clock, *(f"G{number}" for number in range(200)))
        self.gateway = self.over(self.line)
        self._grants = count()

    def over(
        self,
        transport: Transport,
        *,
        catalogue: Mapping[str, AnyAction] = CATALOGUE,
        sleep: Callable[[float], None] = lambda _: None,
        in_flight_s: float = 0,
    ) -> Gateway:
        """A gateway of the same ledger over another line, which waits for no call in flight unless told to."""
        return Gateway(
            transport,
            self.ledger,
            catalogue,
            clock=self.clock,
            in_flight_s=in_flight_s,
            settle=(0.1, 0.1),
            sleep=sleep,
        )

    def transfer(self, quantity: str = "10", *, keep: str = "0", product: str = "jug") -> Draft:
        """From Leeds to Leicester."""
        source, dest = self.world.warehouses["NTH"], self.world.warehouses["WH"]
        params: Row = {
            "product": self.world.products[product],
            "quantity": quantity,
            "uom": self.world.units.unit,
            "source_warehouse": source.id,
            "source_location": source.stock,
            "dest_warehouse": dest.id,
            "dest_location": dest.stock,
            "picking_type": source.transfers,
            "keep": keep,
            "scheduled": "2026-03-03T08:00:00Z",
        }
        return Draft(action="stock.transfer", params=params)

    def rfq(
        self,
        quantity: str = "24",
        *,
        price: str = "2.90",
        discount: str = "0",
        currency: str = "GBP",
        dozens: bool = False,
        product: str = "jug",
    ) -> Draft:
        """To the world's vendor."""
        dest, units = self.world.warehouses["WH"], self.world.units
        params: Row = {
            "vendor": self.world.vendor,
            "product": self.world.products[product],
            "quantity": quantity,
            "uom": units.dozen if dozens else units.unit,
            "price": price,
            "discount": discount,
            "currency": currency,
            "warehouse": dest.id,
            "picking_type": dest.receipts,
            "planned": "2026-03-09",
        }
        return Draft(action="purchase.create_rfq", params=params)

    def discount(self, percent: float) -> None:
        """What the world's vendor takes off from now on."""
        with self.engine.transaction() as env:
            lines = env.search("product.supplierinfo", [["partner_id", "=", self.world.vendor]])
            env.write("product.supplierinfo", lines, {"discount": percent})

    def rfq_at_a_break(self) -> Draft:
        """A request at a price that Odoo finds for the line's own quantity only, once that is written."""
        self.world.vendor_price("jug", "2.90", min_qty=1)
        self.world.vendor_price("jug", "2.50", min_qty=20)
        return self.rfq("24", price="2.50")

    def request(self, quantity: float = 24, *, product: str = "jug") -> int:
        """An open request for quotation to the world's vendor, due in a week; its id."""
        return self.world.buy(product, "WH", quantity, in_days=7, confirm=False)

    def confirm(self, order: int | None = None) -> Draft:
        """An open request, a new one unless named."""
        params: Row = {"order": order or self.request(), "warehouse": self.world.warehouses["WH"].id}
        return Draft(action="purchase.confirm", params=params)

    def redate(self, planned: str = "2026-03-16", *, order: int | None = None) -> Draft:
        """The first line of a confirmed order due in a week, a new one unless named."""
        bought = order or self.world.buy("jug", "WH", 24, in_days=7)
        params: Row = {"line": self.root().row("purchase.order", bought)["order_line"][0], "planned": planned}
        return Draft(action="purchase.redate", params=params)

    def rivals(
        self, *, held: float = 8, wanted: float = 5, had: float = 1, product: str = "bunting"
    ) -> tuple[int, int]:
        """Two deliveries from Leicester, and stock for the first of them and little of the second; their ids."""
        self.world.stock(product, "WH", held + had)
        orders = [self.world.sell(product, "WH", quantity, in_days=days) for quantity, days in ((held, 9), (wanted, 2))]
        first, second = (self.deliveries(order)[0] for order in orders)
        return first, second

    def deliveries(self, order: int) -> list[int]:
        """The transfers of a sales order, oldest first."""
        return self.root().search("stock.picking", [["sale_id", "=", order]], order="id")

    def reallocate(
        self, quantity: str = "4", *, between: tuple[int, int] | None = None, product: str = "bunting"
    ) -> Draft:
        """From the first delivery to the second, new rivals unless named."""
        giver, taker = between or self.rivals(product=product)
        params: Row = {
            "product": self.world.products[product],
            "quantity": quantity,
            "warehouse": self.world.warehouses["WH"].id,
            "from_picking": giver,
            "to_picking": taker,
        }
        return Draft(action="stock.reallocate", params=params)

    def unpromised(self) -> int:
        """A confirmed order for two products that take two and five days, without a promised day; its id."""
        with self.engine.transaction() as env:
            for product, days in (("lantern", 2), ("jug", 5)):
                env.write("product.product", self.world.products[product], {"sale_delay": days})
            lines = [[0, 0, {"product_id": self.world.products[name]}] for name in ("lantern", "jug")]
            values = {"partner_id": self.world.customer, "order_line": lines}
            order = env.create("sale.order", {**values, "warehouse_id": self.world.warehouses["WH"].id})
            env.call("sale.order", "action_confirm", [order])
            return order

    def promise(self, promised: str = "2026-03-20", *, order: int | None = None) -> Draft:
        """Another day for an order, one without a promise unless named."""
        params: Row = {"order": order or self.unpromised(), "promised": promised}
        return Draft(action="sale.commitment", params=params)

    def minmax(self, minimum: str = "25", maximum: str = "80", *, rule: int | None = None) -> Draft:
        """New limits for a reordering rule, one of 10 to 50 unless named."""
        found = rule or self.world.reorder("jug", "WH", 10, 50)
        params: Row = {"orderpoint": found, "minimum": minimum, "maximum": maximum}
        return Draft(action="stock.minmax", params=params)

    def hold(self, *, order: int | None = None, reason: str = "credit is being checked") -> Draft:
        """A confirmed order with its goods reserved, unless named."""
        if order is None:
            self.world.stock("lantern", "WH", 5)
            order = self.world.sell("lantern", "WH", 3, in_days=4)
        return Draft(action="sale.hold", params={"order": order, "reason": reason})

    def asked(self, note: str = "<p>Case C1</p><p>[ref DESK-0123456789abcdef]</p>", *, by: str = "desk") -> int:
        """A to-do on a sales order for the buyer, as the desk gives it unless somebody else does; its id."""
        told: Row = {"summary": "Look at it", "note": note, "user_id": self.world.users["buyer"].uid}
        giver, quiet = self.world.users[by].uid, {"mail_activity_quick_update": True}
        self.engine.execute_kw(
            giver, None, "sale.order", "activity_schedule", ([self.order],), {**told, "context": quiet}
        )
        return self.root().search("mail.activity", [["summary", "=", "Look at it"]])[-1]

    def close_activity(self, activity: int | None = None, feedback: str = "settled") -> Draft:
        """One that the desk gave, a new one unless named."""
        found = activity or self.asked()
        return Draft(action="mail.activity_done", params={"activity": found, "feedback": feedback})

    def activity(self, summary: str = "Look at the shortage", note: str = "Case C1") -> Draft:
        """For the buyer, on a sales order."""
        params: Row = {
            "model": "sale.order",
            "record": self.order,
            "user": self.world.users["buyer"].uid,
            "summary": summary,
            "note": note,
            "due": "2026-03-05",
        }
        return Draft(action="mail.activity", params=params)

    def note(self, body: str = "Transfer planned") -> Draft:
        """On a sales order."""
        params: Row = {"model": "sale.order", "record": self.order, "body": body}
        return Draft(action="mail.note", params=params)

    def priced(self, draft: Draft) -> Step:
        step = price(draft, self.gateway.reader(self.world.company))
        assert isinstance(step, Step), step
        return step

    def refused(self, draft: Draft) -> Refusal:
        """Why a draft has no price."""
        found = price(draft, self.gateway.reader(self.world.company))
        assert isinstance(found, Refusal), found
        return found

    def as_buyer(self, model: str, method: str, *args: object) -> None:
        """What the buyer does in Odoo meanwhile."""
        self.engine.execute_kw(self.world.users["buyer"].uid, None, model, method, args, {})

    def intent(self, draft: Draft, *, case: str = "C1", step: Step | None = None) -> Intent:
        found = step or self.priced(draft)
        return Intent(
            desk="bench",
            case=case,
            kind="stockout",
            plan_version=1,
            plan_digest=DIGEST,
            policy_digest=DIGEST,
            step=0,
            direction="do",
            action=found.action,
            params=found.params,
            company=self.world.company,
            exposure=found.exposure,
            touches=found.touches,
            rollback=found.rollback,
        )

    def perform(self, intent: Intent, *, gateway: Gateway | None = None) -> Outcome:
        return (gateway or self.gateway).perform(intent, f"G{next(self._grants)}")

    def done(self, intent: Intent) -> Undo:
        undo = self.perform(intent)
        assert isinstance(undo, Undo), undo
        return undo

    def fail(self, call: str, kind: Kind, *, nth: int = 1, times: int = 1) -> None:
        """From now on the nth such call fails."""
        self.engine.faults.append(Injected(call=call, kind=kind, nth=nth, times=times))

    def root(self) -> Env:
        return self.engine.root()

    def count(self, model: str, domain: Sequence[Json] = ()) -> int:
        return len(self.root().with_context(active_test=False).search(model, list(domain)))
