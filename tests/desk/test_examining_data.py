"""Each flaw in Odoo's data that would blind the agents is found, counted and named; a sound house has none of them."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest

from desk.examining import Check
from desk.examining_data import FINDINGS, data_checks
from domain.calls import Call
from domain.faults import AccessRefused, UnknownField
from domain.ports import Transport
from domain.values import Json
from scenarios.sandbox.env import Env
from scenarios.stage import Stage, stage
from scenarios.worlds import goods, ground
from tests.desk.conftest import AT
from tools.reader import Reader

Flaw = Callable[[Stage, Env], object]


def sound(scene: Stage) -> None:
    """Everything is entered: nothing is to be found."""
    for product in ("lantern", "jug", "bunting"):
        scene.world.vendor_price(product, "2.10", delay=4)
    with scene.engine.transaction() as env:
        for warehouse in scene.world.warehouses.values():
            env.write("stock.warehouse", warehouse.id, {"partner_id": scene.world.customer})
    scene.world.stock("jug", "WH", 20)
    scene.world.reorder("jug", "WH", 5, 10)
    scene.world.buy("jug", "WH", 10, in_days=3)
    scene.world.sell("jug", "WH", 10, in_days=3)


def looked_at(scene: Stage, transport: Transport | None = None) -> Mapping[str, Check]:
    reads = Reader(transport or scene.parts.transport, scene.world.company, clock=scene.clock)
    return {check.name.removeprefix("data "): check for check in data_checks(reads)}


def rows(env: Env, model: str) -> list[int]:
    return list(env.search(model, []))


def on_jug(**values: object) -> Flaw:
    return lambda scene, env: env.write("product.product", scene.world.products["jug"], dict(values))


def on_first(model: str, **values: object) -> Flaw:
    """What somebody entered by hand, past all that Odoo checks."""

    def flaw(scene: Stage, env: Env) -> None:
        table = scene.engine.table(model).rows
        table[min(table)].update(values)

    return flaw


def foreign(scene: Stage, env: Env) -> None:
    """A vendor asks for yen, of which there is no rate."""
    yen = env.create("res.currency", {"name": "JPY", "symbol": "¥"})
    env.write("product.supplierinfo", rows(env, "product.supplierinfo")[0], {"currency_id": yen})


def stale(scene: Stage, env: Env) -> None:
    """A vendor asks for euros, at the rate of last year."""
    euro = ground.currency(env, "EUR")
    env.write("product.supplierinfo", rows(env, "product.supplierinfo")[0], {"currency_id": euro})
    rates = env.search("res.currency.rate", [("currency_id", "=", euro)])
    env.write("res.currency.rate", rates, {"name": (scene.clock.now() - timedelta(days=90)).date().isoformat()})


def within(scene: Stage, env: Env) -> None:
    """A rule for a shelf, within the place of the rule of the warehouse."""
    stock = scene.world.warehouses["WH"]
    shelf = env.create("stock.location", {"name": "Shelf", "location_id": stock.stock, "usage": "internal"})
    jug = scene.world.products["jug"]
    limits = {"product_min_qty": 1, "product_max_qty": 2}
    env.create(
        "stock.warehouse.orderpoint", {"product_id": jug, "location_id": shelf, "warehouse_id": stock.id, **limits}
    )


def no_expiry(scene: Stage, env: Env) -> None:
    jug = scene.world.products["jug"]
    env.write("product.product", jug, {"tracking": "lot", "use_expiration_date": True})
    lot = env.create("stock.lot", {"name": "L1", "product_id": jug})
    env.write("stock.lot", lot, {"expiration_date": False})


def no_vendor(scene: Stage, env: Env) -> None:
    env.unlink("product.supplierinfo", rows(env, "product.supplierinfo")[:1])


def below_zero(scene: Stage, env: Env) -> None:
    inside = env.search("stock.quant", [("location_id.usage", "=", "internal")])
    scene.engine.table("stock.quant").rows[inside[0]].update(quantity=-3.0)


def unrouted(scene: Stage, env: Env) -> None:
    """Nothing says any more how goods come to a place."""
    env.write("stock.rule", rows(env, "stock.rule"), {"active": False})


def in_dozens_of_hours(scene: Stage, env: Env) -> None:
    table = scene.engine.table("uom.uom").rows
    kind = env.create("uom.category", {"name": "Working time"})
    hours = env.create("uom.uom", {"name": "Hours", "category_id": kind, "uom_type": "reference"})
    assert hours in table
    on_first("sale.order.line", product_uom=hours)(scene, env)


FLAWS: Mapping[str, Flaw] = {
    "cost": on_jug(standard_price=0),
    "price": on_jug(list_price=0),
    "vendor": no_vendor,
    "lead time": on_first("product.supplierinfo", delay=0),
    "vendor price": on_first("product.supplierinfo", price=0.0),
    "archived": on_jug(active=False),
    "unit": in_dozens_of_hours,
    "currency": foreign,
    "rate": stale,
    "min/max": on_first("stock.warehouse.orderpoint", product_min_qty=50.0),
    "route": unrouted,
    "rules twice": within,
    "address": on_first("stock.warehouse", partner_id=False),
    "promise": on_first("purchase.order.line", date_planned=False),
    "negative": below_zero,
    "expiry": no_expiry,
}


def test_a_sound_house_has_none_of_them(scene: Stage) -> None:
    sound(scene)

    assert {name: check.found for name, check in looked_at(scene).items() if check.outcome != "ok"} == {}


def test_a_sound_house_on_odoo_19_has_none_of_them() -> None:
    with stage(AT, version=19) as scene:
        sound(scene)

        found = looked_at(scene)

    assert {name: check.found for name, check in found.items() if check.outcome != "ok"} == {}


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.name)
def test_a_flaw_is_found_and_named(scene: Stage, finding: object) -> None:
    name = next(one.name for one in FINDINGS if one == finding)
    sound(scene)
    with scene.engine.transaction() as env:
        FLAWS[name](scene, env)

    found = looked_at(scene)[name]

    assert found.outcome == "warn", found.found
    assert found.found.startswith("1 ") or name in ("vendor", "route", "rules twice")
    assert found.fix


def test_what_is_sound_is_one_line(scene: Stage) -> None:
    sound(scene)

    assert list(looked_at(scene)) == ["data"]
    assert all(finding.name in looked_at(scene)["data"].found for finding in FINDINGS)


def test_the_first_are_named_and_the_others_counted(scene: Stage) -> None:
    with scene.engine.transaction() as env:
        units = scene.world.units
        for number in range(5):
            goods.product(env, f"N{number}", f"Thing {number}", price=1, cost=0, uoms=units)  # type: ignore[arg-type]

    found = looked_at(scene)["cost"].found

    assert found.startswith("5 products without a cost: “[N0] Thing 0”, “[N1] Thing 1”, “[N2] Thing 2” and 2 more; ")


def test_more_products_need_no_more_calls(scene: Stage) -> None:
    counted = []
    for more in range(2):
        reads = Reader(scene.parts.transport, scene.world.company, clock=scene.clock)
        list(data_checks(reads))
        counted.append(reads.calls)
        with scene.engine.transaction() as env:
            for number in range(40):
                goods.product(env, f"N{more}{number}", "Thing", price=1, cost=0, uoms=scene.world.units)  # type: ignore[arg-type]

    assert counted[0] == counted[1]


def test_nothing_is_changed_in_odoo(scene: Stage) -> None:
    written = len(scene.engine.write_log)

    looked_at(scene)

    assert len(scene.engine.write_log) == written


def test_an_odoo_without_expiry_dates_is_looked_at_all_the_same(scene: Stage) -> None:
    sound(scene)

    found = looked_at(scene, Refusing(scene.parts.transport, "expiration_date", UnknownField("Invalid field")))

    assert {check.outcome for check in found.values()} == {"ok"}


def test_what_may_not_be_read_is_one_failure_that_says_so(scene: Stage) -> None:
    found = looked_at(scene, Refusing(scene.parts.transport, "product_max_qty", AccessRefused("not for you")))

    assert [(name, check.outcome, check.found) for name, check in found.items()] == [("data", "fail", "not for you")]


class Refusing:
    """An Odoo that answers everything but questions that name a field."""

    def __init__(self, inner: Transport, field: str, fault: Exception) -> None:
        self._inner = inner
        self._field = field
        self._fault = fault

    @property
    def uid(self) -> int:
        return self._inner.uid

    def execute(self, call: Call) -> Json:
        if self._field in str(call.kwargs):
            raise self._fault
        return self._inner.execute(call)
