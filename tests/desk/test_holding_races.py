"""Two people, or a person and the desk, have to do with one case at the same moment: one of them is told so."""

from threading import Barrier, Thread

from desk.deciding import decide
from desk.dismissing import dismiss
from desk.holding import HOLDABLE
from desk.proposing import propose
from desk.snoozing import morning, snooze
from desk.taking import give_back, take
from domain.cases import Case
from domain.refusals import Refusal
from scenarios.stage import Stage
from tests.desk.conftest import AT
from tests.desk.doing import asked, only_case, scanned, writes
from tests.desk.holding import done, refused
from tests.desk.test_races import interrupted
from tests.shortages import large_transfer, small_transfer


def test_of_two_who_take_one_case_at_once_one_owns_it(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    case, people = only_case(scene).id, [scene.person("warehouse"), scene.person("buymgr")]
    ready, outcomes = Barrier(2), []

    def reach(place: int) -> None:
        ready.wait()
        outcomes.append(take(scene.desk, case, people[place], "mine"))

    both = [Thread(target=reach, args=(place,)) for place in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    (hold,) = scene.desk.store.holds.all()
    winners = [one for one in outcomes if isinstance(one, Case)]
    taken = [entry for entry in scene.desk.store.journal.entries() if entry.kind == "case.taken"]
    assert hold.by in {person.actor for person in people}
    assert len(taken) == len(winners)
    assert taken[-1].actor == hold.by
    if len(winners) == 2:
        assert taken[-1].facts["from"] == taken[0].actor, "whoever was later took it over knowingly"


def test_a_case_taken_while_it_is_planned_is_not_acted_on(scene: Stage) -> None:
    small_transfer(scene.world)
    racing = interrupted(
        scene, lambda: done(take(scene.desk, only_case(scene).id, scene.person("warehouse"), "I drive there"))
    )

    scanned(racing)

    assert only_case(scene).state == "queued"
    assert scene.desk.store.holds.of_case(only_case(scene).id) is not None
    assert writes(scene) == []


def test_a_case_dismissed_while_somebody_proposes_stays_dismissed(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    plan = scene.desk.store.plans.newest(only_case(scene).id)
    assert plan is not None
    racing = interrupted(
        scene, lambda: done(dismiss(scene.desk, only_case(scene).id, scene.person("warehouse"), "no jugs there"))
    )

    outcome = propose(racing.desk, only_case(scene).id, scene.person("buymgr"), plan.option, {})

    assert refused(outcome).guard == "decided"
    assert only_case(scene).state == "closed"
    assert only_case(scene).plan_version == plan.version


def test_an_approval_that_came_first_is_not_taken_away_by_a_proposal(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    request = asked(scene)
    plan = scene.desk.store.plans.newest(request.case)
    assert plan is not None
    racing = interrupted(scene, lambda: decide(scene.desk, request.id, scene.person("warehouse"), "approve"))

    outcome = propose(racing.desk, request.case, scene.person("buymgr"), plan.option, {})

    assert isinstance(outcome, Refusal)
    assert only_case(scene).state == "closed"
    assert writes(scene) == ["stock.picking.create", "stock.picking.action_confirm"]


def test_a_case_is_snoozed_taken_and_given_back_without_a_trace_of_the_first(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    case, lead = only_case(scene).id, scene.person("warehouse")
    done(snooze(scene.desk, case, lead, "later", morning(AT.date().replace(day=9))))

    done(take(scene.desk, case, lead, "now after all"))
    done(give_back(scene.desk, case, lead))

    assert scene.desk.store.holds.all() == []
    assert asked(scene).case == case


def test_a_case_is_held_back_only_where_nothing_of_it_is_under_way() -> None:
    assert HOLDABLE == {"open", "waiting", "queued"}
