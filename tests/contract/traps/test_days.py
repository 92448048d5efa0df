"""Odoo keeps moments in UTC and people see them where they are: the desk's days are the company's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from agents.stockout.goods.shelf import shelf
from agents.stockout.reading.index import index
from agents.stockout.reading.picture import Picture
from agents.terms import Terms
from domain.clock import SetClock
from domain.intents import Compensated, Undo
from domain.plans import Draft, Step
from domain.refusals import Refusal
from tests.contract.drafts import ahead, rfq
from tests.contract.ground import Ground, Warehouse
from tests.contract.traps.seeing import confirm, found, picture_of, redate, set_to
from tools.catalogue import price
from tools.reader import Reader
from tools.reads.history import monday, weeks_sold

LINE, MOVE, SALE = "purchase.order.line", "stock.move", "sale.order"
LATE_IN_THE_EVENING = time(23, 30)
BRUSSELS = "Europe/Brussels"


@contextmanager
def company_in(ground: Ground, zone: str | None) -> Iterator[None]:
    """The company's address is there, or says nothing of it."""
    address = ground.row("res.company", ground.company, "partner_id")["partner_id"][0]
    with set_to(ground, "res.partner", address, tz=zone or False):
        yield


def at(day: date, hour: time = LATE_IN_THE_EVENING) -> str:
    """As Odoo writes a time."""
    return f"{day} {hour}"


def bought(ground: Ground, goods: int, when: str, *, warehouse: Warehouse | None = None) -> tuple[int, int]:
    """Ten of it, confirmed for that moment; the line and the move that brings it."""
    order = ground.buy(goods, 10, warehouse=warehouse, confirm=False)
    (line,) = ground.lines(order)
    ground.write(LINE, line, {"date_planned": when})
    ground.call("purchase.order", "button_confirm", [order])
    (receipt,) = ground.receipts(order)
    (move,) = ground.moves(receipt)
    return line, move["id"]


def day_in(ground: Ground, zone: str, model: str, record: int, field: str) -> str:
    """On which day Odoo shows a moment to people there."""
    only, by = [["id", "=", record]], f"{field}:day"
    (row,) = ground.call(model, "read_group", only, [], [by], context={"tz": zone})
    return str(row[by])


def promise(order: int, day: date) -> Draft:
    return Draft(action="sale.commitment", params={"order": order, "promised": day.isoformat()})


def shown(day: date) -> str:
    return f"{day:%d %b %Y}"


def comes_in(picture: Picture, product: int, warehouse: Warehouse, now: datetime) -> list[int]:
    """After how many days the desk counts on what was ordered, asked at that time."""
    known = index(picture.but(taken_at=now))
    return [supply.day for supply in shelf(known, known.products[product], warehouse.id, Terms()).coming]


def elsewhere() -> tuple[str, int]:
    """Where it is another day now, and by how much."""
    return ("Pacific/Kiritimati", 1) if datetime.now(UTC).hour >= 12 else ("Pacific/Pago_Pago", -1)


def test_what_is_due_late_in_the_evening_is_due_on_the_companys_day(ground: Ground) -> None:
    """Half past eleven in UTC is after midnight in Brussels: there it is late a day later."""
    north, _ = ground.warehouses
    goods, due = ground.product(), ahead(7)
    _, move = bought(ground, goods, at(due))
    evening = datetime.combine(due, time(21, 45), UTC)
    asked = [evening, evening + timedelta(hours=2), evening + timedelta(hours=3)]

    with company_in(ground, None):
        in_utc = picture_of(ground, goods)
    with company_in(ground, BRUSSELS):
        in_brussels = picture_of(ground, goods)

    assert day_in(ground, "UTC", MOVE, move, "date") == shown(due)
    assert day_in(ground, BRUSSELS, MOVE, move, "date") == shown(due + timedelta(days=1))
    assert [comes_in(in_utc, goods, north, now) for now in asked] == [[0], [0], [1]]
    assert [comes_in(in_brussels, goods, north, now) for now in asked] == [[1], [0], [0]]


def test_odoo_18_counts_late_by_utc_and_odoo_19_by_whoever_asks(ground: Ground) -> None:
    """The desk counts by the company: it does not matter who it is."""
    site, today = ground.warehouse("Quay"), ahead(0)
    goods = ground.product()
    bought(ground, goods, at(today - timedelta(days=1)), warehouse=site)

    def late(zone: str) -> int:
        row = ground.row("stock.picking.type", site.receipts, "count_picking_late", tz=zone)
        return int(row["count_picking_late"])

    assert late("UTC") == 1
    assert late(BRUSSELS) == (0 if ground.version >= 19 else 1)
    with company_in(ground, BRUSSELS):
        midday = datetime.combine(today, time(12), UTC)
        assert comes_in(picture_of(ground, goods), goods, site, midday) == [0]
        assert comes_in(picture_of(ground, goods), goods, site, midday + timedelta(days=1)) == [1]


@pytest.mark.parametrize(("zone", "days"), [(None, 7), (BRUSSELS, 6)])
def test_another_day_is_the_companys_and_keeps_the_hour(ground: Ground, zone: str | None, days: int) -> None:
    due, then = ahead(7), ahead(14)
    line, move = bought(ground, ground.product(), at(due))
    stands = [(LINE, line, "date_planned"), (MOVE, move, "date")]

    with company_in(ground, zone):
        step = ground.priced(redate(line, then.isoformat()))
        intent, undo = ground.done(redate(line, then.isoformat()))
        moved = {day_in(ground, zone or "UTC", *each) for each in stands}
        back = ground.undo(intent, undo)

    assert step.exposure.days == days
    assert moved == {shown(then)}
    assert isinstance(back, Compensated), back
    assert {ground.row(model, record, field)[field] for model, record, field in stands} == {at(due)}


def test_yesterday_is_past_and_today_is_not_where_the_company_is(ground: Ground) -> None:
    line, _ = bought(ground, ground.product(), at(ahead(7)))
    zone, off = elsewhere()

    with company_in(ground, zone):
        refused = ground.refused(redate(line, ahead(off - 1).isoformat()))
        ground.priced(redate(line, ahead(off).isoformat()))

    assert "is past" in refused.reason


def test_no_customer_is_promised_yesterday_but_today_where_the_company_is(ground: Ground) -> None:
    order, (zone, off) = ground.sell(ground.product(), 2), elsewhere()

    with company_in(ground, zone):
        refused, done = (ground.perform(promise(order, ahead(off - gone))) for gone in (1, 0))

    assert isinstance(refused, Refusal)
    assert "is past" in refused.reason
    assert isinstance(done, Undo), done


@pytest.mark.parametrize("home", [None, BRUSSELS, "America/Los_Angeles", "Pacific/Auckland"])
def test_a_customer_is_promised_noon_where_the_company_is(ground: Ground, home: str | None) -> None:
    was, then = ahead(7), ahead(9)
    order = ground.sell(ground.product(), 2, commitment_date=at(was))

    with company_in(ground, home):
        intent, undo = ground.done(promise(order, then))
        promised = day_in(ground, home or "UTC", SALE, order, "commitment_date")
        back = ground.undo(intent, undo)

    assert promised == shown(then)
    assert isinstance(back, Compensated), back
    assert ground.row(SALE, order, "commitment_date")["commitment_date"] == at(was)


@pytest.mark.parametrize(("zone", "days"), [(None, 7), (BRUSSELS, 8)])
def test_a_request_is_judged_by_the_companys_days(ground: Ground, zone: str | None, days: int) -> None:
    """Asked at midday, which is the same day in UTC and in Brussels."""
    north, _ = ground.warehouses
    order = ground.buy(ground.product(), 10, warehouse=north, confirm=False)
    ground.write(LINE, ground.lines(order)[0], {"date_planned": at(ahead(7))})
    midday = SetClock(datetime.combine(ahead(0), time(12), UTC))

    with company_in(ground, zone):
        step = price(confirm(order, north), Reader(ground.as_("service"), ground.company, clock=midday))

    assert isinstance(step, Step), step
    assert step.exposure.days == days
    assert f"expected by {ahead(days):%-d %b %Y}" in step.words


def test_a_case_is_due_when_the_companys_day_begins(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods = ground.product()
    ground.sell(goods, 5, warehouse=north, in_days=5)

    with company_in(ground, BRUSSELS):
        short = found(ground, goods, north)

    assert short is not None
    assert short.finding.deadline is not None
    assert short.finding.deadline.astimezone(ZoneInfo(BRUSSELS)).time() == time()


def test_prices_are_those_of_the_day_in_utc_wherever_company_and_user_are(ground: Ground) -> None:
    """Odoo looks prices up for the day of the order in UTC."""
    (zone, off), today = elsewhere(), ahead(0)
    goods, vendor = ground.product(), ground.vendor()
    ground.price(goods, vendor, 3.5, date_start=today.isoformat(), date_end=today.isoformat())
    there = (today + timedelta(days=off)).isoformat()
    ground.price(goods, vendor, 2, date_start=there, date_end=there)
    user = ground.person("service").uid

    with company_in(ground, zone), set_to(ground, "res.users", user, tz=zone):
        known = index(picture_of(ground, goods))
        ground.done(rfq(ground, goods, vendor))

    assert [each.price for each in known.prices_of(known.products[goods])] == [Decimal("3.5")]
    (line,) = ground.rows(LINE, [["product_id", "=", goods]], ["price_unit"])
    assert line["price_unit"] == 3.5


def test_weeks_of_sales_begin_in_utc_wherever_the_desks_user_lives(ground: Ground) -> None:
    """Saturday's and Monday's, so that it holds where weeks begin on Sunday, too."""
    north, _ = ground.warehouses
    goods, last = ground.product(), monday(datetime.now(UTC)) - timedelta(weeks=1)
    ground.stock(goods, north, 9)
    for quantity, moment in ((2, last - timedelta(days=1, minutes=30)), (3, last + timedelta(minutes=30))):
        delivery = ground.deliver(ground.sell(goods, quantity, warehouse=north))
        ground.write(MOVE, ground.moves(delivery)[0]["id"], {"date": f"{moment:%Y-%m-%d %H:%M:%S}"})
    user = ground.person("service").uid

    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        with set_to(ground, "res.users", user, tz=zone):
            sold = weeks_sold(ground.reader(), [goods], datetime.now(UTC))
        assert {week.ago: week.quantity for week in sold} == {0: Decimal(3), 1: Decimal(2)}
