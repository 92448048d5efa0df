"""Every role's user can prove who it is and may do what its role may."""

from datetime import UTC, date, datetime

import pytest

from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from scenarios.worlds import small
from scenarios.worlds.people import ROLES
from scenarios.worlds.small import Small

TODAY = date(2026, 3, 2)
LOGINS = ["admin", *(role.login for role in ROLES)]


@pytest.fixture(scope="module")
def world() -> Small:
    return small.build(Engine(SetClock(datetime(2026, 3, 2, 9, tzinfo=UTC))), today=TODAY)


@pytest.mark.parametrize("login", LOGINS)
def test_a_user_is_known_by_password_and_by_api_key(world: Small, login: str) -> None:
    user = world.users[login]

    assert world.engine.login(world.engine.database, login, user.password) == user.uid
    assert world.engine.login(world.engine.database, login, user.api_key) == user.uid
    assert world.engine.login(world.engine.database, login, "guess") is False


def test_the_administrator_of_a_new_odoo_is_kept_and_gets_a_new_password(world: Small) -> None:
    assert world.engine.root().ref("base.user_admin") == world.users["admin"].uid
    assert world.engine.login(world.engine.database, "admin", "admin") is False


def test_secrets_differ_between_users_and_seeds(world: Small) -> None:
    other = small.build(Engine(SetClock(datetime(2026, 3, 2, 9, tzinfo=UTC))), today=TODAY, seed=8)

    secrets = [secret for w in (world, other) for user in w.users.values() for secret in (user.password, user.api_key)]
    assert len(set(secrets)) == len(secrets) == 4 * len(LOGINS)


def test_the_desk_has_the_least_rights_it_needs(world: Small) -> None:
    groups = world.engine.groups_of(world.users["desk"].uid)

    assert {"purchase.group_purchase_user", "stock.group_stock_user", "sales_team.group_sale_salesman"} <= groups
    mighty = {name for name in groups if name.endswith(("_manager", "_system"))}
    assert mighty == {"stock.group_stock_manager"}, "nobody less may write a reordering rule"


@pytest.mark.parametrize(
    ("login", "group"),
    [
        ("buyer", "purchase.group_purchase_user"),
        ("buymgr", "purchase.group_purchase_manager"),
        ("warehouse", "stock.group_stock_manager"),
        ("sales", "sales_team.group_sale_manager"),
        ("finance", "account.group_account_manager"),
    ],
)
def test_a_role_is_what_its_odoo_group_says(world: Small, login: str, group: str) -> None:
    user = world.users[login]

    assert world.engine.execute_kw(user.uid, user.password, "res.users", "has_group", [[user.uid], group]) is True


def test_the_auditor_decides_nothing(world: Small) -> None:
    groups = world.engine.groups_of(world.users["auditor"].uid)

    assert not {name for name in groups if "manager" in name or name.endswith("_user")} - {"base.group_user"}
