"""An order that is promised for another day or held is judged by what its customer waits for."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from domain.intents import Stale
from domain.values import Json
from tests.tools.bench import Bench

ORDER, LINE = "sale.order", "sale.order.line"


def ordered(bench: Bench, *lines: dict[str, Json], confirmed: bool = False) -> int:
    values: dict[str, Json] = {"partner_id": bench.world.customer, "warehouse_id": bench.world.warehouses["WH"].id}
    with bench.engine.transaction() as env:
        order: int = env.create(ORDER, {**values, "order_line": [[0, 0, line] for line in lines]})
        if confirmed:
            env.call(ORDER, "action_confirm", [order])
    return order


def of(bench: Bench, product: str, quantity: float, **values: Json) -> dict[str, Json]:
    return {"product_id": bench.world.products[product], "product_uom_qty": quantity, **values}


def more(bench: Bench, order: int) -> None:
    with bench.engine.transaction() as env:
        env.write(LINE, env.search(LINE, [["order_id", "=", order]]), {"product_uom_qty": 5000})


def dearer(bench: Bench, order: int) -> None:
    with bench.engine.transaction() as env:
        env.write(LINE, env.search(LINE, [["order_id", "=", order]]), {"price_unit": 9999.0})


def longer(bench: Bench, order: int) -> None:
    with bench.engine.transaction() as env:
        env.create(LINE, {"order_id": order, **of(bench, "lantern", 700)})


def of_another(bench: Bench, order: int) -> None:
    with bench.engine.transaction() as env:
        env.write(ORDER, [order], {"partner_id": env.create("res.partner", {"name": "Another"})})


def elsewhere(bench: Bench, order: int) -> None:
    with bench.engine.transaction() as env:
        env.write(ORDER, [order], {"warehouse_id": bench.world.warehouses["NTH"].id})


@pytest.mark.parametrize("action", ["promise", "hold"])
@pytest.mark.parametrize(
    ("confirmed", "meddle"),
    [(True, dearer), (False, dearer), (False, more), (False, longer), (False, of_another), (False, elsewhere)],
)
def test_an_order_that_is_another_one_meanwhile_makes_the_plan_stale(
    bench: Bench, action: str, confirmed: bool, meddle: Callable[[Bench, int], None]
) -> None:
    order = ordered(bench, of(bench, "jug", 1), confirmed=confirmed)
    intent = bench.intent(getattr(bench, action)(order=order))
    meddle(bench, order)

    assert isinstance(bench.perform(intent), Stale)
    assert bench.line.writes == []


@pytest.mark.parametrize("action", ["promise", "hold"])
def test_all_that_is_waited_for_counts_each_in_its_stock_unit(bench: Bench, action: str) -> None:
    dozens = of(bench, "jug", 2, product_uom=bench.world.units.dozen)
    order = ordered(bench, dozens, of(bench, "lantern", 5), confirmed=True)

    exposure = bench.priced(getattr(bench, action)(order=order)).exposure

    assert (exposure.product, exposure.quantity) == (None, Decimal(29))


def test_of_one_product_what_was_delivered_counts_no_more(bench: Bench) -> None:
    bench.world.stock("lantern", "WH", 3)
    order = bench.world.sell("lantern", "WH", 4, in_days=4)
    with bench.engine.transaction() as env:
        env.with_context(skip_backorder=True).call("stock.picking", "button_validate", bench.deliveries(order))

    exposure = bench.priced(bench.promise("2026-03-20", order=order)).exposure

    assert (exposure.product, exposure.quantity) == (bench.world.products["lantern"], Decimal(1))
