"""Who works at a distributor: one user for each role, with a password, an API key and that role's Odoo groups."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple

from domain.values import Value
from scenarios.sandbox.env import Env


class User(Value):
    """A user of the sandbox Odoo with the secrets that prove it."""

    uid: int
    login: str
    name: str
    password: str
    api_key: str
    groups: tuple[str, ...]
    """External ids; implied groups are not listed."""


class Role(NamedTuple):
    """What a user is called and may do; nobody here is a real or an invented person."""

    login: str
    name: str
    groups: tuple[str, ...]


ROLES = (
    Role("buyer", "Buyer", ("base.group_user", "purchase.group_purchase_user", "stock.group_stock_user")),
    Role("buymgr", "Purchasing manager", ("base.group_user", "purchase.group_purchase_manager")),
    Role("warehouse", "Warehouse lead", ("base.group_user", "stock.group_stock_manager")),
    Role("sales", "Sales lead", ("base.group_user", "sales_team.group_sale_manager")),
    Role("finance", "Finance lead", ("base.group_user", "account.group_account_manager")),
    Role("auditor", "Auditor", ("base.group_user", "account.group_account_readonly")),
    Role(
        "desk",
        "Exception desk",
        (
            "base.group_user",
            "purchase.group_purchase_user",
            "sales_team.group_sale_salesman_all_leads",
            "stock.group_stock_manager",
        ),
    ),
)
ADMIN_GROUPS = (
    "base.group_user",
    "base.group_system",
    "purchase.group_purchase_manager",
    "stock.group_stock_manager",
    "sales_team.group_sale_manager",
    "account.group_account_manager",
)


def hire(env: Env, companies: Sequence[int], chance: Random) -> Mapping[str, User]:
    """Make every role's user, at home in the first company and allowed in all of them, and give admin new secrets."""
    hired = [_hire(env, role, companies, chance) for role in (Role("admin", "Administrator", ADMIN_GROUPS), *ROLES)]
    return {user.login: user for user in hired}


def _hire(env: Env, role: Role, companies: Sequence[int], chance: Random) -> User:
    password, api_key = f"{role.login}-{chance.getrandbits(40):010x}", f"{chance.getrandbits(160):040x}"
    vals = {
        "name": role.name,
        "login": role.login,
        "password": password,
        "email": f"{role.login}@example.com",
        "company_id": companies[0],
        "company_ids": [(6, 0, list(companies))],
        "groups_id": [(6, 0, [env.ref(group) for group in role.groups])],
        "tz": "UTC",
    }
    known = env.search("res.users", [("login", "=", role.login)])
    uid = known[0] if known else env.create("res.users", vals)
    if known:
        env.write("res.users", uid, vals)
    env.create("res.users.apikeys", {"name": "Exception desk", "user_id": uid, "key": api_key})
    return User(uid=uid, login=role.login, name=role.name, password=password, api_key=api_key, groups=role.groups)
