"""A person picks another option, and policy judges it like any plan that a person edited."""

from datetime import timedelta
from decimal import Decimal

import pytest

from desk.closing import close
from desk.deciding import Decided, decide
from desk.dismissing import dismiss
from desk.pausing import pause
from desk.proposing import Proposed, propose
from desk.rolling_back import rollback
from desk.snoozing import snooze
from desk.taking import take
from domain.plans import Plan
from scenarios.stage import Stage
from tests.desk.combined import asking_two
from tests.desk.doing import asked, journal_kinds, only_case, scanned, writes
from tests.desk.holding import done, refused
from tests.shortages import large_transfer, small_transfer


@pytest.fixture
def waiting(scene: Stage) -> Stage:
    """A transfer waits for the warehouse lead, and the vendor could deliver too."""
    large_transfer(scene.world)
    scene.world.vendor_price("jug", "2.10", delay=3)
    scanned(scene)
    return scene


def plan_of(scene: Stage) -> Plan:
    plan = scene.desk.store.plans.newest(only_case(scene).id)
    assert plan is not None
    return plan


def another(scene: Stage, prefix: str = "rfq:") -> str:
    """An option that was not chosen, by the beginning of its name."""
    return next(option.name for option in plan_of(scene).rejected if option.name.startswith(prefix))


def put(outcome: object) -> Proposed:
    assert isinstance(outcome, Proposed), outcome
    return outcome


def test_another_option_takes_the_place_of_the_plan_that_waited(waiting: Stage) -> None:
    request, name = asked(waiting), another(waiting)

    outcome = put(propose(waiting.desk, request.case, waiting.person("buymgr"), name, {}, "they owe us one"))

    assert (outcome.plan.option, outcome.plan.version) == (name, 2)
    assert outcome.plan.edited_by == waiting.person("buymgr").actor
    assert waiting.desk.store.requests.get(request.id).state == "superseded"
    assert [one.id for one in outcome.requests] == [one.id for one in waiting.desk.store.requests.pending()]


def test_its_knobs_may_be_turned_at_once(waiting: Stage) -> None:
    outcome = put(
        propose(
            waiting.desk,
            only_case(waiting).id,
            waiting.person("buymgr"),
            plan_of(waiting).option,
            {"quantity": Decimal(300)},
        )
    )

    assert outcome.plan.reason == "proposed: quantity = 300 in place of 408"
    assert outcome.plan.knobs[0].value == 300


def test_nothing_is_approved_by_proposing_it(waiting: Stage) -> None:
    chosen = plan_of(waiting).option

    outcome = put(propose(waiting.desk, only_case(waiting).id, waiting.person("warehouse"), chosen, {}))

    assert outcome.case.state == "waiting"
    assert writes(waiting) == []


def test_above_the_four_eyes_limit_whoever_proposed_may_not_approve(scene: Stage) -> None:
    large_transfer(scene.world)
    scene.world.sell("jug", "STH", 600, 2)
    scanned(scene)
    put(propose(scene.desk, only_case(scene).id, scene.person("warehouse"), plan_of(scene).option, {}))

    own = refused(decide(scene.desk, asked(scene).id, scene.person("warehouse"), "approve"))

    assert own.guard == "four-eyes"
    assert isinstance(decide(scene.desk, asked(scene).id, scene.person("buymgr"), "approve"), Decided)


def test_a_queued_case_is_planned_by_a_person(waiting: Stage) -> None:
    decide(waiting.desk, asked(waiting).id, waiting.person("warehouse"), "reject", "not from the hub")

    outcome = put(propose(waiting.desk, only_case(waiting).id, waiting.person("buymgr"), another(waiting), {}))

    assert outcome.case.state in ("waiting", "closed")
    assert outcome.plan.version == 2


def test_a_closed_case_comes_back_by_a_proposal(waiting: Stage) -> None:
    case = only_case(waiting).id
    done(close(waiting.desk, case, waiting.person("warehouse"), "leave it"))

    outcome = put(propose(waiting.desk, case, waiting.person("warehouse"), plan_of(waiting).option, {}))

    assert outcome.case.state == "waiting"


def test_nothing_is_proposed_about_an_exception_that_is_gone(waiting: Stage) -> None:
    name = another(waiting)
    waiting.world.stock("jug", "STH", 1000)

    assert (
        "exception is gone"
        in refused(propose(waiting.desk, only_case(waiting).id, waiting.person("buymgr"), name, {})).reason
    )


def test_an_option_that_does_not_exist_is_answered_with_those_that_do(waiting: Stage) -> None:
    outcome = refused(propose(waiting.desk, only_case(waiting).id, waiting.person("buymgr"), "magic:1", {}))

    assert plan_of(waiting).option in outcome.reason
    assert asked(waiting).plan_version == 1


def test_doing_nothing_is_dismissed_and_not_proposed(waiting: Stage) -> None:
    outcome = refused(propose(waiting.desk, only_case(waiting).id, waiting.person("buymgr"), "nothing", {}))

    assert "dismiss" in outcome.reason


@pytest.mark.parametrize("quantity", ["0", "-5", "100000", "10.5"])
def test_a_knob_out_of_bounds_is_refused_and_nothing_changes(waiting: Stage, quantity: str) -> None:
    request, chosen = asked(waiting), plan_of(waiting).option

    refused(propose(waiting.desk, request.case, waiting.person("buymgr"), chosen, {"quantity": Decimal(quantity)}))

    assert asked(waiting) == request


@pytest.mark.parametrize("login", ["sales", "auditor"])
def test_nobody_proposes_what_their_roles_do_not_know(waiting: Stage, login: str) -> None:
    request = asked(waiting)

    outcome = refused(propose(waiting.desk, request.case, waiting.person(login), plan_of(waiting).option, {}))

    assert outcome.guard == "role"
    assert asked(waiting) == request


def promised(scene: Stage) -> Stage:
    """A transfer waits for the warehouse lead, and the customer could be promised a later day instead."""
    large_transfer(scene.world)
    scene.world.buy("jug", "STH", 500, in_days=8)
    scanned(scene)
    return scene


def test_nobody_ends_a_request_by_a_proposal_who_could_not_edit_it(scene: Stage) -> None:
    request, name = asked(promised(scene)), another(scene, "promise:")

    outcome = refused(propose(scene.desk, request.case, scene.person("sales"), name, {}))

    assert outcome.guard == "role"
    assert outcome.reason.startswith(f"{request.id} asks warehouse-lead, and a proposal would end that")
    assert asked(scene) == request


def test_whoever_is_asked_about_one_part_may_propose_instead_of_the_whole(scene: Stage) -> None:
    asking_two(scene)
    case, name = only_case(scene).id, another(scene)

    outcome = put(propose(scene.desk, case, scene.person("buyer"), name, {}))

    assert [one.state for one in scene.desk.store.requests.of_case(case)] == ["superseded", "superseded", "pending"]
    assert outcome.plan.option == name


def test_a_plan_of_ones_own_gives_no_say_in_what_others_were_asked(scene: Stage) -> None:
    request, name = asked(promised(scene)), another(scene, "promise:")
    decide(scene.desk, request.id, scene.person("warehouse"), "reject", "not from the hub")
    sales, later = scene.person("sales"), scene.clock.now() + timedelta(days=1)
    put(propose(scene.desk, request.case, sales, name, {}))
    own = asked(scene)

    outcomes = (
        close(scene.desk, request.case, sales, "not mine"),
        take(scene.desk, request.case, sales, "not mine"),
        snooze(scene.desk, request.case, sales, "not mine", later),
        dismiss(scene.desk, request.case, sales, "not mine"),
    )

    assert {refused(one).guard for one in outcomes} == {"role"}
    assert "stock.transfer" in refused(outcomes[0]).reason
    assert asked(scene) == own
    assert done(dismiss(scene.desk, request.case, scene.person("buymgr"), "as it should be")).state == "closed"


def test_a_case_in_somebodys_hands_is_theirs_to_plan(waiting: Stage) -> None:
    case, chosen = only_case(waiting).id, plan_of(waiting).option
    done(take(waiting.desk, case, waiting.person("warehouse"), "mine"))

    assert refused(propose(waiting.desk, case, waiting.person("buymgr"), chosen, {})).guard == "owner"
    assert put(propose(waiting.desk, case, waiting.person("warehouse"), chosen, {})).case.state == "waiting"
    assert waiting.desk.store.holds.all() == []


def test_a_rollback_that_waits_is_decided_first(waiting: Stage) -> None:
    decide(waiting.desk, asked(waiting).id, waiting.person("warehouse"), "approve")
    case = only_case(waiting).id
    rollback(waiting.desk, case, waiting.person("warehouse"))
    request = asked(waiting)

    outcome = refused(propose(waiting.desk, case, waiting.person("buymgr"), "rfq:1", {}))

    assert "rollback" in outcome.reason
    assert asked(waiting) == request


def test_why_it_was_proposed_is_kept_as_the_persons_own_words(waiting: Stage) -> None:
    propose(waiting.desk, only_case(waiting).id, waiting.person("buymgr"), another(waiting), {}, "they owe us one")

    entry = next(e for e in waiting.desk.store.journal.entries() if e.kind == "plan.put_forward")
    assert entry.facts["reason"] == "they owe us one"
    with waiting.desk.store.database.reading() as tx:
        bodies = tx.exec_driver_sql("SELECT body FROM journal UNION SELECT body FROM plans").scalars().all()
    assert not any(b"owe us" in body for body in bodies)


def test_who_put_a_plan_forward_is_journalled_with_it_before_anything_comes_of_it(waiting: Stage) -> None:
    put(propose(waiting.desk, only_case(waiting).id, waiting.person("buymgr"), another(waiting), {}))

    kinds = journal_kinds(waiting)
    by_hand = kinds.index("plan.put_forward")
    assert kinds[by_hand - 1 : by_hand + 2] == ["plan.proposed", "plan.put_forward", "plan.judged"]


def test_a_case_that_is_being_carried_out_is_not_planned_beside_that(scene: Stage) -> None:
    small_transfer(scene.world)
    pause(scene.desk, "action:stock.transfer", scene.person("warehouse"), "forklift broken")
    scanned(scene)

    outcome = refused(propose(scene.desk, only_case(scene).id, scene.person("warehouse"), plan_of(scene).option, {}))

    assert outcome.guard == "state"
    assert "plan.put_forward" not in journal_kinds(scene)


@pytest.fixture
def hurried(scene: Stage) -> Stage:
    """The desk asked the order's buyer to hurry a vendor, and the buyer did not do it yet."""
    large_transfer(scene.world)
    scene.world.buy("jug", "STH", 500, in_days=8)
    scanned(scene)
    put(propose(scene.desk, only_case(scene).id, scene.person("buymgr"), "expedite:1", {}))
    assert to_dos(scene) == 1
    return scene


def to_dos(scene: Stage) -> int:
    """How many people are asked to hurry a vendor."""
    with scene.engine.transaction() as env:
        return len(env.search("mail.activity", [["summary", "like", "Hurry the vendor"]]))


@pytest.mark.parametrize("by_hand", [False, True], ids=["by the desk", "by its buyer before the approval"])
def test_the_day_the_vendor_gave_ends_the_to_do_to_hurry_it(hurried: Stage, by_hand: bool) -> None:
    case = only_case(hurried)
    put(propose(hurried.desk, case.id, hurried.person("buymgr"), "redate:1", {"days": Decimal(4)}))
    if by_hand:
        with hurried.engine.transaction() as env:
            env.call("mail.activity", "action_feedback", env.search("mail.activity", [["summary", "like", "Hurry"]]))

    outcome = decide(hurried.desk, asked(hurried).id, hurried.person("buyer"), "approve")

    assert isinstance(outcome, Decided)
    assert outcome.case.state == "closed", outcome.case.why
    assert plan_of(hurried).steps[-1].action == "mail.activity_done"
    assert "is expected on 6 Mar 2026" in outcome.case.why
    assert to_dos(hurried) == 0
