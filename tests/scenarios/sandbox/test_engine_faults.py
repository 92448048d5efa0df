"""Failures that scenarios put in the way, and the engine as a transport of the desk."""

from typing import get_args

import pytest

from domain.calls import Call
from domain.faults import (
    AccessRefused,
    OutcomeUnknown,
    RecordMissing,
    Serialization,
    ServerBug,
    Unreachable,
    UserRefused,
    ValidationRefused,
    WrongLogin,
)
from scenarios.sandbox.injected import Injected, Kind
from scenarios.sandbox.transport import EngineTransport
from tests.scenarios.sandbox.shop import Shop, shop


@pytest.fixture
def here() -> Shop:
    return shop()


def write(here: Shop, ref: str) -> Call:
    return Call(model="res.partner", method="write", args=([here.ids["vendor"]], {"ref": ref}))


def ref(here: Shop) -> object:
    return here.ask("admin", "res.partner", "read", [here.ids["vendor"]], ["ref"])[0]["ref"]


@pytest.mark.parametrize(
    ("kind", "fault", "written"),
    [
        ("down", Unreachable, False),
        ("timeout_before", OutcomeUnknown, False),
        ("timeout_after_commit", OutcomeUnknown, True),
        ("access", AccessRefused, False),
        ("user_error", UserRefused, False),
        ("serialization", Serialization, False),
    ],
)
def test_injected_failure_strikes_the_nth_call_only(
    here: Shop, kind: Kind, fault: type[Exception], written: bool
) -> None:
    here.engine.faults.append(Injected(call="res.partner.write", kind=kind, nth=2))
    odoo = EngineTransport(here.engine, here.ids["admin"])

    odoo.execute(write(here, "first"))
    with pytest.raises(fault):
        odoo.execute(write(here, "second"))
    assert ref(here) == ("second" if written else "first")
    odoo.execute(write(here, "third"))
    assert ref(here) == "third"


def test_failure_without_end_strikes_every_matching_call(here: Shop) -> None:
    here.engine.faults.append(Injected(call="res.partner.*", kind="down", times=0))
    odoo = EngineTransport(here.engine, here.ids["admin"])

    for _ in range(3):
        with pytest.raises(Unreachable):
            odoo.execute(write(here, "x"))
    assert odoo.execute(Call(model="res.users", method="context_get")) == {"lang": "en_US", "tz": "UTC", "uid": 2}


def test_every_kind_of_failure_is_known() -> None:
    assert set(get_args(Kind)) == {
        "down",
        "timeout_before",
        "timeout_after_commit",
        "access",
        "user_error",
        "serialization",
    }


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (Call(model="purchase.order", method="search", args=([],)), AccessRefused),
        (Call(model="res.partner", method="message_post", args=([999_999],)), RecordMissing),
        (Call(model="res.partner", method="nope", args=([1],)), ServerBug),
        (Call(model="nope", method="read", args=([1],)), ServerBug),
        (Call(model="res.partner", method="search", args=([["id", ">", {}]],)), ServerBug),
    ],
)
def test_faults_reach_the_desk_in_its_own_words(here: Shop, call: Call, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        EngineTransport(here.engine, here.ids["plain"]).execute(call)


def test_constraint_reaches_the_desk(here: Shop) -> None:
    bad = Call(model="res.partner", method="create", args=({"name": "x", "country_id": 999_999},))

    with pytest.raises(ValidationRefused):
        EngineTransport(here.engine, here.ids["admin"]).execute(bad)


def test_answers_take_the_shape_of_json(here: Shop) -> None:
    reference = Call(model="ir.model.data", method="check_object_reference", args=("base", "main_company"))

    answer = EngineTransport(here.engine, here.ids["admin"]).execute(reference)

    assert answer == ["res.company", here.ids["main"]]


@pytest.mark.parametrize("secret", ["buyer-pw", "buyer-key"])
def test_password_and_api_key_open_the_door(here: Shop, secret: str) -> None:
    assert EngineTransport.log_in(here.engine, "buyer", secret).uid == here.ids["buyer"]


@pytest.mark.parametrize(
    ("login", "secret"), [("buyer", "wrong"), ("buyer", ""), ("nobody", "x"), ("seller", "buyer-key")]
)
def test_wrong_secret_does_not(here: Shop, login: str, secret: str) -> None:
    with pytest.raises(WrongLogin):
        EngineTransport.log_in(here.engine, login, secret)


def test_archived_user_and_expired_key_open_nothing(here: Shop) -> None:
    with here.engine.transaction() as env:
        env.write("res.users.apikeys", [here.ids["key"]], {"expiration_date": "2026-11-20 11:59:59"})
        env.write("res.users", here.ids["seller"], {"active": False})

    for login, secret in (("buyer", "buyer-key"), ("seller", "seller-pw")):
        with pytest.raises(WrongLogin):
            EngineTransport.log_in(here.engine, login, secret)


def test_secrets_are_never_kept_nor_read(here: Shop) -> None:
    assert b"buyer-pw" not in here.engine.snapshot()
    assert b"buyer-key" not in here.engine.snapshot()
    assert here.ask("admin", "res.users", "read", [here.ids["buyer"]], ["password"])[0]["password"] is False
