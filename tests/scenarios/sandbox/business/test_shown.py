"""Documents show what is kept elsewhere, as they do in Odoo."""

import pytest

from domain.clock import SetClock
from scenarios.sandbox.business.shown import ALONG
from scenarios.sandbox.editions.kept import models
from scenarios.sandbox.engine import Engine
from tests.scenarios.sandbox.shop import NOON
from tests.scenarios.sandbox.test_likeness import asked


@pytest.fixture(scope="module", params=[18, 19])
def engine(request: pytest.FixtureRequest) -> Engine:
    return Engine(SetClock(NOON), version=request.param)


def test_every_field_that_is_shown_along_is_one_of_its_model() -> None:
    known = [models(version) for version in (18, 19)]

    for model, fields in ALONG.items():
        assert fields.keys() <= {name for each in known for name in each[model].fields}, model


def test_stock_and_scraps_show_currency_and_tracking(engine: Engine) -> None:
    with engine.transaction() as env:
        product = env.create("product.product", {"name": "Tea", "is_storable": True, "tracking": "lot"})
        depot = env.row("stock.warehouse", env.create("stock.warehouse", {"name": "Depot", "code": "DP"}))
        at = {"product_id": product, "location_id": depot["lot_stock_id"]}
        quant = env.create("stock.quant", {**at, "quantity": 1.0})
        scrap = env.create("stock.scrap", {**at, "scrap_qty": 1.0})

    assert asked(engine, "stock.quant", "read", [quant], ["currency_id"])[0]["currency_id"][1] == "EUR"
    assert asked(engine, "stock.scrap", "read", [scrap], ["tracking"])[0]["tracking"] == "lot"


def test_the_reference_of_an_only_variant_stands_on_its_template(engine: Engine) -> None:
    product = asked(engine, "product.product", "create", {"name": "Lamp", "default_code": "LAMP"})
    (template,) = asked(engine, "product.template", "search", [["default_code", "=", "LAMP"]])

    asked(engine, "product.product", "write", [product], {"default_code": "LAMP-2"})

    assert asked(engine, "product.template", "read", [template], ["default_code"])[0]["default_code"] == "LAMP-2"


def test_since_odoo_19_work_that_names_nobody_is_for_nobody_yet(engine: Engine) -> None:
    partner = asked(engine, "res.partner", "search", [], limit=1)[0]
    asked(engine, "res.partner", "activity_schedule", [partner], "mail.mail_activity_data_todo")

    (activity,) = asked(engine, "mail.activity", "search_read", [["res_model", "=", "res.partner"]], ["user_id"])

    assert activity["user_id"] == (([2, "Administrator"]) if engine.version == 18 else False)
