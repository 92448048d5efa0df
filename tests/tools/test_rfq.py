"""A request for quotation is drafted at the price that was approved, and deleted again while nobody acted on it."""

from decimal import Decimal

import pytest

from domain.faults import OutcomeUnknown
from domain.intents import Compensated, Stale, Undo
from domain.plans import Draft
from domain.refusals import Refusal
from domain.values import Json
from tests.tools.bench import Bench
from tests.tools.breaking import Breaking, Killed
from tools.catalogue import CATALOGUE, price
from tools.trace import Trace

SAME = ("sequences", "write_date", "write_uid", "chatter")


def refused(bench: Bench, draft: Draft) -> Refusal:
    found = price(draft, bench.gateway.reader(bench.world.company))
    assert isinstance(found, Refusal), found
    return found


def take_back(bench: Bench, meddle: str = "", line: dict[str, Json] | None = None) -> Compensated | Refusal:
    """Draft a request, let somebody do something to it, and take it back."""
    intent = bench.intent(bench.rfq())
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        if meddle:
            env.call("purchase.order", meddle, [undo.records[0].id])
        if line:
            env.write("purchase.order.line", [undo.records[1].id], line)
    found = bench.perform(intent.taken_back(undo))
    assert isinstance(found, Compensated | Refusal), found
    return found


def test_a_request_is_a_draft_with_one_line_and_the_marker(bench: Bench) -> None:
    intent = bench.intent(bench.rfq("24"))

    undo = bench.done(intent)

    row = bench.root().row("purchase.order", undo.records[0].id)
    assert (row["state"], row["origin"], len(row["order_line"])) == ("draft", intent.marker, 1)
    assert "69.60 GBP" in undo.words
    assert bench.count("mail.mail") == 0


def test_a_request_is_told_without_taxes(bench: Bench) -> None:
    order = bench.done(bench.intent(bench.rfq("24"))).records[0].id
    with bench.engine.transaction() as env:
        env.write("purchase.order", order, {"amount_tax": 13.92, "amount_total": 83.52})

    told = CATALOGUE["purchase.create_rfq"].left(
        bench.gateway.reader(bench.world.company), order, Trace(marker="DESK-1")
    )

    assert "over 69.60 GBP" in told.words


def test_taking_back_leaves_no_trace(bench: Bench) -> None:
    before = bench.engine.digest(ignore=SAME)

    result = take_back(bench)

    assert isinstance(result, Compensated)
    assert result.remains is None
    assert bench.engine.digest(ignore=SAME) == before


def test_a_request_that_is_gone_is_taken_back(bench: Bench) -> None:
    intent = bench.intent(bench.rfq())
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.call("purchase.order", "button_cancel", [undo.records[0].id])
        env.unlink("purchase.order", [undo.records[0].id])

    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert "purchase.order.unlink" not in bench.line.writes


def test_a_cancelled_request_is_deleted(bench: Bench) -> None:
    assert isinstance(take_back(bench, meddle="button_cancel"), Compensated)
    assert "purchase.order.button_cancel" not in bench.line.writes


def test_a_request_odoo_will_not_delete_stays_cancelled(bench: Bench) -> None:
    bench.fail("purchase.order.unlink", "access")

    result = take_back(bench)

    assert isinstance(result, Compensated)
    assert result.remains == "Odoo kept P00001 as a cancelled request"


def test_a_confirmed_request_is_left_to_the_buyer(bench: Bench) -> None:
    result = take_back(bench, meddle="button_confirm")

    assert isinstance(result, Refusal)
    assert "is purchase by now" in result.reason


@pytest.mark.parametrize(("field", "value"), [("product_qty", 36.0), ("price_unit", 2.5), ("discount", 5.0)])
def test_a_request_somebody_edited_is_left_alone(bench: Bench, field: str, value: float) -> None:
    result = take_back(bench, line={field: value})

    assert isinstance(result, Refusal)
    assert f"{field} was" in result.reason


def test_a_line_somebody_added_keeps_the_request(bench: Bench) -> None:
    intent = bench.intent(bench.rfq())
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        lantern = {"order_id": undo.records[0].id, "product_id": bench.world.products["lantern"], "product_qty": 1}
        env.create("purchase.order.line", lantern)

    result = bench.perform(intent.taken_back(undo))

    assert isinstance(result, Refusal)
    assert "order_line was" in result.reason


def test_a_request_odoo_merged_with_another_need_is_still_found(bench: Bench) -> None:
    intent = bench.intent(bench.rfq())
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.write("purchase.order", [undo.records[0].id], {"origin": f"{intent.marker}, OP/00012"})
    bench.ledger.states[intent.key] = "intended"

    assert isinstance(bench.perform(intent), Undo)
    assert bench.line.writes.count("purchase.order.create") == 1


def test_a_price_that_differs_from_the_approved_one_is_not_left_standing(bench: Bench) -> None:
    intent = bench.intent(bench.rfq(price="2.80"))

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert found.guard == "verify"
    assert "Odoo computed 2.9" in found.reason
    assert bench.count("purchase.order", [["origin", "=", intent.marker]]) == 0


WRITTEN = "purchase.order.line.write"


def test_the_price_break_of_the_quantity_comes_with_a_second_call(bench: Bench) -> None:
    undo = bench.done(bench.intent(bench.rfq_at_a_break()))

    line = bench.root().row("purchase.order.line", undo.records[1].id)
    assert (line["price_unit"], line["price_subtotal"]) == (2.5, 60.0)
    assert "60.00 GBP" in undo.words
    assert bench.line.writes == ["purchase.order.create", WRITTEN]


def test_a_line_that_has_its_price_is_not_written_again(bench: Bench) -> None:
    bench.done(bench.intent(bench.rfq()))

    assert bench.line.writes == ["purchase.order.create"]


def test_a_vendors_discount_comes_onto_the_line_and_off_the_exposure(bench: Bench) -> None:
    bench.discount(10)
    step = bench.priced(bench.rfq(discount="10"))

    undo = bench.done(bench.intent(bench.rfq(discount="10")))

    assert bench.root().row("purchase.order.line", undo.records[1].id)["discount"] == 10
    assert str(step.exposure.amount) == "62.64 GBP"
    assert "at 2.90 GBP less 10 %, expected" in step.words
    assert "62.64 GBP" in undo.words


def test_dozens_get_a_dozens_price(bench: Bench) -> None:
    undo = bench.done(bench.intent(bench.rfq("2", price="34.80", dozens=True)))

    assert bench.root().row("purchase.order.line", undo.records[1].id)["price_unit"] == 34.8


def test_a_discount_that_differs_from_the_approved_one_is_not_left_standing(bench: Bench) -> None:
    bench.discount(10)
    intent = bench.intent(bench.rfq(discount="15"))

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert "expected a discount of 15 %, Odoo computed 10 %" in found.reason
    assert bench.count("purchase.order", [["origin", "=", intent.marker]]) == 0


def test_a_changed_discount_makes_the_plan_stale(bench: Bench) -> None:
    intent = bench.intent(bench.rfq())
    bench.discount(10)

    found = bench.perform(intent)

    assert isinstance(found, Stale)
    assert "discount was" in found.reason


@pytest.mark.parametrize("meddle", ["confirmed", "quantity"])
def test_a_found_request_that_somebody_works_on_is_not_priced_again(bench: Bench, meddle: str) -> None:
    intent = bench.intent(bench.rfq_at_a_break())
    with pytest.raises(Killed):
        bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after")))
    with bench.engine.transaction() as env:
        (order,) = env.search("purchase.order", [["origin", "=", intent.marker]])
        if meddle == "confirmed":
            env.call("purchase.order", "button_confirm", [order])
        else:
            lines = env.search("purchase.order.line", [["order_id", "=", order]])
            env.write("purchase.order.line", lines, {"product_qty": 10})

    found = bench.perform(intent)

    assert not isinstance(found, Undo)
    assert WRITTEN not in bench.line.writes


def test_a_price_that_odoo_refuses_to_write_leaves_nothing(bench: Bench) -> None:
    intent = bench.intent(bench.rfq_at_a_break())
    bench.fail(WRITTEN, "access")

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert bench.count("purchase.order", [["origin", "=", intent.marker]]) == 0


def test_a_price_whose_answer_is_lost_is_looked_up(bench: Bench) -> None:
    intent = bench.intent(bench.rfq_at_a_break())

    found = bench.perform(intent, gateway=bench.over(Breaking(bench.line, 2, "after", OutcomeUnknown)))

    assert isinstance(found, Undo)
    assert bench.line.writes.count(WRITTEN) == 1


def test_a_price_within_a_hundredth_is_the_same_price(bench: Bench) -> None:
    assert isinstance(bench.perform(bench.intent(bench.rfq(price="2.92"))), Undo)


def test_a_request_is_drafted_in_the_currency_it_was_approved_in(bench: Bench) -> None:
    bench.world.vendor_price("lantern", "2.25", money="USD")

    found = bench.perform(bench.intent(bench.rfq(product="lantern", price="2.25", currency="USD")))

    assert isinstance(found, Undo)
    assert "USD is draft" in found.words


def test_the_same_figure_in_another_currency_is_another_price(bench: Bench) -> None:
    found = bench.perform(bench.intent(bench.rfq(currency="USD")))

    assert isinstance(found, Refusal)
    assert "expected a price of 2.90 USD, Odoo computed 3.63" in found.reason


def test_a_changed_vendor_price_makes_the_plan_stale(bench: Bench) -> None:
    intent = bench.intent(bench.rfq())
    with bench.engine.transaction() as env:
        lines = env.search("product.supplierinfo", [["partner_id", "=", bench.world.vendor]])
        env.write("product.supplierinfo", lines, {"delay": 30})

    found = bench.perform(intent)

    assert isinstance(found, Stale)
    assert "delay was" in found.reason


def test_foreign_money_is_exposed_in_the_companys_own(bench: Bench) -> None:
    exposure = bench.priced(bench.rfq("100", price="5", currency="USD")).exposure

    assert str(exposure.amount) == "400.00 GBP"
    assert exposure.vendor == bench.world.vendor


def test_dozens_are_exposed_in_stock_units(bench: Bench) -> None:
    exposure = bench.priced(bench.rfq("2", price="30", dozens=True)).exposure

    assert exposure.quantity == Decimal(24)
    assert str(exposure.amount) == "60.00 GBP"


def test_money_without_a_rate_cannot_be_judged(bench: Bench) -> None:
    assert "no rate" in refused(bench, bench.rfq(currency="XXX")).reason


def test_a_currency_that_odoo_calls_one_to_one_for_want_of_a_rate_cannot_be_judged(bench: Bench) -> None:
    with bench.engine.transaction() as env:
        dollar = env.search("res.currency", [["name", "=", "USD"]])
        env.unlink("res.currency.rate", env.search("res.currency.rate", [["currency_id", "in", dollar]]))

    found = refused(bench, bench.rfq(currency="USD"))

    assert found.guard == "facts"
    assert "no rate from USD to GBP" in found.reason


def test_a_unit_of_another_kind_cannot_be_bought(bench: Bench) -> None:
    draft = bench.rfq()
    kilo = bench.root().ref("uom.product_uom_kgm")

    assert "counted in" in refused(bench, draft.but(params={**draft.params, "uom": kilo})).reason


def test_a_vendor_out_of_sight_cannot_be_asked(bench: Bench) -> None:
    draft = bench.rfq()

    assert "vendor 99999" in refused(bench, draft.but(params={**draft.params, "vendor": 99999})).reason


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantity": "0"},
        {"price": "0"},
        {"price": "NaN"},
        {"currency": "pounds"},
        {"discount": "-1"},
        {"discount": "100"},
    ],
    ids=str,
)
def test_parameters_out_of_bounds_are_refused(bench: Bench, wrong: dict[str, Json]) -> None:
    draft = bench.rfq()

    assert refused(bench, draft.but(params={**draft.params, **wrong})).guard == "params"


def test_a_receipt_at_another_warehouse_is_refused(bench: Bench) -> None:
    draft = bench.rfq()
    elsewhere = draft.but(params={**draft.params, "picking_type": bench.world.warehouses["NTH"].receipts})

    found = bench.perform(bench.intent(elsewhere))

    assert isinstance(found, Refusal)
    assert found.guard == "precondition"


@pytest.mark.parametrize(
    ("model", "values", "reason"),
    [("product.product", {"purchase_ok": False}, "purchased"), ("res.partner", {"active": False}, "vendor")],
)
def test_what_is_not_bought_or_not_sold_any_more_is_refused(
    bench: Bench, model: str, values: dict[str, Json], reason: str
) -> None:
    intent = bench.intent(bench.rfq()).but(touches=())
    with bench.engine.transaction() as env:
        env.write(model, bench.world.products["jug"] if model == "product.product" else bench.world.vendor, values)

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert reason in found.reason


@pytest.mark.parametrize(
    ("meddle", "reason"),
    [
        ("cancel", "was cancelled"),
        ("vendor", "another vendor"),
        ("quantity", "another quantity"),
        ("second line", "found 2"),
    ],
)
def test_what_happened_while_the_desk_was_down_does_not_verify(bench: Bench, meddle: str, reason: str) -> None:
    intent = bench.intent(bench.rfq())
    order, line = (ref.id for ref in bench.done(intent).records)
    other = bench.world.another_vendor("Quayside Imports")
    with bench.engine.transaction() as env:
        match meddle:
            case "cancel":
                env.call("purchase.order", "button_cancel", [order])
            case "vendor":
                env.write("purchase.order", [order], {"partner_id": other})
            case "quantity":
                env.write("purchase.order.line", [line], {"product_qty": 36})
            case _:
                env.create("purchase.order.line", {"order_id": order, "product_id": 1, "product_qty": 1})
    bench.ledger.states[intent.key] = "intended"

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert reason in found.reason
