"""A minimum that demand outgrew is raised by people; one of what never sells is lowered before more is bought."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from agents import stockout
from agents.terms import Terms
from domain.money import Money
from domain.plans import Choice, Option
from domain.refusals import Refusal
from tests.agents.stockout.scene import NOW, Scene
from tools.minmax import MinMaxParams
from tools.reads.history import WEEKS


@pytest.fixture
def unsold(shop: Scene) -> Scene:
    """Five lanterns that never sold, kept by a minimum of twenty."""
    shop.world.stock("lantern", "WH", 5)
    shop.world.reorder("lantern", "WH", 20, 40)
    shop.world.vendor_price("lantern", "1.80")
    return shop


@pytest.fixture
def outgrown(shop: Scene) -> Scene:
    """Seven sell each day and the vendor takes ten, with a minimum of twenty."""
    shop.world.stock("lantern", "WH", 30)
    shop.world.reorder("lantern", "WH", 20, 40)
    shop.world.history("lantern", "WH", 49, weeks=12)
    shop.world.vendor_price("lantern", "1.80", delay=10)
    return shop


def evidence(shop: Scene, *, weeks: int) -> stockout.StockoutEvidence:
    """As if the rule had been made so many weeks ago."""
    found = shop.evidence()
    rules = tuple(replace(rule, since=NOW - timedelta(weeks=weeks)) for rule in found.picture.orderpoints)
    return found.but(picture=found.picture.but(orderpoints=rules))


def minimum(of: stockout.StockoutEvidence) -> Option:
    (found,) = [option for option in stockout.options(of) if option.name.startswith("minimum:")]
    return found


def chosen(of: stockout.StockoutEvidence) -> Choice:
    return stockout.choose(stockout.options(of), of)


def limits(option: Option) -> tuple[int, int]:
    params = MinMaxParams.model_validate_json(json.dumps(option.drafts[0].params))
    return int(params.minimum), int(params.maximum)


def test_a_minimum_of_what_never_sold_is_lowered_to_what_is_there(unsold: Scene) -> None:
    proven = evidence(unsold, weeks=WEEKS)

    option = minimum(proven)

    assert limits(option) == (5, 5), "nothing more is bought"
    assert option.risk_removed == proven.finding.money_at_risk, "the risk is what the rule says, and goes with it"
    assert option.cost == Money.zero("GBP")
    assert not option.for_people
    assert chosen(proven).option == option.name, "before fifteen more are bought that nobody asked for"


def test_a_fresh_rule_is_the_business_own_word(unsold: Scene) -> None:
    fresh = evidence(unsold, weeks=WEEKS - 1)

    option = minimum(fresh)

    assert option.feasible
    assert option.for_people
    assert "too soon to say" in (option.why_not or "")
    assert chosen(fresh).option.startswith("rfq")


def test_a_minimum_that_demand_outgrew_is_raised_by_people_only(outgrown: Scene) -> None:
    option = minimum(outgrown.evidence())

    assert limits(option) == (84, 104), "seven a day for ten days, and safety stock for the chance in it"


def test_a_raised_minimum_helps_later_and_takes_no_other_remedys_place(outgrown: Scene) -> None:
    option = minimum(outgrown.evidence())

    assert option.for_people
    assert option.why_not == "it helps from the next order on, and not today: propose it beside whatever is done now"
    assert option.risk_removed > Money.zero("GBP")
    assert outgrown.choice().option == "rfq"


def test_keeping_more_costs_what_holding_costs_and_else_nobody_knows(outgrown: Scene) -> None:
    known = outgrown.evidence(Terms(holding_rate=Decimal("0.365")))

    assert minimum(outgrown.evidence()).cost is None
    more = limits(minimum(known))[0] - 20
    assert minimum(known).cost == Money(amount=(more * Decimal("1.80") / 100).quantize(Decimal("0.01")), currency="GBP")


def test_a_minimum_that_covers_its_lead_time_is_left_alone(shop: Scene) -> None:
    shop.world.reorder("lantern", "WH", 200, 400)
    shop.world.history("lantern", "WH", 49, weeks=12)
    shop.world.vendor_price("lantern", "1.80", delay=10)

    assert [name for name in shop.options() if name.startswith("minimum")] == []


def test_rules_that_keep_it_together_are_left_to_people_in_odoo(outgrown: Scene) -> None:
    found = outgrown.evidence()
    (rule,) = found.picture.orderpoints
    two = found.but(picture=found.picture.but(orderpoints=(rule, replace(rule, id=99, location=rule.location + 1))))

    option = minimum(two)

    assert not option.feasible
    assert option.why_not == "2 reordering rules keep it in “Leicester” together; change them in Odoo"


def test_a_person_sets_both_limits(outgrown: Scene) -> None:
    known = outgrown.evidence()
    turned = stockout.adjust(known, minimum(known), {"minimum": Decimal(60), "maximum": Decimal(80)})

    assert isinstance(turned, Option)
    assert limits(turned) == (60, 80)
    assert turned.risk_removed < minimum(known).risk_removed


def test_crossed_limits_are_refused(outgrown: Scene) -> None:
    known = outgrown.evidence()

    refusal = stockout.adjust(known, minimum(known), {"minimum": Decimal(60), "maximum": Decimal(50)})

    assert isinstance(refusal, Refusal)
    assert "the maximum would be below the minimum" in refusal.reason
