"""The world for benchmarks has the size asked for, and exactly the shelves short that it says."""

from datetime import UTC, date, datetime

from agents.stockout import detection
from agents.stockout.reading import picture
from agents.terms import TermsBook
from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.transport import EngineTransport
from scenarios.worlds import scale
from tools.reader import Reader

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_it_has_every_product_in_every_warehouse() -> None:
    engine = Engine(SetClock(NOW))

    world = scale.build(engine, products=50, warehouses=3, today=TODAY, short_share=0.1)

    env = engine.root()
    assert (len(world.products), len(world.warehouses), len(world.short)) == (50, 3, 15)
    assert len(env.search("stock.warehouse.orderpoint", [])) == 150
    assert len(env.search("product.product", [("is_storable", "=", True)])) == 50
    assert env.search("purchase.order", [("state", "=", "purchase")])
    assert env.search("stock.picking", [("picking_type_code", "=", "outgoing"), ("state", "=", "assigned")])


def test_the_same_arguments_give_the_same_bytes() -> None:
    engines = [Engine(SetClock(NOW)) for _ in range(2)]

    for engine in engines:
        scale.build(engine, products=30, today=TODAY)

    assert engines[0].snapshot() == engines[1].snapshot()


def test_a_scan_finds_the_short_shelves_and_nothing_else() -> None:
    engine = Engine(SetClock(NOW))
    world = scale.build(engine, products=60, today=TODAY, short_share=0.05)

    transport = EngineTransport.log_in(engine, "desk", world.users["desk"].password)
    seen = picture.read(Reader(transport, world.company), NOW)

    assert {detection.pair(finding.subject) for finding in detection.detect(seen, NOW, TermsBook())} == world.short
