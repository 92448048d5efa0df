"""Two remedies at once, only where neither alone is enough; numbers are those of both together."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from agents import stockout
from agents.stockout.situation import situation
from agents.stockout.weighing import NOTHING
from domain.money import Money
from domain.plans import Option
from domain.refusals import Refusal
from tests.agents.stockout.scene import Scene, scene


@pytest.fixture
def short(shop: Scene) -> Scene:
    """Thirty lanterns ordered for the third day; Leeds can spare ten, Reading five, the vendor takes ten days."""
    shop.world.stock("lantern", "NTH", 10)
    shop.world.stock("lantern", "STH", 5)
    shop.world.sell("lantern", "WH", 30, in_days=3)
    shop.world.vendor_price("lantern", "1.80", delay=10)
    return shop


def both(shop: Scene) -> list[Option]:
    return [option for name, option in shop.options().items() if name.startswith("both:")]


def from_leeds_and_vendor(shop: Scene) -> Option:
    name = f"both:transfer:{shop.world.warehouses['NTH'].id}+rfq:{shop.world.vendor}"
    return shop.options()[name]


def test_what_can_be_spared_is_brought_over_and_the_rest_is_bought(short: Scene) -> None:
    option = from_leeds_and_vendor(short)

    transfer, purchase = option.drafts
    assert (transfer.action, transfer.params["quantity"]) == ("stock.transfer", "10")
    assert (purchase.action, purchase.params["quantity"]) == ("purchase.create_rfq", "20")
    assert option.title == (
        "Transfer 10 Units of “[71053] White metal lantern” from “Leeds” to “Leicester”; "
        "and ask “Midland Tinware” for 20 Units of “[71053] White metal lantern”"
    )


def test_both_together_save_what_the_same_days_with_both_supplies_save(short: Scene) -> None:
    now = situation(short.evidence())
    walked = now.saved_by(now.held.with_supply(1, 10).with_supply(10, 20))

    option = from_leeds_and_vendor(short)

    assert option.risk_removed == walked
    assert option.risk_removed > max(short.options()[name].risk_removed for name in ("transfer:NTH", "rfq"))


def test_a_combination_is_chosen_where_it_is_worth_more_than_either(short: Scene) -> None:
    choice = short.choice()

    assert choice.option == from_leeds_and_vendor(short).name
    assert "no other option is worth more" in choice.reason


def test_two_donors_give_together_once_and_not_in_either_order(short: Scene) -> None:
    leeds, reading = (short.world.warehouses[code].id for code in ("NTH", "STH"))
    found = [option for option in both(short) if "rfq" not in option.name]

    (option,) = found
    assert option.name == f"both:transfer:{leeds}+transfer:{reading}"
    assert [draft.params["quantity"] for draft in option.drafts] == ["10", "5"]


def test_nothing_is_combined_where_one_is_enough(short: Scene) -> None:
    short.world.stock("lantern", "NTH", 40)

    assert both(short) == []
    assert short.choice().option == "transfer:NTH"


def test_a_second_step_that_hardly_adds_anything_is_not_worth_it(short: Scene) -> None:
    short.world.stock("lantern", "NTH", 19)

    assert short.options()["transfer:NTH"].risk_removed < short.evidence().finding.money_at_risk, "one is still missing"
    assert both(short) == []


def test_a_late_order_is_hurried_beside_a_transfer(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 10)
    shop.world.sell("lantern", "WH", 30, in_days=3)
    order = shop.world.buy("lantern", "WH", 30, in_days=3)
    shop.world.postpone(order, 30)

    names = {name.partition("+")[2].partition(":")[0] for name in shop.options() if name.startswith("both")}

    assert names == {"expedite"}


def test_a_drafted_request_is_confirmed_beside_a_transfer(short: Scene) -> None:
    order = short.world.buy("lantern", "WH", 30, in_days=10, confirm=False)

    assert f"+confirm:{order}" in short.choice().option


def test_an_unknown_cost_of_one_makes_the_cost_of_both_unknown(short: Scene) -> None:
    known = short.evidence().terms.but(transfer_cost=Money.model_validate("5 GBP"), holding_rate=Decimal("0.2"))
    name = from_leeds_and_vendor(short).name

    assert from_leeds_and_vendor(short).cost is None
    assert short.options(known)[name].cost == Money.model_validate("5.00 GBP")


def test_no_more_than_a_handful_is_shown(short: Scene) -> None:
    short.world.stock("lantern", "STH", 5)
    for name in ("Next Day Lamps", "Lamp House", "Tin & Son"):
        short.world.vendor_price("lantern", "1.80", delay=9, vendor=short.world.another_vendor(name))

    assert len(both(short)) == 4


def test_each_knob_has_a_name_of_its_own(short: Scene) -> None:
    leeds, vendor = short.world.warehouses["NTH"].id, short.world.vendor

    assert [knob.name for knob in from_leeds_and_vendor(short).knobs] == [
        f"transfer:{leeds}.quantity",
        f"rfq:{vendor}.quantity",
    ]


def test_turning_one_knob_leaves_the_other_where_it_was(short: Scene) -> None:
    offered = from_leeds_and_vendor(short)
    transfer, purchase = (knob.name for knob in offered.knobs)

    less = stockout.adjust(short.evidence(), offered, {transfer: Decimal(4)})
    more = stockout.adjust(short.evidence(), offered, {transfer: Decimal(4), purchase: Decimal(26)})

    assert isinstance(less, Option)
    assert isinstance(more, Option)
    assert [draft.params["quantity"] for draft in less.drafts] == ["4", "20"]
    assert [draft.params["quantity"] for draft in more.drafts] == ["4", "26"]
    assert less.risk_removed < more.risk_removed < offered.risk_removed


def test_a_knob_out_of_bounds_is_refused_by_its_own_name(short: Scene) -> None:
    offered = from_leeds_and_vendor(short)

    refusal = stockout.adjust(short.evidence(), offered, {offered.knobs[0].name: Decimal(11)})

    assert isinstance(refusal, Refusal)
    assert "must be from 1 to 10 Units" in refusal.reason


def test_no_change_gives_the_same_option(short: Scene) -> None:
    for offered in both(short):
        knobs = {knob.name: knob.value for knob in offered.knobs}

        assert stockout.adjust(short.evidence(), offered, knobs) == offered


@pytest.fixture(scope="module")
def weighed() -> tuple[stockout.StockoutEvidence, Option]:
    """Evidence, and a transfer with a purchase."""
    shop = scene()
    shop.world.stock("lantern", "NTH", 10)
    shop.world.sell("lantern", "WH", 30, in_days=3)
    shop.world.vendor_price("lantern", "1.80", delay=10)
    evidence = shop.evidence()
    return evidence, next(option for option in stockout.options(evidence) if option.name.startswith("both"))


@given(some.integers(-5, 45), some.integers(-5, 45))
def test_whatever_a_person_turns_is_refused_or_worked_out_for_both(
    weighed: tuple[stockout.StockoutEvidence, Option], brought: int, bought: int
) -> None:
    evidence, offered = weighed
    knobs = dict(zip((knob.name for knob in offered.knobs), map(Decimal, (brought, bought)), strict=True))

    turned = stockout.adjust(evidence, offered, knobs)

    if isinstance(turned, Refusal):
        assert not all(knob.admits(knobs[knob.name]) for knob in offered.knobs)
    else:
        assert [draft.params["quantity"] for draft in turned.drafts] == [str(brought), str(bought)]
        assert turned.risk_removed <= evidence.finding.money_at_risk


def test_every_option_that_was_not_chosen_says_why(short: Scene) -> None:
    evidence = short.evidence()
    options = stockout.options(evidence)

    losers = stockout.rejected(options, stockout.choose(options, evidence))

    assert all(loser.why_not for loser in losers)
    assert {NOTHING} < {loser.name for loser in losers}
    assert len({option.name for option in options}) == len(options)
    assert not any(one == other for one, other in combinations(losers, 2))
