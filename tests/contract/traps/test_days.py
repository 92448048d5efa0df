"""Odoo keeps moments in UTC and shows them where people are: the desk's day is the one by which Odoo counts late."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from agents.stockout.goods.shelf import shelf
from agents.stockout.reading.index import index
from agents.stockout.reading.picture import Picture
from agents.terms import Terms
from domain.intents import Compensated
from domain.plans import Draft
from tests.contract.drafts import ahead, rfq
from tests.contract.ground import Ground, Warehouse
from tests.contract.traps.seeing import picture_of, redate, set_to
from tools.reads.history import monday, weeks_sold

LINE, MOVE, SALE = "purchase.order.line", "stock.move", "sale.order"
LATE_IN_THE_EVENING = time(23, 30)
BRUSSELS = "Europe/Brussels"


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


def shown(day: date) -> str:
    return f"{day:%d %b %Y}"


def comes_in(picture: Picture, product: int, warehouse: Warehouse, now: datetime) -> list[int]:
    """After how many days the desk counts on what was ordered, asked at that time."""
    known = index(picture.but(taken_at=now))
    return [supply.day for supply in shelf(known, known.products[product], warehouse.id, Terms()).coming]


def test_what_is_due_late_in_the_evening_is_that_days_and_in_brussels_the_next_days(ground: Ground) -> None:
    north, _ = ground.warehouses
    goods, due = ground.product(), ahead(7)
    _, move = bought(ground, goods, at(due))

    picture = picture_of(ground, goods)

    assert day_in(ground, "UTC", MOVE, move, "date") == shown(due)
    assert day_in(ground, BRUSSELS, MOVE, move, "date") == shown(due + timedelta(days=1))
    last_minutes = datetime.combine(due, time(23, 45), UTC)
    assert comes_in(picture, goods, north, last_minutes) == [0]
    assert comes_in(picture, goods, north, last_minutes + timedelta(minutes=30)) == [1]


def test_the_desk_calls_late_what_odoo_counts_as_late(ground: Ground) -> None:
    site, today = ground.warehouse("Quay"), ahead(0)
    goods, others = ground.product(), ground.product()
    bought(ground, goods, at(today - timedelta(days=1)), warehouse=site)
    bought(ground, others, at(today, time()), warehouse=site)

    late = ground.row("stock.picking.type", site.receipts, "count_picking_late")["count_picking_late"]
    seen = [comes_in(picture_of(ground, each), each, site, datetime.now(UTC)) for each in (goods, others)]

    assert (late, seen) == (1, [[1], [0]])


def test_another_day_keeps_the_hour_and_is_as_many_days_later_everywhere(ground: Ground) -> None:
    due, then = ahead(7), ahead(14)
    line, move = bought(ground, ground.product(), at(due))

    step = ground.priced(redate(line, then.isoformat()))
    intent, undo = ground.done(redate(line, then.isoformat()))

    assert step.exposure.days == 7
    assert ground.row(LINE, line, "date_planned")["date_planned"] == at(then)
    assert ground.row(MOVE, move, "date")["date"] == at(then)
    assert day_in(ground, BRUSSELS, MOVE, move, "date") == shown(then + timedelta(days=1))
    assert isinstance(ground.undo(intent, undo), Compensated)
    assert ground.row(LINE, line, "date_planned")["date_planned"] == at(due)
    assert ground.row(MOVE, move, "date")["date"] == at(due)


def test_yesterday_is_past_wherever_it_is_still_today(ground: Ground) -> None:
    line, _ = bought(ground, ground.product(), at(ahead(7)))

    refused = ground.refused(redate(line, ahead(-1).isoformat()))

    assert "is past" in refused.reason


def test_a_customer_is_promised_the_same_day_from_hawaii_to_sydney(ground: Ground) -> None:
    """In New Zealand it is the day after."""
    was, then = ahead(7), ahead(9)
    order = ground.sell(ground.product(), 2, commitment_date=at(was))

    intent, undo = ground.done(Draft(action="sale.commitment", params={"order": order, "promised": then.isoformat()}))

    zones = ("Pacific/Honolulu", "America/New_York", "UTC", BRUSSELS, "Asia/Tokyo", "Australia/Sydney")
    assert {day_in(ground, zone, SALE, order, "commitment_date") for zone in zones} == {shown(then)}
    assert day_in(ground, "Pacific/Auckland", SALE, order, "commitment_date") == shown(then + timedelta(days=1))
    assert isinstance(ground.undo(intent, undo), Compensated)
    assert ground.row(SALE, order, "commitment_date")["commitment_date"] == at(was)


def elsewhere() -> tuple[str, int]:
    """Where it is another day now, and by how much."""
    return ("Pacific/Kiritimati", 1) if datetime.now(UTC).hour >= 12 else ("Pacific/Pago_Pago", -1)


def test_prices_are_todays_wherever_the_desks_user_lives(ground: Ground) -> None:
    """Odoo looks prices up for the day of the order in UTC, not for the user's day."""
    (zone, off), today = elsewhere(), ahead(0)
    goods, vendor = ground.product(), ground.vendor()
    ground.price(goods, vendor, 3.5, date_start=today.isoformat(), date_end=today.isoformat())
    there = (today + timedelta(days=off)).isoformat()
    ground.price(goods, vendor, 2, date_start=there, date_end=there)
    user = ground.person("service").uid

    with set_to(ground, "res.users", user, tz=zone):
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
