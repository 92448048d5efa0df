"""A person takes a case in hand, and the desk leaves it alone until it is theirs no longer."""

from datetime import timedelta

import pytest

from desk.closing import close
from desk.deciding import decide
from desk.pausing import pause
from desk.recovering import recover
from desk.rolling_back import rollback
from desk.taking import give_back, take
from domain.errors import Misuse, NotFound
from domain.words import LONGEST
from scenarios.stage import Stage
from tests.desk.doing import asked, journal_kinds, only_case, scanned, writes
from tests.desk.holding import done, refused
from tests.shortages import large_transfer, small_transfer


@pytest.fixture
def waiting(scene: Stage) -> Stage:
    """A transfer waits for the warehouse lead."""
    large_transfer(scene.world)
    scanned(scene)
    return scene


def taken(scene: Stage, by: str = "warehouse") -> None:
    done(take(scene.desk, only_case(scene).id, scene.person(by), "I drive there myself"))


def test_taking_a_case_ends_what_it_asked_for(waiting: Stage) -> None:
    request = asked(waiting)

    taken(waiting)

    case, hold = only_case(waiting), waiting.desk.store.holds.of_case(only_case(waiting).id)
    assert (case.state, case.why) == ("queued", "taken: I drive there myself")
    assert hold is not None
    assert hold.by == waiting.person("warehouse").actor
    assert waiting.desk.store.requests.get(request.id).state == "superseded"
    too_late = refused(decide(waiting.desk, request.id, waiting.person("warehouse"), "approve"))
    assert too_late.guard == "superseded"
    assert "since 2026-03-02 09:00 UTC: the case was taken by warehouse (user:" in too_late.reason
    assert "case.taken" in journal_kinds(waiting)


def test_scans_bring_the_facts_up_to_date_and_nothing_more(waiting: Stage) -> None:
    taken(waiting)
    waiting.world.sell("jug", "STH", 100, 2)
    before = only_case(waiting)

    found = scanned(waiting)
    waiting.clock.move(timedelta(days=40))
    recover(waiting.desk)

    assert found.updated == (before.id,)
    assert only_case(waiting).money_at_risk > before.money_at_risk
    assert only_case(waiting).state == "queued"
    assert waiting.desk.store.requests.pending() == []
    assert writes(waiting) == []


def test_a_case_in_hand_stays_open_when_its_exception_is_gone_and_says_so(waiting: Stage) -> None:
    taken(waiting)
    waiting.world.stock("jug", "STH", 1000)

    first, second = scanned(waiting), scanned(waiting)

    assert first.gone == second.gone == ()
    assert (only_case(waiting).state, only_case(waiting).why) == ("queued", "a scan no longer finds the exception")
    assert journal_kinds(waiting).count("case.rests") == 1


def test_a_case_that_is_given_back_is_planned_again(waiting: Stage) -> None:
    taken(waiting)

    case = done(give_back(waiting.desk, only_case(waiting).id, waiting.person("warehouse")))

    assert (case.state, case.plan_version) == ("waiting", 2)
    assert asked(waiting).plan_version == 2
    assert waiting.desk.store.holds.of_case(case.id) is None


def test_whoever_gives_back_what_somebody_else_has_in_hand_says_why_and_both_stand_in_the_journal(
    waiting: Stage,
) -> None:
    taken(waiting)
    case, manager = only_case(waiting).id, waiting.person("buymgr")

    with pytest.raises(Misuse, match=f"warehouse has case {case} in hand; whoever else gives it back says why"):
        give_back(waiting.desk, case, manager)
    assert only_case(waiting).state == "queued"

    done(give_back(waiting.desk, case, manager, "they are on leave"))
    entry = [entry for entry in waiting.desk.store.journal.entries() if entry.kind == "case.given_back"][-1]
    assert (entry.actor, entry.facts["from"]) == (manager.actor, waiting.person("warehouse").actor)


def test_whoever_takes_over_says_why_and_both_stand_in_the_journal(waiting: Stage) -> None:
    taken(waiting)

    taken(waiting, by="buymgr")

    entry = [entry for entry in waiting.desk.store.journal.entries() if entry.kind == "case.taken"][-1]
    assert (entry.actor, entry.facts["from"]) == (waiting.person("buymgr").actor, waiting.person("warehouse").actor)


def test_a_case_in_ones_own_hands_is_not_taken_again(waiting: Stage) -> None:
    taken(waiting)

    again = refused(take(waiting.desk, only_case(waiting).id, waiting.person("warehouse"), "mine"))

    assert "--give-back" in again.reason


def test_nobody_else_closes_or_rolls_back_what_somebody_has_in_hand(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    taken(scene)
    case = only_case(scene).id

    outcome = refused(close(scene.desk, case, scene.person("buymgr"), "tidy up"))

    assert outcome.guard == "owner"
    assert "warehouse" in outcome.reason
    assert done(close(scene.desk, case, scene.person("warehouse"), "done by hand")).state == "closed"


def test_a_case_that_nobody_has_in_hand_is_not_given_back(waiting: Stage) -> None:
    outcome = refused(give_back(waiting.desk, only_case(waiting).id, waiting.person("warehouse")))

    assert "nobody has" in outcome.reason
    assert only_case(waiting).state == "waiting"


@pytest.mark.parametrize("reason", ["", "  ", "x" * (LONGEST + 1), "bell\x07"])
def test_a_case_is_taken_with_a_reason_that_can_be_kept(waiting: Stage, reason: str) -> None:
    with pytest.raises(Misuse):
        take(waiting.desk, only_case(waiting).id, waiting.person("warehouse"), reason)

    assert only_case(waiting).state == "waiting"


@pytest.mark.parametrize("login", ["sales", "auditor"])
def test_nobody_takes_what_is_not_their_trade(waiting: Stage, login: str) -> None:
    assert refused(take(waiting.desk, only_case(waiting).id, waiting.person(login), "mine")).guard == "role"


def test_a_closed_case_is_not_taken(scene: Stage) -> None:
    small_transfer(scene.world)
    scanned(scene)

    assert "it is over" in refused(take(scene.desk, only_case(scene).id, scene.person("warehouse"), "mine")).reason


def test_a_case_whose_steps_are_under_way_is_not_taken(scene: Stage) -> None:
    small_transfer(scene.world)
    pause(scene.desk, "action:stock.transfer", scene.person("warehouse"), "forklift broken")
    scanned(scene)

    outcome = refused(take(scene.desk, only_case(scene).id, scene.person("warehouse"), "mine"))

    assert (outcome.guard, only_case(scene).state) == ("state", "acting")


def test_a_case_that_does_not_exist_says_where_to_look(scene: Stage) -> None:
    with pytest.raises(NotFound, match=r"no case C9; those there are: python app\.py cases"):
        take(scene.desk, "C9", scene.person("warehouse"), "mine")


def test_a_rollback_of_what_somebody_has_in_hand_is_theirs_to_ask_for(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    decide(scene.desk, asked(scene).id, scene.person("warehouse"), "approve")
    case = only_case(scene).id
    rollback(scene.desk, case, scene.person("warehouse"))
    taken(scene, by="buymgr")

    assert refused(rollback(scene.desk, case, scene.person("warehouse"))).guard == "owner"
