"""Nobody speaks up about what is not their trade: another company, or an action their role does not know."""

import pytest

from desk.closing import close
from desk.pausing import pause, resume
from desk.rolling_back import rollback
from domain.errors import Misuse
from domain.people import Person
from domain.refusals import Refusal
from memory.pauses import Pause
from scenarios.stage import Stage
from tests.desk.doing import asked, only_case, scanned
from tests.shortages import large_transfer, small_transfer

STRANGER = Person(uid=99, login="stranger", name="Stranger", companies=(999,), roles=("purchasing-manager",))


def refused(outcome: object) -> Refusal:
    assert isinstance(outcome, Refusal), outcome
    return outcome


def test_a_seller_does_not_take_back_a_transfer(scene: Stage) -> None:
    small_transfer(scene.world)
    scanned(scene)

    outcome = refused(rollback(scene.desk, only_case(scene).id, scene.person("sales")))

    assert outcome.guard == "role"
    assert "warehouse-lead" in outcome.reason


def test_a_seller_does_not_close_a_case_about_a_transfer(scene: Stage) -> None:
    large_transfer(scene.world)
    scanned(scene)
    request = asked(scene)

    refused(close(scene.desk, only_case(scene).id, scene.person("sales"), "tidy up"))

    assert asked(scene) == request


def test_nobody_touches_a_company_they_are_not_in(scene: Stage) -> None:
    small_transfer(scene.world)
    scanned(scene)
    case = only_case(scene)

    assert refused(rollback(scene.desk, case.id, STRANGER)).guard == "company"
    assert refused(close(scene.desk, case.id, STRANGER, "x")).guard == "company"
    assert refused(pause(scene.desk, f"company:{scene.world.company}", STRANGER, "x")).guard == "company"


def test_an_action_is_paused_by_a_role_that_knows_it(scene: Stage) -> None:
    assert refused(pause(scene.desk, "action:stock.transfer", scene.person("sales"), "x")).guard == "role"
    assert isinstance(pause(scene.desk, "action:stock.transfer", scene.person("warehouse"), "broken"), Pause)
    assert refused(resume(scene.desk, "action:stock.transfer", scene.person("sales"), "x")).guard == "role"
    assert resume(scene.desk, "action:stock.transfer", scene.person("warehouse"), "repaired") is True
    assert resume(scene.desk, "action:stock.transfer", scene.person("warehouse"), "repaired") is False


def test_what_is_paused_already_says_by_whose_login_and_stays_so(scene: Stage) -> None:
    pause(scene.desk, "all", scene.person("warehouse"), "stocktaking")

    again = refused(pause(scene.desk, "all", scene.person("buyer"), "me too"))

    assert again.reason.startswith("nothing to pause: all is paused by warehouse (user:")
    assert [stands.reason for stands in scene.desk.store.pauses.active()] == ["stocktaking"]


def test_pausing_and_resuming_need_a_reason(scene: Stage) -> None:
    with pytest.raises(Misuse, match="a pause needs a reason; give one with --reason"):
        pause(scene.desk, "all", scene.person("warehouse"), " ")
    with pytest.raises(Misuse, match="resuming needs a reason; give one with --reason"):
        resume(scene.desk, "all", scene.person("warehouse"), " ")


def test_a_kind_that_does_not_exist_is_not_paused(scene: Stage) -> None:
    with pytest.raises(Misuse, match="there is no kind 'stockuot'; there is notice, stockout"):
        pause(scene.desk, "kind:stockuot", scene.person("warehouse"), "stocktaking")


def test_whoever_holds_no_role_turns_no_switch(scene: Stage) -> None:
    assert refused(pause(scene.desk, "all", scene.person("auditor"), "x")).guard == "role"
