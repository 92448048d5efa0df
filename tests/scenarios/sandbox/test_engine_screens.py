"""What the web client and old scripts ask is answered, and what a salesperson may not see stays hidden."""

from typing import Any

import pytest

from scenarios.sandbox.faults import AccessError, UserError, ValidationError
from tests.scenarios.sandbox.shop import Shop, shop


@pytest.fixture
def here() -> Shop:
    return shop()


def test_the_web_client_reads_as_deep_as_it_asks(here: Shop) -> None:
    branch = here.ids["branch"]
    wanted = {"name": {}, "parent_id": {"fields": {"display_name": {}}}, "child_ids": {"fields": {}}}

    found = here.ask("admin", "res.partner", "web_search_read", [["id", "=", branch]], wanted, limit=1)

    (row,) = found["records"]
    assert found["length"] == 1
    assert row["parent_id"]["id"] == here.ids["vendor"]
    assert set(row["parent_id"]) == {"id", "display_name"}
    assert row["child_ids"] == []


def test_an_export_is_for_those_who_may(here: Shop) -> None:
    with pytest.raises(UserError, match="rights to export"):
        here.ask("buyer", "res.partner", "export_data", [here.ids["branch"]], ["name"])

    rows = here.ask("admin", "res.partner", "export_data", [here.ids["branch"]], ["id", ".id", "parent_id/name"])[
        "datas"
    ]

    assert rows[0][0].startswith("__export__.res_partner_")
    assert rows[0][1] == str(here.ids["branch"])


def test_an_external_id_is_given_once(here: Shop) -> None:
    name: dict[str, Any] = {"module": "exc", "name": "x", "model": "res.partner", "res_id": 1}
    here.ask("admin", "ir.model.data", "create", name)

    with pytest.raises(ValidationError, match="ir_model_data_module_name_uniq_index"):
        here.ask("admin", "ir.model.data", "create", name)


def test_a_salesperson_held_to_own_documents_sees_those_and_nobodys(here: Shop) -> None:
    with here.engine.transaction() as env:
        group = env.ref("sales_team.group_sale_salesman")
        own = env.create("res.users", {"name": "Own", "login": "own", "company_id": 1, "groups_id": [[6, 0, [group]]]})
        partner = here.ids["vendor"]
        orders = {who: env.create("sale.order", {"partner_id": partner, "user_id": who}) for who in (own, 2, False)}

    def ask(method: str, *args: Any) -> Any:
        return here.engine.execute_kw(own, None, "sale.order", method, args)

    assert set(ask("search", [])) == {orders[own], orders[False]}
    with pytest.raises(AccessError, match="'read' access"):
        ask("write", [orders[2]], {"client_order_ref": "x"})


def test_whoever_may_not_read_kits_is_not_told_what_is_there(here: Shop) -> None:
    with here.engine.transaction() as env:
        group = env.ref("base.group_user")
        plain = env.create("res.users", {"name": "P", "login": "p", "company_id": 1, "groups_id": [[6, 0, [group]]]})
        product = env.create("product.product", {"name": "Crate", "is_storable": True})

    with pytest.raises(AccessError, match=r"mrp\.bom"):
        here.engine.execute_kw(plain, None, "product.product", "read", [[product], ["free_qty"]])
    assert here.engine.execute_kw(plain, None, "product.product", "read", [[product], ["standard_price"]])
