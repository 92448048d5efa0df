"""The effects ledger: at most once, written down before, spent by its own grant only."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from domain.clock import SetClock
from domain.errors import Misuse
from domain.exposures import Dimension, Exposure
from domain.intents import Compensated, Fresh, Intent, Settled, Unsettled
from domain.money import Money
from domain.plans import RollbackPlan
from domain.ports import Usage
from domain.refusals import Refusal
from memory.errors import Conflict, Corrupt
from memory.grants import Leave, issue
from memory.store import Store
from tests.memory.builders import (
    ANYWHERE,
    BUYER,
    NOON,
    OTHER,
    POLICY,
    a_plan,
    a_step,
    allowed_plan,
    an_exposure,
    an_undo,
    approve,
    asked,
    intent_of,
    judging,
    pounds,
)

UNSETTLED = Unsettled(since=NOON, may_send=True)


def test_a_granted_step_begins_and_ends_once(store: Store) -> None:
    intent = intent_of(store, allowed_plan(store))

    assert store.register.begin(intent, None) == Fresh()
    store.register.finish(intent, an_undo())

    assert store.register.begin(intent, None) == Settled(an_undo())
    assert _kinds(store)[-2:] == ["intent", "effect.done"]


def test_the_intent_is_journalled_with_all_that_is_needed_to_take_it_back(store: Store) -> None:
    intent = intent_of(store, allowed_plan(store))

    store.register.begin(intent, None)

    facts = store.journal.entries()[-1].facts
    plain = intent.plain()
    assert {name: facts[name] for name in ("params", "exposure", "rollback")} == {
        name: plain[name] for name in ("params", "exposure", "rollback")
    }
    assert (facts["effect"], facts["marker"], facts["params_digest"]) == (
        intent.key,
        intent.marker,
        intent.params_digest,
    )


def test_the_result_is_journalled_with_its_digest(store: Store) -> None:
    begun = _begun(store)

    store.register.finish(begun, an_undo())

    facts = store.journal.entries()[-1].facts
    assert (facts["result"], facts["result_digest"]) == (an_undo().plain(), an_undo().digest)


def test_without_a_grant_nothing_begins(store: Store) -> None:
    intent = intent_of(store, a_plan(asked(store).case))

    refusal = store.register.begin(intent, None)

    assert isinstance(refusal, Refusal)
    assert refusal.guard == "grant"
    assert store.register.effects(intent.case) == []
    assert store.journal.entries()[-1].kind == "effect.refused"


def test_a_grant_that_does_not_exist_opens_nothing(store: Store) -> None:
    intent = intent_of(store, allowed_plan(store))

    assert "there is no grant G99" in str(store.register.begin(intent, "G99"))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"plan_digest": OTHER}, "plan digest"),
        ({"policy_digest": OTHER}, "policy digest"),
        ({"params": {"product": 12, "quantity": "11"}}, "params digest"),
        ({"action": "purchase.create_rfq"}, "action"),
        ({"company": 2}, "company"),
        ({"step": 1}, "step"),
        ({"direction": "undo"}, "direction"),
        ({"plan_version": 2}, "version"),
        ({"case": "C2"}, "case"),
        ({"kind": "returns"}, "bounds"),
        ({"touches": ()}, "bounds"),
        ({"exposure": an_exposure(1)}, "bounds"),
        ({"rollback": RollbackPlan(words="none", calls=())}, "bounds"),
    ],
)
def test_a_grant_is_spent_by_exactly_the_step_it_was_given_for(
    store: Store, changes: dict[str, object], told: str
) -> None:
    intent = intent_of(store, allowed_plan(store)).but(**changes)

    refusal = store.register.begin(intent, "G1")

    assert isinstance(refusal, Refusal)
    assert refusal.guard == "grant"
    assert told in refusal.reason
    assert store.register.begin(intent_of(store, store.plans.get("C1", 1)), "G1") == Fresh()


def test_a_grant_is_spent_once_even_if_the_effect_is_lost_from_the_ledger(store: Store) -> None:
    intent = _begun(store)
    with store.database.writing() as tx:
        tx.execute(text("DELETE FROM effects"))

    refusal = store.register.begin(intent, None)

    assert isinstance(refusal, Refusal)
    assert "it was used at" in refusal.reason


def test_a_grant_that_was_never_journalled_opens_nothing(store: Store) -> None:
    plan = store.plans.get(asked(store).case, 1)
    leave = Leave(policy_digest=POLICY, request="R1", issued_at=NOON, expires_at=NOON + timedelta(hours=9))
    with store.database.writing() as tx:
        issue(tx, plan, leave)

    refusal = store.register.begin(intent_of(store, plan), None)

    assert isinstance(refusal, Refusal)
    assert (refusal.guard, "not as it was journalled" in refusal.reason) == ("grant", True)


@pytest.mark.parametrize("change", ["expires_at = '2030-01-01T00:00:00.000000Z'", "request_id = NULL, version = 1"])
def test_a_grant_that_was_changed_in_the_database_opens_nothing(store: Store, change: str) -> None:
    request = asked(store)
    approve(store, request)
    with store.database.writing() as tx:
        tx.execute(text(f"UPDATE grants SET {change}"))

    refusal = store.register.begin(intent_of(store, store.plans.get(request.case, 1)), None)

    assert "not as it was journalled" in str(refusal)


def test_a_grant_runs_out(store: Store, clock: SetClock) -> None:
    intent = intent_of(store, allowed_plan(store))
    clock.move(timedelta(hours=1))

    assert "it ran out at" in str(store.register.begin(intent, None))


def test_leave_to_take_back_lasts_until_the_case_closes(store: Store, clock: SetClock) -> None:
    plan = allowed_plan(store, steps=(a_step(), a_step()))
    done = [intent_of(store, plan, index) for index in range(2)]
    for intent in done:
        store.register.begin(intent, None)
        store.register.finish(intent, an_undo())
    clock.move(timedelta(days=30))

    late = store.register.begin(done[0].taken_back(an_undo()), None)
    store.cases.move(plan.case, "closed", "over")
    over = store.register.begin(done[1].taken_back(an_undo()), None)

    assert late == Fresh()
    assert "taken back at" in str(over)


def test_a_rollback_of_its_own_runs_out_like_any_plan(store: Store, clock: SetClock) -> None:
    steps = (a_step(direction="undo", params=an_undo().plain()),)
    plan = allowed_plan(store, purpose="rollback", undoes=1, steps=steps)
    clock.move(timedelta(hours=1))

    assert "it ran out at" in str(store.register.begin(intent_of(store, plan), None))


def test_an_intent_of_another_desk_is_refused(store: Store) -> None:
    intent = intent_of(store, allowed_plan(store)).but(desk="somebody-else")

    refusal = store.register.begin(intent, None)

    assert isinstance(refusal, Refusal)
    assert refusal.guard == "desk"


@pytest.mark.parametrize("scope", ["all", "kind:stockout", "action:stock.transfer", "company:1"])
def test_a_pause_stops_an_effect_that_was_granted(store: Store, scope: str) -> None:
    intent = intent_of(store, allowed_plan(store))
    store.pauses.pause(scope, actor=BUYER.actor, reason="stock count")

    refusal = store.register.begin(intent, None)

    assert isinstance(refusal, Refusal)
    assert (refusal.guard, "stock count" in refusal.reason) == ("pause", True)
    store.pauses.resume(scope, actor=BUYER.actor, reason="counted")
    assert store.register.begin(intent, None) == Fresh()


class Ceiling:
    """A standing limit: at most so much a vendor and day, other reservations included."""

    def __init__(self, most: Money) -> None:
        self.most = most

    def breach(self, exposure: Exposure, usage: Usage) -> Refusal | None:
        spent = usage.amount(Dimension.VENDOR, exposure, timedelta(days=1)) + exposure.amount
        return None if spent <= self.most else Refusal(guard="limit", reason=f"{spent} of {self.most}")


class Saying:
    """A standing limit that always says the same."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal

    def breach(self, exposure: Exposure, usage: Usage) -> Refusal:  # noqa: ARG002
        return self.refusal


def test_limits_are_checked_again_at_execution_without_counting_the_step_itself(store: Store) -> None:
    plan = allowed_plan(store, steps=(a_step(100), a_step(50)))

    store.register.limits = Ceiling(pounds(149))
    refusal = store.register.begin(intent_of(store, plan), None)
    store.register.limits = Ceiling(pounds(150))
    begun = store.register.begin(intent_of(store, plan), None)

    assert isinstance(refusal, Refusal)
    assert refusal.guard == "limit"
    assert begun == Fresh()


def test_taking_back_is_not_stopped_by_a_limit(store: Store) -> None:
    intent = _begun(store)
    store.register.finish(intent, an_undo())
    store.register.limits = Ceiling(pounds(0))

    assert store.register.begin(intent.taken_back(an_undo()), None) == Fresh()


def test_a_step_that_was_not_done_cannot_be_taken_back(store: Store) -> None:
    intent = _begun(store)

    refusal = store.register.begin(intent.taken_back(an_undo()), None)

    assert "only what its own step left" in str(refusal)


def test_only_what_the_step_left_is_taken_back(store: Store) -> None:
    intent = _begun(store)
    store.register.finish(intent, an_undo())
    forged = an_undo().but(words="cancel something else")

    assert "only what its own step left" in str(store.register.begin(intent.taken_back(forged), None))
    undo = intent.taken_back(an_undo())
    assert store.register.begin(undo, None) == Fresh()
    store.register.finish(undo, Compensated(words="cancelled"))
    assert store.register.begin(undo, None) == Settled(Compensated(words="cancelled"))


def test_a_rollback_takes_back_what_its_plan_names(store: Store) -> None:
    steps = (a_step(direction="undo", params=an_undo().plain()),)
    plan = allowed_plan(store, purpose="rollback", undoes=1, steps=steps)

    assert store.register.begin(intent_of(store, plan), None) == Fresh()


def test_an_effect_that_was_never_recorded_is_looked_at_first(store: Store) -> None:
    intent = _begun(store)

    assert store.register.begin(intent, None) == UNSETTLED
    assert store.journal.entries()[-1].kind == "effect.looked_at"
    assert [effect.state for effect in store.register.effects(intent.case)] == ["intended"]


@pytest.mark.parametrize("scope", ["all", "kind:stockout", "action:stock.transfer", "company:1"])
def test_a_pause_holds_what_was_begun_where_it_is(store: Store, scope: str) -> None:
    intent = _begun(store)
    store.pauses.pause(scope, actor=BUYER.actor, reason="stock count")

    refusal = store.register.begin(intent, None)

    assert isinstance(refusal, Refusal)
    assert refusal.guard == "pause"
    assert [effect.state for effect in store.register.effects(intent.case)] == ["intended"]


def test_a_pause_in_the_policy_holds_it_too(store: Store) -> None:
    intent = _begun(store)
    store.register.limits = Saying(Refusal(guard="pause", reason="stock.transfer is paused"))

    assert store.register.begin(intent, None) == Refusal(guard="pause", reason="stock.transfer is paused")


def test_what_was_begun_may_be_sent_again_until_its_grant_runs_out(store: Store, clock: SetClock) -> None:
    intent = _begun(store)

    clock.move(timedelta(minutes=59))
    still = store.register.begin(intent, None)
    clock.move(timedelta(minutes=1))
    late = store.register.begin(intent, None)

    assert (still, late) == (UNSETTLED, Unsettled(since=NOON, may_send=False))


def test_what_was_begun_may_not_be_sent_again_over_a_limit(store: Store) -> None:
    intent = _begun(store)
    store.register.limits = Ceiling(pounds(99))

    assert store.register.begin(intent, None) == Unsettled(since=NOON, may_send=False)


def test_a_second_try_counts_from_its_own_moment(store: Store, clock: SetClock) -> None:
    intent = _begun(store)
    store.register.unknown(intent, "the answer was lost")
    clock.move(timedelta(minutes=5))

    store.register.in_flight(intent, "sent once more")

    entry, effect = store.journal.entries()[-1], store.register.effects(intent.case)[0]
    assert store.register.begin(intent, None) == Unsettled(since=clock.now(), may_send=True)
    assert (effect.state, effect.why) == ("intended", "sent once more")
    assert (entry.kind, entry.facts) == ("effect.in_flight", {"effect": intent.key, "why": "sent once more"})


def test_what_has_ended_is_not_at_work_again(store: Store) -> None:
    intent = _begun(store)
    store.register.finish(intent, an_undo())

    with pytest.raises(Conflict, match="has ended"):
        store.register.in_flight(intent, "sent once more")


def test_a_run_after_a_change_of_policy_goes_on_with_what_was_begun(store: Store) -> None:
    intent = _begun(store)
    anew = Intent.of(store.plans.get(intent.case, 1), 0, desk=store.desk, policy_digest=OTHER)

    stored = store.register.stored(anew.key)

    assert stored == intent
    assert store.register.begin(stored, None) == UNSETTLED
    store.register.finish(stored, an_undo())
    assert store.register.stored(anew.key) == intent


def test_what_never_began_or_was_dropped_is_not_gone_on_with(store: Store) -> None:
    intent = intent_of(store, allowed_plan(store))

    before = store.register.stored(intent.key)
    store.register.begin(intent, None)
    store.register.drop(intent, "stale")

    assert (before, store.register.stored(intent.key)) == (None, None)


def test_an_unknown_effect_can_be_settled_once_it_is_found(store: Store) -> None:
    intent = _begun(store)
    store.register.unknown(intent, "the answer was lost")

    assert store.register.begin(intent, None) == UNSETTLED
    store.register.finish(intent, an_undo())

    assert store.register.begin(intent, None) == Settled(an_undo())
    assert [effect.state for effect in store.register.effects(intent.case)] == ["done"]


def test_a_dropped_effect_never_runs_again_under_its_key(store: Store) -> None:
    intent = _begun(store)

    store.register.drop(intent, "Odoo could not be reached")

    refusal = store.register.begin(intent, None)
    assert isinstance(refusal, Refusal)
    assert refusal.guard == "effect"
    assert "plan again" in refusal.reason


def test_a_fresh_plan_version_may_do_what_was_dropped(store: Store) -> None:
    plan = allowed_plan(store)
    store.register.begin(intent_of(store, plan), None)
    store.register.drop(intent_of(store, plan), "Odoo could not be reached")

    newer = store.plans.save(plan.but(version=2), expected=ANYWHERE)
    store.plans.reserve(newer, judging("allow"), expected=ANYWHERE)

    assert store.register.begin(intent_of(store, newer), None) == Fresh()


def test_another_intent_under_a_used_key_is_refused(store: Store) -> None:
    intent = _begun(store)

    refusal = store.register.begin(intent.but(params={"product": 12, "quantity": "99"}), None)

    assert "begun with other content" in str(refusal)


def test_an_end_is_recorded_once_and_told_twice_without_harm(store: Store) -> None:
    intent = _begun(store)
    store.register.finish(intent, an_undo())
    entries = len(store.journal.entries())

    store.register.finish(intent, an_undo())

    assert len(store.journal.entries()) == entries


def test_an_end_cannot_be_told_differently_afterwards(store: Store) -> None:
    intent = _begun(store)
    store.register.finish(intent, an_undo())

    with pytest.raises(Conflict, match="is done already"):
        store.register.drop(intent, "no")
    with pytest.raises(Conflict, match="is done already"):
        store.register.finish(intent, an_undo().but(words="something else"))


def test_an_effect_that_never_began_has_no_end(store: Store) -> None:
    with pytest.raises(Conflict, match="never begun"):
        store.register.drop(intent_of(store, allowed_plan(store)), "no")


def test_a_step_done_leaves_an_undo_and_a_step_taken_back_does_not(store: Store) -> None:
    intent = _begun(store)

    with pytest.raises(Misuse, match="ended with Compensated"):
        store.register.finish(intent, Compensated(words="cancelled"))


def test_effects_are_listed_in_the_order_they_began(store: Store) -> None:
    plan = allowed_plan(store, steps=(a_step(), a_step()))
    for step in (1, 0):
        store.register.begin(intent_of(store, plan, step), None)

    assert [effect.intent.step for effect in store.register.effects(plan.case)] == [1, 0]
    assert store.register.effects(plan.case, version=2) == []


def test_an_intent_changed_in_the_database_is_not_read(store: Store) -> None:
    intent = _begun(store)
    with store.database.writing() as tx:
        tx.execute(text("UPDATE effects SET intent = CAST(replace(CAST(intent AS TEXT), '10', '99') AS BLOB)"))

    with pytest.raises(Corrupt, match=intent.key):
        store.register.effects(intent.case)


def test_of_many_threads_that_begin_one_step_a_single_one_goes_ahead(store: Store) -> None:
    intent = intent_of(store, allowed_plan(store))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: store.register.begin(intent, None), range(24)))

    assert answers.count(Fresh()) == 1
    assert answers.count(UNSETTLED) == 23


def _begun(store: Store) -> Intent:
    intent = intent_of(store, allowed_plan(store))
    assert store.register.begin(intent, None) == Fresh()
    return intent


def _kinds(store: Store) -> list[str]:
    return [entry.kind for entry in store.journal.entries()]
