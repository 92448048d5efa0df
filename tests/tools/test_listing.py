"""A vendor that an order put on a price list goes off it with the order, where the user may and nobody changed it."""

import pytest

from domain.intents import Compensated, Intent, Undo
from scenarios.sandbox.injected import Kind
from tests.tools.bench import Bench
from tests.tools.test_rights import wearing
from tools.rights import SERVICE_GROUPS

PRICE = "product.supplierinfo"


def bought_anew(bench: Bench) -> tuple[Intent, Undo, list[int]]:
    """A confirmed order for goods that the vendor never sold before, and the price lines that came with it."""
    before = bench.root().search(PRICE, [])
    intent = bench.intent(bench.confirm(bench.request(product="bunting")))
    undo = bench.done(intent)
    return intent, undo, [price for price in bench.root().search(PRICE, []) if price not in before]


def still(bench: Bench, lines: list[int]) -> int:
    return len(bench.root().search(PRICE, [["id", "in", lines]]))


def taken_back(bench: Bench, intent: Intent, undo: Undo) -> Compensated:
    found = bench.perform(intent.taken_back(undo))
    assert isinstance(found, Compensated), found
    return found


def test_the_line_goes_with_the_order(bench: Bench) -> None:
    intent, undo, lines = bought_anew(bench)

    back = taken_back(bench, intent, undo)

    assert len(lines) == 1
    assert still(bench, lines) == 0
    assert "price list" not in (back.remains or "")
    assert "take the vendor off the price list of “[47566] Party bunting” again" in intent.rollback.words
    assert f"{PRICE}.unlink" in intent.rollback.calls


def test_a_line_that_stood_there_before_stays(bench: Bench) -> None:
    bench.world.vendor_price("bunting", "2.90", min_qty=1)

    intent, undo, lines = bought_anew(bench)
    taken_back(bench, intent, undo)

    assert lines == []
    assert f"{PRICE}.unlink" not in intent.rollback.calls
    assert bench.count(PRICE, [["partner_id", "=", bench.world.vendor]]) > 0


def test_a_line_that_somebody_corrected_stays_and_is_named(bench: Bench) -> None:
    intent, undo, lines = bought_anew(bench)
    with bench.engine.transaction() as env:
        env.write(PRICE, lines, {"delay": 12})

    back = taken_back(bench, intent, undo)

    assert still(bench, lines) == 1
    assert "“Midland Tinware” stays on the price list of" in (back.remains or "")


def test_without_the_right_the_line_stays_and_is_named(bench: Bench) -> None:
    wearing(bench, *SERVICE_GROUPS)
    intent, undo, lines = bought_anew(bench)

    back = taken_back(bench, intent, undo)

    assert still(bench, lines) == 1
    assert "stays on the price list of “[47566] Party bunting”" in (back.remains or "")
    assert f"{PRICE}.unlink" not in bench.line.writes


def test_a_refusal_for_this_one_line_leaves_the_order_taken_back(bench: Bench) -> None:
    intent, undo, lines = bought_anew(bench)
    bench.fail(f"{PRICE}.unlink", "access")

    back = taken_back(bench, intent, undo)

    assert still(bench, lines) == 1
    assert "stays on the price list" in (back.remains or "")


@pytest.mark.parametrize("kind", ["timeout_before", "timeout_after_commit"])
def test_a_lost_answer_does_not_hide_whether_the_line_went(bench: Bench, kind: Kind) -> None:
    intent, undo, lines = bought_anew(bench)
    bench.fail(f"{PRICE}.unlink", kind)

    back = bench.perform(intent.taken_back(undo))
    assert isinstance(back, Compensated) == (kind == "timeout_after_commit")
    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)

    assert still(bench, lines) == 0
