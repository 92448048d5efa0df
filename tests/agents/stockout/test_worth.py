"""What is owed falls on the orders that are due last: the earliest is served first."""

from collections import defaultdict

from hypothesis import given, settings

from agents.stockout.goods.chance import CERTAIN
from agents.stockout.goods.course import course
from agents.stockout.goods.entries import Batch, Claim
from agents.stockout.goods.shelf import Shelf
from agents.stockout.worth import waiting_orders
from tests.agents.stockout.goods.test_course import HORIZON, shelf, shelves

PATIENCE = 30


def lacking(held: Shelf) -> dict[int, float]:
    """What all orders together lack at the end of each day."""
    found: defaultdict[int, float] = defaultdict(float)
    for claim, unserved in waiting_orders(held, course(held), PATIENCE):
        for ago, each in enumerate(unserved):
            found[max(claim.day, 0) + ago] += each
    return found


@given(shelves)
@settings(deadline=None)
def test_the_orders_together_lack_what_is_owed_and_no_more(held: Shelf) -> None:
    owed, found = course(held).owed, lacking(held)
    asked = [each for each in held.claims if each.open > CERTAIN]
    due = [sum(each.open for each in asked if max(each.day, 0) <= day) for day in range(len(owed))]

    if found:
        for day, each in enumerate(owed):
            assert abs(found[day] - min(each, due[day])) < 1e-6


def test_the_order_that_is_due_last_waits() -> None:
    first, last = Claim(2, 10.0, 0.0, 1, "OUT/1"), Claim(5, 10.0, 0.0, 2, "OUT/2")
    held = shelf([Batch(None, 10.0)], claims=[last, first])

    waits = {claim.document: max(unserved) for claim, unserved in waiting_orders(held, course(held), PATIENCE)}

    assert waits == {"OUT/1": 0.0, "OUT/2": 10.0}


def test_an_order_beyond_what_is_looked_ahead_waits_for_nothing_yet() -> None:
    held = shelf([], claims=[Claim(HORIZON + 1, 10.0, 0.0, 1, "OUT/1")])

    assert waiting_orders(held, course(held), PATIENCE) == ()
