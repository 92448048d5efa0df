"""What a person may change of an option, and evidence that comes back from storage."""

import json
from decimal import Decimal

import pytest

from agents import stockout
from domain.plans import Option
from domain.refusals import Refusal
from tests.agents.stockout.scene import Scene


@pytest.fixture
def short(shop: Scene) -> Scene:
    """Seven lanterns short; Leeds can spare thirty, the vendor sells packs of twelve."""
    shop.world.stock("lantern", "WH", 3)
    shop.world.stock("lantern", "NTH", 30)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    shop.world.reorder("lantern", "WH", 0, 0, multiple=12)
    shop.world.vendor_price("lantern", "1.90", min_qty=1)
    return shop


def edited(shop: Scene, name: str, **knobs: str) -> Option | Refusal:
    wanted = {knob: Decimal(value) for knob, value in knobs.items()}
    return stockout.adjust(shop.evidence(), shop.options()[name], wanted)


def test_another_quantity_is_worked_out_again(short: Scene) -> None:
    option = edited(short, "transfer:NTH", quantity="4")

    assert isinstance(option, Option)
    assert option.drafts[0].params["quantity"] == "4"
    assert option.risk_removed < short.options()["transfer:NTH"].risk_removed
    assert option.knobs[0].value == 4
    assert option.title.startswith("Transfer 4 Units")


def test_bounds_stay_where_they_were_after_an_edit(short: Scene) -> None:
    for name, quantity in (("transfer:NTH", "4"), ("rfq", "24")):
        option = edited(short, name, quantity=quantity)

        assert isinstance(option, Option)
        assert option.knobs[0].but(value=Decimal(0)) == short.options()[name].knobs[0].but(value=Decimal(0))


@pytest.mark.parametrize("quantity", ["0", "31", "2.5", "-1", "NaN", "Infinity"])
def test_a_transfer_quantity_out_of_bounds_is_refused(short: Scene, quantity: str) -> None:
    refusal = edited(short, "transfer:NTH", quantity=quantity)

    assert isinstance(refusal, Refusal)
    assert refusal.reason == f"Quantity to transfer must be from 1 to 30 Units in steps of 1, found {quantity}"


@pytest.mark.parametrize("quantity", ["7", "36", "0"])
def test_a_purchase_keeps_to_packs_and_room(short: Scene, quantity: str) -> None:
    refusal = edited(short, "rfq", quantity=quantity)

    assert isinstance(refusal, Refusal)
    assert "from 12 to 24 Units in steps of 12" in refusal.reason


def test_a_purchase_of_another_quantity_takes_its_price_break(short: Scene) -> None:
    short.world.vendor_price("lantern", "1.50", min_qty=24)

    option = edited(short, "rfq", quantity="24")

    assert isinstance(option, Option)
    assert (option.drafts[0].params["quantity"], option.drafts[0].params["price"]) == ("24", "1.5")


def test_a_knob_that_is_not_there_is_refused(short: Scene) -> None:
    refusal = edited(short, "transfer:NTH", price="1")
    none = edited(short, "nothing", quantity="1")

    assert isinstance(refusal, Refusal)
    assert refusal.reason.endswith("has no price to change; it has quantity")
    assert isinstance(none, Refusal)


def test_an_option_that_cannot_be_done_cannot_be_edited(short: Scene) -> None:
    refusal = edited(short, "transfer:STH", quantity="1")

    assert isinstance(refusal, Refusal)
    assert "“Reading” has none free" in refusal.reason


def test_an_option_of_another_case_cannot_be_edited(short: Scene) -> None:
    foreign = short.options()["nothing"].but(name="rfq:999")

    assert isinstance(stockout.adjust(short.evidence(), foreign, {}), Refusal)


def test_no_change_gives_the_same_option(short: Scene) -> None:
    assert edited(short, "transfer:NTH") == short.options()["transfer:NTH"]


def test_evidence_comes_back_from_storage_and_gives_the_same_options(short: Scene) -> None:
    evidence = short.evidence()

    stored = stockout.evidence(json.loads(json.dumps(evidence.plain())))

    assert stored == evidence
    assert stored.digest == evidence.digest
    assert stockout.options(stored) == stockout.options(evidence)


def test_evidence_names_the_records_it_comes_from(short: Scene) -> None:
    sources = {source.model: source for source in short.evidence().sources}

    assert {"product.product", "stock.quant", "stock.move", "sale.order.line", "product.supplierinfo"} <= set(sources)
    assert {"stock.warehouse", "stock.location", "stock.picking", "sale.order", "res.company"} <= set(sources)
    assert sources["product.product"].ids == (short.world.products["lantern"],)


def test_doing_nothing_is_always_an_option(short: Scene) -> None:
    nothing = short.options()["nothing"]

    assert nothing.feasible
    assert nothing.drafts == ()
    assert nothing.risk_removed.amount == 0
