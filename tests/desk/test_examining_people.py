"""The doctor tells whom the policy wants told and Odoo does not know."""

from desk.desk import read_policy
from desk.examining_people import notified, people_checks, roles_check
from domain.calls import Call
from domain.faults import AccessRefused
from domain.values import Json
from scenarios.stage import Stage


def test_the_logins_of_the_usual_policy_are_those_of_the_demo(scene: Stage) -> None:
    logins = notified(read_policy())

    (check,) = people_checks(scene.parts.transport, logins)

    assert (check.outcome, check.found) == ("ok", "warehouse, buyer, sales, buymgr, finance")


def test_a_login_that_odoo_does_not_know_is_a_warning_that_names_it(scene: Stage) -> None:
    (check,) = people_checks(scene.parts.transport, ("buyer", "bayer"))

    assert check.outcome == "warn"
    assert check.found == "Odoo shows no active user bayer: nobody is told there of what the desk asks"


def test_the_roles_of_the_usual_policy_are_held_by_groups_that_odoo_has(scene: Stage) -> None:
    check = roles_check(scene.parts.transport, read_policy().role_groups())

    assert (check.outcome, check.found) == ("ok", "warehouse-lead, buyer, sales, purchasing-manager, finance")


def test_a_role_of_a_group_that_odoo_lacks_is_a_warning_that_names_both(scene: Stage) -> None:
    check = roles_check(scene.parts.transport, {"buyer": ["purchase.group_purchase_user", "acme.group_buyers"]})

    assert check.outcome == "warn"
    assert check.found == "Odoo has no group buyer: acme.group_buyers: nobody holds the role by it"


def test_where_nobody_is_to_be_told_odoo_is_not_asked() -> None:
    assert list(people_checks(Refusing(), notified(None))) == []


def test_an_odoo_that_does_not_show_its_users_is_a_warning() -> None:
    (check,) = people_checks(Refusing(), ("buyer",))

    assert (check.outcome, check.found) == ("warn", "search_read is not for you")


class Refusing:
    """An Odoo that shows nothing."""

    uid = 9

    def execute(self, call: Call) -> Json:
        raise AccessRefused(f"{call.method} is not for you")
