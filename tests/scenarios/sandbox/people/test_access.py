"""Rights by group, records by company, and who is in which group, as in Odoo."""

from typing import Any

import pytest

from scenarios.sandbox.faults import AccessError, WrongArguments
from scenarios.sandbox.people.groups import GROUPS, implied
from scenarios.sandbox.people.rights import RULES
from tests.scenarios.sandbox.shop import Shop, shop


@pytest.fixture
def here() -> Shop:
    return shop()


MATRIX = [
    ("product.product", "read", {"plain", "buyer", "seller", "stocker"}),
    ("purchase.order", "read", {"buyer", "stocker"}),
    ("purchase.order", "create", {"buyer"}),
    ("sale.order", "read", {"seller", "stocker"}),
    ("sale.order", "create", {"seller"}),
    ("stock.picking", "read", {"buyer", "seller", "stocker"}),
    ("stock.picking", "create", {"buyer", "seller", "stocker"}),
    ("stock.quant", "read", {"plain", "buyer", "seller", "stocker"}),
    ("stock.quant", "create", {"stocker"}),
    ("stock.warehouse.orderpoint", "read", {"buyer", "seller", "stocker"}),
    ("stock.warehouse.orderpoint", "write", set()),
    ("account.move", "read", {"buyer", "seller"}),
    ("stock.scrap", "create", {"stocker"}),
    ("stock.return.picking", "create", {"stocker"}),
    ("product.template", "write", set()),
    ("product.pricelist.item", "create", set()),
    ("product.supplierinfo", "read", {"plain", "buyer", "seller", "stocker"}),
    ("product.supplierinfo", "write", set()),
    ("ir.model.data", "create", set()),
    ("ir.model.data", "read", set()),
    ("ir.model", "read", set()),
    ("mail.message", "read", {"plain", "buyer", "seller", "stocker"}),
    ("stock.quant", "unlink", set()),
    ("product.product", "write", set()),
    ("ir.module.module", "read", {"plain", "buyer", "seller", "stocker"}),
    ("procurement.group", "create", {"plain", "buyer", "seller", "stocker"}),
    ("procurement.group", "unlink", set()),
    ("stock.move", "write", {"buyer", "seller", "stocker"}),
    ("stock.move", "unlink", set()),
    ("stock.move.line", "unlink", {"plain", "buyer", "seller", "stocker"}),
    ("stock.picking", "unlink", {"buyer", "stocker"}),
    ("stock.location", "write", {"stocker"}),
    ("sale.order.line", "unlink", {"seller"}),
    ("product.packaging", "create", {"seller"}),
]
"""As recorded for users of one role each."""


@pytest.mark.parametrize(("model", "operation", "who"), MATRIX, ids=[f"{m}-{o}" for m, o, _ in MATRIX])
def test_rights_are_those_recorded(here: Shop, model: str, operation: str, who: set[str]) -> None:
    roles = ("plain", "buyer", "seller", "stocker")
    granted = {
        login
        for login in roles
        if here.ask(login, model, "check_access_rights", operation, raise_exception=False)
        and here.ask(login, model, "has_access", [], operation)
    }

    assert granted == who


def test_refusal_names_the_groups_that_may(here: Shop) -> None:
    with pytest.raises(AccessError, match=r"modify 'Product' \(product.template\)(.|\n)*Purchase/Administrator"):
        here.ask("seller", "product.template", "write", [1], {"list_price": 21})
    with pytest.raises(AccessError, match="No group currently allows this operation"):
        here.ask("stocker", "stock.quant", "unlink", [1])
    with pytest.raises(AccessError, match="not allowed to access 'Purchase Order'"):
        here.ask("plain", "purchase.order", "search_read", [], ["name"])
    with pytest.raises(AccessError, match="not allowed to create"):
        here.ask("plain", "res.partner", "create", {"name": "x"})
    with pytest.raises(AccessError, match="not allowed to access"):
        here.ask("plain", "purchase.order", "check_access_rights", "read")


def test_field_for_accountants_is_kept_from_others(here: Shop) -> None:
    with pytest.raises(AccessError, match="credit_limit"):
        here.ask("stocker", "res.partner", "read", [here.ids["vendor"]], ["credit_limit"])
    assert here.ask("admin", "res.partner", "read", [here.ids["vendor"]], ["credit_limit"])[0]["credit_limit"] == 0.0


def test_managers_are_users_too(here: Shop) -> None:
    assert here.ask("buymgr", "res.users", "has_group", [here.ids["buymgr"]], "purchase.group_purchase_user")
    assert not here.ask("buyer", "res.users", "has_group", [here.ids["buyer"]], "purchase.group_purchase_manager")
    assert not here.ask("buyer", "res.users", "has_group", [here.ids["buyer"]], "no.such_group")


def test_groups_of_others_are_for_employees_to_ask(here: Shop) -> None:
    with here.engine.transaction() as env:
        env.write("res.users", here.ids["plain"], {"groups_id": [(6, 0, [env.ref("base.group_portal")])]})

    with pytest.raises(AccessError):
        here.ask("plain", "res.users", "has_group", [here.ids["buymgr"]], "base.group_user")
    with pytest.raises(WrongArguments):
        here.ask("buyer", "res.users", "has_group", [1, 2], "base.group_user")
    assert here.ask("buyer", "res.users", "has_group", [here.ids["buymgr"]], "purchase.group_purchase_manager")


def test_group_taken_away_takes_its_rights(here: Shop) -> None:
    with here.engine.transaction() as env:
        env.write("res.users", here.ids["buyer"], {"groups_id": [(6, 0, [env.ref("base.group_user")])]})

    with pytest.raises(AccessError):
        here.ask("buyer", "purchase.order", "search", [])


def _foreign_location(here: Shop) -> int:
    with here.engine.transaction() as env:
        return env.create("stock.location", {"name": "F", "complete_name": "F", "company_id": here.ids["other"]})


def test_records_of_another_company_are_hidden_and_refused(here: Shop) -> None:
    foreign = _foreign_location(here)

    assert foreign not in here.ask("stocker", "stock.location", "search", [])
    with pytest.raises(AccessError, match=r"Stocker \(id=\d+\) doesn't have 'read' access(.|\n)*multi-company"):
        here.ask("stocker", "stock.location", "read", [foreign], ["name"])
    with pytest.raises(AccessError, match="'write' access"):
        here.ask("stockmgr", "stock.location", "write", [foreign], {"name": "x"})
    assert not here.ask("stocker", "stock.location", "has_access", [foreign], "read")


def test_record_for_another_company_cannot_be_made(here: Shop) -> None:
    before = here.engine.digest()
    with pytest.raises(AccessError):
        here.ask("stockmgr", "stock.location", "create", {"name": "x", "company_id": here.ids["other"]})
    assert here.engine.digest() == before


def test_product_belongs_to_its_templates_company(here: Shop) -> None:
    with here.engine.transaction() as env:
        foreign = env.create("product.product", {"name": "F", "company_id": here.ids["other"]})

    assert foreign not in here.ask("plain", "product.product", "search", [])


def test_user_and_company_are_seen_from_their_own_companies(here: Shop) -> None:
    assert here.ask("plain", "res.company", "search", []) == [here.ids["main"]]
    with here.engine.transaction() as env:
        values = {
            "name": "F",
            "login": "f",
            "company_id": here.ids["other"],
            "company_ids": [(6, 0, [here.ids["other"]])],
        }
        stranger = env.create("res.users", values)
    assert stranger not in here.ask("plain", "res.users", "search", [])


@pytest.mark.parametrize("login", ["buyer", "admin"])
def test_company_that_is_not_the_users_is_refused(here: Shop, login: str) -> None:
    with pytest.raises(AccessError, match="unauthorized or invalid companies"):
        here.ask(login, "res.partner", "search", [], context={"allowed_company_ids": [77]})


def test_view_narrows_to_the_companies_asked_for(here: Shop) -> None:
    foreign = _foreign_location(here)
    both = [here.ids["main"], here.ids["other"]]
    with here.engine.transaction() as env:
        env.write("res.users", here.ids["admin"], {"company_ids": [(6, 0, both)]})

    def found(companies: list[int]) -> Any:
        return here.ask("admin", "stock.location", "search", [], context={"allowed_company_ids": companies})

    assert foreign in here.found("stock.location", [])
    assert foreign not in found([here.ids["main"]])
    assert foreign in found([here.ids["other"]])


def test_every_model_says_who_may_read_it(here: Shop) -> None:
    silent = {model for model in here.engine.models if model not in RULES}

    assert silent == set()


def test_every_group_that_rules_name_exists() -> None:
    named = {group for rights in RULES.values() for group in rights}

    assert named <= set(GROUPS)
    assert implied(["purchase.group_purchase_manager"]) == {
        "purchase.group_purchase_manager",
        "purchase.group_purchase_user",
        "base.group_user",
    }
