"""What the desk's user may not do in Odoo is asked of somebody who may, on a document, and done by nobody else."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from desk.deciding import decide
from desk.desk import assemble
from desk.proposing import Proposed, propose
from desk.scanning import scan
from domain.calls import Call
from domain.cases import Case
from domain.faults import ServerBug
from domain.plans import Plan
from domain.ports import Transport
from domain.refusals import Refusal
from domain.values import Json, Row
from graphs.entrusting import offered
from guardrails.loading import DEFAULT_POLICY
from scenarios.house import House
from scenarios.sandbox.injected import Injected
from scenarios.stage import Stage, stage
from tools.rights import SERVICE_GROUPS

AT = datetime(2026, 3, 2, 6, tzinfo=UTC)
LEAST = [group.xmlid for group in SERVICE_GROUPS]
MIGHTY = [*LEAST, "stock.group_stock_manager"]
TOLD = House(notify=True, terms='version = 1\n[usual]\ntransfer_cost = "5 GBP"\n')
DEFAULT = DEFAULT_POLICY.read_text(encoding="utf-8")
NEVER = 'actions = ["stock.minmax"]\nthen = "refuse"'
RULE_WRITE = "stock.warehouse.orderpoint.write"


@contextmanager
def short(house: House = TOLD, *, groups: Sequence[str] = LEAST, version: int = 18) -> Iterator[Stage]:
    """Twelve jugs are ordered, none are there, and the desk's user is in these groups."""
    with stage(AT, house=house, version=version) as scene:
        scene.world.rights("desk", list(groups))
        scene.world.vendor_price("jug", "2.90", delay=4)
        scene.world.history("jug", "STH", 20, 12)
        scene.world.reorder("jug", "STH", 5, 10)
        scene.world.sell("jug", "STH", 12, in_days=6)
        scan(scene.desk, "stockout", scene.world.company)
        yield scene


@pytest.fixture
def scene() -> Iterator[Stage]:
    with short() as scene:
        yield scene


def the_case(scene: Stage) -> Case:
    return next(case for case in scene.desk.store.cases.list() if case.kind == "stockout")


def raised(scene: Stage, by: str = "warehouse", **knobs: int) -> Proposed | Refusal:
    """Somebody proposes a higher minimum."""
    turned = {name: Decimal(value) for name, value in knobs.items()}
    return propose(scene.desk, the_case(scene).id, scene.person(by), "minimum:1", turned)


def plan_of(proposed: Proposed | Refusal) -> Plan:
    assert isinstance(proposed, Proposed), proposed
    return proposed.plan


def todos(scene: Stage) -> list[Row]:
    """What people are asked to do about the rule, by the login of who is asked."""
    with scene.engine.transaction() as env:
        found = env.search("mail.activity", [("summary", "like", "minimum:")])
        return list(env.rows("mail.activity", found))


def writes(scene: Stage) -> list[str]:
    desk = scene.service_user()
    return [f"{write.model}.{write.method}" for write in scene.engine.write_log if write.uid == desk]


def test_somebody_who_may_is_asked_on_the_delivery_that_waits(scene: Stage) -> None:
    plan = plan_of(raised(scene))

    (todo,) = todos(scene)
    assert plan.title.startswith("Ask “Warehouse lead”, who may do it in Odoo, to keep from")
    assert (todo["user_id"], todo["res_model"]) == (scene.world.users["warehouse"].uid, "stock.picking")
    assert "from 5 to 17" in str(todo["note"])
    assert "without Inventory: Administrator" in str(todo["note"])
    assert RULE_WRITE not in writes(scene)


def test_on_an_odoo_19_it_is_the_same() -> None:
    with short(version=19) as scene:
        plan = plan_of(raised(scene))

        assert [step.action for step in plan.steps] == ["mail.activity"]
        assert len(todos(scene)) == 1
        assert RULE_WRITE not in writes(scene)


def test_the_money_of_the_option_stays_what_it_is(scene: Stage) -> None:
    with short(groups=MIGHTY) as mighty:
        own = plan_of(raised(mighty))

    asked = plan_of(raised(scene))

    assert own.steps[0].action == "stock.minmax"
    assert (asked.cost, asked.risk_removed) == (own.cost, own.risk_removed)


def test_a_person_may_turn_the_numbers_before_somebody_is_asked(scene: Stage) -> None:
    raised(scene, minimum=8, maximum=9)

    assert "from 5 to 8 and its maximum from 10 to 9" in str(todos(scene)[0]["note"])


def test_nobody_is_asked_twice_while_the_activity_is_open(scene: Stage) -> None:
    raised(scene)

    again = raised(scene)

    assert isinstance(again, Refusal)
    assert again.guard == "rights"
    assert "asked already" in again.reason
    assert len(todos(scene)) == 1


def test_where_nobody_told_may_do_it_the_first_of_them_is_asked_to_find_somebody(scene: Stage) -> None:
    scene.world.rights("warehouse", ["stock.group_stock_user"])
    scene.clock.move(timedelta(minutes=1))

    plan = plan_of(raised(scene, "buymgr"))

    assert plan.title.startswith("Ask “Warehouse lead” to find somebody who may do it in Odoo: keep from")


def test_where_the_policy_tells_nobody_it_cannot_be_done_and_says_which_group_is_missing() -> None:
    with short(House()) as scene:
        refused = raised(scene)

    assert isinstance(refused, Refusal)
    assert "Inventory: Administrator, and the policy names nobody who could be asked" in refused.reason


@contextmanager
def refused_by_rules() -> Iterator[Stage]:
    """Odoo gives the right and refuses this rule even so, once the warehouse lead has approved the change."""
    with short(groups=MIGHTY) as scene:
        scene.engine.faults.append(Injected(call=RULE_WRITE, kind="access", times=1))
        raised(scene, minimum=8, maximum=9)
        (request,) = scene.desk.store.requests.pending(the_case(scene).id)
        decide(scene.desk, request.id, scene.person("warehouse"), "approve")
        yield scene


def test_what_odoo_refuses_only_when_it_is_done_is_planned_anew_for_somebody_who_may() -> None:
    with refused_by_rules() as scene:
        case = the_case(scene)
        first, second = (
            scene.desk.store.plans.get(case.id, version) for version in (case.plan_version - 1, case.plan_version)
        )
        (todo,) = todos(scene)

    assert (first.option, second.option) == ("minimum:1", "minimum:1")
    assert [step.action for step in (*first.steps, *second.steps)] == ["stock.minmax", "mail.activity"]
    assert "from 5 to 8 and its maximum from 10 to 9" in str(todo["note"])
    assert case.state == "closed"


def test_for_a_day_it_is_not_tried_again() -> None:
    with refused_by_rules() as scene:
        with scene.engine.transaction() as env:
            env.unlink("mail.activity", env.search("mail.activity", [("summary", "like", "minimum:")]))
        scene.clock.move(timedelta(hours=23))
        soon = plan_of(raised(scene, minimum=7, maximum=9))
        with scene.engine.transaction() as env:
            env.unlink("mail.activity", env.search("mail.activity", [("summary", "like", "minimum:")]))
        scene.clock.move(timedelta(hours=2))
        later = plan_of(raised(scene, minimum=6, maximum=9))

    assert [plan.steps[0].action for plan in (soon, later)] == ["mail.activity", "stock.minmax"]


def test_of_two_steps_the_desk_does_its_own_and_asks_for_the_other() -> None:
    with stage(AT, house=TOLD) as scene:
        scene.world.rights("desk", ["stock.group_stock_user", "sales_team.group_sale_salesman_all_leads"])
        scene.world.vendor_price("jug", "2.90", delay=20)
        scene.world.stock("jug", "WH", 25)
        scene.world.sell("jug", "STH", 60, in_days=4)

        scan(scene.desk, "stockout", scene.world.company)
        plan = scene.desk.store.plans.newest(the_case(scene).id)

    assert plan is not None
    assert [step.action for step in plan.steps] == ["stock.transfer", "mail.activity"]
    assert plan.title.endswith("; “Buyer” is asked for what the desk may not do in Odoo")
    assert "for 35" in plan.steps[1].words or "35 Units" in plan.steps[1].words


def test_whoever_ticked_it_off_is_not_asked_again_by_the_next_scan_and_a_person_looks() -> None:
    with stage(AT, house=TOLD) as scene:
        scene.world.rights("desk", ["stock.group_stock_user", "sales_team.group_sale_salesman_all_leads"])
        scene.world.vendor_price("jug", "2.90", delay=20)
        scene.world.sell("jug", "STH", 60, in_days=4)
        asked: list[list[str]] = []

        for waited in (timedelta(0), timedelta(minutes=15), timedelta(hours=8)):
            scene.clock.move(waited)
            scan(scene.desk, "stockout", scene.world.company)
            asked.append(ticked_off(scene))

        case = the_case(scene)

    assert [len(each) for each in asked] == [1, 0, 0]
    assert (case.state, "closed the activity: a person has to look" in case.why) == ("queued", True)


def ticked_off(scene: Stage) -> list[str]:
    """What people were asked to do, done with."""
    with scene.engine.transaction() as env:
        found = env.search("mail.activity", [("summary", "like", "rfq:")])
        words = [str(row["summary"]) for row in env.rows("mail.activity", found)]
        env.unlink("mail.activity", found)
        return words


def test_a_word_on_a_document_is_no_matter_for_somebody_else() -> None:
    with stage(AT, house=TOLD) as scene:
        scene.world.rights("desk", ["stock.group_stock_user", "sales_team.group_sale_salesman_all_leads"])
        scene.world.vendor_price("bunting", "2.10", delay=20)
        scene.world.postpone(scene.world.buy("bunting", "WH", 80, in_days=3), days=9)
        scene.world.sell("bunting", "WH", 60, in_days=5)

        scan(scene.desk, "stockout", scene.world.company)
        case, agent = the_case(scene), scene.desk.kinds["stockout"]
        known = agent.gather(scene.desk.gateway.reader(1), case.subject, scene.clock.now(), scene.desk.terms)
        assert known is not None
        every = offered(scene.desk.runner.services(), case, known)

    hurry = next(option for option in every if option.name.startswith("expedite:"))
    assert not hurry.feasible
    assert hurry.risk_removed.amount == 0
    assert hurry.why_not == "the desk's user may not do it in Odoo without Purchase: User"


def test_without_a_document_it_cannot_be_done_and_says_so() -> None:
    with stage(AT, house=TOLD) as scene:
        scene.world.rights("desk", LEAST)
        scene.world.vendor_price("jug", "2.90", delay=4)
        scene.world.stock("jug", "STH", 4)
        scene.world.reorder("jug", "STH", 10, 10)

        scan(scene.desk, "stockout", scene.world.company)
        plan = scene.desk.store.plans.newest(the_case(scene).id)

    assert plan is not None
    lower = next(option for option in plan.rejected if option.name == "minimum:1")
    assert not lower.feasible
    assert str(lower.why_not).endswith("and there is no order or delivery on which somebody could be asked")


def test_where_odoo_tells_nobodys_groups_the_first_who_is_named_is_asked_to_find_somebody() -> None:
    with short() as scene:
        silent = assemble(replace(scene.parts, transport=Silent(scene.parts.transport)))

        proposed = propose(silent, the_case(scene).id, scene.person("warehouse"), "minimum:1", {})

    assert plan_of(proposed).title.startswith("Ask “Warehouse lead” to find somebody who may do it in Odoo")


@pytest.mark.parametrize(
    "policy",
    [
        DEFAULT.replace("kinds = []\nactions = []", 'kinds = []\nactions = ["stock.minmax"]'),
        DEFAULT.replace(
            '"stock.transfer", "stock.reallocate", "stock.minmax",', '"stock.transfer", "stock.reallocate",'
        ),
        DEFAULT.replace('actions = ["stock.minmax"]\nthen = "ask"\nrole = "warehouse-lead"', NEVER),
    ],
    ids=["paused", "out of scope", "refused by a rule"],
)
def test_what_the_policy_refuses_is_asked_of_nobody(policy: str) -> None:
    assert policy != DEFAULT

    with short(TOLD.but(policy=policy)) as scene:
        proposed = raised(scene)

        assert todos(scene) == []
        assert isinstance(proposed, Refusal) or proposed.plan.steps[0].action == "stock.minmax"
        assert the_case(scene).state == "queued"


def test_what_a_person_paused_is_asked_of_nobody(scene: Stage) -> None:
    scene.desk.store.pauses.pause("action:stock.minmax", actor="user:2", reason="stocktaking")

    plan = plan_of(raised(scene))

    assert todos(scene) == []
    assert [step.action for step in plan.steps] == ["stock.minmax"]


class Silent:
    """An Odoo that tells of nobody else's groups, as 17 does."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner

    @property
    def uid(self) -> int:
        return self._inner.uid

    def execute(self, call: Call) -> Json:
        if call.method == "has_group" and call.args[0] != [self.uid]:
            raise ServerBug("nothing was sent")
        return self._inner.execute(call)
