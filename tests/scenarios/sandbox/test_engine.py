"""Records are made, changed and read as in Odoo, and refused as in Odoo."""

from datetime import timedelta
from typing import Any

import pytest

from domain.errors import Misuse
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.faults import (
    AccessError,
    BrokenAssertion,
    MissingError,
    NoSuchMethod,
    TooFew,
    UserError,
    ValidationError,
    WrongArguments,
    WrongValue,
)
from scenarios.sandbox.view import View
from tests.scenarios.sandbox.shop import Shop, shop


@pytest.fixture
def here() -> Shop:
    return shop()


def test_product_shows_its_templates_fields_as_its_own(here: Shop) -> None:
    rows = here.ask("admin", "product.product", "read", [here.ids["LAMP"]], ["name", "list_price", "uom_id"])

    assert rows == [{"id": here.ids["LAMP"], "name": "Lamp", "list_price": 12.5, "uom_id": [1, "Units"]}]


def test_writing_an_inherited_field_reaches_the_template(here: Shop) -> None:
    here.ask("admin", "product.product", "write", [here.ids["LAMP"]], {"name": "Desk lamp"})

    found = here.ask("admin", "product.template", "search_read", [["name", "=", "Desk lamp"]], ["name"])
    assert [row["name"] for row in found] == ["Desk lamp"]


def test_template_given_by_id_is_not_created_again(here: Shop) -> None:
    template = here.ask("admin", "product.product", "read", [here.ids["LAMP"]], ["product_tmpl_id"])[0]

    values = {"product_tmpl_id": template["product_tmpl_id"][0], "default_code": "LAMP-R", "name": "Lamps"}
    variant = here.ask("admin", "product.product", "create", values)

    names = here.ask("admin", "product.product", "read", [here.ids["LAMP"], variant], ["name"])
    assert [row["name"] for row in names] == ["Lamps", "Lamps"]


def test_read_leaves_missing_records_out_and_write_refuses_them(here: Shop) -> None:
    assert here.ask("admin", "res.partner", "read", [here.ids["vendor"], 999_999], ["name"]) == [
        {"id": here.ids["vendor"], "name": "Quayside Imports"}
    ]
    with pytest.raises(MissingError, match=r"Record: res.partner\(999999,\), User: 2"):
        here.ask("admin", "res.partner", "write", [999_999], {"name": "x"})
    with pytest.raises(MissingError):
        here.ask("admin", "res.partner", "unlink", [999_999])


def test_many2one_is_a_bare_id_when_nothing_is_to_be_loaded(here: Shop) -> None:
    assert here.ask("admin", "res.partner", "read", [here.ids["branch"]], ["parent_id"], load="") == [
        {"id": here.ids["branch"], "parent_id": here.ids["vendor"]}
    ]


@pytest.mark.parametrize(
    ("model", "values", "fault", "message"),
    [
        ("res.partner", {"foo_bar": 1}, WrongValue, "Invalid field 'foo_bar' on model 'res.partner'"),
        ("res.partner", {"name": "x", "type": "zzz"}, WrongValue, "Wrong value for res.partner.type: 'zzz'"),
        ("res.partner", {"name": "x", "country_id": 999_999}, ValidationError, "res_partner_country_id_fkey"),
        ("purchase.order", {"partner_id": "7"}, ValidationError, r"a mandatory field is not set[\s\S]*Vendor"),
        ("res.partner", {"name": "x", "category_id": "tag"}, WrongValue, "Wrong value for res.partner.category_id"),
        ("res.partner", {"name": "x", "category_id": [[9, 0, 0]]}, WrongValue, "Wrong value"),
        ("res.currency.rate", {"currency_id": 1, "name": "01/12/2026"}, WrongValue, "does not match format '%Y-%m-%d'"),
        ("uom.uom", {"name": "x", "category_id": 1, "factor": "abc"}, WrongValue, "could not convert string to float"),
        ("res.currency.rate", {"currency_id": 1}, ValidationError, r"Field: Date \(name\)"),
    ],
)
def test_bad_values_are_refused_in_odoos_words(
    here: Shop, model: str, values: dict[str, Any], fault: type[Exception], message: str
) -> None:
    if values.get("name") == "01/12/2026":
        values = {"currency_id": 1, "name": "01/12/2026"}
    if model == "res.currency.rate" and "name" not in values:
        values = {**values, "name": False}

    with pytest.raises(fault, match=message):
        here.ask("admin", model, "create", values)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2026-12-01T08:00:00Z", "does not match format '%Y-%m-%d %H:%M:%S'"),
        ("2026-12-01 08:00:00.123456", "unconverted data remains: .123456"),
        ("2026-12-01 08:00:00+01:00", r"unconverted data remains: \+01:00"),
    ],
)
def test_times_are_taken_in_odoos_own_format_only(here: Shop, text: str, message: str) -> None:
    with pytest.raises(WrongValue, match=message):
        here.ask("admin", "stock.lot", "create", {"name": "L", "product_id": here.ids["LAMP"], "removal_date": text})


def test_required_field_cannot_be_emptied_later(here: Shop) -> None:
    with pytest.raises(ValidationError, match="mandatory field"):
        here.ask("admin", "product.template", "write", [1], {"name": False})


def test_all_a_call_did_is_taken_back_when_it_fails(here: Shop) -> None:
    before = here.engine.digest()

    with pytest.raises(WrongValue):
        here.ask("admin", "res.partner", "create", [{"name": "one"}, {"name": "two", "nope": 1}])

    assert here.engine.digest() == before
    assert here.engine.write_log == []


def test_write_log_names_who_changed_what(here: Shop) -> None:
    here.ask("admin", "res.partner", "write", [here.ids["vendor"]], {"ref": "Q"})
    here.ask("admin", "res.partner", "search", [])

    (entry,) = here.engine.write_log
    assert (entry.login, entry.model, entry.method) == ("admin", "res.partner", "write")
    assert entry.changed == {"res.partner": (here.ids["vendor"],)}


def test_write_stamps_the_record_in_whole_seconds(here: Shop) -> None:
    here.clock.move(timedelta(hours=1))
    here.ask("admin", "res.partner", "write", [here.ids["vendor"]], {"ref": "Q", "write_date": "2020-01-01 00:00:00"})

    row = here.ask("admin", "res.partner", "read", [here.ids["vendor"]], ["write_date", "create_date", "write_uid"])[0]
    assert (row["create_date"], row["write_date"]) == ("2026-11-20 12:00:00", "2026-11-20 13:00:00")
    assert row["write_uid"] == [here.ids["admin"], "Administrator"]


def test_cost_is_kept_per_company(here: Shop) -> None:
    lamp, both = [here.ids["LAMP"]], [here.ids["main"], here.ids["other"]]
    here.ask("admin", "res.users", "write", [here.ids["admin"]], {"company_ids": [[6, 0, both]]})

    for company, cost in zip(both, (5.0, 7.5), strict=True):
        context = {"allowed_company_ids": [company]}
        here.ask("admin", "product.product", "write", lamp, {"standard_price": cost}, context=context)

    for company, cost in zip(both, (5.0, 7.5), strict=True):
        context = {"allowed_company_ids": [company]}
        row = here.ask("admin", "product.product", "read", lamp, ["standard_price"], context=context)[0]
        assert row["standard_price"] == cost


def test_lines_are_changed_by_commands(here: Shop) -> None:
    partner = here.ask("admin", "res.partner", "create", {"name": "P", "child_ids": [[0, 0, {"name": "A"}]]})
    (first,) = here.found("res.partner", [["parent_id", "=", partner]])

    here.ask(
        "admin", "res.partner", "write", [partner], {"child_ids": [[1, first, {"name": "B"}], [0, 0, {"name": "C"}]]}
    )
    assert {
        r["name"] for r in here.ask("admin", "res.partner", "search_read", [["parent_id", "=", partner]], ["name"])
    } == {
        "B",
        "C",
    }

    here.ask("admin", "res.partner", "write", [partner], {"child_ids": [[3, first]]})
    assert here.ask("admin", "res.partner", "read", [first], ["parent_id"])[0]["parent_id"] is False
    here.ask("admin", "res.partner", "write", [partner], {"child_ids": [[4, first]]})
    here.ask("admin", "res.partner", "write", [partner], {"child_ids": [[6, 0, [first]]]})
    assert here.ask("admin", "res.partner", "read", [partner], ["child_ids"])[0]["child_ids"] == [first]
    here.ask("admin", "res.partner", "write", [partner], {"child_ids": [[2, first]]})
    assert here.found("res.partner", [["parent_id", "=", partner]]) == []


def test_lines_that_cannot_stand_alone_are_deleted_when_released(here: Shop) -> None:
    pricelist = {
        "name": "Trade",
        "currency_id": 1,
        "item_ids": [[0, 0, {"fixed_price": 1}], [0, 0, {"fixed_price": 2}]],
    }
    made = here.ask("admin", "product.pricelist", "create", pricelist)

    here.ask("admin", "product.pricelist", "write", [made], {"item_ids": [[5]]})

    assert here.found("product.pricelist.item", [["pricelist_id", "=", made]]) == []


def test_links_are_changed_by_commands_from_either_end(here: Shop) -> None:
    tag = here.ask("admin", "res.partner.category", "create", {"name": "Tier A"})
    vendor = here.ids["vendor"]

    def tags() -> Any:
        return here.ask("admin", "res.partner", "read", [vendor], ["category_id"])[0]["category_id"]

    here.ask("admin", "res.partner", "write", [vendor], {"category_id": [[4, tag]]})
    assert tags() == [tag]
    assert here.ask("admin", "res.partner.category", "read", [tag], ["partner_ids"])[0]["partner_ids"] == [vendor]
    here.ask("admin", "res.partner.category", "write", [tag], {"partner_ids": [[3, vendor]]})
    assert tags() == []
    here.ask("admin", "res.partner", "write", [vendor], {"category_id": [[0, 0, {"name": "Tier B"}], [4, tag]]})
    assert tags() == [tag, tag + 1]
    here.ask("admin", "res.partner", "write", [vendor], {"category_id": [[1, tag, {"name": "Tier Z"}], [2, tag + 1]]})
    assert tags() == [tag]
    here.ask("admin", "res.partner", "write", [vendor], {"category_id": [[5]]})
    assert tags() == []
    here.ask("admin", "res.partner", "write", [vendor], {"category_id": [tag]})
    assert tags() == [tag]


def test_deleting_takes_what_belongs_and_lets_go_of_the_rest(here: Shop) -> None:
    note = here.ask("admin", "res.partner", "message_post", [here.ids["vendor"]], body="hello")

    here.ask("admin", "res.partner", "unlink", [here.ids["vendor"]])

    assert here.ask("admin", "res.partner", "read", [here.ids["branch"]], ["parent_id"])[0]["parent_id"] is False
    assert here.ask("admin", "mail.message", "read", [note], ["body"]) == []


def test_deleting_what_something_requires_is_refused(here: Shop) -> None:
    with pytest.raises(ValidationError, match="another model requires"):
        here.ask("admin", "uom.uom", "unlink", [1])


def test_copy_makes_a_record_of_its_own(here: Shop) -> None:
    (copied,) = here.ask("admin", "res.partner", "copy", [here.ids["branch"]], {"ref": "copy"})

    row = here.ask("admin", "res.partner", "read", [copied], ["name", "parent_id", "ref"])[0]
    assert (row["name"], row["parent_id"][0], row["ref"]) == ("Quayside North (copy)", here.ids["vendor"], "copy")


@pytest.mark.parametrize("value", ["7", 1.5, [7, "x"], None])
def test_a_link_that_is_no_id_is_no_link(here: Shop, value: Any) -> None:
    here.ask("admin", "res.partner", "write", [here.ids["branch"]], {"parent_id": value})

    assert here.ask("admin", "res.partner", "read", [here.ids["branch"]], ["parent_id"])[0]["parent_id"] is False


def test_what_is_no_id_is_found_nowhere(here: Shop) -> None:
    assert here.ask("admin", "res.partner", "read", "1", ["name"]) == []


@pytest.mark.parametrize(
    ("model", "method", "args", "kwargs", "fault", "message"),
    [
        ("nope.model", "read", ([1],), {}, UserError, "Object nope.model doesn't exist"),
        ("sale.order", "nope", ([1],), {}, NoSuchMethod, "The method 'sale.order.nope' does not exist"),
        ("sale.order", "_compute_amounts", ([1],), {}, AccessError, "Private methods"),
        ("sale.order", "__class__", (), {}, AccessError, "Private methods"),
        ("res.partner", "read", ([1],), {"foo": 1}, WrongArguments, "unexpected keyword argument 'foo'"),
        ("res.partner", "read", (), {}, TooFew, "tuple index out of range"),
        (
            "res.users",
            "has_group",
            ("base.group_user",),
            {},
            WrongArguments,
            r"^Users.has_group\(\) missing 1 required",
        ),
        ("purchase.order", "write", ([1],), {}, WrongArguments, r"^PurchaseOrder.write\(\) missing 1 .*: 'vals'$"),
        (
            "stock.picking",
            "action_assign",
            ([1], 2),
            {},
            WrongArguments,
            "takes 1 positional argument but 2 were given",
        ),
        ("res.partner", "search_count", ([], 1, 2), {}, WrongArguments, "takes from 2 to 3 positional arguments but 4"),
        ("res.partner", "search_read", ([], ["name"]), {"foo": 1}, WrongArguments, r"^BaseModel._read_format\(\) got"),
        ("res.partner", "has_access", ([1],), {}, WrongArguments, "operation"),
        ("res.partner", "read", ([1], ["nofield"]), {}, WrongValue, "Invalid field 'nofield' on model 'res.partner'"),
        ("res.partner", "search", ([],), {"context": {"lang": "xx_XX"}}, UserError, "Invalid language code: xx_XX"),
        ("res.partner", "check_access_rights", ("fly",), {}, BrokenAssertion, "Invalid access mode"),
    ],
)
def test_calls_that_cannot_be_are_refused_in_odoos_words(
    here: Shop, model: str, method: str, args: Any, kwargs: Any, fault: type[Exception], message: str
) -> None:
    with pytest.raises(fault, match=message):
        here.ask("admin", model, method, *args, **kwargs)


def test_fields_are_told_with_the_asked_attributes(here: Shop) -> None:
    told = here.ask("admin", "res.partner", "fields_get", ["type", "child_ids"], attributes=["type", "relation_field"])

    assert told == {"type": {"type": "selection"}, "child_ids": {"type": "one2many", "relation_field": "parent_id"}}


def test_every_recorded_model_can_be_read_and_described(here: Shop) -> None:
    for model in here.engine.models:
        assert here.ask("admin", model, "fields_get")["id"]["type"] == "integer"
        found = here.ask("admin", model, "search_read", [], [], limit=1)
        assert all(set(row) >= {"id", "display_name"} for row in found), model


def test_names_are_searched_as_typed(here: Shop) -> None:
    assert here.ask("admin", "res.partner", "name_search", "quay", limit=1) == [
        [here.ids["vendor"], "Quayside Imports"]
    ]
    assert here.ask("admin", "product.product", "name_search", "lamp") == [[here.ids["LAMP"], "[LAMP] Lamp"]]


def test_defaults_are_told(here: Shop) -> None:
    told = here.ask("admin", "sale.order", "default_get", ["date_order", "company_id", "note", "state", "nope"])

    assert told == {"date_order": "2026-11-20 12:00:00", "company_id": here.ids["main"], "state": "draft"}


def test_default_from_the_context_is_used(here: Shop) -> None:
    made = here.ask("admin", "res.partner", "create", {"name": "x"}, context={"default_ref": "from context"})

    assert here.ask("admin", "res.partner", "read", [made], ["ref"])[0]["ref"] == "from context"


def test_equal_worlds_give_equal_bytes_and_a_snapshot_brings_them_back() -> None:
    first, second = shop(), shop()
    before = first.engine.snapshot()
    assert before == second.engine.snapshot()

    first.ask("admin", "res.partner", "unlink", [first.ids["branch"]])
    assert first.engine.snapshot() != before
    first.engine.restore(before)

    assert first.engine.snapshot() == before
    assert first.found("res.partner", [["parent_id", "=", first.ids["vendor"]]]) == [first.ids["branch"]]


def test_digest_ignores_what_it_is_told_to(here: Shop) -> None:
    ignored = ("write_date", "write_uid", "chatter", "sequences")
    before, strict = here.engine.digest(ignored), here.engine.digest()
    here.clock.move(timedelta(minutes=5))

    here.ask("buymgr", "res.partner", "write", [here.ids["vendor"]], {"name": "Quayside Imports"})
    here.ask("buymgr", "res.partner", "message_post", [here.ids["vendor"]], body="note")
    with here.engine.transaction() as env:
        assert env.next_name("purchase.order") == "P00001"

    assert here.engine.digest(ignored) == before
    assert here.engine.digest() != strict


def test_sequences_count_up(here: Shop) -> None:
    with here.engine.transaction() as env:
        env.create("ir.sequence", {"name": "in", "code": "WH/IN/", "prefix": "WH/IN/", "padding": 5})

        names = [env.next_name(code) for code in ("sale.order", "sale.order", "WH/IN/", "X/")]

    assert names == ["S00001", "S00002", "WH/IN/00001", "X/00001"]


def test_records_change_inside_a_transaction_only(here: Shop) -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"):
        here.engine.root().create("res.partner", {"name": "x"})
    with here.engine.transaction(), pytest.raises(RuntimeError, match="running already"), here.engine.transaction():
        pass


def test_record_tells_fields_that_are_not_in_its_row(here: Shop) -> None:
    with here.engine.transaction() as env:
        row = env.row("product.product", here.ids["LAMP"])
        vendor = env.row("res.partner", here.ids["vendor"])

        assert (row["name"], row.get("list_price"), row["weight"]) == ("Lamp", 12.5, 0.0)
        assert row.get("no_such_field", 7) == 7
        assert vendor["child_ids"] == [here.ids["branch"]]
        with pytest.raises(WrongValue):
            row["no_such_field"]
        with pytest.raises(MissingError):
            env.row("res.partner", 999_999)


def test_version_that_was_not_recorded_is_told(here: Shop) -> None:
    with pytest.raises(Misuse, match="an Odoo 18 or 19, not 7"):
        Engine(here.clock, version=7)


def test_deleted_tag_leaves_the_records_that_had_it(here: Shop) -> None:
    tag = here.ask("admin", "res.partner.category", "create", {"name": "Tier A"})
    here.ask("admin", "res.partner", "write", [here.ids["vendor"]], {"category_id": [[4, tag]]})

    here.ask("admin", "res.partner.category", "unlink", [tag])

    assert here.ask("admin", "res.partner", "read", [here.ids["vendor"]], ["category_id"])[0]["category_id"] == []


def test_lines_go_with_their_document(here: Shop) -> None:
    items = [[0, 0, {"fixed_price": 1}]]
    made = here.ask("admin", "product.pricelist", "create", {"name": "T", "currency_id": 1, "item_ids": items})

    here.ask("admin", "product.pricelist", "unlink", [made])

    assert here.found("product.pricelist.item", []) == []


def test_copied_document_is_a_draft_with_the_same_lines(here: Shop) -> None:
    with here.engine.transaction() as env:
        env.create("stock.warehouse", {"name": "Leeds", "code": "LDS"})
    line = {"product_id": here.ids["LAMP"], "product_qty": 3}
    values = {"partner_id": here.ids["vendor"], "origin": "EXC", "order_line": [[0, 0, line]]}
    first = here.ask("buyer", "purchase.order", "create", values)
    here.ask("buyer", "purchase.order", "button_confirm", [first])

    (second,) = here.ask("buyer", "purchase.order", "copy", [first])

    fields = ["state", "origin", "order_line", "picking_ids"]
    old, new = here.ask("buyer", "purchase.order", "read", [first, second], fields)
    assert (old["state"], new["state"], new["origin"], new["picking_ids"]) == ("purchase", "draft", "EXC", [])
    lines = here.ask("buyer", "purchase.order.line", "read", new["order_line"], ["product_id", "product_qty"], load="")
    assert lines == [{"id": new["order_line"][0], "product_id": here.ids["LAMP"], "product_qty": 3.0}]


def test_inherited_secret_fields_are_kept_when_other_fields_change(here: Shop) -> None:
    here.ask("admin", "res.users", "write", [here.ids["buyer"]], {"email": "buyer@shop.example"})

    assert here.engine.login("sandbox", "buyer", "buyer-pw") == here.ids["buyer"]


def test_categories_are_called_by_their_path(here: Shop) -> None:
    with here.engine.transaction() as env:
        lighting = env.create(
            "product.category", {"name": "Lighting", "parent_id": env.ref("product.product_category_all")}
        )
        path = env.row("product.category", lighting)["display_name"]

    assert path == "All / Lighting"


def test_view_of_one_user_inside_a_transaction_has_that_users_rights(here: Shop) -> None:
    with here.engine.transaction() as env:
        buyer = View(here.engine, here.ids["buyer"])

        assert buyer.has_group("purchase.group_purchase_user")
        assert (env.today.isoformat(), env.stamp) == ("2026-11-20", "2026-11-20 12:00:00")
        assert buyer.exists("res.partner", [here.ids["vendor"], 999_999]) == [here.ids["vendor"]]
        assert buyer.call("res.partner", "name_search", None, "north") == [
            [here.ids["branch"], "Quayside Imports, Quayside North"]
        ]
        with pytest.raises(AccessError):
            buyer.write("res.partner", [here.ids["vendor"]], {"ref": "x"})
        buyer.sudo().write("res.partner", [here.ids["vendor"]], {"ref": "x"})


def test_company_in_view_comes_first(here: Shop) -> None:
    both = [here.ids["main"], here.ids["other"]]
    with here.engine.transaction() as env:
        env.write("res.users", here.ids["buyer"], {"company_ids": [(6, 0, both)]})
        buyer = View(here.engine, here.ids["buyer"])

        assert (buyer.company, buyer.companies) == (both[0], tuple(both))
        assert buyer.with_company(both[1]).companies == (both[1], both[0])
