"""``read_group`` totals as recorded from a real Odoo."""

import pytest

from scenarios.sandbox.faults import WrongValue
from tests.scenarios.sandbox.shop import Shop, shop


@pytest.fixture(scope="module")
def here() -> Shop:
    """Totals change nothing, so one shop serves them all."""
    built = shop()
    with built.engine.transaction() as env:
        for product, place, quantity in (("LAMP", "depot", 5.0), ("LAMP", "shelf", 7.0), ("BOWL", "shelf", 4.0)):
            values = {"product_id": built.ids[product], "location_id": built.ids[place], "quantity": quantity}
            env.create("stock.quant", {**values, "company_id": built.ids["main"]})
        for day in ("2026-11-20 11:30:00", "2026-11-20 23:30:00", "2026-12-05 10:00:00"):
            document = {"model": "res.partner", "res_id": built.ids["vendor"], "body": "dated"}
            env.create("mail.message", {**document, "date": day, "message_type": "comment"})
    return built


def test_totals_by_two_fields(here: Shop) -> None:
    domain = [["quantity", ">", 0], ["product_id", "!=", False]]
    groups = here.ask(
        "admin", "stock.quant", "read_group", domain, ["quantity:sum"], ["product_id", "location_id"], lazy=False
    )

    assert [(g["product_id"][1], g["location_id"][1], g["quantity"], g["__count"]) for g in groups] == [
        ("[BOWL] Glass bowl", "Depot/Shelf", 4.0, 1),
        ("[LAMP] Lamp", "Depot", 5.0, 1),
        ("[LAMP] Lamp", "Depot/Shelf", 7.0, 1),
    ]
    leaves = [["product_id", "=", here.ids["BOWL"]], ["location_id", "=", here.ids["shelf"]]]
    assert groups[0]["__domain"] == ["&", "&", "&", *domain, *leaves]


def test_lazy_totals_keep_the_other_fields_for_later(here: Shop) -> None:
    groups = here.ask("admin", "stock.quant", "read_group", [], ["quantity"], ["product_id", "location_id"])

    assert [(g["product_id_count"], g["quantity"]) for g in groups] == [(1, 4.0), (2, 12.0)]
    assert groups[0]["__context"] == {"group_by": ["location_id"]}
    assert groups[0]["__domain"] == [["product_id", "=", here.ids["BOWL"]]]


def test_totals_take_other_functions_orders_and_pages(here: Shop) -> None:
    fields = ["most:max(quantity)", "least:min(quantity)", "quantity:avg", "places:count_distinct(location_id)"]

    groups = here.ask("admin", "stock.quant", "read_group", [], fields, "product_id", orderby="most desc", limit=1)

    assert [(g["most"], g["least"], g["quantity"], g["places"]) for g in groups] == [(7.0, 5.0, 6.0, 2)]
    rest = here.ask("admin", "stock.quant", "read_group", [], fields, "product_id", orderby="most desc", offset=1)
    assert [g["product_id"][0] for g in rest] == [here.ids["BOWL"]]


def test_total_of_everything_is_one_group(here: Shop) -> None:
    (group,) = here.ask("admin", "stock.quant", "read_group", [], ["quantity"], [], lazy=False)

    assert (group["__count"], group["quantity"], group["__domain"]) == (3, 16.0, [])


def test_days_begin_at_midnight_where_the_user_is(here: Shop) -> None:
    domain = [["body", "=", "dated"]]
    groups = here.ask(
        "admin", "mail.message", "read_group", domain, [], ["date:day"], context={"tz": "Pacific/Auckland"}
    )

    assert [(g["date:day"], g["date_count"]) for g in groups] == [("21 Nov 2026", 2), ("05 Dec 2026", 1)]
    bounds = {"from": "2026-11-20 11:00:00", "to": "2026-11-21 11:00:00"}
    assert groups[0]["__range"] == {"date:day": bounds}
    days = ["&", ["date", ">=", bounds["from"]], ["date", "<", bounds["to"]]]
    assert groups[0]["__domain"] == ["&", *domain, *days]


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("date:week", ["W47 2026", "W49 2026"]),
        ("date:month", ["November 2026", "December 2026"]),
        ("date", ["November 2026", "December 2026"]),
        ("date:quarter", ["Q4 2026"]),
        ("date:year", ["2026"]),
    ],
)
def test_dates_are_grouped_by_grain(here: Shop, by: str, labels: list[str]) -> None:
    groups = here.ask("admin", "mail.message", "read_group", [["body", "=", "dated"]], [], [by], lazy=False)

    assert [group[by] for group in groups] == labels


def test_empty_values_are_a_group_of_their_own(here: Shop) -> None:
    own = [["id", "in", [here.ids["vendor"], here.ids["branch"]]]]
    groups = here.ask("admin", "res.partner", "read_group", own, [], ["parent_id"])

    assert [group["parent_id"] for group in groups] == [[here.ids["vendor"], "Quayside Imports"], False]


def test_or_is_kept_together_with_the_group(here: Shop) -> None:
    domain = ["|", ["quantity", "=", 5], ["quantity", "=", 4], ["product_id", "!=", False]]
    groups = here.ask("admin", "stock.quant", "read_group", domain, ["quantity"], ["product_id"])

    assert groups[0]["__domain"] == ["&", "&", *domain, ["product_id", "=", here.ids["BOWL"]]]


@pytest.mark.parametrize(
    ("fields", "by"),
    [(["nofield:sum"], ["product_id"]), (["quantity"], ["nofield"]), (["quantity:blend"], []), (["a b"], [])],
)
def test_total_that_cannot_be_is_refused(here: Shop, fields: list[str], by: list[str]) -> None:
    with pytest.raises(WrongValue):
        here.ask("admin", "stock.quant", "read_group", [], fields, by)
