"""A load with external ids makes a record once, and updates it when repeated."""

from typing import Any

import pytest

from scenarios.sandbox.faults import AccessError, WrongValue
from tests.scenarios.sandbox.shop import Shop, shop

FIELDS = ["id", "name", "currency_id/.id", "item_ids/id", "item_ids/fixed_price"]


@pytest.fixture
def here() -> Shop:
    return shop()


def load(here: Shop, fields: list[str], *rows: list[Any], model: str = "product.pricelist") -> Any:
    return here.ask("stockmgr", model, "load", fields, list(rows))


def prices(here: Shop) -> list[float]:
    return [
        row["fixed_price"] for row in here.ask("admin", "product.pricelist.item", "search_read", [], ["fixed_price"])
    ]


def test_repeated_load_leaves_one_record_with_its_lines(here: Shop) -> None:
    rows = [["exc.p1", "Trade", "1", "exc.p1_1", "7"], ["", "", "", "exc.p1_2", "3"]]

    first = load(here, FIELDS, *rows)
    again = load(here, FIELDS, ["exc.p1", "Trade 2", "1", "exc.p1_1", "8"], rows[1])

    assert first == again == {"ids": [1], "messages": [], "nextrow": 0}
    assert sorted(prices(here)) == [3.0, 8.0]
    assert here.ask("admin", "product.pricelist", "read", [1], ["name"])[0]["name"] == "Trade 2"


def test_lines_without_an_id_of_their_own_double(here: Shop) -> None:
    fields = ["id", "name", "currency_id", "item_ids/fixed_price"]
    load(here, fields, ["exc.p1", "Trade", "EUR", "7"])
    load(here, fields, ["exc.p1", "Trade", "EUR", "7"])

    assert prices(here) == [7.0, 7.0]


def test_failed_load_says_why_and_keeps_nothing(here: Shop) -> None:
    before = here.engine.digest()

    answer = load(here, FIELDS, ["exc.p1", "Good", "1", "", ""], ["exc.p2", "Bad", "99999", "", ""])

    assert answer["ids"] is False
    (message,) = answer["messages"]
    assert message["message"] == "No matching record found for database id '99999' in field 'Currency'"
    assert (message["rows"], message["record"], message["field"]) == ({"from": 1, "to": 1}, 1, "currency_id")
    assert here.engine.digest() == before
    assert here.engine.write_log == [] or here.engine.digest() == before


@pytest.mark.parametrize(
    ("way", "value", "message"),
    [
        ("currency_id", "Doubloon", "for name 'Doubloon'"),
        ("currency_id/id", "base.XXX", "for external id 'base.XXX'"),
        ("nofield", "x", "Invalid field 'nofield'"),
    ],
)
def test_cell_that_names_nothing_is_told(here: Shop, way: str, value: str, message: str) -> None:
    answer = load(here, ["name", way], ["x", value])

    assert answer["ids"] is False
    assert message in answer["messages"][0]["message"]


def test_links_may_be_named_by_id_external_id_or_name(here: Shop) -> None:
    fields = [".id", "name", "currency_id/id", "active"]
    made = load(here, ["name", "currency_id/id"], ["A", "base.USD"])["ids"]
    load(here, fields, [str(made[0]), "B", "base.GBP", "1"])
    tag = load(here, ["name", "parent_id", "type"], ["C", "Quayside Imports", "Delivery Address"], model="res.partner")

    row = here.ask("admin", "product.pricelist", "read", made, ["name", "currency_id"])[0]
    assert (row["name"], row["currency_id"][1]) == ("B", "GBP")
    assert tag["ids"] is not False


def test_external_id_leads_back_to_the_record(here: Shop) -> None:
    load(here, ["id", "name", "currency_id"], ["exc.p1", "Trade", "EUR"], ["plain", "Other", "EUR"])

    assert here.ask("buyer", "ir.model.data", "check_object_reference", "exc", "p1") == ("product.pricelist", 1)
    assert here.ask("buyer", "product.pricelist", "get_external_id", [1, 2, 3]) == {
        "1": "exc.p1",
        "2": "__import__.plain",
        "3": "",
    }
    with pytest.raises(WrongValue, match="External ID not found"):
        here.ask("buyer", "ir.model.data", "check_object_reference", "exc", "p9")


def test_external_id_of_a_hidden_record_has_no_id(here: Shop) -> None:
    assert here.ask("plain", "ir.model.data", "check_object_reference", "base", "model_crm_tag") == ("ir.model", False)
    with pytest.raises(AccessError):
        here.ask("plain", "ir.model.data", "check_object_reference", "base", "model_crm_tag", True)
