"""What counts as a stockout about to happen, and what does not."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from agents import stockout
from agents.stockout.detection import pair
from agents.terms import TermsBook
from domain.errors import Misuse
from domain.money import Money
from domain.values import Row
from tests.agents.stockout.remedies.customers_scene import TIERS
from tests.agents.stockout.scene import NOW, Scene


def test_an_order_beyond_the_stock_is_found_on_the_day_it_is_due(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", 3)
    shop.world.sell("lantern", "WH", 10, in_days=3)

    (finding,) = shop.findings()

    assert finding.kind == stockout.KIND
    assert finding.subject == shop.subject()
    assert finding.deadline == datetime(2026, 11, 26, tzinfo=UTC)
    assert finding.title == "“[71053] White metal lantern” runs out on 2026-11-26 in “Leicester”"
    assert finding.money_at_risk == Money.model_validate("13.65 GBP"), "seven units at 3.75 less 1.80"


def test_nothing_is_found_where_stock_is_enough(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", 10)
    shop.world.sell("lantern", "WH", 10, in_days=3)

    assert shop.findings() == ()


def test_a_purchase_order_that_comes_in_time_covers(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=6)
    shop.world.buy("lantern", "WH", 10, in_days=5)

    assert shop.findings() == ()


def test_a_drafted_request_counts_as_on_its_way(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.90", delay=5)
    shop.world.sell("lantern", "WH", 10, in_days=12)
    without = shop.findings()
    shop.world.buy("lantern", "WH", 10, in_days=5, confirm=False)

    assert len(without) == 1
    assert shop.findings() == ()


def test_a_drafted_request_that_cannot_wait_for_the_next_review_is_still_an_exception(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.90", delay=5)
    shop.world.sell("lantern", "WH", 10, in_days=9)
    without = shop.findings()
    shop.world.buy("lantern", "WH", 10, in_days=5, confirm=False)
    (drafted,) = shop.findings()

    assert drafted.money_at_risk < without[0].money_at_risk


def test_a_drafted_request_cannot_come_faster_than_the_vendor_delivers(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.90", delay=12)
    shop.world.sell("lantern", "WH", 10, in_days=9)
    shop.world.buy("lantern", "WH", 10, in_days=5, confirm=False)

    assert len(shop.findings()) == 1


def test_a_trough_in_mid_horizon_is_found_though_the_end_balance_is_fine(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.90", delay=10)
    shop.world.stock("lantern", "WH", 20)
    shop.world.sell("lantern", "WH", 60, in_days=5)
    shop.world.buy("lantern", "WH", 100, in_days=12)

    (finding,) = shop.findings()
    projection = shop.projection()

    assert finding.deadline == datetime(2026, 11, 28, tzinfo=UTC)
    assert projection.gap == 40
    assert projection.to_order == 0
    assert projection.days[-1].available == 60


def test_an_overdue_purchase_is_expected_as_late_as_the_vendor_usually_is(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=4)
    shop.world.buy("lantern", "WH", 10, in_days=-3)
    punctual = shop.findings()
    for ordered in (90, 60, 40):
        shop.world.received("jug", "WH", 5, ordered=ordered, promised=10, late=6)

    assert punctual == ()
    assert shop.projection().days[6].received == 10
    assert len(shop.findings()) == 1


def test_steady_sales_that_outlast_the_stock_are_found_by_their_chance(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.90", delay=7)
    shop.world.history("lantern", "WH", 14, weeks=12)
    shop.world.stock("lantern", "WH", 28)

    (finding,) = shop.findings()

    assert Decimal("0.3") < shop.projection().chance < Decimal("0.7"), "two weeks' demand, two weeks' stock"
    assert "runs out" in finding.title or "may run out" in finding.title


def test_steady_sales_with_ample_stock_are_no_exception(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.90", delay=7)
    shop.world.history("lantern", "WH", 14, weeks=12)
    shop.world.stock("lantern", "WH", 60)

    assert shop.findings() == ()


def test_orders_in_hand_are_part_of_the_forecast_not_added_to_it(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.90", delay=7)
    shop.world.history("lantern", "WH", 14, weeks=12)
    shop.world.stock("lantern", "WH", 60)
    shop.world.sell("lantern", "WH", 28, in_days=13)

    last = shop.projection().days[-1]

    assert last.available == 32, "28 ordered of the 28 expected in two weeks: nothing more is taken off"
    assert shop.findings() == ()


def test_a_lot_that_expires_before_it_sells_does_not_count(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", 30, lot="SOON", expires_in=3)
    shop.world.stock("lantern", "WH", 5, lot="LATER", expires_in=300)
    shop.world.vendor_price("lantern", "1.90", delay=7)
    shop.world.history("lantern", "WH", 7, weeks=12)

    (finding,) = shop.findings()
    projection = shop.projection()

    assert sum(day.expired for day in projection.days) == 28, "30 less the two days' sales before the lot ends"
    assert projection.runs_out_on is not None
    assert projection.runs_out_on < date(2026, 12, 5)
    assert finding.subject == shop.subject()


def test_a_product_kept_by_minimum_only_is_found_below_it(shop: Scene) -> None:
    shop.world.reorder("jug", "WH", 10, 20)
    shop.world.stock("jug", "WH", 3)

    (finding,) = shop.findings()

    assert finding.subject == shop.subject("jug")
    assert finding.title.endswith("stays 7 below its minimum of 10 in “Leicester”")
    assert finding.deadline is None
    assert finding.money_at_risk.amount == 7 * (Decimal("5.95") - Decimal("2.90"))


def test_a_product_kept_by_minimum_only_is_no_exception_when_the_rest_is_on_its_way(shop: Scene) -> None:
    shop.world.reorder("jug", "WH", 10, 20)
    shop.world.stock("jug", "WH", 3)
    shop.world.buy("jug", "WH", 7, in_days=60)

    assert shop.findings() == ()


def test_a_transfer_on_its_way_covers_and_weighs_on_the_donor(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=3)
    shop.world.stock("lantern", "NTH", 10)
    evidence = shop.evidence()
    transfer = next(option for option in stockout.options(evidence) if option.feasible and option.drafts)

    _carry_out(shop, transfer.drafts[0].params)

    assert shop.findings() == ()
    assert shop.projection(warehouse="NTH").days[-1].available == 0


def test_findings_come_by_money_at_risk(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 2, in_days=3)
    shop.world.sell("jug", "NTH", 50, in_days=3)

    assert [finding.subject for finding in shop.findings()] == [shop.subject("jug", "NTH"), shop.subject()]


def test_the_digest_of_a_finding_changes_with_the_facts_only(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=3)
    first, again = shop.findings(), shop.findings()
    shop.world.sell("lantern", "WH", 1, in_days=3)

    assert first == again
    assert shop.findings()[0].facts_digest != first[0].facts_digest


@pytest.mark.parametrize("subject", ["product:1", "product:x@warehouse:1", "warehouse:1@product:1", "", "1@2"])
def test_a_subject_that_is_none_is_refused_with_an_example(subject: str) -> None:
    with pytest.raises(Misuse, match="product:12@warehouse:3"):
        pair(subject)


def test_a_case_whose_exception_is_gone_has_no_evidence(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=3)
    assert shop.evidence().projection.gap == 10
    shop.world.stock("lantern", "WH", 50)
    shop.world.buy("lantern", "WH", 10, in_days=2)

    assert stockout.gather(shop.reader, shop.subject(), NOW, TermsBook()) is None


def _carry_out(shop: Scene, params: Row) -> None:
    """As the action would, without the gateway: the agent's own words are what is tested."""
    move = {
        "name": "transfer",
        "product_id": params["product"],
        "product_uom": params["uom"],
        "product_uom_qty": float(str(params["quantity"])),
        "location_id": params["source_location"],
        "location_dest_id": params["dest_location"],
    }
    with shop.world.engine.transaction() as env:
        picking = env.create(
            "stock.picking",
            {
                "picking_type_id": params["picking_type"],
                "location_id": params["source_location"],
                "location_dest_id": params["dest_location"],
                "scheduled_date": "2026-11-24 09:00:00",
                "move_ids": [[0, 0, move]],
            },
        )
        env.call("stock.picking", "action_confirm", [picking])


def test_an_archived_product_with_an_open_order_is_an_exception_that_nobody_buys(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.90", delay=2)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    shop.world.archive("lantern")

    (finding,) = shop.findings()
    facts = dict(stockout.facts(shop.evidence()))

    assert finding.subject == shop.subject()
    assert "is archived in Odoo: nothing more is bought of it" in (shop.options()["rfq"].why_not or "")
    assert facts["Archived"] == "delivered from what there is, and bought no more"


def test_an_archived_product_that_nobody_ordered_is_no_exception(shop: Scene) -> None:
    shop.world.history("lantern", "WH", 14, weeks=12)
    shop.world.stock("lantern", "WH", -4)
    shop.world.archive("lantern")

    assert shop.findings() == ()
    assert stockout.gather(shop.reader, shop.subject(), NOW, TermsBook()) is None


def test_stock_that_is_over_already_counts_for_nothing(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", 30, lot="OVER", expires_in=-1)
    shop.world.sell("lantern", "WH", 10, in_days=3)

    assert shop.projection().gap == 10
    assert len(shop.findings()) == 1


def test_tiers_cost_a_scan_one_call_and_nothing_where_none_are_named(shop: Scene) -> None:
    for number in range(2, 6):
        customer = shop.world.customer_of_tier(f"Shop {number}", "B")
        shop.world.sell("lantern", "WH", 10, in_days=number, customer=customer)

    def calls(terms: TermsBook) -> int:
        before = shop.reader.calls
        stockout.read(shop.reader, NOW, terms)
        return shop.reader.calls - before

    assert calls(TermsBook(usual=TIERS)) == calls(TermsBook()) + 1
