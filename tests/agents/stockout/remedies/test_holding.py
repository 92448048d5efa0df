"""A big order of a lower tier is held so that others are served: by rules only where that is clearly worth it."""

import json
from decimal import Decimal

import pytest

from agents import stockout
from agents.terms import Terms, Tier
from tests.agents.stockout.remedies.customers_scene import KEY, SMALL, TIERS, accepted, corner_shop, one
from tests.agents.stockout.scene import Scene
from tools.hold import HoldParams

DEAR = KEY.but(lost=Decimal(10))
"""A key account whose lost order costs ten times its price."""


@pytest.fixture
def spike(shop: Scene) -> Scene:
    """The corner shop's ninety lanterns take all sixty that are there; the key account's thirty find none."""
    shop.world.vendor_price("lantern", "1.90", delay=9)
    shop.world.stock("lantern", "WH", 60)
    shop.world.sell("lantern", "WH", 90, in_days=4, customer=corner_shop(shop))
    shop.world.sell("lantern", "WH", 30, in_days=5)
    return shop


def test_the_big_order_of_the_lower_tier_may_be_held(spike: Scene) -> None:
    option = one(spike, "hold", Terms(tiers=(DEAR, SMALL)))
    params = HoldParams.model_validate_json(json.dumps(option.drafts[0].params))

    assert option.name == "hold:1"
    assert option.feasible
    assert accepted(spike, option)
    assert params.order == 1
    assert "orders of higher tiers wait" in params.reason


def test_where_it_is_clearly_worth_it_rules_may_choose_it(spike: Scene) -> None:
    clearly, hardly = one(spike, "hold", Terms(tiers=(DEAR, SMALL))), one(spike, "hold", TIERS)

    assert clearly.feasible
    assert not clearly.for_people
    assert hardly.feasible
    assert hardly.for_people


def test_it_saves_what_the_others_gain_less_what_it_loses(spike: Scene) -> None:
    option = one(spike, "hold", Terms(tiers=(DEAR, SMALL)))

    assert option.cost is not None
    assert option.cost.amount == 0
    assert option.risk_removed.amount == Decimal("562.50"), "half of a penalty that is not paid; margins change sides"


def test_it_is_worth_half_of_giving_its_reservation_to_the_others(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.90", delay=9)
    shop.world.stock("lantern", "WH", 10)
    shop.world.sell("lantern", "WH", 10, in_days=8, customer=corner_shop(shop))
    shop.world.sell("lantern", "WH", 10, in_days=3)

    held, given = one(shop, "hold"), one(shop, "reallocate")

    assert held.risk_removed == (given.risk_removed * Decimal("0.5")).rounded(), "nobody has reserved it for them yet"
    assert held.cost == given.cost


def test_it_gets_what_comes_when_the_others_have_theirs(spike: Scene) -> None:
    spike.world.buy("lantern", "WH", 60, in_days=8)

    saves = one(spike, "hold").risk_removed

    assert saves.amount == Decimal("1.69"), "half of a penalty of 1% for each of three days; no order is lost"


def test_somebody_is_told_to_reserve_for_the_others(spike: Scene) -> None:
    assert "have somebody reserve what there is of" in one(spike, "hold", Terms(tiers=(DEAR, SMALL))).title


def test_an_unknown_penalty_leaves_it_to_people(spike: Scene) -> None:
    unknown = Tier(name="small", rank=2, tags=("Tier C",))

    option = one(spike, "hold", Terms(tiers=(DEAR, unknown)))

    assert option.cost is None
    assert option.for_people


def test_without_tiers_nothing_is_held(spike: Scene) -> None:
    assert "name no customer tiers" in (one(spike, "hold", Terms()).why_not or "")


def test_an_order_of_the_highest_tier_is_not_held(spike: Scene) -> None:
    terms = Terms(tiers=(DEAR.but(rank=2), SMALL.but(rank=1)))

    assert "no order that waits is of a higher tier than 'small'" in (one(spike, "hold", terms).why_not or "")


def test_an_order_that_is_not_big_is_not_held(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=4, customer=corner_shop(shop))
    for in_days in (5, 6):
        shop.world.sell("lantern", "WH", 10, in_days=in_days)

    assert not any(name.startswith("hold:") for name in shop.options(TIERS))


def test_the_facts_name_the_customer_who_asks_for_most(spike: Scene) -> None:
    facts = dict(stockout.facts(spike.evidence(TIERS)))

    assert facts["Most is for one customer"] == "75% of 120 Units for “Corner Shop”"
