"""Nobody is believed without proof, and roles come from Odoo's groups."""

import pytest
from pydantic import SecretStr

from domain.calls import Call
from domain.faults import ServerBug, WrongLogin
from domain.people import Person
from domain.values import Json
from scenarios.sandbox.transport import EngineTransport
from tests.tools.bench import Bench
from tools.people import identify

GROUPS = {
    "buyer": ("purchase.group_purchase_user",),
    "purchasing-manager": ("purchase.group_purchase_manager",),
    "warehouse-lead": ("stock.group_stock_manager",),
    "finance": ("account.group_account_manager", "no.such_group"),
}


def told(bench: Bench, login: str, secret: str) -> Person:
    """Who that is, to the sandbox."""

    def connect(name: str, proof: SecretStr) -> EngineTransport:
        return EngineTransport.log_in(bench.engine, name, proof.get_secret_value())

    return identify(connect, login, SecretStr(secret), GROUPS)


def test_a_user_has_the_roles_of_its_groups(bench: Bench) -> None:
    user = bench.world.users["buyer"]

    person = told(bench, "buyer", user.api_key)

    assert (person.uid, person.login, person.name) == (user.uid, "buyer", "Buyer")
    assert person.companies == (bench.world.company,)
    assert person.roles == ("buyer",)


def test_a_group_that_implies_another_gives_both_roles(bench: Bench) -> None:
    user = bench.world.users["buymgr"]

    person = told(bench, "buymgr", user.password)

    assert person.roles == ("buyer", "purchasing-manager")


def test_a_wrong_secret_is_nobody(bench: Bench) -> None:
    with pytest.raises(WrongLogin):
        told(bench, "buyer", "guess")


def test_an_odoo_that_does_not_know_its_own_user_is_a_fault() -> None:
    class Empty:
        uid = 5

        def execute(self, call: Call) -> Json:
            return [] if call.reads_only else None

    def connect(_login: str, _secret: SecretStr) -> Empty:
        return Empty()

    with pytest.raises(ServerBug):
        identify(connect, "buyer", SecretStr("x"), GROUPS)
