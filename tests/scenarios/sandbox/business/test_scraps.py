"""Scrapping in the sandbox behaves as Odoo 18 and 19 do, traps included."""

from typing import Any

import pytest

from scenarios.sandbox.faults import UserError
from tests.scenarios.sandbox.business.shop import Shop

SCRAP = "stock.scrap"


def scrapped(shop: Shop, quantity: float, **more: Any) -> int:
    shop.put(shop.tea, 100)
    return int(shop.call(SCRAP, "create", {"product_id": shop.tea, "scrap_qty": quantity, **more}))


def test_scrapped_goods_leave_the_stock(shop: Shop) -> None:
    scrap = scrapped(shop, 2)

    assert shop.call(SCRAP, "action_validate", [scrap]) is True

    row = shop.row(SCRAP, scrap)
    assert (row["name"], row["state"], row["location_id"]) == ("SP/00001", "done", shop.stock)
    assert shop.free(shop.tea) == 98.0


def test_validating_twice_scraps_twice(shop: Shop) -> None:
    scrap = scrapped(shop, 2)

    shop.call(SCRAP, "action_validate", [scrap])
    shop.call(SCRAP, "action_validate", [scrap])

    assert shop.free(shop.tea) == 96.0


def test_short_stock_opens_a_window_and_does_nothing(shop: Shop) -> None:
    scrap = scrapped(shop, 200)

    window = shop.call(SCRAP, "action_validate", [scrap])

    assert window["name"] == "[TEA] Tea: Insufficient Quantity To Scrap"
    assert window["res_model"] == "stock.warn.insufficient.qty.scrap"
    assert (shop.row(SCRAP, scrap)["state"], shop.free(shop.tea)) == ("draft", 100.0)


def test_scrapping_without_asking_goes_below_nothing(shop: Shop) -> None:
    shop.call(SCRAP, "do_scrap", [scrapped(shop, 200)])

    assert shop.free(shop.tea) == -100.0


def test_nothing_is_not_scrapped(shop: Shop) -> None:
    with pytest.raises(UserError, match="You can only enter positive quantities"):
        shop.call(SCRAP, "action_validate", [scrapped(shop, 0)])


def test_a_scrap_that_is_done_stays(shop: Shop) -> None:
    scrap = scrapped(shop, 2)
    shop.call(SCRAP, "action_validate", [scrap])

    with pytest.raises(UserError, match="You cannot delete a scrap which is done"):
        shop.call(SCRAP, "unlink", [scrap])
