"""A reservation goes from a lower tier's order to a higher tier's that waits, where that loses less."""

import json
from decimal import Decimal

import pytest

from agents.terms import Terms, Tier
from tests.agents.stockout.remedies.customers_scene import KEY, SMALL, TIERS, accepted, corner_shop, delivery, one
from tests.agents.stockout.scene import Scene
from tools.reallocate import ReallocateParams


@pytest.fixture
def taken(shop: Scene) -> Scene:
    """Ten lanterns, reserved for the corner shop's later order; the key account's ten are due before."""
    shop.world.vendor_price("lantern", "1.90", delay=9)
    shop.world.stock("lantern", "WH", 10)
    shop.world.sell("lantern", "WH", 10, in_days=8, customer=corner_shop(shop))
    shop.world.sell("lantern", "WH", 10, in_days=3)
    return shop


def test_the_lower_tiers_reservation_goes_to_the_higher_tier(taken: Scene) -> None:
    option = one(taken, "reallocate")
    params = ReallocateParams.model_validate_json(json.dumps(option.drafts[0].params))

    assert option.feasible
    assert accepted(taken, option)
    assert not option.for_people
    assert (params.from_picking, params.to_picking) == (delivery(taken, 1), delivery(taken, 2))
    assert params.quantity == 10
    assert option.name == f"reallocate:{params.from_picking}"
    assert option.cost is not None
    assert option.cost.amount == 0


def test_it_is_worth_what_one_loses_less_what_the_other_then_loses(taken: Scene) -> None:
    assert one(taken, "reallocate").risk_removed.amount == Decimal("3.75"), "the margins are equal, the penalty is not"


def test_without_tiers_no_order_goes_before_another(taken: Scene) -> None:
    option = one(taken, "reallocate", Terms())

    assert not option.feasible
    assert option.why_not == "the terms name no customer tiers, so that no order goes before another"
    assert option.drafts == ()


@pytest.mark.parametrize("rank", [1, 2])
def test_an_equal_or_higher_tier_gives_nothing(taken: Scene, rank: int) -> None:
    terms = Terms(tiers=(KEY.but(rank=2), SMALL.but(rank=rank)))

    assert "does not go after 'key'" in (one(taken, "reallocate", terms).why_not or "")


def test_a_customer_of_unknown_tier_gives_nothing(taken: Scene) -> None:
    assert one(taken, "reallocate", Terms(tiers=(KEY,))).why_not == "the tier of “Corner Shop” is unknown"


def test_goods_that_somebody_has_in_hand_stay(taken: Scene) -> None:
    picking = delivery(taken, 1)
    with taken.world.engine.transaction() as env:
        moves = env.search("stock.move", [("picking_id", "=", picking)])
        env.write("stock.move", moves, {"picked": True})

    assert "in hand already" in (one(taken, "reallocate").why_not or "")


def test_what_the_giver_would_lose_more_stays(taken: Scene) -> None:
    dear = Tier(name="small", rank=2, tags=("Tier C",), late_per_day=Decimal(1), lost=Decimal(1))

    assert "would lose as much as" in (one(taken, "reallocate", Terms(tiers=(KEY, dear))).why_not or "")


def test_the_givers_unknown_penalty_is_unknown_and_not_zero(taken: Scene) -> None:
    unknown = Tier(name="small", rank=2, tags=("Tier C",))

    option = one(taken, "reallocate", Terms(tiers=(KEY, unknown)))

    assert option.feasible
    assert option.cost is None


def test_only_what_the_other_lacks_is_taken(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", 30)
    shop.world.sell("lantern", "WH", 24, in_days=8, customer=corner_shop(shop))
    shop.world.sell("lantern", "WH", 10, in_days=3)

    assert one(shop, "reallocate").drafts[0].params["quantity"] == "4"


def test_where_nobody_has_any_reserved_nothing_is_offered(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=3)

    assert not any(name.startswith("reallocate:") for name in shop.options(TIERS))


def test_an_order_with_goods_of_its_own_takes_nobodys_reservation(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", 10)
    shop.world.sell("lantern", "WH", 10, in_days=8, customer=corner_shop(shop))
    shop.world.vendor_price("lantern", "1.90", delay=5)
    shop.world.to_order("lantern")
    shop.world.sell("lantern", "WH", 10, in_days=3)

    assert shop.projection().own_goods_on is not None
    assert not any(name.startswith("reallocate:") for name in shop.options(TIERS))


def test_of_many_deliveries_those_that_can_give_are_looked_at_first(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", 45)
    for in_days in (6, 7, 8, 9):
        shop.world.sell("lantern", "WH", 10, in_days=in_days)
    order = shop.world.sell("lantern", "WH", 5, in_days=10, customer=corner_shop(shop))
    shop.world.sell("lantern", "WH", 5, in_days=3)

    assert shop.options(TIERS)[f"reallocate:{delivery(shop, order)}"].feasible
