"""A number in Odoo that nobody means is refused with what to correct, and never breaks the desk."""

from math import isnan

import pytest

from domain.plans import Draft
from domain.values import Json
from tests.tools.bench import Bench

SALE, PURCHASE = "sale.order.line", "purchase.order.line"
ODD = pytest.mark.parametrize("odd", [float("nan"), 1e13, 1e27, 1e300], ids=str)


def mistyped(bench: Bench, draft: Draft, odd: float) -> None:
    """Wherever the step's money comes from, it is this now."""
    line: Json = draft.params.get("line")
    with bench.engine.transaction() as env:
        match draft.action:
            case "sale.commitment" | "sale.hold":
                env.write(SALE, env.search(SALE, [["order_id", "=", draft.params["order"]]])[-1:], {"price_unit": odd})
            case "purchase.confirm":
                lines = env.search(PURCHASE, [["order_id", "=", draft.params["order"]]])
                env.write(PURCHASE, lines, {"price_unit": odd})
            case "purchase.redate":
                env.write(PURCHASE, env.search(PURCHASE, [["id", "=", line]]), {"price_unit": odd})
            case _:
                env.write("product.product", env.search("product.product", []), {"standard_price": odd})


@ODD
@pytest.mark.parametrize("action", ["promise", "hold", "confirm", "redate", "minmax", "reallocate", "transfer"])
def test_money_that_nobody_means_is_refused(bench: Bench, action: str, odd: float) -> None:
    draft = getattr(bench, action)()
    mistyped(bench, draft, odd)

    refusal = bench.refused(draft)

    assert refusal.guard == "facts"
    assert "in Odoo, which nobody means; correct it there" in refusal.reason


@pytest.mark.parametrize("odd", [0.0, -1.0, float("nan")], ids=str)
def test_a_unit_that_measures_nothing_is_refused(bench: Bench, odd: float) -> None:
    draft = bench.rfq()
    with bench.engine.transaction() as env:
        env.write("uom.uom", env.search("uom.uom", []), {"factor": odd})

    assert bench.refused(draft).guard == "facts"


@ODD
def test_a_limit_that_nobody_means_is_refused(bench: Bench, odd: float) -> None:
    rule = bench.world.reorder("jug", "WH", 10, 50)
    with bench.engine.transaction() as env:
        env.write("stock.warehouse.orderpoint", [rule], {"product_max_qty": odd})

    refusal = bench.refused(bench.minmax(rule=rule))

    assert ("product_max_qty" if isnan(odd) else f"a limit of reordering rule {rule}") in refusal.reason
    assert "correct it there" in refusal.reason


@ODD
def test_a_quantity_that_nobody_means_is_refused_though_it_is_free(bench: Bench, odd: float) -> None:
    order = bench.unpromised()
    with bench.engine.transaction() as env:
        line = env.search(SALE, [["order_id", "=", order]])[-1:]
        env.write(SALE, line, {"price_unit": 0.0})
        env.write(SALE, line, {"product_uom_qty": odd})

    refusal = bench.refused(bench.promise(order=order))

    assert ("product_uom_qty" if isnan(odd) else "what it would take to promise") in refusal.reason
    assert "correct it there" in refusal.reason


@ODD
def test_a_rate_that_nobody_means_is_refused(bench: Bench, odd: float) -> None:
    foreign = bench.rfq(currency="EUR")
    with bench.engine.transaction() as env:
        rates = env.search("res.currency.rate", [["currency_id", "=", env.ref("base.EUR")]])
        env.write("res.currency.rate", rates, {"rate": 1 / odd})

    assert "rate from EUR to GBP" in bench.refused(foreign).reason
