"""The demo distributor is the same every time, sound in its books, and wrong in exactly the known places."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest

from agents import stockout
from agents.stockout import detection
from agents.stockout.reading import picture
from agents.terms import TermsBook
from desk.desk import read_terms
from domain.clock import SetClock, SystemClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.env import Env, Record
from scenarios.sandbox.transport import EngineTransport
from scenarios.worlds import demo
from scenarios.worlds.assortment import items
from scenarios.worlds.demo import World
from tools.reader import Reader

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(SetClock(NOW))


@pytest.fixture(scope="module")
def world(engine: Engine) -> World:
    return demo.build(engine, today=TODAY)


@pytest.fixture(scope="module")
def terms() -> TermsBook:
    return read_terms(demo.TERMS)


@pytest.fixture
def env(engine: Engine, world: World) -> Env:
    return engine.root()


def every(env: Env, model: str, *domain: object) -> list[Record]:
    return env.rows(model, env.search(model, list(domain), order="id"))


def free(env: Env, world: World, name: str, site: str) -> Record:
    view = env.with_context(warehouse_id=world.warehouses[site].id)
    return view.value("product.product", [world.expected[name].product], ["qty_available", "free_qty", "incoming_qty"])[
        0
    ]


def test_the_same_seed_and_day_give_the_same_bytes_at_any_hour(engine: Engine, world: World) -> None:
    another = Engine(SystemClock())

    again = demo.build(another, today=TODAY)

    assert another.snapshot() == engine.snapshot()
    assert again.users == world.users


def test_another_seed_gives_other_secrets_and_another_past(engine: Engine, world: World) -> None:
    another = Engine(SetClock(NOW))

    again = demo.build(another, today=TODAY, seed=8)

    assert again.users["buyer"].api_key != world.users["buyer"].api_key
    assert another.snapshot() != engine.snapshot()
    assert again.expected == world.expected


def test_the_engine_keeps_its_own_clock(engine: Engine, world: World) -> None:
    assert engine.now() == NOW


def test_it_has_the_size_of_a_distributor(env: Env, world: World) -> None:
    assert [len(each) for each in (world.companies, world.warehouses, world.products)] == [2, 4, 120]
    assert (len(world.vendors), len(world.customers)) == (12, 40)
    tiers = Counter(tuple(p["category_id"]) for p in every(env, "res.partner", ("customer_rank", ">", 0)))
    assert sorted(tiers.values()) == [8, 16, 16]
    assert len(every(env, "sale.order", ("state", "=", "sale"))) > 40
    assert len(every(env, "sale.order", ("state", "=", "draft"))) == 8
    assert len(every(env, "purchase.order", ("state", "=", "draft"))) >= 3


def test_companies_trade_in_their_own_currency_with_their_own_warehouses(env: Env, world: World) -> None:
    for money, company in world.companies.items():
        assert env.row("res.company", company)["currency_id"] == env.ref(f"base.{money}")
    assert {w.company for code, w in world.warehouses.items() if code != "UTR"} == {world.companies["GBP"]}
    assert world.warehouses["UTR"].company == world.companies["EUR"]


def test_costs_are_kept_in_each_companys_currency(env: Env, world: World) -> None:
    product = world.products["22423"]

    costs = [env.with_company(c).value("product.product", [product], ["standard_price"])[0] for c in (1, 2)]

    assert costs[0]["standard_price"] == float(items()["22423"].cost)
    assert costs[1]["standard_price"] == pytest.approx(float(items()["22423"].cost) * 1.17, abs=0.01)


def test_no_stock_is_negative_or_promised_twice(env: Env, world: World) -> None:
    for quant in every(env, "stock.quant", ("location_id.usage", "=", "internal")):
        assert 0 <= quant["reserved_quantity"] <= quant["quantity"], quant


def test_what_is_reserved_is_what_open_moves_hold(env: Env, world: World) -> None:
    held: Counter[tuple[int, int]] = Counter()
    for line in every(env, "stock.move.line", ("state", "not in", ["done", "cancel"])):
        held[line["product_id"], line["location_id"]] += line["quantity"]

    reserved: Counter[tuple[int, int]] = Counter()
    for quant in every(env, "stock.quant", ("reserved_quantity", ">", 0)):
        reserved[quant["product_id"], quant["location_id"]] += quant["reserved_quantity"]

    assert reserved == {place: held[place] for place in reserved}


def test_deliveries_of_thirteen_weeks_precede_today(env: Env, world: World) -> None:
    customers = env.ref("stock.stock_location_customers")

    sold = every(env, "stock.move", ("state", "=", "done"), ("location_dest_id", "=", customers))

    oldest = (NOW - timedelta(weeks=13)).strftime("%Y-%m-%d %H:%M:%S")
    assert all(oldest < move["date"] < "2026-03-02" and move["quantity"] > 0 for move in sold)
    assert len({move["date"] for move in sold}) == 13


def test_vendors_can_be_judged_by_what_they_promised_and_did(env: Env, world: World) -> None:
    done = every(env, "purchase.order", ("receipt_status", "=", "full"))

    by_vendor = Counter(order["partner_id"] for order in done)
    late = {order["partner_id"] for order in done if order["effective_date"] > order["date_planned"]}
    assert min(by_vendor[vendor] for vendor in world.vendors.values()) >= 10
    assert 3 <= len(late) < len(world.vendors)
    assert all(order["date_approve"] < order["effective_date"] < "2026-03-02 06:00:00" for order in done)


def test_some_open_orders_with_vendors_are_overdue_and_some_postponed(env: Env, world: World) -> None:
    vendors = env.ref("stock.stock_location_suppliers")
    coming = every(env, "stock.move", ("location_id", "=", vendors), ("state", "=", "assigned"))

    assert sum(move["date"] < "2026-03-02" for move in coming) >= 4
    assert sum(move["date"] > move["date_deadline"] for move in coming) >= 4


def test_references_are_unique(env: Env, world: World) -> None:
    for model in ("purchase.order", "sale.order", "stock.picking"):
        names = sorted(row["name"] for row in every(env, model))
        assert [name for name, same in groupby(names) if len(list(same)) > 1] == []


def test_the_donor_of_a_small_transfer_has_plenty(env: Env, world: World) -> None:
    item = items()["20723"]

    assert free(env, world, "transfer-small", "WH")["free_qty"] > 4 * item.minimum("WH")
    assert free(env, world, "transfer-small", "STH")["free_qty"] < item.weekly("STH")


def test_seven_are_short_where_the_vendor_sells_24_at_least_in_packs_of_12(env: Env, world: World) -> None:
    known = world.expected["rfq-small"]

    (price,) = every(env, "product.supplierinfo", ("product_id", "=", known.product))
    (rule,) = every(env, "stock.warehouse.orderpoint", ("product_id", "=", known.product))
    (waiting,) = every(env, "stock.move", ("product_id", "=", known.product), ("state", "!=", "done"))
    assert (price["min_qty"], rule["qty_multiple"]) == (24, 12)
    assert waiting["product_uom_qty"] - waiting["quantity"] == 7


def test_the_trough_ends_with_a_receipt(env: Env, world: World) -> None:
    there = free(env, world, "trough", "WH")

    assert (there["qty_available"], there["free_qty"], there["incoming_qty"]) == (60, 0, 240)


def test_the_postponed_order_covers_a_product_below_its_reorder_point(env: Env, world: World) -> None:
    there, item = free(env, world, "postponed", "WH"), items()["21931"]

    (move,) = every(
        env, "stock.move", ("product_id", "=", world.expected["postponed"].product), ("purchase_line_id", "!=", False),
        ("state", "=", "assigned"),
    )  # fmt: skip
    assert there["qty_available"] < item.minimum("WH") < there["qty_available"] + there["incoming_qty"]
    assert (move["date_deadline"][:10], move["date"][:10]) == ("2026-03-05", "2026-03-14")


def test_dozens_and_dollars_are_what_their_vendors_count_in(env: Env, world: World) -> None:
    knobs, bunting = (world.expected[name].product for name in ("dozens", "dollars"))

    prices = every(env, "product.supplierinfo", ("product_id", "=", bunting), ("sequence", "=", 1))
    assert env.row("product.product", knobs)["uom_po_id"] == env.ref("uom.product_uom_dozen")
    assert [price["currency_id"] for price in prices] == [env.ref("base.USD")]


def test_vendors_quote_in_whole_cents_so_that_an_order_costs_what_was_approved(env: Env, world: World) -> None:
    prices = [row["price"] for row in every(env, "product.supplierinfo")]

    assert prices == [round(price, 2) for price in prices]


def test_a_drafted_request_is_no_order(env: Env, world: World) -> None:
    product = world.expected["drafted"].product

    (line,) = every(env, "purchase.order.line", ("product_id", "=", product), ("state", "=", "draft"))
    assert env.row("purchase.order", line["order_id"])["user_id"] == world.users["buyer"].uid
    assert free(env, world, "drafted", "WH")["incoming_qty"] == 0


def test_a_lower_tier_holds_what_a_higher_one_waits_for(env: Env, world: World) -> None:
    product = world.expected["tiers"].product

    waiting = every(env, "stock.move", ("product_id", "=", product), ("sale_line_id", "!=", False))

    held = {tag(env, move["partner_id"]): move["quantity"] for move in waiting}
    assert held == {"Tier C": 40, "Tier A": 0}


def tag(env: Env, partner: int) -> str:
    (category,) = env.row("res.partner", partner)["category_id"]
    return str(env.row("res.partner.category", category)["name"])


def test_the_rule_of_what_never_sold_stood_longer_than_sales_are_looked_at(env: Env, world: World) -> None:
    product = world.expected["never-sold"].product

    (rule,) = every(env, "stock.warehouse.orderpoint", ("product_id", "=", product))
    assert (rule["product_min_qty"], rule["create_date"] < "2025-12-01") == (24, True)
    assert not every(env, "sale.order.line", ("product_id", "=", product))


def test_its_terms_price_what_its_remedies_cost_but_one_that_nobody_set(world: World, terms: TermsBook) -> None:
    first, second = (terms.of(world.warehouses[site].company, world.warehouses[site].id) for site in ("WH", "UTR"))

    assert None not in (first.transfer_cost, first.expedite_cost, first.holding_rate)
    assert second.expedite_cost is None


def test_the_expiring_lot_ends_before_the_delivery(env: Env, world: World) -> None:
    product = world.expected["expiring-lot"].product

    lots = every(env, "stock.lot", ("product_id", "=", product))
    (waiting,) = every(env, "stock.move", ("product_id", "=", product), ("state", "not in", ["done", "cancel"]))
    assert [lot["expiration_date"] < waiting["date"] for lot in lots] == [True, False]
    assert free(env, world, "expiring-lot", "WH")["qty_available"] == 310


def test_a_scan_finds_the_known_exceptions_and_nothing_else(engine: Engine, world: World, terms: TermsBook) -> None:
    found = set()
    for company in world.companies.values():
        transport = EngineTransport.log_in(engine, "desk", world.users["desk"].api_key)
        seen = picture.read(Reader(transport, company), NOW)
        found |= {detection.pair(finding.subject) for finding in detection.detect(seen, NOW, terms)}

    known = {(each.product, each.warehouse): name for name, each in world.expected.items()}
    assert sorted(known[pair] for pair in found) == sorted(n for n, each in world.expected.items() if each.found)


def test_the_rules_planner_takes_the_right_remedy_for_each(engine: Engine, world: World, terms: TermsBook) -> None:
    taken = {}
    for name, known in world.expected.items():
        transport = EngineTransport.log_in(engine, "desk", world.users["desk"].api_key)
        reader = Reader(transport, world.warehouses[known.site].company)
        evidence = stockout.gather(reader, f"product:{known.product}@warehouse:{known.warehouse}", NOW, terms)
        chosen = stockout.choose(stockout.options(evidence), evidence).option if evidence else "no exception"
        taken[name] = chosen.partition(":")[0]

    assert taken == {name: known.remedy for name, known in world.expected.items()}


def test_the_readme_lists_the_known_exceptions(world: World) -> None:
    readme = (Path(demo.__file__).parent / "README.md").read_text(encoding="utf-8")
    table = readme.partition("<!-- exceptions -->")[2].partition("<!-- /exceptions -->")[0].strip()

    rows = [
        f"| {name} | {known.code} {items()[known.code].article.name} | {known.site} | {known.right} |"
        for name, known in world.expected.items()
    ]
    assert table.splitlines()[2:] == rows
