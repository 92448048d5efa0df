"""What the doctor tells of the rights of the desk's user: what it could do in which groups; it changes nothing."""

import pytest

from desk.examining import Check
from desk.examining_modules import MODULES, fields_check, fields_seen, module_checks
from desk.examining_odoo import rights_checks
from desk.examining_rights import reading_check
from domain.calls import Call
from domain.faults import AccessRefused, ServerBug
from domain.ports import Transport
from domain.values import Json
from scenarios.stage import Stage, stage
from tests.desk.conftest import AT
from tools.catalogue import CATALOGUE
from tools.rights import SERVICE_GROUPS

LEAST = [group.xmlid for group in SERVICE_GROUPS]
SCOPES = {"stockout": ("stock.*", "purchase.*", "sale.*", "mail.*"), "notice": ("mail.activity", "mail.activity_done")}


def told(scene: Stage, groups: list[str]) -> dict[str, Check]:
    """Every check of a desk's user in these groups, by name."""
    scene.world.rights("desk", groups)
    return {check.name: check for check in rights_checks(scene.parts.transport, 18, SCOPES)}


def test_the_documented_groups_leave_nothing_to_do(scene: Stage) -> None:
    found = told(scene, LEAST)

    assert {check.outcome for check in found.values()} == {"ok"}
    assert found["groups"].found == "no administrator; Purchase: User, Inventory: User, Sales: User: All Documents"


def test_on_an_odoo_19_they_leave_nothing_to_do_either() -> None:
    with stage(AT, version=19) as scene:
        scene.world.rights("desk", LEAST)

        found = list(rights_checks(scene.parts.transport, 19, SCOPES))

    assert [(check.name, check.found) for check in found if check.outcome != "ok"] == []


def test_with_them_somebody_else_is_asked_for_reordering_rules(scene: Stage) -> None:
    found = told(scene, LEAST)

    assert found["stock.minmax"].found.endswith("somebody who may is asked to, by an activity")
    assert found["agent stockout"].found == "could do 10 actions of 11; it asks others for stock.minmax"


@pytest.mark.parametrize("spared", SERVICE_GROUPS, ids=lambda group: group.xmlid)
def test_without_one_of_them_it_is_named_as_what_to_give(scene: Stage, spared: object) -> None:
    group = next(group for group in SERVICE_GROUPS if group == spared)

    found = told(scene, [one for one in LEAST if one != group.xmlid])

    assert found["groups"].outcome == "warn"
    assert found["groups"].fix == f"in Odoo, Settings, Users: give the desk's user {group.name}"
    assert "fail" in {check.outcome for check in found.values()}


def test_who_may_write_on_some_documents_only_is_warned_of_words_on_the_others(scene: Stage) -> None:
    found = told(scene, ["stock.group_stock_user", "sales_team.group_sale_salesman_all_leads"])

    assert found["mail.note"].outcome == "warn"
    assert "not on every document mail.activity, mail.note" in found["agent stockout"].found
    assert "it asks others for stock.minmax, purchase.create_rfq" in found["agent stockout"].found


def test_what_could_be_done_and_not_taken_back_is_told(scene: Stage) -> None:
    found = {check.name: check for check in rights_checks(NoUnlink(scene.parts.transport), 18, SCOPES)}

    assert found["purchase.create_rfq"].outcome == "warn"
    assert found["purchase.create_rfq"].found == "no right to unlink purchase.order; it could not be taken back"


def test_every_action_has_a_line(scene: Stage) -> None:
    assert set(CATALOGUE) <= set(told(scene, LEAST))


def test_nothing_is_changed_in_odoo(scene: Stage) -> None:
    written = len(scene.engine.write_log)

    list(rights_checks(scene.parts.transport, 18, SCOPES))

    assert len(scene.engine.write_log) == written


def test_every_module_is_found_in_the_sandbox(scene: Stage) -> None:
    (check,) = module_checks(fields_seen(scene.parts.transport))

    assert check.found == ", ".join(module.name for module in MODULES)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_a_module_that_is_missing_is_told_with_what_cannot_be_done_without_it(scene: Stage, module: object) -> None:
    wanted = next(one for one in MODULES if one == module)
    without = Without(scene.parts.transport, wanted.model, wanted.field)

    found = {check.name: check for check in module_checks(fields_seen(without))}[f"module {wanted.name}"]

    assert found.outcome == ("fail" if wanted.needed else "ok")
    assert wanted.without in found.found


def test_a_field_behind_a_group_is_told(scene: Stage) -> None:
    hidden = Without(scene.parts.transport, "product.product", "standard_price")

    assert fields_check(fields_seen(hidden)).found == "not seen: product.product standard_price"


def test_reading_is_told_by_model(scene: Stage) -> None:
    scene.world.rights("desk", ["purchase.group_purchase_user", "stock.group_stock_user"])

    found = reading_check(scene.parts.transport, 18)

    assert (found.outcome, found.found) == ("fail", "no right to read crm.tag")


def test_without_a_module_it_is_to_be_installed_and_no_right_helps(scene: Stage) -> None:
    scene.world.rights("desk", LEAST)
    without = Without(scene.parts.transport, "sale.order", None)

    found = {check.name: check for check in rights_checks(without, 18, SCOPES)}

    assert found["reading"].found == "Odoo has no sale.order: module sale is not installed"
    assert found["reading"].fix == found["sale.commitment"].fix == "install sale in Odoo"
    assert found["agent stockout"].outcome == "warn"
    assert "nobody does sale.commitment, sale.hold; not on every document" in found["agent stockout"].found


def test_what_is_missing_is_installed_before_rights_to_the_rest_are_given(scene: Stage) -> None:
    scene.world.rights("desk", ["stock.group_stock_user"])
    without = Without(scene.parts.transport, "purchase.order", None)

    found = reading_check(without, 18)

    assert found.fix is not None
    assert found.fix.startswith("install purchase in Odoo; then in Odoo, Settings, Users: give")


class Without:
    """An Odoo in which a field, or a whole model, is not to be seen."""

    def __init__(self, inner: Transport, model: str, field: str | None) -> None:
        self._inner = inner
        self._hidden = (model, field)

    @property
    def uid(self) -> int:
        return self._inner.uid

    def execute(self, call: Call) -> Json:
        model, field = self._hidden
        if call.model == model and field is None:
            raise ServerBug(f"Object {model} doesn't exist")
        answer = self._inner.execute(call)
        if call.model == model and isinstance(answer, dict):
            return {name: told for name, told in answer.items() if name != field}
        return answer


class NoUnlink:
    """An Odoo that lets nobody unlink."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner

    @property
    def uid(self) -> int:
        return self._inner.uid

    def execute(self, call: Call) -> Json:
        if call.method == "unlink":
            raise AccessRefused("no")
        return False if "unlink" in call.args else self._inner.execute(call)


def test_a_user_without_an_address_is_told_that_it_can_write_no_note(scene: Stage) -> None:
    with scene.world.engine.transaction() as env:
        env.write("res.users", scene.world.users["desk"].uid, {"email": False})

    found = told(scene, LEAST)["address"]

    assert found.outcome == "fail"
    assert "no note (mail.note, sale.hold)" in found.found


def test_an_odoo_that_wants_no_address_is_not_asked_for_one() -> None:
    with stage(AT, version=19) as scene:
        found = [check.name for check in rights_checks(scene.parts.transport, 19, SCOPES)]

    assert "address" not in found
