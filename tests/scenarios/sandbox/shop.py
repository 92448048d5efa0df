"""A small shop to test the sandbox with: two companies, some users, a few products and places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from domain.clock import SetClock
from scenarios.sandbox.committing import Storage
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.env import Env

NOON = datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC)

USERS = {
    "buyer": ["purchase.group_purchase_user"],
    "buymgr": ["purchase.group_purchase_manager"],
    "seller": ["sales_team.group_sale_salesman_all_leads"],
    "stocker": ["stock.group_stock_user"],
    "stockmgr": ["stock.group_stock_manager"],
    "plain": ["base.group_user"],
}


@dataclass(kw_only=True)
class Shop:
    """An engine and the ids that tests speak of."""

    engine: Engine
    clock: SetClock
    ids: dict[str, int] = field(default_factory=dict)

    def ask(self, login: str, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """One call as that user, as it would come over the wire."""
        return self.engine.execute_kw(self.ids[login], None, model, method, args, kwargs)

    def found(self, model: str, domain: Sequence[Any], **kwargs: Any) -> list[int]:
        """A search as administrator."""
        ids: list[int] = self.ask("admin", model, "search", domain, **kwargs)
        return ids


def shop(storage: Storage | None = None) -> Shop:
    """Built anew for every test; it takes some 50 ms."""
    clock = SetClock(NOON)
    built = Shop(engine=Engine(clock, storage=storage), clock=clock)
    with built.engine.transaction() as env:
        built.ids.update(_people(env))
        built.ids.update(_things(env))
    return built


def _people(env: Env) -> dict[str, int]:
    ids = {"admin": env.ref("base.user_admin"), "main": env.ref("base.main_company")}
    ids["other"] = env.create("res.company", {"name": "Other", "currency_id": env.ref("base.USD")})
    for login, groups in USERS.items():
        ids[login] = env.create("res.users", _user(env, login, groups))
    key = {"name": "desk", "user_id": ids["buyer"], "key": "buyer-key"}
    ids["key"] = env.create("res.users.apikeys", key)
    return ids


def _user(env: Env, login: str, groups: list[str]) -> Mapping[str, Any]:
    links = [(6, 0, [env.ref(group) for group in groups])]
    return {
        "name": login.title(),
        "login": login,
        "email": f"{login}@example.com",
        "password": f"{login}-pw",
        "groups_id": links,
    }


def _things(env: Env) -> dict[str, int]:
    ids = {"vendor": env.create("res.partner", {"name": "Quayside Imports", "email": "sales@quayside.example"})}
    ids["branch"] = env.create("res.partner", {"name": "Quayside North", "parent_id": ids["vendor"]})
    for code, name, price in (("LAMP", "Lamp", 12.5), ("BOWL", "Glass bowl", 4.0), ("MUG", "Mug 100%_blue", 2.25)):
        values = {"name": name, "default_code": code, "list_price": price, "is_storable": True}
        ids[code] = env.create("product.product", values)
    ids["depot"] = env.create("stock.location", {"name": "Depot", "complete_name": "Depot"})
    shelf = {"name": "Shelf", "complete_name": "Depot/Shelf", "location_id": ids["depot"]}
    ids["shelf"] = env.create("stock.location", shelf)
    return ids
