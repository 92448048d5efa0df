"""Whoever reads a case can look up every record of Odoo that it was judged by."""

from agents import stockout
from agents.terms import TermsBook
from domain.calls import Call
from domain.values import Json
from scenarios.sandbox.transport import EngineTransport
from tests.agents.stockout.remedies.customers_scene import TIERS, corner_shop
from tests.agents.stockout.scene import NOW, Scene
from tools.reader import Reader

TAGS = "res.partner.category"
"""Customers' tags are asked for by their words; the source is the customers who carry them."""


class Noting:
    """The way to the sandbox, with a note of every model that answered with a record."""

    def __init__(self, inner: EngineTransport) -> None:
        self._inner = inner
        self.answered: set[str] = set()

    @property
    def uid(self) -> int:
        return self._inner.uid

    def execute(self, call: Call) -> Json:
        answer = self._inner.execute(call)
        if answer and call.method in {"read", "search_read"}:
            self.answered.add(call.model)
        return answer


def test_every_model_that_was_read_is_named_with_its_records(shop: Scene) -> None:
    shop.world.history("lantern", "WH", per_week=2, weeks=4)
    shop.world.received("lantern", "WH", 10, ordered=30, promised=9, late=0)
    shop.world.stock("lantern", "WH", 3)
    shop.world.reorder("lantern", "WH", 5, 20)
    shop.world.vendor_price("lantern", "1.90", delay=9)
    order = shop.world.buy("lantern", "WH", 10, in_days=12)
    shop.world.sell("lantern", "WH", 90, in_days=4, customer=corner_shop(shop))
    with shop.world.engine.transaction() as env:
        todo = {"act_type_xmlid": "mail.mail_activity_data_todo", "summary": "call", "date_deadline": "2026-11-24"}
        env.call("purchase.order", "activity_schedule", [order], user_id=shop.world.users["buyer"].uid, **todo)
    noting = Noting(EngineTransport.log_in(shop.world.engine, "desk", shop.world.users["desk"].password))

    evidence = stockout.gather(Reader(noting, shop.world.company), shop.subject(), NOW, TermsBook(usual=TIERS))

    assert evidence is not None
    assert {"mail.activity", "stock.picking", "purchase.order", TAGS} <= noting.answered, "else nothing is shown here"
    assert noting.answered - {TAGS} | {"res.partner"} <= {source.model for source in evidence.sources}
    assert all(source.ids for source in evidence.sources)
