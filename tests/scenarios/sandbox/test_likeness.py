"""The sandbox answers odd calls in the words that a real Odoo 18 and 19 were heard to use."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.faults import SandboxFault

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ADMIN = 2


@pytest.fixture(scope="module")
def engines() -> dict[int, Engine]:
    """Nothing in these tests is kept: a refused call changes nothing, and what is made is not looked for again."""
    return {version: Engine(SetClock(NOON), version=version) for version in (18, 19)}


def asked(engine: Engine, model: str, method: str, *args: Any, user: int = ADMIN, **kwargs: Any) -> Any:
    return engine.execute_kw(user, None, model, method, args, kwargs)


def refused(engine: Engine, model: str, method: str, *args: Any, user: int = ADMIN, **kwargs: Any) -> tuple[str, str]:
    """Name and message of the fault."""
    with pytest.raises(SandboxFault) as caught:
        asked(engine, model, method, *args, user=user, **kwargs)
    return caught.value.name.rpartition(".")[2], caught.value.message


def person(engine: Engine, *groups: str) -> int:
    with engine.transaction() as env:
        number = len(env.search("res.users", []))
        ids = [env.ref(group) for group in groups]
        return env.create("res.users", {"name": "x", "login": f"user {number}", "groups_id": [(6, 0, ids)]})


def test_whoever_may_not_read_is_told_so_when_they_write(engines: dict[int, Engine]) -> None:
    engine = engines[18]
    seller = person(engine, "sales_team.group_sale_salesman")

    name, message = refused(engine, "purchase.order", "write", [1], {"origin": "x"}, user=seller)

    assert name == "AccessError"
    assert message.startswith("You are not allowed to access 'Purchase Order' (purchase.order) records.")


@pytest.mark.parametrize(("version", "allowed"), [(18, True), (19, False)])
def test_since_odoo_19_the_catalogue_is_kept_by_those_who_may_create_products(
    engines: dict[int, Engine], version: int, allowed: bool
) -> None:
    engine = engines[version]
    manager = person(engine, "stock.group_stock_manager")

    if allowed:
        assert asked(engine, "product.product", "create", {"name": "Tea"}, user=manager)
        return
    name, message = refused(engine, "product.product", "create", {"name": "Tea"}, user=manager)
    assert name == "AccessError"
    assert "following groups:\n\t- Products/Create\n\nContact" in message
