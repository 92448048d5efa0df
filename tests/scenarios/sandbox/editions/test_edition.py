"""The sandbox as an Odoo 19: its own names are taken and answered, those of Odoo 18 are refused."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.clock import SetClock
from domain.errors import Misuse
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.faults import AccessError, NoSuchMethod, UserError, WrongValue
from scenarios.worlds import small
from scenarios.worlds.small import Small

TODAY = date(2026, 3, 2)
ORDER, LINE = "purchase.order", "purchase.order.line"


@dataclass
class Nineteen:
    """The small world in an Odoo 19, and its buyer's calls."""

    engine: Engine
    world: Small

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        return self.engine.execute_kw(self.world.users["desk"].uid, None, model, method, list(args), kwargs)


def played(version: int) -> Nineteen:
    engine = Engine(SetClock(datetime(2026, 3, 2, 12, tzinfo=UTC)), version=version)
    return Nineteen(engine, small.build(engine, today=TODAY))


@pytest.fixture
def odoo() -> Nineteen:
    return played(19)


def test_renamed_fields_are_read_searched_and_grouped_by_their_new_names(odoo: Nineteen) -> None:
    order = odoo.world.buy("jug", "WH", 24, in_days=7)
    unit = odoo.world.units.unit

    rows = odoo.call(LINE, "search_read", [["product_uom_id", "=", unit], ["order_id", "=", order]], ["product_uom_id"])
    (group,) = odoo.call(LINE, "read_group", [["order_id", "=", order]], ["product_qty:sum"], ["product_uom_id"])

    assert [row["product_uom_id"][0] for row in rows] == [unit]
    assert (group["product_uom_id"][0], group["product_uom_id_count"], group["product_qty"]) == (unit, 1, 24.0)
    assert group["__domain"] == ["&", ["order_id", "=", order], ["product_uom_id", "=", unit]]


def test_renamed_fields_are_written_through_lines_too(odoo: Nineteen) -> None:
    order = odoo.world.buy("jug", "WH", 24, in_days=7, confirm=False)
    (line,) = odoo.call(ORDER, "read", [order], ["order_line"])[0]["order_line"]

    odoo.call(ORDER, "write", [order], {"order_line": [[1, line, {"product_uom_id": odoo.world.units.dozen}]]})

    assert odoo.engine.root().row(LINE, line)["product_uom"] == odoo.world.units.dozen


def test_a_load_names_columns_as_the_version_does(odoo: Nineteen) -> None:
    columns = ["id", "partner_id/.id", "order_line/id", "order_line/product_id/.id", "order_line/product_uom_id/.id"]
    row = ["x.order", odoo.world.vendor, "x.line", odoo.world.products["jug"], odoo.world.units.dozen]

    loaded = odoo.call(ORDER, "load", columns, [row])

    (order,) = loaded["ids"]
    (line,) = odoo.engine.root().row(ORDER, order)["order_line"]
    assert odoo.engine.root().row(LINE, line)["product_uom"] == odoo.world.units.dozen


@pytest.mark.parametrize(
    ("method", "args", "said"),
    [
        ("read", ([1], ["product_uom"]), "Invalid field 'product_uom' on 'purchase.order.line'"),
        ("create", ({"product_uom": 1},), "Invalid field 'product_uom' in 'purchase.order.line'"),
        ("write", ([1], {"taxes_id": []}), "Invalid field 'taxes_id' in 'purchase.order.line'"),
        ("search", ([["order_id.notes", "=", "x"]],), "Invalid field purchase.order.notes in condition"),
        ("search", ([["name", "like it", "x"]],), "Invalid operator in condition"),
        ("search", ([], 0, None, "product_uom desc"), "Invalid field 'product_uom' on model"),
        ("read_group", ([], [], ["taxes_id"]), "Invalid field 'taxes_id' on model"),
    ],
)
def test_names_of_odoo_18_are_refused_in_the_words_of_19(odoo: Nineteen, method: str, args: Any, said: str) -> None:
    with pytest.raises(WrongValue, match=said.replace("(", "[(]")):
        odoo.call(LINE, method, *args)


@pytest.mark.parametrize("model", ["uom.category", "procurement.group", "stock.valuation.layer", "stock.quant.package"])
def test_models_that_are_gone_do_not_exist(odoo: Nineteen, model: str) -> None:
    with pytest.raises(UserError, match=f"Object {model} doesn't exist"):
        odoo.call(model, "search", [])


def test_methods_that_are_gone_or_private_are_refused(odoo: Nineteen) -> None:
    order = odoo.world.buy("jug", "WH", 24, in_days=7)

    with pytest.raises(NoSuchMethod, match="button_done"):
        odoo.call(ORDER, "button_done", [order])
    with pytest.raises(AccessError, match="Private methods"):
        odoo.call(ORDER, "search_fetch", [])


def test_a_method_of_19_is_none_of_18() -> None:
    with pytest.raises(NoSuchMethod, match="formatted_read_group"):
        played(18).call(ORDER, "formatted_read_group", [], ["state"], ["__count"])


def test_formatted_groups_name_their_figures_and_what_leads_to_them(odoo: Nineteen) -> None:
    order = odoo.world.buy("jug", "WH", 24, in_days=7)

    (group,) = odoo.call(
        LINE, "formatted_read_group", [["order_id", "=", order]], ["product_uom_id"], ["product_qty:sum"]
    )

    unit = odoo.world.units.unit
    assert group["product_uom_id"][0] == unit
    assert group["product_qty:sum"] == 24.0
    assert group["__extra_domain"] == [["product_uom_id", "=", unit]]


def test_units_tell_what_they_are_made_of(odoo: Nineteen) -> None:
    units = odoo.world.units
    (dozen,) = odoo.call("uom.uom", "read", [units.dozen], ["factor", "relative_factor", "relative_uom_id"])

    made = odoo.engine.root().with_context(active_test=False)
    with odoo.engine.transaction() as env:
        pack = env.create("uom.uom", {"name": "Six", "relative_factor": 6, "relative_uom_id": units.unit})

    assert (dozen["factor"], dozen["relative_factor"], dozen["relative_uom_id"][0]) == (12.0, 12.0, units.unit)
    assert made.row("uom.uom", pack)["factor_inv"] == 6.0


def test_all_fields_are_read_when_none_are_named(odoo: Nineteen) -> None:
    order = odoo.world.buy("jug", "WH", 24, in_days=7)

    (row,) = odoo.call(ORDER, "read", [order])

    assert {"locked", "note"} <= row.keys()
    assert not {"notes", "mail_reminder_confirmed"} & row.keys()


def test_defaults_in_the_context_have_the_names_of_the_version(odoo: Nineteen) -> None:
    order = odoo.world.buy("jug", "WH", 24, in_days=7, confirm=False)
    values = {"order_id": order, "product_id": odoo.world.products["lantern"], "product_qty": 1}

    line = odoo.call(LINE, "create", values, context={"default_product_uom_id": odoo.world.units.dozen})

    assert odoo.engine.root().row(LINE, line)["product_uom"] == odoo.world.units.dozen


def test_two_versions_live_side_by_side() -> None:
    older, newer = played(18), played(19)

    assert "product_uom" in older.call(LINE, "fields_get")
    assert "product_uom" not in newer.call(LINE, "fields_get")
    assert "product_uom" in older.call(LINE, "fields_get")


def test_a_snapshot_belongs_to_its_version() -> None:
    older, newer = played(18), played(19)

    with pytest.raises(Misuse, match="an Odoo 19, found those of an Odoo 18"):
        newer.engine.restore(older.engine.snapshot())


def test_a_screen_and_an_export_speak_as_the_version_does(odoo: Nineteen) -> None:
    order = odoo.world.buy("jug", "WH", 24, in_days=7)
    seen: dict[str, Any] = {"locked": {}, "order_line": {"fields": {"product_uom_id": {"fields": {"factor": {}}}}}}

    (row,) = odoo.call(ORDER, "web_read", [order], seen)
    page = odoo.call(ORDER, "web_search_read", [["id", "=", order]], seen)
    table = odoo.engine.execute_kw(1, None, ORDER, "export_data", [[order], ["order_line/product_uom_id/.id"]])

    unit = odoo.world.units.unit
    assert row["order_line"][0]["product_uom_id"] == {"id": unit, "factor": 1.0}
    assert page == {"length": 1, "records": [row]}
    assert table["datas"] == [[str(unit)]]
