"""What the doctor tells of each Odoo is what holds there: the documented groups suffice, and asking changes nothing."""

import pytest

from desk.examining_data import data_checks
from desk.examining_odoo import rights_checks
from domain.ports import Transport
from domain.values import Json
from tests.contract.ground import Ground
from tools.allowlist import FIELDS
from tools.rights import FURTHER_GROUPS, SERVICE_GROUPS

SCOPES = {"stockout": ("stock.*", "purchase.*", "sale.*", "mail.*")}
GOOD_TO_HAVE = "good to have"


def newest(ground: Ground) -> dict[str, Json]:
    """When anything of what the desk reads was last written, and which record it was."""
    return {
        model: ground.call(model, "search_read", [], ["write_date"], order="write_date desc, id desc", limit=1)
        for model in FIELDS
    }


def test_the_documented_groups_leave_the_doctor_nothing_to_tell(ground: Ground) -> None:
    found = list(rights_checks(ground.as_("service"), ground.version, SCOPES))

    told = [(check.name, check.found) for check in found if check.outcome != "ok" and GOOD_TO_HAVE not in check.found]
    assert told == []


def test_they_let_the_desk_do_all_but_what_somebody_else_is_asked_for(ground: Ground) -> None:
    found = {check.name: check for check in rights_checks(ground.as_("service"), ground.version, SCOPES)}

    others = ", ".join(FURTHER_GROUPS)
    assert found["agent stockout"].found == f"could do 10 actions of 11; it asks others for {others}"
    assert found["groups"].found.endswith(", ".join(group.called(ground.version) for group in SERVICE_GROUPS))


@pytest.mark.parametrize("who", ["buyer", "seller", "stocker"])
def test_whoever_has_one_role_only_is_told_which_groups_are_missing(ground: Ground, who: str) -> None:
    found = {check.name: check for check in rights_checks(ground.as_(who), ground.version, SCOPES)}

    worn = {"buyer": 0, "stocker": 1, "seller": 2}[who]
    missing = [group.called(ground.version) for at, group in enumerate(SERVICE_GROUPS) if at != worn]
    assert found["groups"].fix == f"in Odoo, Settings, Users: give the desk's user {' and '.join(missing)}"


def test_an_administrator_is_mightier_than_it_has_to_be(ground: Ground) -> None:
    found = {check.name: check for check in rights_checks(ground.as_("admin"), ground.version, SCOPES)}

    assert found["groups"].outcome == "warn"
    assert "mightier" in found["groups"].found


def test_data_is_looked_at_with_the_documented_groups(ground: Ground) -> None:
    found = list(data_checks(ground.reader("service")))

    assert "fail" not in {check.outcome for check in found}


def test_a_product_without_a_cost_is_found_by_name(ground: Ground) -> None:
    product = ground.product("No cost")
    ground.write("product.product", product, {"standard_price": 0})

    found = {check.name: check for check in data_checks(ground.reader("service"))}

    assert found["data cost"].outcome == "warn"


def test_neither_look_moves_a_write_date(ground: Ground) -> None:
    line: Transport = ground.as_("service")
    before = newest(ground)

    list(rights_checks(line, ground.version, SCOPES))
    list(data_checks(ground.reader("service")))

    assert newest(ground) == before


def test_an_employee_is_told_who_else_is_in_a_group(ground: Ground) -> None:
    reads, group = ground.reader("service"), FURTHER_GROUPS["stock.minmax"].xmlid

    assert reads.holds(ground.person("keeper").uid, group)
    assert not reads.holds(ground.person("stocker").uid, group)
