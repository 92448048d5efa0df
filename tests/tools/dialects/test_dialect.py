"""A call is said in the words of the Odoo that is asked, and its answer comes back in Odoo 18's."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from domain.calls import Call
from domain.faults import ServerBug, UnknownField
from domain.values import Json, Row
from tools.dialects.dialect import speaking

LINE = "purchase.order.line"
ORDER = "purchase.order"
PRICE = "product.supplierinfo"
UNIT = "uom.uom"
UID = 7


class Odoo:
    """A line that keeps what was asked, and answers what it was told to, one answer a call."""

    uid = UID

    def __init__(self, *answers: Json) -> None:
        self.answers = list(answers)
        self.asked: list[Call] = []

    def execute(self, call: Call) -> Json:
        self.asked.append(call)
        return self.answers.pop(0) if self.answers else True


def said(model: str, method: str, *args: Any, version: int = 19, **kwargs: Any) -> Call:
    """What an Odoo of that version is asked."""
    odoo = Odoo([])
    speaking(odoo, version).execute(Call(model=model, method=method, args=args, kwargs=kwargs))
    return odoo.asked[0]


def heard(model: str, method: str, *args: Any, answers: Sequence[Json], version: int = 19, **kwargs: Any) -> Any:
    """What the desk understands of an answer, after the further looks that take the other answers."""
    odoo = Odoo(*answers)
    return speaking(odoo, version).execute(Call(model=model, method=method, args=args, kwargs=kwargs))


def searched(model: str, *domain: Json, version: int = 19) -> Any:
    return said(model, "search_count", list(domain), version=version).args[0]


def test_an_odoo_18_is_spoken_to_as_it_is() -> None:
    odoo = Odoo()

    assert speaking(odoo, 18) is odoo


def test_whoever_is_logged_in_stays_who_they_are() -> None:
    assert speaking(Odoo(), 19).uid == UID


@pytest.mark.parametrize("by_name", [True, False])
def test_a_field_is_asked_for_by_its_name_there_and_given_by_ours(by_name: bool) -> None:
    odoo = Odoo([{"id": 3, "product_uom_id": [1, "Units"], "product_qty": 5}])
    fields: Json = ["product_uom", "product_qty"]
    call = Call(model=LINE, method="read", args=([3],) if by_name else ([3], fields))

    rows = speaking(odoo, 19).execute(replace(call, kwargs={"fields": fields}) if by_name else call)

    assert rows == [{"id": 3, "product_uom": [1, "Units"], "product_qty": 5}]
    assert ["product_uom_id", "product_qty"] in [*odoo.asked[0].args, *odoo.asked[0].kwargs.values()]


def test_without_a_list_of_fields_all_come_by_our_names() -> None:
    answer: Json = [{"id": 2, "login": "desk", "group_ids": [1, 4]}]

    assert heard("res.users", "read", [2], answers=[answer]) == [{"id": 2, "login": "desk", "groups_id": [1, 4]}]


def test_a_search_names_the_field_of_the_model_that_its_path_leads_to() -> None:
    assert searched("stock.move", ["purchase_line_id.product_uom", "=", 1]) == [
        ["purchase_line_id.product_uom_id", "=", 1]
    ]
    assert searched("res.partner", ["product_uom", "=", 1]) == [["product_uom", "=", 1]]


def test_a_search_within_lines_names_their_fields() -> None:
    within: Json = ["order_line", "any", [["product_uom", "=", 1]]]

    assert searched(ORDER, within) == [["order_line", "any", [["product_uom_id", "=", 1]]]]


@pytest.mark.parametrize(
    ("asked", "terms"),
    [
        (["state", "=", "purchase"], ["&", ["state", "=", "purchase"], ["locked", "=", False]]),
        (["state", "=", "done"], ["&", ["state", "=", "purchase"], ["locked", "=", True]]),
        (["state", "in", ["purchase", "done"]], [["state", "in", ["purchase"]]]),
        (["state", "in", ["draft", "sent"]], [["state", "in", ["draft", "sent"]]]),
        (
            ["state", "in", ["draft", "done"]],
            ["|", ["state", "in", ["draft"]], "&", ["state", "=", "purchase"], ["locked", "=", True]],
        ),
        (
            ["state", "!=", "done"],
            [
                "|",
                ["state", "in", ["draft", "sent", "to approve", "cancel"]],
                "&",
                ["state", "=", "purchase"],
                ["locked", "=", False],
            ],
        ),
        (["state", "not in", ["done", "purchase"]], [["state", "in", ["draft", "sent", "to approve", "cancel"]]]),
    ],
)
def test_a_locked_order_is_searched_for_by_its_lock(asked: Json, terms: Json) -> None:
    assert searched(ORDER, asked) == terms


def test_a_line_is_searched_for_by_the_state_and_the_lock_of_its_order() -> None:
    drafts: Json = ["draft", "sent", "to approve"]

    assert searched(LINE, ["state", "in", drafts]) == [["order_id.state", "in", drafts]]
    assert searched(LINE, ["state", "=", "done"]) == [
        "&",
        ["order_id.state", "=", "purchase"],
        ["order_id.locked", "=", True],
    ]


def test_a_term_that_becomes_several_stays_one_within_its_expression() -> None:
    domain: list[Json] = ["|", ["order_id.state", "=", "done"], ["product_id", "=", 4]]

    assert searched(LINE, *domain) == [
        "|",
        "&",
        ["order_id.state", "=", "purchase"],
        ["order_id.locked", "=", True],
        ["product_id", "=", 4],
    ]


def test_a_locked_order_is_read_as_done() -> None:
    answer: Json = [
        {"id": 1, "state": "purchase", "locked": True},
        {"id": 2, "state": "purchase", "locked": False},
        {"id": 3, "state": "cancel", "locked": True},
    ]

    assert heard(ORDER, "search_read", [], ["state"], answers=[answer]) == [
        {"id": 1, "state": "done"},
        {"id": 2, "state": "purchase"},
        {"id": 3, "state": "cancel"},
    ]


def test_a_line_of_a_locked_order_is_done_too() -> None:
    lines: Json = [
        {"id": 1, "state": "purchase", "order_id": [5, "P5"]},
        {"id": 2, "state": "draft", "order_id": [6, "P6"]},
    ]
    odoo = Odoo(lines, [{"id": 5, "locked": True}])
    context: Row = {"allowed_company_ids": [1]}
    call = Call(model=LINE, method="read", args=([1, 2], ["state"]), kwargs={"context": context})

    assert speaking(odoo, 19).execute(call) == [{"id": 1, "state": "done"}, {"id": 2, "state": "draft"}]
    assert odoo.asked[1] == Call(
        model=ORDER,
        method="search_read",
        kwargs={
            "domain": [["id", "in", [5]]],
            "fields": ["locked"],
            "context": {"allowed_company_ids": [1], "active_test": False},
        },
    )


def test_no_order_is_looked_up_for_lines_that_nobody_bought() -> None:
    odoo = Odoo([{"id": 2, "state": "draft", "order_id": [6, "P6"]}])
    speaking(odoo, 19).execute(Call(model=LINE, method="read", args=([2], ["state"])))

    assert len(odoo.asked) == 1


def test_a_unit_is_measured_against_the_one_it_hangs_on() -> None:
    answer: Json = [
        {"id": 3, "factor": 12.0, "parent_path": "1/3/", "relative_uom_id": [1, "Units"]},
        {"id": 1, "factor": 1.0, "parent_path": "1/", "relative_uom_id": False},
        {"id": 4, "factor": 0.0, "parent_path": "4/", "relative_uom_id": False},
    ]
    dozen, unit, none = heard(UNIT, "read", [3, 1, 4], ["category_id", "factor"], answers=[answer])

    assert dozen == {"id": 3, "category_id": [1, "unit 1"], "factor": 1 / 12}
    assert unit == {"id": 1, "category_id": [1, "unit 1"], "factor": 1.0}
    assert none["factor"] == 0


def test_units_of_a_category_are_those_that_hang_on_one_another() -> None:
    assert searched(UNIT, ["category_id", "=", 1]) == [["parent_path", "=like", "1/%"]]
    assert searched(UNIT, ["category_id", "in", [1, 4]]) == [
        "|",
        ["parent_path", "=like", "1/%"],
        ["parent_path", "=like", "4/%"],
    ]


def test_a_vendor_price_for_a_dozen_is_told_by_the_unit_in_stock() -> None:
    price: Json = {
        "id": 8,
        "price": 24.0,
        "min_qty": 2.0,
        "product_uom_id": [3, "Dozens"],
        "product_tmpl_id": [5, "Jug"],
    }
    other: Json = {"id": 9, "price": 3.0, "min_qty": 1.0, "product_uom_id": [1, "Units"], "product_tmpl_id": [5, "Jug"]}
    goods: Json = [{"id": 5, "uom_id": [1, "Units"]}]
    sizes: Json = [{"id": 1, "factor": 1.0}, {"id": 3, "factor": 12.0}]

    rows = heard(PRICE, "search_read", [], ["price"], answers=[[price, other], goods, sizes])
    least = heard(PRICE, "search_read", [], ["min_qty", "product_uom"], answers=[[price], goods, goods, sizes])

    assert rows == [{"id": 8, "price": 2.0}, {"id": 9, "price": 3.0}]
    assert least == [{"id": 8, "min_qty": 24.0, "product_uom": [1, "Units"]}]


def test_a_pack_of_a_reordering_rule_is_counted_in_stock_units() -> None:
    rules: Json = [
        {"id": 1, "replenishment_uom_id": [3, "Dozens"], "product_uom": [1, "Units"]},
        {"id": 2, "replenishment_uom_id": False, "product_uom": [1, "Units"]},
    ]
    sizes: Json = [{"id": 1, "factor": 1.0}, {"id": 3, "factor": 12.0}]

    rows = heard("stock.warehouse.orderpoint", "read", [1, 2], ["qty_multiple"], answers=[rules, sizes])

    assert rows == [{"id": 1, "qty_multiple": 12.0}, {"id": 2, "qty_multiple": 0.0}]


def test_lines_inside_a_document_are_written_in_its_words() -> None:
    line: Row = {"name": "DESK-1", "product_id": 4, "product_uom": 1}
    order = said(ORDER, "create", {"partner_id": 2, "order_line": [[0, 0, {"product_uom": 1}], [4, 9]]})
    transfer = said("stock.picking", "create", [{"origin": "DESK-1", "move_ids": [(0, 0, line)]}])

    assert order.args == ({"partner_id": 2, "order_line": [[0, 0, {"product_uom_id": 1}], [4, 9]]},)
    assert transfer.args == ([{"origin": "DESK-1", "move_ids": [[0, 0, {"product_id": 4, "product_uom": 1}]]}],)


def test_values_are_written_in_its_words() -> None:
    assert said(LINE, "write", [3], {"product_uom": 1}).args == ([3], {"product_uom_id": 1})


def test_only_values_are_reworded_not_what_a_method_is_told_by_the_same_name() -> None:
    told = said("sale.order", "message_post", [3], fields=["product_uom"], order="product_uom")

    assert told.kwargs == {"fields": ["product_uom"], "order": "product_uom"}


def test_rows_are_grouped_and_summed_by_its_words_and_keyed_by_ours() -> None:
    group: Json = [{"product_uom_id": [1, "Units"], "product_uom_id_count": 2, "product_qty": 5, "__range": {}}]
    odoo = Odoo(group)
    kwargs: Row = {"fields": ["product_qty:sum"], "groupby": ["product_uom", "date_order:week"], "lazy": False}

    rows = speaking(odoo, 19).execute(Call(model=LINE, method="read_group", args=([],), kwargs=kwargs))

    assert odoo.asked[0].kwargs["groupby"] == ["product_uom_id", "date_order:week"]
    assert rows == [{"product_uom": [1, "Units"], "product_uom_count": 2, "product_qty": 5, "__range": {}}]


def test_rows_are_sorted_by_its_words() -> None:
    assert said(LINE, "search", [], order="product_uom desc, id").kwargs["order"] == "product_uom_id desc, id"
    assert said(PRICE, "search", [], order="min_qty desc, price").kwargs["order"] == "min_qty desc, price"


def test_fields_are_described_by_our_names() -> None:
    told: Json = {"product_uom_id": {"type": "many2one"}, "name": {"type": "char"}}

    assert heard(LINE, "fields_get", ["product_uom", "name"], answers=[told]) == {
        "name": {"type": "char"},
        "product_uom": {"type": "many2one"},
    }
    assert set(heard(LINE, "fields_get", [], answers=[told])) == {"name", "product_uom"}
    assert heard(ORDER, "fields_get", ["name"], answers=[{"name": {}, "state": {}, "locked": {}}]) == {"name": {}}


@pytest.mark.parametrize(
    ("model", "method", "args", "why"),
    [
        ("stock.move", "search_read", ([["name", "=", "x"]], ["id"]), "cannot search by name of stock.move"),
        (ORDER, "write", ([1], {"state": "purchase"}), "cannot be told state of purchase.order"),
        (ORDER, "read_group", ([], [], ["state"]), "cannot group or sort by state of purchase.order"),
        (UNIT, "search", ([], 0, None, "category_id"), "cannot group or sort by category_id of uom.uom"),
        (UNIT, "search", ([], 0, None, "factor desc, id"), "cannot group or sort by factor of uom.uom"),
        (ORDER, "search", ([["state", "like", "pur"]],), "asked for by =, !=, in or not in"),
        (UNIT, "search", ([["category_id", "!=", 1]],), "asked for by = or in"),
    ],
)
def test_what_it_cannot_be_asked_is_refused_by_name_before_anything_is_sent(
    model: str, method: str, args: tuple[Any, ...], why: str
) -> None:
    odoo = Odoo()

    with pytest.raises(UnknownField, match=why):
        speaking(odoo, 19).execute(Call(model=model, method=method, args=args))
    assert odoo.asked == []


def test_an_order_is_locked_by_the_button_it_has() -> None:
    assert said(ORDER, "button_done", [3]).method == "button_lock"


def test_what_a_method_answers_is_understood_as_odoo_18_says_it() -> None:
    assert heard("sale.order", "message_post", [3], answers=[[44]], body="x") == 44
    assert heard("sale.order", "activity_schedule", [3], answers=[[21]]) == "mail.activity(21,)"


def test_a_warehouse_in_the_context_has_another_name_in_odoo_17() -> None:
    call = said("product.product", "read", [4], ["free_qty"], version=17, context={"warehouse_id": 2, "lang": "en_US"})

    assert call.kwargs["context"] == {"warehouse": 2, "lang": "en_US"}


def test_goods_kept_in_stock_are_a_type_of_product_in_odoo_17() -> None:
    answer: Json = [{"id": 1, "type": "product"}, {"id": 2, "type": "consu"}, {"id": 3, "type": "service"}]

    assert heard("product.product", "read", [1, 2, 3], ["is_storable", "type"], answers=[answer], version=17) == [
        {"id": 1, "is_storable": True, "type": "consu"},
        {"id": 2, "is_storable": False, "type": "consu"},
        {"id": 3, "is_storable": False, "type": "service"},
    ]
    assert searched("product.product", ["is_storable", "=", True], version=17) == [["type", "=", "product"]]
    assert searched("product.product", ["is_storable", "!=", True], version=17) == [["type", "!=", "product"]]
    assert searched("purchase.order.line", ["product_id.type", "=", "consu"], version=17) == [
        ["product_id.type", "in", ["consu", "product"]]
    ]
    assert said("product.product", "create", {"is_storable": True, "type": "consu"}, version=17).args == (
        {"detailed_type": "product"},
    )


def test_a_move_in_odoo_17_does_not_say_where_its_way_ends() -> None:
    assert heard("stock.move", "read", [1], ["location_final_id"], answers=[[{"id": 1}]], version=17) == [
        {"id": 1, "location_final_id": False}
    ]
    with pytest.raises(UnknownField, match="every step of a way is there from the start"):
        searched("stock.move", ["location_final_id", "=", 4], version=17)


def test_odoo_17_tells_groups_to_oneself_only() -> None:
    assert said("res.users", "has_group", [UID], "base.group_user", version=17).args == ("base.group_user",)
    with pytest.raises(ServerBug, match="to that user only"):
        said("res.users", "has_group", [UID + 1], "base.group_user", version=17)
