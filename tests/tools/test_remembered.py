"""What hardly ever changes in Odoo is asked once a minute for planning, and afresh for every step."""

from datetime import UTC, datetime, timedelta
from weakref import ref

from domain.calls import Call
from domain.clock import SetClock
from domain.values import Json, Row
from tests.tools.bench import Bench
from tools.reads import measures, places, stock
from tools.remembered import Remembered


def asked(bench: Bench) -> list[str]:
    """The models that were asked since the last look."""
    models = [call.model for call in bench.line.calls]
    bench.line.calls.clear()
    return models


def test_plans_of_one_minute_share_what_hardly_changes(bench: Bench) -> None:
    one, other = (bench.gateway.reader(bench.world.company) for _ in range(2))

    first, again = measures.units(one), measures.units(other)

    assert first == again
    assert asked(bench) == ["uom.uom"]
    assert (one.calls, other.calls) == (1, 0)


def test_after_a_minute_it_is_asked_again(bench: Bench) -> None:
    places.warehouses(bench.gateway.reader(bench.world.company))
    bench.clock.move(timedelta(minutes=1))

    places.warehouses(bench.gateway.reader(bench.world.company))

    assert asked(bench) == ["stock.warehouse"] * 2


def test_after_a_minute_it_is_forgotten_whether_or_not_it_is_asked_again() -> None:
    clock, rows = SetClock(datetime(2026, 3, 2, tzinfo=UTC)), Rows()
    remembered, kept = Remembered(clock), ref(rows)
    remembered.keep(Call(model="uom.uom", method="read", args=([1],)), rows)
    del rows
    assert kept() is not None
    clock.move(timedelta(minutes=1))

    remembered.keep(Call(model="uom.uom", method="read", args=([2],)), [])

    assert kept() is None


class Rows(list[Json]):
    """An answer of which can be told whether anybody holds it still."""


def test_a_clock_that_was_put_back_makes_nothing_last_longer(bench: Bench) -> None:
    places.warehouses(bench.gateway.reader(bench.world.company))
    bench.clock.move(timedelta(minutes=-5))

    places.warehouses(bench.gateway.reader(bench.world.company))

    assert asked(bench) == ["stock.warehouse"] * 2


def test_another_question_is_another_answer(bench: Bench) -> None:
    reads = bench.gateway.reader(bench.world.company)

    few: list[Row] = reads.rows("stock.warehouse", ["name"], limit=1)

    assert len(few) == 1 < len(reads.rows("stock.warehouse", ["name"]))


def test_where_the_companys_days_begin_is_asked_once_a_minute(bench: Bench) -> None:
    for _ in range(2):
        measures.company_zone(bench.gateway.reader(bench.world.company))

    assert asked(bench).count("res.partner") == 1


def test_what_else_is_known_of_a_contact_is_not_remembered(bench: Bench) -> None:
    reads = bench.gateway.reader(bench.world.company)

    for _ in range(2):
        reads.rows("res.partner", ["name"])

    assert asked(bench) == ["res.partner"] * 2


def test_stock_is_never_remembered(bench: Bench) -> None:
    reads = bench.gateway.reader(bench.world.company)
    before = sum(quant.quantity for quant in stock.quants(reads))
    bench.world.stock("jug", "NTH", 7)

    after = sum(quant.quantity for quant in stock.quants(reads))

    assert after == before + 7


def test_a_step_asks_for_itself_whatever_its_plan_remembers(bench: Bench) -> None:
    intent = bench.intent(bench.transfer())
    places.locations(bench.gateway.reader(bench.world.company))
    asked(bench)

    bench.perform(intent)

    assert "stock.location" in asked(bench)
