"""Plans come in order, are judged once, and a new one ends what an older one waited for."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from domain.errors import Misuse, NotFound
from domain.exposures import Dimension
from domain.intents import Fresh
from domain.money import Money
from domain.ports import Usage
from domain.refusals import Refusal
from domain.verdicts import Outcome, Verdict
from memory.errors import Conflict, Corrupt
from memory.store import Store
from tests.memory.builders import (
    ANYWHERE,
    BUYER,
    a_case,
    a_plan,
    a_step,
    a_verdict,
    allowed_plan,
    an_ask,
    an_undo,
    approve,
    asked,
    evidence,
    intent_of,
    judging,
    pounds,
    saved_plan,
)


def test_a_saved_plan_is_read_back_as_it_was(store: Store) -> None:
    plan = saved_plan(store, a_case(store).id)

    assert store.plans.get(plan.case, 1) == plan
    assert store.plans.newest(plan.case) == plan
    assert store.cases.get(plan.case).plan_version == 1


def test_the_proposal_is_journalled_with_its_evidence_planner_and_exposure(store: Store) -> None:
    plan = saved_plan(store, a_case(store).id, edited_by="user:7")

    entry = store.journal.entries()[-1]

    assert (entry.kind, entry.actor) == ("plan.proposed", "user:7")
    assert entry.facts["digest"] == plan.digest
    assert entry.facts["evidence_digest"] == plan.evidence_digest
    assert (entry.facts["planner"], entry.facts["amount"]) == ("rules", pounds(100).plain())


@pytest.mark.parametrize("version", [1, 3])
def test_a_version_that_is_not_the_next_is_refused(store: Store, version: int) -> None:
    case = saved_plan(store, a_case(store).id).case

    with pytest.raises(Conflict, match="version 2"):
        store.plans.save(a_plan(case, version), expected=ANYWHERE)


def test_a_plan_for_no_case_is_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="no case C9"):
        store.plans.save(a_plan("C9"), expected=ANYWHERE)


def test_a_plan_that_names_evidence_nobody_saved_is_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="never saved"):
        store.plans.save(a_plan(a_case(store).id), expected=ANYWHERE)


def test_a_plan_that_was_changed_in_the_database_is_not_read(store: Store) -> None:
    plan = saved_plan(store, a_case(store).id)
    with store.database.writing() as tx:
        tx.execute(text("UPDATE plans SET body = CAST(replace(CAST(body AS TEXT), '10', '99') AS BLOB)"))

    with pytest.raises(Corrupt, match="plan 1 of case C1"):
        store.plans.get(plan.case, 1)


def test_a_case_without_a_plan_has_no_newest(store: Store) -> None:
    case = a_case(store).id

    assert store.plans.newest(case) is None
    with pytest.raises(NotFound, match="no plan version 1"):
        store.plans.get(case, 1)


def test_an_allowed_plan_gets_a_grant_for_each_step_and_for_taking_it_back(store: Store) -> None:
    plan = saved_plan(store, a_case(store).id, steps=(a_step(), a_step(5)))

    reserved = store.plans.reserve(plan, judging("allow"), expected=ANYWHERE)

    assert (reserved.verdict, reserved.requests) == (a_verdict("allow"), ())
    assert _grants(store) == [("do", 0), ("undo", 0), ("do", 1), ("undo", 1)]
    assert _holds(store) == ["reserved", "reserved"]
    assert [entry.kind for entry in store.journal.entries(limit=3)] == ["plan.judged", "grant.issued", "case.moved"]


def test_a_plan_to_ask_about_reserves_and_asks_and_grants_nothing(store: Store) -> None:
    plan = saved_plan(store, a_case(store).id, steps=(a_step(), a_step(5)))

    verdict = judging("ask", an_ask("buyer", 0, 1, amount=105))
    (request,) = store.plans.reserve(plan, verdict, expected=ANYWHERE).requests

    assert (request.id, request.state, request.amount, request.steps) == ("R1", "pending", pounds(105), (0, 1))
    assert request.title == plan.title
    assert (request.plan_digest, request.policy_digest) == (plan.digest, a_verdict("ask").policy_digest)
    assert _grants(store) == []
    assert _holds(store) == ["pending", "pending"]


def test_a_refused_plan_reserves_and_grants_nothing(store: Store) -> None:
    plan = saved_plan(store, a_case(store).id)

    reserved = store.plans.reserve(plan, judging("refuse"), expected=ANYWHERE)

    assert reserved.requests == ()
    assert (_grants(store), _holds(store)) == ([], [])
    judged = next(entry for entry in store.journal.entries() if entry.kind == "plan.judged")
    assert judged.facts["outcome"] == "refuse"


def test_taking_back_is_granted_by_its_parameters_and_commits_nothing_new(store: Store) -> None:
    steps = (a_step(direction="undo", params=an_undo().plain()),)
    plan = saved_plan(store, a_case(store).id, purpose="rollback", undoes=1, steps=steps)

    store.plans.reserve(plan, judging("allow"), expected=ANYWHERE)

    assert (_grants(store), _holds(store)) == ([("undo", 0)], [])


def test_a_plan_is_judged_once_however_often_it_is_asked_about(store: Store) -> None:
    plan = saved_plan(store, a_case(store).id)
    first = store.plans.reserve(plan, judging("ask"), expected=ANYWHERE)

    again = store.plans.reserve(plan, judging("allow"), expected=ANYWHERE)

    assert again == first
    assert _grants(store) == []
    assert store.plans.verdict(plan.case, 1) == a_verdict("ask")


def test_the_judge_sees_what_others_reserved_and_not_the_plan_itself(store: Store) -> None:
    allowed_plan(store)
    plan = saved_plan(store, a_case(store, "product:99").id)
    seen: list[Money] = []

    def judge(usage: Usage) -> Verdict:
        exposure = plan.steps[0].exposure
        seen.append(usage.amount(Dimension.VENDOR, exposure, within=_DAY))
        return a_verdict("allow")

    store.plans.reserve(plan, judge, expected=ANYWHERE)

    assert seen == [pounds(100)]


def test_a_judge_that_fails_leaves_nothing_reserved(store: Store) -> None:
    plan = saved_plan(store, a_case(store).id)

    def judge(usage: Usage) -> Verdict:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.plans.reserve(plan, judge, expected=ANYWHERE)

    assert store.plans.verdict(plan.case, 1) is None
    assert _holds(store) == []


def test_a_question_without_a_role_to_ask_is_a_mistake(store: Store) -> None:
    plan = saved_plan(store, a_case(store).id)

    def judge(usage: Usage) -> Verdict:
        return a_verdict("ask").but(asks=())

    with pytest.raises(Misuse, match="names no role"):
        store.plans.reserve(plan, judge, expected=ANYWHERE)

    assert _holds(store) == []


def test_only_the_newest_plan_as_stored_is_judged(store: Store) -> None:
    plan = saved_plan(store, a_case(store).id)

    with pytest.raises(Conflict, match="not the newest"):
        store.plans.reserve(plan.but(title="another"), judging("allow"), expected=ANYWHERE)
    store.plans.save(plan.but(version=2), expected=ANYWHERE)
    with pytest.raises(Conflict, match="not the newest"):
        store.plans.reserve(plan, judging("allow"), expected=ANYWHERE)


@pytest.mark.parametrize(("outcome", "state"), [("allow", "acting"), ("ask", "waiting"), ("refuse", "queued")])
def test_the_verdict_moves_its_case_in_the_same_transaction(store: Store, outcome: Outcome, state: str) -> None:
    plan = saved_plan(store, a_case(store).id)

    store.plans.reserve(plan, judging(outcome), expected=("open",))

    case, entry = store.cases.get(plan.case), store.journal.entries()[-1]
    assert (case.state, case.why) == (state, "because")
    assert (entry.kind, entry.facts) == ("case.moved", {"from": "open", "to": state, "why": "because"})


def test_a_case_that_waits_anew_says_so(store: Store) -> None:
    request = asked(store)
    edited = store.plans.save(a_plan(request.case, 2), expected=("waiting",), replaces=request.id)

    store.plans.reserve(edited, judging("ask"), expected=("waiting",))

    assert store.cases.get(request.case).state == "waiting"
    assert [entry.kind for entry in store.journal.entries()].count("case.moved") == 2


def test_a_case_that_moved_on_while_it_was_planned_is_not_planned_or_judged(store: Store) -> None:
    plan = saved_plan(store, a_case(store).id)
    store.cases.move(plan.case, "closed", "handled by phone", actor=BUYER.actor)

    with pytest.raises(Conflict, match="expected to be open and is closed"):
        store.plans.save(a_plan(plan.case, 2), expected=("open",))
    with pytest.raises(Conflict, match="expected to be open or waiting and is closed"):
        store.plans.reserve(plan, judging("allow"), expected=("waiting", "open"))

    assert store.plans.newest(plan.case) == plan
    assert (store.cases.get(plan.case).state, _grants(store), _holds(store)) == ("closed", [], [])


def test_a_plan_judged_before_answers_the_same_wherever_its_case_is_and_moves_nothing(store: Store) -> None:
    plan = allowed_plan(store)
    store.cases.move(plan.case, "queued", "a person must look")

    again = store.plans.reserve(plan, judging("refuse"), expected=("open",))

    assert again.verdict == a_verdict("allow")
    assert store.cases.get(plan.case).state == "queued"


def test_a_request_that_was_answered_meanwhile_is_not_replaced(store: Store) -> None:
    request = asked(store)
    approve(store, request)

    with pytest.raises(Conflict, match="R1 was expected to wait for an answer and is approved by user:7"):
        store.plans.save(a_plan(request.case, 2), expected=("waiting",), replaces=request.id)

    assert store.requests.get(request.id).state == "approved"
    assert store.cases.get(request.case).plan_version == 1


def test_a_request_that_ended_unanswered_is_not_replaced_either(store: Store) -> None:
    request = asked(store)
    store.requests.supersede(request.case, "stock arrived")

    with pytest.raises(Conflict, match="and is superseded; read"):
        store.plans.save(a_plan(request.case, 2), expected=("waiting",), replaces=request.id)


def test_a_new_version_ends_the_question_about_the_old_one(store: Store) -> None:
    request = asked(store)

    store.plans.save(store.plans.get(request.case, 1).but(version=2), expected=ANYWHERE)

    assert store.requests.get(request.id).state == "superseded"
    assert _holds(store) == ["released"]
    assert isinstance(approve(store, request), Refusal)


def test_a_new_version_takes_back_the_unused_grants_of_the_old_one(store: Store) -> None:
    plan = allowed_plan(store)

    store.plans.save(plan.but(version=2), expected=ANYWHERE)

    assert _holds(store) == ["released"]
    assert "taken back" in str(store.register.begin(intent_of(store, plan), None))


def test_what_an_older_version_did_can_still_be_taken_back(store: Store) -> None:
    plan = allowed_plan(store)
    intent = intent_of(store, plan)
    store.register.begin(intent, None)
    store.register.finish(intent, an_undo())

    store.plans.save(plan.but(version=2), expected=ANYWHERE)

    assert store.register.begin(intent.taken_back(an_undo()), None) == Fresh()


def test_evidence_is_kept_once_and_read_by_its_digest(store: Store) -> None:
    case = a_case(store).id

    digest = store.evidence.save(case, evidence())
    store.evidence.save(case, evidence())

    assert store.evidence.get(digest) == evidence().plain()
    assert [entry.kind for entry in store.journal.entries(case=case)] == ["case.opened", "evidence.gathered"]
    with pytest.raises(NotFound, match="no evidence"):
        store.evidence.get("f" * 64)


_DAY = timedelta(days=1)


def _grants(store: Store) -> list[tuple[str, int]]:
    with store.database.reading() as tx:
        rows = tx.execute(text("SELECT direction, step FROM grants ORDER BY number")).all()
    return [(row.direction, row.step) for row in rows]


def _holds(store: Store) -> list[str]:
    with store.database.reading() as tx:
        return list(tx.execute(text("SELECT state FROM reservations ORDER BY step")).scalars())
