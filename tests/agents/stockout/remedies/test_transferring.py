"""Which warehouse may give, how much, and how the transfer is written down."""

import json
from datetime import date
from decimal import Decimal

from agents import stockout
from agents.terms import CompanyTerms, Terms, TermsBook
from domain.money import Money
from tests.agents.stockout.scene import NOW, Scene
from tools.transfer import TransferParams

HANDLING = Money.model_validate("25.00 GBP")


def test_a_donor_with_plenty_gives_what_is_missing(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", 3)
    shop.world.stock("lantern", "NTH", 50)
    shop.world.reorder("lantern", "NTH", 20, 40)
    shop.world.sell("lantern", "WH", 10, in_days=3)

    option = shop.options()["transfer:NTH"]
    params = TransferParams.model_validate_json(json.dumps(option.drafts[0].params))

    assert option.feasible
    assert option.title == "Transfer 7 Units of “[71053] White metal lantern” from “Leeds” to “Leicester”"
    assert option.risk_removed == Money.model_validate("13.65 GBP")
    assert params.quantity == 7
    assert params.keep == 20
    assert params.source_warehouse == shop.world.warehouses["NTH"].id
    assert params.dest_warehouse == shop.world.warehouses["WH"].id


def test_a_donor_gives_no_more_than_keeps_it_at_its_reorder_point(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 24)
    shop.world.reorder("lantern", "NTH", 20, 40)
    shop.world.sell("lantern", "WH", 10, in_days=3)

    option = shop.options()["transfer:NTH"]

    assert option.knobs[0].value == option.knobs[0].maximum == 4


def test_a_donor_at_its_reorder_point_is_not_feasible_and_says_why(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 20)
    shop.world.reorder("lantern", "NTH", 20, 40)
    shop.world.sell("lantern", "WH", 10, in_days=3)

    option = shop.options()["transfer:NTH"]

    assert not option.feasible
    assert option.why_not is not None
    assert option.why_not.startswith("“Leeds” would fall below its own reorder point of 20: it has 20 free")
    assert option.drafts == ()


def test_the_donors_own_orders_and_forecast_come_first(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.90", delay=7)
    shop.world.stock("lantern", "NTH", 100)
    shop.world.reorder("lantern", "NTH", 10, 40)
    shop.world.history("lantern", "NTH", 14, weeks=12)
    shop.world.sell("lantern", "NTH", 40, in_days=5)
    shop.world.sell("lantern", "WH", 90, in_days=3)

    spare = shop.options()["transfer:NTH"].knobs[0].maximum

    assert spare == 50, "100 less 40 ordered, which use up the 28 expected, less 10"


def test_a_donors_expiring_lot_is_not_given_twice(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 30, lot="SOON", expires_in=3)
    shop.world.sell("lantern", "WH", 10, in_days=3)

    assert not shop.options()["transfer:NTH"].feasible


def test_a_warehouse_without_internal_transfers_gives_nothing(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 50)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    with shop.world.engine.transaction() as env:
        env.write("stock.warehouse", shop.world.warehouses["NTH"].id, {"int_type_id": False})

    assert shop.options()["transfer:NTH"].why_not == "“Leeds” has no operation type for internal transfers"


def test_an_empty_warehouse_has_none_to_give(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=3)

    assert shop.options()["transfer:STH"].why_not == "“Reading” has none free"


def test_an_unknown_handling_cost_is_unknown_not_zero(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 50)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    terms = shop.evidence().terms

    assert shop.options()["transfer:NTH"].cost is None
    assert shop.options(terms.but(transfer_cost=HANDLING))["transfer:NTH"].cost == HANDLING


def test_orders_in_hand_are_surer_than_a_forecast(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 500)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    ordered = shop.options()["transfer:NTH"].confidence
    shop.world.history("lantern", "WH", 20, weeks=3)

    assert ordered == Decimal("0.95")
    assert shop.options()["transfer:NTH"].confidence < ordered


def test_a_warehouse_closed_tomorrow_takes_the_goods_in_when_it_opens(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 50)
    shop.world.sell("lantern", "WH", 10, in_days=1)
    terms = shop.evidence().terms.but(closed_dates=(date(2026, 11, 24),), closed_weekdays=(2,))

    closed, usual = shop.options(terms)["transfer:NTH"], shop.options()["transfer:NTH"]

    assert closed.drafts[0].params["scheduled"] == "2026-11-26T09:00:00Z", "Tuesday and Wednesday it is closed"
    assert usual.drafts[0].params["scheduled"] == "2026-11-24T09:00:00Z"
    assert closed.risk_removed < usual.risk_removed


def test_a_donor_that_is_closed_today_sends_when_it_opens(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 50)
    shop.world.sell("lantern", "WH", 10, in_days=1)
    leeds = shop.world.warehouses["NTH"].id
    book = TermsBook(
        companies={
            shop.world.company: CompanyTerms(usual=Terms(), warehouses={leeds: Terms(closed_dates=(NOW.date(),))})
        }
    )

    evidence = stockout.gather(shop.reader, shop.subject(), NOW, book)
    assert isinstance(evidence, stockout.StockoutEvidence)
    (option,) = [each for each in stockout.options(evidence) if each.name == f"transfer:{leeds}"]

    assert evidence.elsewhere == {leeds: Terms(closed_dates=(NOW.date(),))}
    assert option.drafts[0].params["scheduled"] == "2026-11-25T09:00:00Z"


def test_a_donor_is_judged_by_its_own_terms(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 100)
    shop.world.history("lantern", "NTH", 14, weeks=12)
    shop.world.sell("lantern", "WH", 200, in_days=3)
    leeds = shop.world.warehouses["NTH"].id
    careful = {leeds: Terms(service=Decimal("0.999"))}
    book = TermsBook(companies={shop.world.company: CompanyTerms(usual=Terms(), warehouses=careful)})

    evidence = stockout.gather(shop.reader, shop.subject(), NOW, book)
    assert isinstance(evidence, stockout.StockoutEvidence)
    (option,) = [each for each in stockout.options(evidence) if each.name == f"transfer:{leeds}"]

    assert option.knobs[0].maximum < shop.options()["transfer:NTH"].knobs[0].maximum


def test_a_handling_cost_in_another_currency_is_unknown(shop: Scene) -> None:
    shop.world.stock("lantern", "NTH", 50)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    terms = shop.evidence().terms.but(transfer_cost=Money.model_validate("25.00 EUR"))

    assert shop.options(terms)["transfer:NTH"].cost is None
