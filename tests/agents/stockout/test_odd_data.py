"""One product's odd data spoils that product at most, and says what to correct in Odoo."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents import stockout
from agents.stockout.gathering import drawn
from agents.stockout.orders import exact
from agents.stockout.remedies.offer import MOST
from agents.stockout.soundness import because
from agents.terms import Terms, TermsBook
from domain.plans import Option
from domain.refusals import Refusal
from tests.agents.stockout.remedies.customers_scene import TIERS
from tests.agents.stockout.scene import NOW, Scene, scene
from tools.reads.parsing import BEYOND
from tools.rfq_line import RfqParams

ROW = TypeVar("ROW")

AMOUNTS = st.sampled_from(
    [Decimal(each) for each in ("0", "-1", "0.000001", "7", "1e8", "1e15", "1e17", "-1e12", BEYOND, -BEYOND)]
)
IDS = st.sampled_from([0, 1, 2, 3, 999_999])
DAYS = st.sampled_from([-(10**8), -1, 0, 1, 14, 10**8, 2_147_483_647])
TIMES = st.sampled_from(
    [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC)]
)
NAMES = st.sampled_from(["", "x" * 500, "Lamp” from “Leeds\u202e\x00"])
ODD: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "products": {"unit": IDS, "purchase_unit": IDS, "cost": AMOUNTS, "list_price": AMOUNTS, "name": NAMES},
    "quants": {"quantity": AMOUNTS, "reserved": AMOUNTS, "usable_until": TIMES, "location": IDS},
    "moves": {
        "quantity": AMOUNTS,
        "reserved": AMOUNTS,
        "unit": IDS,
        "at": TIMES,
        "promised": TIMES,
        "sale_line": IDS,
        "source": IDS,
        "final": IDS,
        "to_order": st.booleans(),
        "origins": st.tuples(IDS, IDS),
    },
    "locations": {"path": st.tuples(IDS, IDS), "warehouse": IDS, "name": NAMES},
    "customers": {"words": st.tuples(NAMES)},
    "purchase_lines": {"quantity": AMOUNTS, "planned": TIMES, "vendor": IDS, "serves": st.tuples(IDS)},
    "sale_lines": {
        "quantity": AMOUNTS,
        "delivered": AMOUNTS,
        "net": AMOUNTS,
        "unit": IDS,
        "currency": IDS,
        "product": IDS,
        "seller": IDS,
    },
    "orderpoints": {"minimum": AMOUNTS, "maximum": AMOUNTS, "multiple": AMOUNTS, "warehouse": IDS, "location": IDS},
    "vendor_prices": {"from_quantity": AMOUNTS, "price": AMOUNTS, "discount": AMOUNTS, "currency": IDS, "delay": DAYS},
    "units": {"factor": AMOUNTS, "category": IDS},
    "weeks_sold": {"quantity": AMOUNTS, "ago": DAYS},
    "receipts": {"ordered": TIMES, "promised": TIMES, "received": TIMES},
    "warehouses": {"receipt_type": IDS, "internal_type": IDS, "name": NAMES},
}
"""What Odoo could say of each kind of row."""
BOOK = TermsBook(
    usual=TIERS.but(holding_rate=Decimal("0.2"), substitutes={"71053": ("22427",), "22427": ("47566", "71053")})
)


@cache
def busy() -> stockout.Picture:
    """A bit of everything: stock in lots, orders, receipts, drafts, rules, vendors, history; and lanterns run out."""
    shop = scene()
    world = shop.world
    world.stock("lantern", "WH", 3)
    world.stock("lantern", "NTH", 60)
    world.stock("jug", "STH", 9, expires_in=4)
    for product in ("lantern", "jug", "bunting"):
        world.sell(product, "WH", 10, in_days=3)
        world.reorder(product, "WH", 12, 24, multiple=6)
        world.reorder(product, "NTH", 5, 10)
        world.vendor_price(product, "1.70", delay=2)
        world.history(product, "WH", 6, weeks=6)
    world.buy("jug", "WH", 4, in_days=-2)
    world.buy("bunting", "WH", 4, in_days=9, confirm=False)
    for ordered in (90, 60, 40):
        world.received("jug", "WH", 5, ordered=ordered, promised=10, late=5)
    world.sell("lantern", "WH", 2, in_days=5, customer=world.customer_of_tier("Corner Shop", "C"))
    world.kit("garden set", "30.00", {"jug": 4, "bunting": 1})
    world.sell("garden set", "WH", 2, in_days=2)
    world.in_two_steps("WH")
    world.receive(world.buy("lantern", "WH", 4, in_days=0))
    world.to_order("bunting")
    world.sell("bunting", "WH", 3, in_days=1)
    return stockout.read(shop.reader, NOW, BOOK)


def everything(picture: stockout.Picture) -> list[Option]:
    """All that a scan and its cases work out, stored and read back in between."""
    weighed: list[Option] = []
    for finding in stockout.detect(picture, NOW, BOOK):
        found = drawn(picture, finding.subject, NOW, BOOK)
        assert found is not None
        kept = stockout.evidence(json.loads(json.dumps(found.plain())))
        options = stockout.options(kept)
        choice = stockout.choose(options, kept)
        stockout.rejected(options, choice)
        assert stockout.facts(kept)
        for option in options:
            turned = {knob.name: knob.maximum for knob in option.knobs}
            assert isinstance(stockout.adjust(kept, option, turned), Option | Refusal)
        weighed += options
    return weighed


@given(st.data())
@settings(deadline=None, max_examples=100)
def test_odd_rows_never_raise_out_of_detection_gathering_and_options(data: st.DataObject) -> None:
    picture = busy()
    for table in data.draw(st.lists(st.sampled_from(sorted(ODD)), min_size=1, max_size=3, unique=True)):
        rows: Sequence[Any] = getattr(picture, table)
        at = data.draw(st.integers(0, len(rows) - 1))
        fields = data.draw(st.lists(st.sampled_from(sorted(ODD[table])), min_size=1, unique=True))
        odd = replace(rows[at], **{field: data.draw(ODD[table][field], label=field) for field in fields})
        doubled = [odd, odd] if data.draw(st.booleans()) else [odd]
        picture = picture.model_copy(update={table: (*rows[:at], *doubled, *rows[at + 1 :])})

    everything(picture)


@pytest.fixture
def short(shop: Scene) -> Scene:
    """Seven lanterns short; Leeds can spare them."""
    shop.world.stock("lantern", "WH", 3)
    shop.world.stock("lantern", "NTH", 50)
    shop.world.sell("lantern", "WH", 10, in_days=3)
    return shop


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ({"min_qty": 1e8}, "“Midland Tinware” sells it from 100,000,000 on; correct the minimum quantity in Odoo"),
        ({"min_qty": -5}, "“Midland Tinware” sells it from -5 on; correct the minimum quantity in Odoo"),
        ({"price": 1e17}, "“Midland Tinware” asks 100,000,000,000,000,000 for one; correct the price in Odoo"),
        ({"price": -2}, "“Midland Tinware” has no price for it; enter one in Odoo"),
        ({"discount": -5}, "“Midland Tinware” has a discount of -5 %; correct it in Odoo"),
        ({"discount": 100}, "“Midland Tinware” has no price for it; enter one in Odoo"),
        ({"delay": 10**8}, "“Midland Tinware” promises it after 100,000,000 days; correct the lead time in Odoo"),
        ({"delay": -3}, "“Midland Tinware” promises it after -3 days; correct the lead time in Odoo"),
    ],
)
def test_a_mistyped_vendor_line_loses_that_option_only(short: Scene, line: dict[str, float], complaint: str) -> None:
    price = short.world.vendor_price("lantern", "1.90")
    with short.world.engine.transaction() as env:
        env.write("product.supplierinfo", price, dict(line))

    assert short.options()["rfq"].why_not == complaint
    assert short.choice().option == "transfer:NTH"


def test_a_mistyped_pack_loses_the_purchases_only(short: Scene) -> None:
    short.world.vendor_price("lantern", "1.90")
    short.world.reorder("lantern", "WH", 0, 0, multiple=1e8)

    assert "100,000,000 Units at once; correct the pack or the minimum" in (short.options()["rfq"].why_not or "")
    assert short.choice().option == "transfer:NTH"


def test_the_most_that_is_offered_is_what_the_action_takes(short: Scene) -> None:
    quantity, price = (RfqParams.model_fields[name].metadata for name in ("quantity", "price"))

    assert [bound.le for bound in (*quantity, *price) if hasattr(bound, "le")] == [MOST, MOST]


def test_a_lead_time_that_cannot_be_meant_does_not_stretch_the_horizon(short: Scene) -> None:
    short.world.vendor_price("lantern", "1.90", delay=10**8)

    assert short.projection().lead_days == Terms().lead_days


def test_a_donor_whose_stock_cannot_be_meant_gives_nothing(short: Scene) -> None:
    short.world.stock("lantern", "STH", 1e15)

    assert "in “Reading”, its stock on hand is 1,000,000,000,000,000" in (short.options()["transfer:STH"].why_not or "")
    assert short.choice().option == "transfer:NTH"


def test_a_product_whose_data_cannot_be_understood_is_shown_to_a_person_and_loses_no_other(short: Scene) -> None:
    short.world.sell("jug", "WH", 5, in_days=3)
    short.world.reorder("jug", "WH", 1e12, 1e12)

    lantern, jug = short.findings()
    puzzle = stockout.gather(short.reader, jug.subject, NOW, TermsBook())
    assert isinstance(puzzle, stockout.Puzzle)
    (nothing,) = stockout.options(puzzle)

    assert lantern.subject == short.subject()
    assert jug.title == (
        "“[22427] Enamel flower jug cream”: its data in Odoo cannot be understood: in “Leicester”, "
        "the minimum of its reordering rule is 1,000,000,000,000; correct it in Odoo"
    )
    assert jug.money_at_risk.amount == 0
    assert puzzle.trouble in stockout.choose([nothing], puzzle).reason
    assert puzzle.trouble in nothing.title
    assert isinstance(stockout.adjust(puzzle, nothing, {}), Refusal)
    assert stockout.facts(puzzle) == (("Cannot be understood", puzzle.trouble),)
    assert stockout.evidence(json.loads(json.dumps(puzzle.plain()))) == puzzle


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("unit", 0, "it has no unit of measure; enter one in Odoo"),
        ("cost", Decimal(-3), "its cost is -3, less than nothing"),
        ("list_price", Decimal(10) ** 15, "its list price is 1,000,000,000,000,000"),
    ],
)
def test_a_product_with_an_odd_field_says_which(short: Scene, field: str, value: object, complaint: str) -> None:
    picture = stockout.read(short.reader, NOW)
    odd = [replace(row, **{field: value}) for row in picture.products]  # type: ignore[arg-type]

    (finding,) = stockout.detect(picture.model_copy(update={"products": tuple(odd)}), NOW, TermsBook())

    assert complaint in finding.title


def test_orders_worth_more_than_any_stockout_are_taken_for_a_mistyped_price(short: Scene) -> None:
    picture = stockout.read(short.reader, NOW)
    dear = tuple(replace(line, net=Decimal(10) ** 17) for line in picture.sale_lines)

    (finding,) = stockout.detect(picture.model_copy(update={"sale_lines": dear}), NOW, TermsBook())

    assert "correct the prices of its open orders" in finding.title


def test_receipts_and_promises_of_another_age_tell_nothing_of_a_vendor(short: Scene) -> None:
    picture = stockout.read(short.reader, NOW)
    short.world.vendor_price("lantern", "1.90", delay=3)
    for ordered in (90, 60, 40):
        short.world.received("lantern", "WH", 1, ordered=ordered, promised=10, late=0)
    picture = stockout.read(short.reader, NOW)
    ancient = datetime(1, 1, 1, tzinfo=UTC)
    odd = tuple(replace(row, ordered=ancient, promised=ancient) for row in picture.receipts)

    wh = short.world.warehouses["WH"].id
    seen = stockout.project(picture.model_copy(update={"receipts": odd}), short.world.products["lantern"], wh, NOW)

    assert seen.lead_days == 3


@pytest.mark.parametrize("quantity", [float("nan"), float("inf")])
def test_what_is_no_quantity_is_never_taken_for_one(quantity: float) -> None:
    with pytest.raises(ValueError, match="is no quantity"):
        exact(quantity)


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (OverflowError("date value out of range"), "its numbers are too large to reckon with"),
        (KeyError(7), "it refers to a record that is not in sight: 7"),
        (ValueError("empty"), "empty"),
    ],
)
def test_any_trouble_is_told_in_words(trouble: Exception, words: str) -> None:
    assert because(trouble).startswith(words)
