"""The sandbox answers odd calls in the words that a real Odoo 18 and 19 were heard to use."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.faults import SandboxFault

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ADMIN = 2


@pytest.fixture(scope="module")
def engines() -> dict[int, Engine]:
    """Nothing in these tests is kept: a refused call changes nothing, and what is made is not looked for again."""
    return {version: Engine(SetClock(NOON), version=version) for version in (18, 19)}


def asked(engine: Engine, model: str, method: str, *args: Any, user: int = ADMIN, **kwargs: Any) -> Any:
    return engine.execute_kw(user, None, model, method, args, kwargs)


def refused(engine: Engine, model: str, method: str, *args: Any, user: int = ADMIN, **kwargs: Any) -> tuple[str, str]:
    """Name and message of the fault."""
    with pytest.raises(SandboxFault) as caught:
        asked(engine, model, method, *args, user=user, **kwargs)
    return caught.value.name.rpartition(".")[2], caught.value.message


def person(engine: Engine, *groups: str) -> int:
    with engine.transaction() as env:
        number = len(env.search("res.users", []))
        ids = [env.ref(group) for group in groups]
        return env.create("res.users", {"name": "x", "login": f"user {number}", "groups_id": [(6, 0, ids)]})


def test_whoever_may_not_read_is_told_so_when_they_write(engines: dict[int, Engine]) -> None:
    engine = engines[18]
    seller = person(engine, "sales_team.group_sale_salesman")

    name, message = refused(engine, "purchase.order", "write", [1], {"origin": "x"}, user=seller)

    assert name == "AccessError"
    assert message.startswith("You are not allowed to access 'Purchase Order' (purchase.order) records.")


@pytest.mark.parametrize(("version", "allowed"), [(18, True), (19, False)])
def test_since_odoo_19_the_catalogue_is_kept_by_those_who_may_create_products(
    engines: dict[int, Engine], version: int, allowed: bool
) -> None:
    engine = engines[version]
    manager = person(engine, "stock.group_stock_manager")

    if allowed:
        assert asked(engine, "product.product", "create", {"name": "Tea"}, user=manager)
        return
    name, message = refused(engine, "product.product", "create", {"name": "Tea"}, user=manager)
    assert name == "AccessError"
    assert "following groups:\n\t- Products/Create\n\nContact" in message


@pytest.mark.parametrize(
    ("domain", "at_18", "at_19"),
    [
        (
            "x",
            ("AssertionError", "Domains to normalize must have"),
            ("TypeError", "Domain() invalid argument type for"),
        ),
        ([1], ("TypeError", "'int' object is not subscriptable"), ("ValueError", "Domain() invalid item in domain: 1")),
        ([["id", "="]], ("ValueError", "not enough values to unpack"), ("ValueError", "Domain() invalid item in")),
        ([[["id", "=", 1]]], ("IndexError", "tuple index out of range"), ("ValueError", "Domain() invalid item in")),
        (
            ["|", ["id", "=", 1]],
            ("ValueError", "Domain ['|', ['id', '='"),
            ("ValueError", "Domain() malformed"),
        ),
    ],
)
def test_what_is_no_search_domain_is_told_in_the_words_of_the_release(
    engines: dict[int, Engine], domain: Any, at_18: tuple[str, str], at_19: tuple[str, str]
) -> None:
    for version, (name, words) in ((18, at_18), (19, at_19)):
        told, message = refused(engines[version], "res.partner", "search", domain)

        assert (told, message[: len(words)]) == (name, words)


def test_odoo_19_reads_what_18_takes_for_a_mistake(engines: dict[int, Engine]) -> None:
    for domain in ([["id", "in", 1]], [["id", "IN", [1]]]):
        assert asked(engines[19], "res.partner", "search", domain) == [1]
        assert refused(engines[18], "res.partner", "search", domain)[0] == "ValueError"
    assert asked(engines[19], "res.partner", "search", False) == []


@pytest.mark.parametrize("version", [18, 19])
def test_a_moment_to_compare_with_may_be_written_with_a_t(engines: dict[int, Engine], version: int) -> None:
    later = [["create_date", ">", "2026-11-21T00:00:00"]]

    assert asked(engines[version], "res.partner", "search_count", later) > 0


@pytest.mark.parametrize("version", [18, 19])
def test_an_order_names_stored_fields_and_a_direction(engines: dict[int, Engine], version: int) -> None:
    engine = engines[version]

    assert asked(engine, "res.partner", "search", [["id", "=", 1]], order="create_date desc nulls last, id") == [1]
    assert (
        refused(engine, "res.partner", "search", [], order="nope")[1] == "Invalid field 'nope' on model 'res.partner'"
    )
    assert refused(engine, "res.partner", "search", [], order="id; drop")[0] == "UserError"
    assert refused(engine, "res.partner", "search", [], order="id sideways")[0] == "UserError"
    assert refused(engine, "res.partner", "search", [], order=1)[0] == "TypeError"
    assert "because it is not stored" in refused(engine, "res.partner", "search", [], order="child_ids")[1]


@pytest.mark.parametrize("version", [18, 19])
@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ("2026-12-24 12:00", None),
        ([], None),
        (0, None),
        ("soon", ("ValueError", "time data 'soon' does not match format '%Y'")),
        (5, ("TypeError", "object of type 'int' has no len()")),
    ],
)
def test_a_moment_may_end_early_and_nothing_is_no_moment(
    engines: dict[int, Engine], version: int, given: Any, answer: tuple[str, str] | None
) -> None:
    engine = engines[version]
    picking = asked(engine, "sale.order", "create", {"partner_id": 1, "company_id": 1})

    if answer is None:
        assert asked(engine, "sale.order", "write", [picking], {"commitment_date": given}) is True
    else:
        assert refused(engine, "sale.order", "write", [picking], {"commitment_date": given}) == answer


@pytest.mark.parametrize("version", [18, 19])
def test_a_list_is_neither_a_number_nor_a_choice(engines: dict[int, Engine], version: int) -> None:
    engine = engines[version]

    number = refused(engine, "product.product", "create", {"name": "x", "list_price": [1]})
    choice = refused(engine, "product.product", "create", {"name": "x", "type": ["service"]})

    assert number == ("TypeError", "float() argument must be a string or a real number, not 'list'")
    assert choice == ("TypeError", "unhashable type: 'list'")


@pytest.mark.parametrize("version", [18, 19])
def test_only_what_can_be_archived_is(engines: dict[int, Engine], version: int) -> None:
    engine = engines[version]
    tag = asked(engine, "res.partner.category", "create", {"name": "x", "active": True})

    asked(engine, "res.partner.category", "toggle_active", [tag])

    assert asked(engine, "res.partner.category", "search", [["id", "=", tag]]) == []
    asked(engine, "res.partner.category", "action_unarchive", [tag])
    assert asked(engine, "res.partner.category", "search", [["id", "=", tag]]) == [tag]
    nothing = ("AssertionError", "No 'active' field on model sale.order")
    assert refused(engine, "sale.order", "action_archive", [1]) == nothing


@pytest.mark.parametrize("version", [18, 19])
@pytest.mark.parametrize("method", ["message_post", "message_subscribe", "activity_schedule"])
def test_what_is_no_document_has_no_messages(engines: dict[int, Engine], version: int, method: str) -> None:
    gone = ("AttributeError", f"The method 'stock.quant.{method}' does not exist")

    assert refused(engines[version], "stock.quant", method, [1]) == gone


@pytest.mark.parametrize("version", [18, 19])
@pytest.mark.parametrize("method", ["mapped", "sudo", "with_context", "flush_model", "ensure_one"])
def test_what_hands_on_records_is_private(engines: dict[int, Engine], version: int, method: str) -> None:
    message = f"Private methods (such as 'sale.order.{method}') cannot be called remotely."

    assert refused(engines[version], "sale.order", method, [1]) == ("AccessError", message)


@pytest.mark.parametrize(
    ("method", "args", "at_18", "at_19"),
    [
        ("create", (), "create() missing 1 required", "PurchaseOrder.create() missing 1 required"),
        ("write", ([1],), "PurchaseOrder.write() missing 1 required", "PurchaseOrder.write() missing 1 required"),
        ("unlink", ([1], 1), "MailThread.unlink() takes 1 positional", "MailThread.unlink() takes 1 positional"),
    ],
)
def test_arguments_that_do_not_fit_name_the_class_that_looked_at_them(
    engines: dict[int, Engine], method: str, args: tuple[Any, ...], at_18: str, at_19: str
) -> None:
    for version, words in ((18, at_18), (19, at_19)):
        name, message = refused(engines[version], "purchase.order", method, *args)

        assert (name, message[: len(words)]) == ("TypeError", words)


@pytest.mark.parametrize("version", [18, 19])
def test_values_are_a_dictionary(engines: dict[int, Engine], version: int) -> None:
    name, message = refused(engines[version], "purchase.order", "create", "x")

    assert (name, message) == ("AttributeError", "'str' object has no attribute 'get'")


@pytest.mark.parametrize("version", [18, 19])
def test_a_record_that_is_asked_for_twice_is_told_twice(engines: dict[int, Engine], version: int) -> None:
    rows = asked(engines[version], "res.users", "read", [2, 2], ["company_id"])

    assert rows == [{"id": 2, "company_id": [1, "My Company"]}] * 2


@pytest.mark.parametrize("version", [18, 19])
def test_a_right_that_nobody_has_heard_of_is_refused(engines: dict[int, Engine], version: int) -> None:
    assert refused(engines[version], "sale.order", "check_access_rights", "fly") == (
        "AssertionError",
        "Invalid access mode",
    )


def test_a_rule_stays_with_its_company_and_keeps_its_maximum_above_its_minimum(engines: dict[int, Engine]) -> None:
    for version, dragged in ((18, True), (19, False)):
        engine = engines[version]
        with engine.transaction() as env:
            warehouse = env.create("stock.warehouse", {"name": "Main", "code": "WH", "company_id": 1})
            other = env.create("res.company", {"name": "Other", "currency_id": env.ref("base.EUR")})
            place = env.row("stock.warehouse", warehouse)["lot_stock_id"]
        product = asked(engine, "product.product", "create", {"name": "Tea", "is_storable": True})
        limits = {"product_id": product, "location_id": place, "product_min_qty": 5, "product_max_qty": 20}
        rule = asked(engine, "stock.warehouse.orderpoint", "create", limits)

        if dragged:
            assert asked(engine, "stock.warehouse.orderpoint", "write", [rule], {"product_max_qty": 1}) is True
        else:
            refusal = refused(engine, "stock.warehouse.orderpoint", "write", [rule], {"product_max_qty": 1})
            assert refusal[1] == "The minimum quantity must be less than or equal to the maximum quantity."
        moved = refused(engine, "stock.warehouse.orderpoint", "write", [rule], {"company_id": other})
        assert moved[1].startswith("Changing the company of this record is forbidden at this point")


def test_places_stand_by_themselves_since_odoo_19(engines: dict[int, Engine]) -> None:
    for version, name in ((18, "Partners/Vendors"), (19, "Vendors")):
        found = asked(
            engines[version], "stock.location", "search_read", [["usage", "=", "supplier"]], ["complete_name"]
        )

        assert [row["complete_name"] for row in found] == [name]


def test_nobody_is_given_work_on_a_document_that_the_giver_may_not_change(engines: dict[int, Engine]) -> None:
    for engine in engines.values():
        order = asked(engine, "sale.order", "create", {"partner_id": 1, "company_id": 1})
        buyer = person(engine, "purchase.group_purchase_user")

        name, message = refused(engine, "sale.order", "activity_schedule", [order], user=buyer)

        assert name == "AccessError"
        assert "due to security restrictions" in message
        assert "(Document type: Activity, Operation: create)" in message


@pytest.mark.parametrize("version", [18, 19])
def test_a_field_that_nobody_knows_has_no_default(engines: dict[int, Engine], version: int) -> None:
    assert asked(engines[version], "purchase.order", "default_get", ["nope", "state"]) == {"state": "draft"}


@pytest.mark.parametrize("version", [18, 19])
def test_what_is_counted_is_said(engines: dict[int, Engine], version: int) -> None:
    missing = "BaseModel.search_count() missing 1 required positional argument: 'domain'"

    assert refused(engines[version], "sale.order", "search_count") == ("TypeError", missing)


@pytest.mark.parametrize(
    ("model", "groupby", "message"),
    [
        ("sale.order", "delivery_count", "Cannot convert sale.order.delivery_count to SQL because it is not stored"),
        ("stock.picking", "move_ids", "Cannot convert stock.picking.move_ids to SQL because it is not stored"),
        ("sale.order", "date_order:fortnight", "Granularity specification isn't correct: 'fortnight'"),
    ],
)
@pytest.mark.parametrize("version", [18, 19])
def test_groups_are_asked_for_by_what_is_stored(
    engines: dict[int, Engine], version: int, model: str, groupby: str, message: str
) -> None:
    assert refused(engines[version], model, "read_group", [], [], [groupby]) == ("ValueError", message)


def test_groups_are_put_in_the_order_of_what_they_are_told_with(engines: dict[int, Engine]) -> None:
    by_count = asked(engines[18], "res.users", "read_group", [], [], ["company_id"], orderby="company_id_count desc")

    assert by_count
    assert refused(engines[18], "res.users", "read_group", [], [], ["company_id"], orderby="login desc") == (
        "ValueError",
        "Order term 'login desc' is not a valid aggregate nor valid groupby",
    )
