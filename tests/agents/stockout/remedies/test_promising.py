"""An order that would be lost is promised for the day its goods come, and is late instead."""

import json
from datetime import date
from decimal import Decimal

import pytest

from agents import stockout
from agents.terms import Terms
from domain.plans import Option
from domain.refusals import Refusal
from tests.agents.stockout.remedies.customers_scene import TIERS, accepted, one
from tests.agents.stockout.scene import Scene
from tools.commitment import CommitmentParams


@pytest.fixture
def lost(shop: Scene) -> Scene:
    """Ten lanterns due on the second day; theirs come on the 17th, beyond what is looked ahead."""
    shop.world.vendor_price("lantern", "1.80", delay=5)
    shop.world.sell("lantern", "WH", 10, in_days=2)
    shop.world.buy("lantern", "WH", 10, in_days=17)
    return shop


def turned(shop: Scene, days: int) -> Option | Refusal:
    return stockout.adjust(shop.evidence(TIERS), one(shop, "promise"), {"days": Decimal(days)})


def test_the_order_is_promised_for_the_day_its_goods_come(lost: Scene) -> None:
    option = one(lost, "promise")
    params = CommitmentParams.model_validate_json(json.dumps(option.drafts[0].params))

    assert option.name == "promise:1"
    assert option.feasible
    assert accepted(lost, option)
    assert (params.order, params.promised) == (1, date(2026, 12, 10))
    assert "for 2026-12-10, when it comes" in option.title


def test_it_saves_what_being_late_loses_less_than_being_lost(lost: Scene) -> None:
    without = one(lost, "promise", Terms())

    assert lost.evidence().finding.money_at_risk.amount == Decimal("19.50")
    assert without.risk_removed.amount == Decimal("9.75"), "15 of the 30 days that a customer waits are still lost"
    assert without.cost is None, "nobody named the penalty"


def test_the_penalty_for_each_day_stays_due(lost: Scene) -> None:
    option = one(lost, "promise")

    assert option.cost is not None
    assert option.cost.amount == Decimal("5.63"), "15 days of a hundredth of 37.50"
    assert option.risk_removed.amount == Decimal("13.50"), "19.50 and 3.75 for a lost order, less 9.75 for a late one"


def test_a_person_may_promise_a_later_day_within_bounds(lost: Scene) -> None:
    later, sooner = turned(lost, 20), turned(lost, 10)

    assert isinstance(later, Option)
    assert later.drafts[0].params["promised"] == "2026-12-13"
    assert later.risk_removed < one(lost, "promise").risk_removed
    assert isinstance(sooner, Refusal)
    assert "must be from 17 to 77" in sooner.reason


def test_without_goods_in_sight_there_is_nothing_to_promise(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=2)

    assert "no goods for it are certain to come" in (one(shop, "promise").why_not or "")


def test_a_drafted_request_is_no_promise(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=2)
    shop.world.buy("lantern", "WH", 10, in_days=20, confirm=False)

    assert not one(shop, "promise").feasible


def test_goods_that_are_not_enough_are_no_promise(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=2)
    shop.world.buy("lantern", "WH", 9, in_days=20)

    assert not one(shop, "promise").feasible


def test_an_order_that_is_only_late_is_told_by_people(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.80", delay=20)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    shop.world.buy("lantern", "WH", 10, in_days=18)

    option = one(shop, "promise")

    assert option.feasible
    assert option.for_people
    assert "only a person can know" in (option.why_not or "")


def test_a_promised_order_is_owed_nothing_before_its_day(lost: Scene) -> None:
    with lost.world.engine.transaction() as env:
        env.write("sale.order", 1, {"commitment_date": "2026-12-10 08:00:00"})

    assert lost.findings() == ()


def test_an_order_with_goods_of_its_own_is_promised_for_their_day(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.80", delay=5)
    shop.world.to_order("lantern")
    shop.world.sell("lantern", "WH", 10, in_days=8)
    with shop.world.engine.transaction() as env:
        (order,) = env.search("purchase.order", [])
        env.call("purchase.order", "button_confirm", [order])
    shop.world.postpone(order, 12)

    option = one(shop, "promise")
    with shop.world.engine.transaction() as env:
        env.write("sale.order", 1, {"commitment_date": f"{option.drafts[0].params['promised']} 23:00:00"})

    assert option.feasible
    assert shop.findings() == ()
