"""What was committed is counted once, within its window, company, currency and party."""

from datetime import timedelta
from decimal import Decimal

import pytest

from domain.clock import SetClock
from domain.exposures import Dimension, Exposure
from domain.intents import Fresh
from domain.money import Money
from domain.verdicts import Outcome
from memory.store import Store
from memory.usage import CountedUsage, Own
from tests.memory.builders import (
    ANYWHERE,
    a_case,
    a_step,
    allowed_plan,
    an_exposure,
    approve,
    asked,
    intent_of,
    judging,
    pounds,
    saved_plan,
)

DAY = timedelta(days=1)
NOBODY = Own("C0", 0)


def test_pending_reserved_and_spent_all_count(store: Store, clock: SetClock) -> None:
    for subject, amount in (("pending", 1), ("reserved", 20), ("spent", 300)):
        plan = saved_plan(store, a_case(store, subject).id, steps=(a_step(amount),))
        store.plans.reserve(plan, judging("ask" if subject == "pending" else "allow"), expected=ANYWHERE)
        if subject == "spent":
            assert store.register.begin(intent_of(store, plan), None) == Fresh()

    assert _amount(store, clock) == pounds(321)


def test_an_approval_keeps_what_was_pending_counted(store: Store, clock: SetClock) -> None:
    approve(store, asked(store))

    assert _amount(store, clock) == pounds(100)


def test_a_dropped_effect_counts_no_more(store: Store, clock: SetClock) -> None:
    intent = intent_of(store, allowed_plan(store))
    store.register.begin(intent, None)

    store.register.drop(intent, "refused by Odoo")

    assert _amount(store, clock) == pounds(0)


def test_an_unknown_effect_still_counts(store: Store, clock: SetClock) -> None:
    intent = intent_of(store, allowed_plan(store))
    store.register.begin(intent, None)

    store.register.unknown(intent, "the answer was lost")

    assert _amount(store, clock) == pounds(100)


def test_what_was_done_before_the_window_counts_no_more(store: Store, clock: SetClock) -> None:
    store.register.begin(intent_of(store, allowed_plan(store)), None)

    clock.move(DAY - timedelta(seconds=1))
    assert _amount(store, clock) == pounds(100)
    clock.move(timedelta(seconds=1))
    assert _amount(store, clock) == pounds(0)


@pytest.mark.parametrize("outcome", ["ask", "allow"])
def test_what_may_still_be_carried_out_counts_however_old_it_is(
    store: Store, clock: SetClock, outcome: Outcome
) -> None:
    plan = saved_plan(store, a_case(store).id)
    store.plans.reserve(plan, judging(outcome), expected=ANYWHERE)

    clock.move(3 * DAY)

    assert _amount(store, clock) == pounds(100)


def test_a_step_counts_from_the_moment_it_is_carried_out(store: Store, clock: SetClock) -> None:
    plan = allowed_plan(store)
    clock.move(timedelta(minutes=50))
    store.register.begin(intent_of(store, plan), None)

    clock.move(DAY - timedelta(minutes=10))

    assert _amount(store, clock) == pounds(100)


@pytest.mark.parametrize(
    ("dimension", "change"),
    [
        (Dimension.VENDOR, {"vendor": 99}),
        (Dimension.PRODUCT, {"product": 99}),
        (Dimension.ACTION, {"action": "purchase.create_rfq"}),
        (Dimension.COMPANY, {"company": 2}),
        (Dimension.VENDOR, {"company": 2}),
        (Dimension.VENDOR, {"amount": Money(amount=Decimal(1), currency="EUR")}),
        (Dimension.CUSTOMER, {"customer": 5}),
        (Dimension.CUSTOMER, {}),
    ],
)
def test_only_what_shares_the_key_counts(
    store: Store, clock: SetClock, dimension: Dimension, change: dict[str, object]
) -> None:
    allowed_plan(store)

    assert _amount(store, clock, dimension, an_exposure().but(**change)).amount == 0


@pytest.mark.parametrize("dimension", [Dimension.VENDOR, Dimension.PRODUCT, Dimension.ACTION, Dimension.COMPANY])
def test_every_dimension_finds_what_shares_its_key(store: Store, clock: SetClock, dimension: Dimension) -> None:
    allowed_plan(store)

    assert _amount(store, clock, dimension, an_exposure(1)) == pounds(100)


def test_customers_are_counted_by_customer(store: Store, clock: SetClock) -> None:
    sold = an_exposure(70, customer=5)
    allowed_plan(store, steps=(a_step().but(exposure=sold),))

    assert _amount(store, clock, Dimension.CUSTOMER, sold) == pounds(70)


def test_steps_and_quantities_are_counted_too(store: Store, clock: SetClock) -> None:
    allowed_plan(store, steps=(a_step(), a_step()))

    with store.database.reading() as tx:
        usage = CountedUsage(tx, clock.now(), NOBODY)
        assert usage.times(Dimension.PRODUCT, an_exposure(), DAY) == 2
        assert usage.quantity(Dimension.PRODUCT, an_exposure(), DAY) == Decimal(20)


def test_a_step_does_not_count_against_itself_and_its_siblings_do(store: Store, clock: SetClock) -> None:
    plan = allowed_plan(store, steps=(a_step(100), a_step(7)))

    with store.database.reading() as tx:
        own = CountedUsage(tx, clock.now(), Own(plan.case, 1, step=0))
        whole = CountedUsage(tx, clock.now(), Own(plan.case, 1))
        assert own.amount(Dimension.VENDOR, an_exposure(), DAY) == pounds(7)
        assert whole.amount(Dimension.VENDOR, an_exposure(), DAY) == pounds(0)


def _amount(
    store: Store,
    clock: SetClock,
    dimension: Dimension = Dimension.VENDOR,
    exposure: Exposure | None = None,
) -> Money:
    with store.database.reading() as tx:
        return CountedUsage(tx, clock.now(), NOBODY).amount(dimension, exposure or an_exposure(), DAY)
