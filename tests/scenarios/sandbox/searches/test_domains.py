"""Every operator of a search domain finds what Odoo would find."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.sandbox.faults import UserError, WrongValue
from scenarios.sandbox.searches import domains
from tests.scenarios.sandbox.shop import Shop, shop


@pytest.fixture(scope="module")
def here() -> Shop:
    """Searches change nothing, so one shop serves them all."""
    built = shop()
    with built.engine.transaction() as env:
        for name, product, place, quantity in (
            ("q1", "LAMP", "depot", 5.0),
            ("q2", "LAMP", "shelf", 7.0),
            ("q3", "BOWL", "shelf", 0.0),
        ):
            values = {"product_id": built.ids[product], "location_id": built.ids[place], "quantity": quantity}
            built.ids[name] = env.create("stock.quant", {**values, "company_id": built.ids["main"]})
        old = {"name": "Old", "default_code": "OLD", "active": False}
        built.ids["OLD"] = env.create("product.product", old)
        early = {"model": "res.partner", "res_id": built.ids["vendor"], "date": "2026-11-01 09:30:00", "body": "early"}
        built.ids["m1"] = env.create("mail.message", {**early, "message_type": "comment"})
        late = {"model": "res.partner", "res_id": built.ids["branch"], "date": "2026-11-02 00:00:00", "body": "late"}
        built.ids["m2"] = env.create("mail.message", {**late, "message_type": "comment"})
    return built


PRODUCTS: list[tuple[list[Any], set[str]]] = [
    ([], {"LAMP", "BOWL", "MUG"}),
    ([["default_code", "=", "LAMP"]], {"LAMP"}),
    ([["default_code", "!=", "LAMP"]], {"BOWL", "MUG"}),
    ([["default_code", "<>", "LAMP"]], {"BOWL", "MUG"}),
    ([["default_code", "in", ["LAMP", "MUG"]]], {"LAMP", "MUG"}),
    ([["default_code", "not in", ["LAMP", "MUG"]]], {"BOWL"}),
    ([["default_code", "=", ["LAMP"]]], {"LAMP"}),
    ([["name", "like", "Lam"]], {"LAMP"}),
    ([["name", "like", "lam"]], set()),
    ([["name", "ilike", "LAM"]], {"LAMP"}),
    ([["name", "not like", "Lam"]], {"BOWL", "MUG"}),
    ([["name", "not ilike", "LAM"]], {"BOWL", "MUG"}),
    ([["name", "=like", "L%"]], {"LAMP"}),
    ([["name", "=ilike", "l_mp"]], {"LAMP"}),
    ([["name", "like", "100\\%\\_"]], {"MUG"}),
    ([["list_price", ">", 4]], {"LAMP"}),
    ([["list_price", ">=", 4]], {"LAMP", "BOWL"}),
    ([["list_price", "<", 4.0]], {"MUG"}),
    ([["list_price", "<=", 4.0]], {"BOWL", "MUG"}),
    ([["barcode", "=", False]], {"LAMP", "BOWL", "MUG"}),
    ([["barcode", "!=", False]], set()),
    ([["barcode", "!=", "123"]], {"LAMP", "BOWL", "MUG"}),
    ([["barcode", "not in", ["123"]]], {"LAMP", "BOWL", "MUG"}),
    ([["barcode", ">", "1"]], set()),
    ([["default_code", "=?", False]], {"LAMP", "BOWL", "MUG"}),
    ([["default_code", "=?", "MUG"]], {"MUG"}),
    (["|", ["default_code", "=", "LAMP"], ["default_code", "=", "MUG"]], {"LAMP", "MUG"}),
    (["&", ["default_code", "=", "LAMP"], ["list_price", "<", 1]], set()),
    (["!", ["default_code", "=", "LAMP"]], {"BOWL", "MUG"}),
    (["!", "|", ["default_code", "=", "LAMP"], ["default_code", "=", "MUG"]], {"BOWL"}),
    ([["list_price", "<", 10], ["name", "ilike", "bowl"]], {"BOWL"}),
    ([[1, "=", 1]], {"LAMP", "BOWL", "MUG"}),
    ([[0, "=", 1]], set()),
    ([["active", "=", False]], {"OLD"}),
    ([["active", "in", [True, False]]], {"LAMP", "BOWL", "MUG", "OLD"}),
    ([["uom_id", "=", 1]], {"LAMP", "BOWL", "MUG"}),
    ([["uom_id", "=", "Units"]], {"LAMP", "BOWL", "MUG"}),
    ([["uom_id", "!=", "Dozens"]], {"LAMP", "BOWL", "MUG"}),
    ([["uom_id", "ilike", "doz"]], set()),
    ([["uom_id.name", "=", "Units"]], {"LAMP", "BOWL", "MUG"}),
    ([["product_tmpl_id.name", "=", "Lamp"]], {"LAMP"}),
    ([["product_tmpl_id", "any", [["name", "=", "Lamp"]]]], {"LAMP"}),
    ([["product_tmpl_id", "not any", [["name", "=", "Lamp"]]]], {"BOWL", "MUG"}),
    ([["stock_quant_ids", "!=", False]], {"LAMP", "BOWL"}),
    ([["stock_quant_ids", "=", False]], {"MUG"}),
    ([["stock_quant_ids.quantity", ">", 6]], {"LAMP"}),
    ([["stock_quant_ids", "any", [["quantity", ">", 6]]]], {"LAMP"}),
    ([["display_name", "ilike", "[BOWL]"]], {"BOWL"}),
    ([["stock_quant_ids.location_id.name", "=", "Shelf"]], {"LAMP", "BOWL"}),
]


@pytest.mark.parametrize(("domain", "codes"), PRODUCTS, ids=[str(domain) for domain, _ in PRODUCTS])
def test_products_are_found(here: Shop, domain: list[Any], codes: set[str]) -> None:
    assert set(here.found("product.product", domain)) == {here.ids[code] for code in codes}


@pytest.mark.parametrize(
    ("domain", "names"),
    [
        ([["location_id", "child_of", "DEPOT"]], {"q1", "q2", "q3"}),
        ([["location_id", "child_of", "SHELF"]], {"q2", "q3"}),
        ([["location_id", "parent_of", "SHELF"]], {"q1", "q2", "q3"}),
        ([["location_id", "parent_of", "DEPOT"]], {"q1"}),
        ([["quantity", "=", 0]], {"q3"}),
        ([["quantity", "!=", 0]], {"q1", "q2"}),
        ([["quantity", "=", False]], {"q3"}),
        ([["quantity", "<", 1]], {"q3"}),
        ([["product_id.default_code", "in", ["LAMP"]], ["quantity", ">", 6.5]], {"q2"}),
        ([["lot_id", "=", False], ["product_id", "ilike", "glass"]], {"q3"}),
    ],
)
def test_stock_is_found(here: Shop, domain: list[Any], names: set[str]) -> None:
    places = {"DEPOT": here.ids["depot"], "SHELF": [here.ids["shelf"]]}
    asked = [[f, o, places.get(v, v) if isinstance(v, str) else v] for f, o, v in domain]

    assert set(here.found("stock.quant", asked)) == {here.ids[name] for name in names}


def test_children_are_found_by_id_and_by_name(here: Shop) -> None:
    depot, shelf = here.ids["depot"], here.ids["shelf"]

    assert here.found("stock.location", [["id", "child_of", depot]]) == [depot, shelf]
    assert here.found("stock.location", [["id", "parent_of", [shelf]]]) == [depot, shelf]
    assert here.found("stock.location", [["location_id", "child_of", "Depot"]]) == [shelf]
    assert here.found("stock.location", [["id", "in", [shelf, 999_999]]]) == [shelf]
    with pytest.raises(WrongValue, match="Invalid leaf"):
        here.found("stock.location", [["name", "child_of", depot]])


@pytest.mark.parametrize(
    ("operator", "value", "names"),
    [
        (">=", "2026-11-02", {"m2"}),
        (">", "2026-11-01", {"m2"}),
        ("<=", "2026-11-01", {"m1"}),
        ("<", "2026-11-02", {"m1"}),
        ("=", "2026-11-02", {"m2"}),
        ("<", "2026-11-01 09:30:01", {"m1"}),
        ("<", False, set()),
    ],
)
def test_bare_dates_mean_their_start_or_their_end(here: Shop, operator: str, value: Any, names: set[str]) -> None:
    domain = [["date", operator, value], ["body", "in", ["early", "late"]]]

    assert set(here.found("mail.message", domain)) == {here.ids[name] for name in names}


def test_documents_are_found_by_their_messages(here: Shop) -> None:
    assert here.found("res.partner", [["message_ids.body", "=", "early"]]) == [here.ids["vendor"]]


def test_field_that_odoo_cannot_search_is_passed_over(here: Shop) -> None:
    assert len(here.found("res.partner", [["contact_address", "=", "nowhere"]])) == len(here.found("res.partner", []))


@pytest.mark.parametrize(
    ("domain", "message"),
    [
        ([["nofield", "=", 1]], r"Invalid field res.partner.nofield in leaf \('nofield', '=', 1\)"),
        ([["name", "like it", "x"]], r"Invalid leaf \('name', 'like it', 'x'\)"),
        ([["name", "="]], "not enough values to unpack"),
        (["name"], "too many values to unpack"),
        (["|", ["name", "=", "x"]], "is syntactically not correct"),
        (["!"], "is syntactically not correct"),
    ],
)
def test_domain_that_makes_no_sense_is_refused(here: Shop, domain: list[Any], message: str) -> None:
    with pytest.raises(WrongValue, match=message):
        here.found("res.partner", domain)


@pytest.mark.parametrize(
    ("order", "codes"),
    [
        ("list_price", ["MUG", "BOWL", "LAMP"]),
        ("list_price desc", ["LAMP", "BOWL", "MUG"]),
        ("uom_id, default_code desc", ["MUG", "LAMP", "BOWL"]),
        ("id desc", ["MUG", "BOWL", "LAMP"]),
    ],
)
def test_records_are_listed_as_asked(here: Shop, order: str, codes: list[str]) -> None:
    found = here.found("product.product", [], order=order)

    assert found == [here.ids[code] for code in codes]


def test_empty_values_come_last_and_first_when_descending(here: Shop) -> None:
    own = [["id", "in", [here.ids["vendor"], here.ids["branch"]]]]

    assert here.found("res.partner", own, order="parent_id") == [here.ids["branch"], here.ids["vendor"]]
    assert here.found("res.partner", own, order="email desc") == [here.ids["branch"], here.ids["vendor"]]


def test_pages_follow_each_other(here: Shop) -> None:
    whole = here.found("res.partner", [], order="id")

    assert here.found("res.partner", [], order="id", limit=2, offset=1) == whole[1:3]
    assert here.ask("admin", "res.partner", "search_count", []) == len(whole)


@pytest.mark.parametrize(
    ("order", "fault"),
    [("qty_available desc", WrongValue), ("nofield", WrongValue), ("name sideways", UserError)],
)
def test_order_that_cannot_be_is_refused(here: Shop, order: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        here.found("product.product", [], order=order)


LEAVES = st.sampled_from(
    [["list_price", ">", 4], ["default_code", "=", "LAMP"], ["name", "ilike", "b"], ["stock_quant_ids", "=", False]]
)
DOMAINS = st.recursive(
    LEAVES.map(lambda leaf: [leaf]),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from("&|"), inner, inner).map(lambda t: [t[0], *t[1], *t[2]]),
        inner.map(lambda d: ["!", *d]),
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(DOMAINS)
def test_order_of_conditions_never_changes_what_is_found(domain: list[Any]) -> None:
    built = CONSTANT
    one_by_one = {
        i for i in built.found("product.product", []) if built.found("product.product", [["id", "=", i], *domain])
    }

    assert set(built.found("product.product", domain)) == one_by_one


CONSTANT = shop()


def test_mention_of_a_field_is_seen_at_any_depth() -> None:
    tree = domains.parse(["!", "|", ["active", "=", False], ["name", "=", "x"]])

    assert domains.mentions(tree, "active")
    assert not domains.mentions(tree, "state")
