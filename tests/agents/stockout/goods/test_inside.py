"""Stock at the input, in a place of its own or in no warehouse at all: what of it a delivery can take."""

from decimal import Decimal

from agents import stockout
from scenarios.sandbox.env import Env
from tests.agents.stockout.goods.test_shelf import move
from tests.agents.stockout.scene import Scene


def arrived(shop: Scene, quantity: int = 10) -> None:
    """A purchase arrived at the input of a warehouse that receives in two steps."""
    shop.world.in_two_steps("WH")
    shop.world.receive(shop.world.buy("lantern", "WH", quantity, in_days=0))


def place(shop: Scene, name: str) -> int:
    """A place in the warehouse, and not in its stock."""
    with shop.world.engine.transaction() as env:
        view = env.row("stock.warehouse", shop.world.warehouses["WH"].id)["view_location_id"]
        return env.create("stock.location", {"name": name, "usage": "internal", "location_id": view})


def test_goods_at_the_input_are_not_free_for_a_delivery_today(shop: Scene) -> None:
    arrived(shop)
    shop.world.sell("lantern", "WH", 10, in_days=0)

    projection = shop.projection()

    assert projection.on_hand == 10
    assert projection.waiting == 10
    assert [day.available for day in projection.days[:2]] == [-10, 0]
    assert len(shop.findings()) == 1


def test_goods_at_the_input_are_never_bought_again(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.90", delay=2)
    arrived(shop)
    shop.world.sell("lantern", "WH", 10, in_days=0)

    assert shop.projection().to_order == 0
    assert not shop.options()["rfq"].feasible


def test_goods_at_the_input_serve_tomorrows_delivery(shop: Scene) -> None:
    arrived(shop)
    shop.world.sell("lantern", "WH", 10, in_days=1)

    assert shop.findings() == ()


def test_goods_in_a_place_beside_the_stock_are_no_supply(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", 10, at=place(shop, "Damaged"))
    shop.world.sell("lantern", "WH", 10, in_days=3)

    projection = shop.projection()

    assert [projection.on_hand, projection.waiting, projection.to_order] == [10, 10, 10]


def test_goods_that_stand_where_a_delivery_leaves_from_are_there_for_it(shop: Scene) -> None:
    output = place(shop, "Packed")
    shop.world.stock("lantern", "WH", 10, at=output)
    with shop.world.engine.transaction() as env:
        site = env.row("stock.warehouse", shop.world.warehouses["WH"].id)
        move(shop, env, 10, output, env.ref("stock.stock_location_customers"), site["out_type_id"])

    assert shop.projection().waiting == 0
    assert shop.findings() == ()


def test_a_delivery_in_two_steps_is_an_order_from_its_first_step_on(shop: Scene) -> None:
    with shop.world.engine.transaction() as env:
        site = env.row("stock.warehouse", shop.world.warehouses["WH"].id)
        move(shop, env, 10, site["lot_stock_id"], _output(shop, env), site["int_type_id"])
        customers = env.ref("stock.stock_location_customers")
        env.write("stock.move", env.search("stock.move", []), {"location_final_id": customers})

    assert shop.projection().gap == 10


def test_stock_that_stands_in_no_warehouse_is_nobodys(shop: Scene) -> None:
    with shop.world.engine.transaction() as env:
        nowhere = env.create("stock.location", {"name": "Yard", "usage": "internal", "company_id": shop.world.company})
    shop.world.stock("lantern", "WH", 50, at=nowhere)
    shop.world.sell("lantern", "WH", 10, in_days=3)

    projection = shop.projection()

    assert [projection.on_hand, projection.waiting, projection.gap] == [0, 0, 10]


def test_a_lot_that_is_over_at_the_input_waits_for_nobody(shop: Scene) -> None:
    at_input = shop.world.in_two_steps("WH")
    shop.world.stock("lantern", "WH", 10, lot="OVER", expires_in=-1, at=at_input)
    shop.world.sell("lantern", "WH", 10, in_days=3)

    assert shop.projection().to_order == 10


def test_facts_tell_what_waits_inside(shop: Scene) -> None:
    arrived(shop)
    shop.world.sell("lantern", "WH", 10, in_days=0)

    facts = dict(stockout.facts(shop.evidence()))

    assert facts["On hand"] == "10 Units"
    assert facts["Free"] == "0 Units"
    assert facts["Not on the shelf yet"].startswith("10 Units in “WH/Input”, carried on 2026-11-24 with “WH/")


def test_facts_count_nothing_as_free_that_no_delivery_can_take(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", 10, at=place(shop, "Damaged"))
    shop.world.sell("lantern", "WH", 10, in_days=3)

    facts = dict(stockout.facts(shop.evidence()))

    assert facts["Free"] == "0 Units"
    assert facts["Not on the shelf yet"] == "10 Units in “WH/Damaged”, no transfer carries it on"


def test_a_donors_input_is_not_given_away(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 50, at=shop.world.in_two_steps("NTH"))
    shop.world.sell("lantern", "WH", 10, in_days=3)

    option = shop.options()["transfer:NTH"]

    assert not option.feasible
    assert Decimal(0) == option.risk_removed.amount


def _output(shop: Scene, env: Env) -> int:
    view = env.row("stock.warehouse", shop.world.warehouses["WH"].id)["view_location_id"]
    return env.create("stock.location", {"name": "Gate", "usage": "internal", "location_id": view})
