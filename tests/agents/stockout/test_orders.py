"""What an order is worth while it waits: a dozen at its own price, a kit whole, a tier with its penalty."""

from decimal import Decimal

from agents.terms import Terms, Tier
from tests.agents.stockout.scene import Scene

KEY = Tier(name="key", rank=1, tags=("Tier A",), late_per_day=Decimal("0.01"), lost=Decimal("0.10"))
SMALL = Tier(name="small", rank=2, tags=("Tier C",))


def at_risk(shop: Scene, *tiers: Tier) -> tuple[Decimal, Decimal | None, Decimal]:
    """Money, penalties and units whose penalty nobody named."""
    seen = shop.evidence(Terms(tiers=tiers)).projection.at_risk
    return seen.money.amount, seen.penalties.amount if seen.penalties else None, seen.unpriced


def test_a_lost_order_costs_its_margin_and_its_tiers_penalty(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=3)

    money, penalties, unpriced = at_risk(shop, KEY)

    assert penalties == Decimal("3.75"), "a tenth of 37.50"
    assert money == Decimal("19.50") + Decimal("3.75")
    assert unpriced == 0


def test_each_day_late_costs_its_share(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.80", delay=20)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    shop.world.buy("lantern", "WH", 10, in_days=18)

    assert at_risk(shop, KEY)[1] == Decimal("5.63"), "15 days of a hundredth of 37.50"


def test_without_tiers_the_penalty_is_unknown_and_never_zero(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=3)

    assert at_risk(shop) == (Decimal("19.50"), None, Decimal(10))


def test_a_tier_that_names_no_penalty_leaves_it_unknown(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=3, customer=shop.world.customer_of_tier("Corner Shop", "C"))

    assert at_risk(shop, KEY, SMALL) == (Decimal("19.50"), None, Decimal(10))


def test_known_and_unknown_penalties_stand_beside_each_other(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=3)
    shop.world.sell("lantern", "WH", 4, in_days=3, customer=shop.world.customer_of_tier("Corner Shop", "C"))

    assert at_risk(shop, KEY, SMALL)[1:] == (Decimal("3.75"), Decimal(4))


def test_a_tier_may_be_told_by_the_customers_reference(shop: Scene) -> None:
    with shop.world.engine.transaction() as env:
        env.write("res.partner", shop.world.customer, {"ref": "VIP"})
    shop.world.sell("lantern", "WH", 10, in_days=3)
    terms = Terms(tiers_from="ref", tiers=(KEY.but(tags=("VIP",)),))

    assert shop.evidence(terms).projection.at_risk.penalties is not None


def test_a_component_is_worth_its_kits_net_spread_over_its_units(shop: Scene) -> None:
    shop.world.kit("garden set", "30.00", {"lantern": 4, "jug": 1})
    shop.world.stock("jug", "WH", 5)
    shop.world.sell("garden set", "WH", 5, in_days=3)

    risk = shop.projection().at_risk

    assert risk.ordered == 20
    assert risk.revenue.amount == 150, "five kits of 30.00, not twenty"


def test_a_kit_that_lacks_one_component_is_lost_whole(shop: Scene) -> None:
    shop.world.kit("garden set", "30.00", {"lantern": 4, "jug": 1})
    shop.world.stock("lantern", "WH", 18)
    shop.world.stock("jug", "WH", 5)
    shop.world.sell("garden set", "WH", 5, in_days=3)

    risk = shop.projection().at_risk

    assert risk.revenue.amount == 30, "two lanterns are missing, and with them one kit"


def test_what_was_delivered_of_a_kit_is_lost_no_more(shop: Scene) -> None:
    shop.world.kit("garden set", "30.00", {"lantern": 4, "jug": 1})
    shop.world.stock("lantern", "WH", 8)
    shop.world.stock("jug", "WH", 2)
    order = shop.world.sell("garden set", "WH", 5, in_days=3)
    shop.world.deliver(order)

    assert shop.projection().at_risk.revenue.amount == 90, "three of five"
