"""A company lives by days of its own: what a vendor brings at 23:30 UTC comes tomorrow to Brussels."""

from datetime import UTC, datetime, timedelta

import pytest

from agents.stockout.goods.shelf import shelf
from agents.stockout.reading.index import Index, index
from agents.terms import Terms
from tests.contract.ground import Ground
from tests.contract.traps.seeing import picture_of, set_to


def known(ground: Ground, goods: int, zone: str) -> Index:
    """The picture as it was today at 18:00 UTC, which is the same day in Brussels and in Los Angeles."""
    own = int(ground.row("res.company", ground.company, "partner_id")["partner_id"][0])
    evening = datetime.now(UTC).replace(hour=18, minute=0, second=0, microsecond=0)
    with set_to(ground, "res.partner", own, tz=zone):
        return index(picture_of(ground, goods).but(taken_at=evening))


@pytest.mark.parametrize(("zone", "day"), [("Europe/Brussels", 4), ("UTC", 3), ("America/Los_Angeles", 3)])
def test_a_receipt_late_at_night_comes_on_the_companys_own_day(ground: Ground, zone: str, day: int) -> None:
    north, _ = ground.warehouses
    goods = ground.product()
    night = (datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%d 23:30:00")
    order = ground.buy(goods, 5, warehouse=north, confirm=False)
    ground.write("purchase.order.line", ground.lines(order)[0], {"date_planned": night})
    ground.call("purchase.order", "button_confirm", [order])

    seen = known(ground, goods, zone)

    (supply,) = shelf(seen, seen.products[goods], north.id, Terms()).supplies
    assert supply.day == day


def test_without_a_zone_a_day_is_one_of_utc(ground: Ground) -> None:
    goods = ground.product()

    assert known(ground, goods, "").zone.key == "UTC"
