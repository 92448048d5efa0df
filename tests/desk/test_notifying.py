"""Whoever is asked is told once in Odoo, on the document, and asked no more when the request is over."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from desk.closing import close
from desk.deciding import decide
from desk.desk import assemble
from desk.dossiers import dossier
from desk.editing import edit
from desk.notifying import notify
from desk.pausing import pause, resume
from desk.proposing import Proposed, propose
from desk.recovering import recover
from desk.rolling_back import rollback
from desk.scanning import scan
from desk.taking import take
from domain.calls import Call
from domain.cases import NOTICE, Case
from domain.errors import Misuse
from domain.faults import AccessRefused, OutcomeUnknown, Unreachable
from domain.refusals import Refusal
from domain.values import Json
from guardrails.policy import Policy
from memory.verifying import Verified
from scenarios.house import House
from scenarios.sandbox.env import Record
from scenarios.stage import Stage, stage
from tests.desk.combined import asking_two, both_asked
from tests.desk.conftest import AT
from tests.desk.doing import asked, only_case, scanned, writes
from tests.shortages import large_transfer

TOLD = ["sale.order.activity_schedule"]
CLOSED = ["sale.order.activity_schedule", "mail.activity.action_feedback"]


@pytest.fixture
def telling() -> Iterator[Stage]:
    """A desk under the usual policy, that names whom to tell."""
    with stage(AT, house=House(notify=True)) as scene:
        yield scene


def test_whoever_is_asked_is_told_on_the_document_with_a_link(telling: Stage) -> None:
    linked = within(telling, url="https://desk.example.com/")

    request = asking_one(linked)

    (activity,) = activities(linked)
    assert activity["user_id"] == linked.world.users["warehouse"].uid
    assert activity["res_model"] == "sale.order"
    assert activity["summary"].startswith(f"{request.id}: {request.amount} until 2026-03-03 09:00 UTC, ")
    assert f'<a href="https://desk.example.com/requests/{request.id}">' in activity["note"]
    assert f"python app.py approve {request.id} --as LOGIN" in activity["note"]
    assert writes(linked) == TOLD


def test_without_an_address_of_the_desk_the_command_is_told_alone(telling: Stage) -> None:
    asking_one(telling)

    (activity,) = activities(telling)
    assert "href" not in activity["note"]
    assert "python app.py case C1" in activity["note"]


def test_no_mail_leaves(telling: Stage) -> None:
    asking_one(telling)

    env = telling.engine.root()
    assert env.search("mail.message", [["message_type", "=", "user_notification"]]) == []


def test_the_next_scan_tells_nobody_twice(telling: Stage) -> None:
    asking_one(telling)

    scanned(telling)
    recover(telling.desk)

    assert writes(telling) == TOLD
    assert [case.state for case in notices(telling)] == ["closed"]


@pytest.mark.parametrize(("answer", "word"), [("approve", "was approved"), ("reject", "was rejected")])
def test_a_decision_closes_what_was_told_with_its_outcome(telling: Stage, answer: Any, word: str) -> None:
    request = asking_one(telling)

    decide(telling.desk, request.id, telling.person("warehouse"), answer, "counted first")

    assert activities(telling) == []
    assert writes(telling)[-1] == "mail.activity.action_feedback"
    assert f"{request.id}, asked of warehouse-lead, {word}" in feedback(telling)
    assert "counted first" not in feedback(telling)
    assert isinstance(telling.desk.store.verify(), Verified)


def test_what_expires_is_closed_and_what_is_asked_anew_is_told(telling: Stage) -> None:
    asking_one(telling)
    telling.clock.move(timedelta(hours=25))

    recover(telling.desk)

    (activity,) = activities(telling)
    assert activity["summary"].startswith("R2: ")
    assert "R1, asked of warehouse-lead, is expired" in feedback(telling)


def test_a_case_closed_by_hand_asks_nobody_any_more(telling: Stage) -> None:
    asking_one(telling)

    close(telling.desk, only_case(telling).id, telling.person("warehouse"), "counted by hand")

    assert activities(telling) == []
    assert "is superseded" in feedback(telling)
    assert "the case was closed" in feedback(telling)


def test_an_edited_plan_is_told_in_place_of_the_old_one(telling: Stage) -> None:
    request = asking_one(telling)
    (knob,) = telling.desk.store.plans.get(request.case, 1).knobs

    edit(telling.desk, request.id, telling.person("buymgr"), {knob.name: knob.value - knob.step})

    (activity,) = activities(telling)
    assert activity["summary"].startswith("R2: ")
    assert "R1, asked of warehouse-lead, is superseded" in feedback(telling)


def test_a_case_taken_in_hand_asks_nobody_any_more(telling: Stage) -> None:
    asking_one(telling)

    take(telling.desk, only_case(telling).id, telling.person("warehouse"), "I count them")

    assert activities(telling) == []


def test_two_parts_of_a_plan_are_told_to_two_people(telling: Stage) -> None:
    both = asking_two(telling)

    users = both.world.users
    assert {each["user_id"] for each in activities(both)} == {users["warehouse"].uid, users["buyer"].uid}

    lead, _ = both_asked(both)
    decide(both.desk, lead.id, both.person("warehouse"), "approve")
    (left,) = activities(both)
    assert left["user_id"] == users["buyer"].uid


def test_whoever_approved_a_part_is_told_what_the_plan_still_hangs_on_and_a_rejection_what_it_ends(
    telling: Stage,
) -> None:
    both = asking_two(telling)
    lead, buyer = both_asked(both)

    decide(both.desk, lead.id, both.person("warehouse"), "approve")
    assert f"UTC: nothing of the plan is done unless {buyer.id} is approved too" in feedback(telling)

    decide(both.desk, buyer.id, both.person("buyer"), "reject", "too dear")
    assert f"UTC: nothing of the plan is done, though {lead.id} was approved" in feedback(telling)


def test_the_last_approval_says_nothing_of_other_parts(telling: Stage) -> None:
    both = asking_two(telling)
    lead, buyer = both_asked(both)
    decide(both.desk, lead.id, both.person("warehouse"), "approve")

    decide(both.desk, buyer.id, both.person("buyer"), "approve")

    assert feedback(telling).count("nothing of the plan") == 1


def test_where_no_document_is_about_it_the_request_stands_untold(telling: Stage) -> None:
    world = telling.world
    world.stock("jug", "WH", 2000)
    world.reorder("jug", "STH", 400, 800)

    scanned(telling)

    assert asked(telling).state == "pending"
    (case,) = notices(telling)
    assert case.state == "queued"
    assert "no order or delivery in Odoo is about it" in case.why
    assert writes(telling) == []


def test_everybody_whom_the_role_names_is_told(telling: Stage) -> None:
    several = within(telling, policy=naming(telling.desk.policy, ["warehouse", "buymgr"]))

    request = asking_one(several)

    assert len(activities(several)) == 2
    decide(several.desk, request.id, several.person("warehouse"), "reject", "no")
    assert activities(several) == []


def test_whoever_asked_for_a_rollback_is_not_asked_and_whoever_stands_in_is_told(telling: Stage) -> None:
    request = asking_one(telling)
    decide(telling.desk, request.id, telling.person("warehouse"), "approve")

    rollback(telling.desk, only_case(telling).id, telling.person("buymgr"))

    assert asked(telling).role == "purchasing-manager"
    assert [each["user_id"] for each in activities(telling)] == [telling.world.users["finance"].uid]


def test_whoever_asked_is_told_where_the_policy_names_nobody_else(telling: Stage) -> None:
    policy = telling.desk.policy
    finance = policy.roles["finance"].but(notify=())
    alone = within(telling, policy=policy.but(roles={**policy.roles, "finance": finance}))
    decide(alone.desk, asking_one(alone).id, alone.person("warehouse"), "approve")

    rollback(alone.desk, only_case(alone).id, alone.person("buymgr"))

    assert [each["user_id"] for each in activities(alone)] == [telling.world.users["buymgr"].uid]


def test_the_rollback_of_a_day_is_told_on_the_order_whose_day_it_was(telling: Stage) -> None:
    world = telling.world
    world.vendor_price("bunting", "2.10", delay=20)
    order = world.buy("bunting", "WH", 80, 3)
    world.postpone(order, 9)
    world.sell("bunting", "WH", 60, 5)
    scanned(telling)
    line = telling.engine.root().row("purchase.order", order)["order_line"][0]
    done = propose(telling.desk, only_case(telling).id, telling.person("buyer"), f"redate:{line}", {"days": Decimal(4)})
    assert isinstance(done, Proposed), done
    decide(telling.desk, asked(telling).id, telling.person("buymgr"), "approve")
    telling.clock.move(timedelta(hours=30))

    rollback(telling.desk, only_case(telling).id, telling.person("buyer"))

    (activity,) = (each for each in activities(telling) if each["summary"].startswith(f"{asked(telling).id}:"))
    assert (activity["res_model"], activity["res_id"]) == ("purchase.order", order)


def test_an_unknown_login_leaves_the_request_standing_and_says_so_once(telling: Stage) -> None:
    lonely = within(telling, policy=naming(telling.desk.policy, ["nobody"]))

    request = asking_one(lonely)
    scanned(lonely)

    (case,) = notices(lonely)
    assert (case.state, request.state) == ("queued", "pending")
    assert "no active user of company 1 has the login 'nobody'; see notify in the policy" in case.why
    assert queued_entries(lonely, case) == 1
    assert writes(lonely) == []


def test_what_nobody_could_be_told_ends_with_its_request(telling: Stage) -> None:
    lonely = within(telling, policy=naming(telling.desk.policy, ["nobody"]))
    request = asking_one(lonely)

    decide(lonely.desk, request.id, lonely.person("warehouse"), "reject", "no")

    assert [case.state for case in notices(lonely)] == ["closed"]
    assert writes(lonely) == []


def test_the_desk_itself_is_told_nothing(telling: Stage) -> None:
    itself = within(telling, policy=naming(telling.desk.policy, ["desk"]))

    asking_one(itself)

    assert activities(itself) == []


def test_a_role_without_a_name_is_told_nothing_and_opens_no_notice(scene: Stage) -> None:
    asking_one(scene)

    assert notices(scene) == []
    assert writes(scene) == []


def test_a_policy_that_refuses_words_leaves_the_request_untold(telling: Stage) -> None:
    policy = telling.desk.policy
    silent = within(telling, policy=policy.but(scopes={**policy.scopes, NOTICE: ()}))

    request = asking_one(silent)
    scanned(silent)

    assert request.state == "pending"
    assert [(case.state, case.plan_version) for case in notices(silent)] == [("queued", 1)]
    assert writes(silent) == []


def test_a_notice_that_policy_asks_about_is_told_to_nobody_itself(telling: Stage) -> None:
    policy = telling.desk.policy
    careful = within(telling, policy=policy.but(autonomy={**policy.autonomy, NOTICE: "approve"}))

    large_transfer(careful.world)
    scanned(careful)
    recover(careful.desk)

    assert len(careful.desk.store.requests.pending()) == 2
    assert [case.state for case in notices(careful)] == ["waiting"]


@pytest.mark.parametrize("scope", ["kind:notice", "action:mail.activity"])
def test_a_pause_holds_what_would_be_told_until_it_ends(telling: Stage, scope: str) -> None:
    lead = telling.person("warehouse")
    pause(telling.desk, scope, lead, "stocktaking")

    asking_one(telling)
    assert writes(telling) == []

    resume(telling.desk, scope, lead, "done")
    recover(telling.desk)
    assert writes(telling) == TOLD


def test_an_activity_that_its_user_did_before_needs_no_call(telling: Stage) -> None:
    request = asking_one(telling)
    (activity,) = activities(telling)
    with telling.engine.transaction() as env:
        env.unlink("mail.activity", [activity["id"]])

    decide(telling.desk, request.id, telling.person("warehouse"), "reject", "no")

    assert writes(telling) == TOLD
    assert [(case.state, case.plan_version) for case in notices(telling)] == [("closed", 2)]


def test_odoo_that_fails_at_the_word_fails_no_verb_and_is_tried_again(telling: Stage) -> None:
    cut = Cut(telling, lost=False)
    hindered = within(telling, transport=cut, in_flight_s=0)

    request = asking_one(hindered)
    assert request.state == "pending"
    assert activities(telling) == []

    cut.over = True
    recover(hindered.desk)
    assert len(activities(telling)) == 1


def test_an_answer_that_was_lost_makes_no_second_activity(telling: Stage) -> None:
    cut = Cut(telling, lost=True)
    hindered = within(telling, transport=cut, in_flight_s=0)

    asking_one(hindered)
    cut.over = True
    recover(hindered.desk)
    recover(hindered.desk)

    assert writes(telling) == TOLD
    assert [case.state for case in notices(hindered)] == ["closed"]


def test_users_that_cannot_be_looked_up_hold_up_no_scan(telling: Stage) -> None:
    deaf = Deaf(telling)

    request = asking_one(within(telling, transport=deaf))
    assert request.state == "pending"
    assert notices(telling) == []

    notify(telling.desk)
    assert len(activities(telling)) == 1


def test_a_desk_killed_between_opening_and_telling_tells_after_its_restart(telling: Stage) -> None:
    quiet = within(telling, policy=naming(telling.desk.policy, []))
    asking_one(quiet)
    killed = within(telling, transport=Cut(telling, lost=False))
    notify(killed.desk)

    recover(within(telling, in_flight_s=0).desk)

    assert writes(telling) == TOLD


def test_notices_stay_out_of_cases_and_scans(telling: Stage) -> None:
    asking_one(telling)

    assert [case.kind for case in telling.desk.store.cases.list()] == ["stockout"]
    assert telling.desk.scanned_kinds == ("stockout",)
    with pytest.raises(Misuse, match="there is no kind 'notice'; there is stockout"):
        scan(telling.desk, NOTICE, telling.world.company)


def test_nobody_takes_back_what_somebody_else_was_told(telling: Stage) -> None:
    request = asking_one(telling)
    (case,) = notices(telling)

    outcome = rollback(telling.desk, case.id, telling.person("buymgr"))

    assert isinstance(outcome, Refusal)
    assert outcome.reason.endswith(f"it ends by itself as soon as {request.id} is decided")
    assert writes(telling) == TOLD


def test_a_person_who_cannot_be_told_keeps_nobody_else_from_being_told(telling: Stage) -> None:
    both = asking_two(within(telling, transport=Strict(telling)))
    first, second = telling.desk.store.requests.pending()

    (told,) = activities(telling)
    assert told["summary"].startswith(f"{second.id}:")

    notify(both.desk)
    assert {each["summary"].split(":")[0] for each in activities(telling)} == {first.id, second.id}


def test_the_page_of_a_case_says_who_was_told_and_when(telling: Stage) -> None:
    request = asking_one(telling)

    (told,) = dossier(telling.desk.store, request.case).told
    uid = telling.world.users["warehouse"].uid
    assert (told.request, told.whom, told.at) == (request.id, f"user:{uid}", AT)
    assert telling.desk.store.people.logins()[told.whom] == "warehouse"


class Cut:
    """A transport that fails at activities: before they are sent, or after Odoo has made them."""

    def __init__(self, scene: Stage, *, lost: bool) -> None:
        self.transport, self.lost, self.over = scene.parts.transport, lost, False

    @property
    def uid(self) -> int:
        return self.transport.uid

    def execute(self, call: Call) -> Json:
        if self.over or call.method != "activity_schedule":
            return self.transport.execute(call)
        if self.lost:
            self.transport.execute(call)
            raise OutcomeUnknown("the answer was lost")
        raise Unreachable("the connection was cut")


class Deaf(Cut):
    """A transport that cannot look users up."""

    def __init__(self, scene: Stage) -> None:
        super().__init__(scene, lost=False)

    def execute(self, call: Call) -> Json:
        if call.model == "res.users":
            raise Unreachable("the connection was cut")
        return self.transport.execute(call)


class Strict(Cut):
    """A transport that refuses the first look at users."""

    def __init__(self, scene: Stage) -> None:
        super().__init__(scene, lost=False)

    def execute(self, call: Call) -> Json:
        if call.model == "res.users" and not self.over:
            self.over = True
            raise AccessRefused("this user may not be seen")
        return self.transport.execute(call)


def asking_one(scene: Stage) -> Any:
    """A request to the warehouse lead."""
    large_transfer(scene.world)
    scanned(scene)
    return asked(scene)


def within(scene: Stage, **parts: Any) -> Stage:
    """The same stage with some parts of the desk exchanged."""
    exchanged = replace(scene.parts, **parts)
    return replace(scene, parts=exchanged, desk=assemble(exchanged))


def naming(policy: Policy, logins: Sequence[str]) -> Policy:
    """The policy that tells these of what the warehouse lead is asked."""
    lead = policy.roles["warehouse-lead"].but(notify=tuple(logins))
    return policy.but(roles={**policy.roles, "warehouse-lead": lead})


def notices(scene: Stage) -> list[Case]:
    return scene.desk.store.cases.list(kind=NOTICE)


def activities(scene: Stage) -> list[Record]:
    env = scene.engine.root()
    fields = ["id", "user_id", "res_model", "summary", "note"]
    return env.value("mail.activity", env.search("mail.activity", []), fields)


def feedback(scene: Stage) -> str:
    """Everything that was said on documents when an activity was done."""
    env = scene.engine.root()
    said = env.value("mail.message", env.search("mail.message", []), ["body"])
    return " ".join(str(message["body"]) for message in said)


def queued_entries(scene: Stage, case: Case) -> int:
    entries = scene.desk.store.journal.entries(case=case.id)
    return sum(entry.facts.get("to") == "queued" for entry in entries)
