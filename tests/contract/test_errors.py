"""Every fault that an Odoo can answer with comes back as the one of the desk's own that says what to do about it."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import SecretStr

from domain.calls import Call
from domain.errors import DeskError
from domain.faults import (
    AccessRefused,
    NotAKey,
    OdooFault,
    RecordMissing,
    ServerBug,
    SessionExpired,
    UnknownField,
    Unreachable,
    UserRefused,
    ValidationRefused,
    WrongLogin,
)
from domain.intents import Undo
from domain.refusals import Refusal
from tests.contract.drafts import PREPARED
from tests.contract.ground import Ground
from tools.transports.connection import connect

GONE = 2_000_000_000


def _no_right(ground: Ground) -> None:
    ground.call("purchase.order", "search_read", [], ["name"], who="plain")


def _no_right_to_a_record(ground: Ground) -> None:
    """A salesperson sees no quotation of somebody else's."""
    order = ground.sell(ground.product("Jug"), 1, confirm=False)
    ground.call("sale.order", "read", [order], ["name"], who="salesperson")


def _business_rule(ground: Ground) -> None:
    order = ground.sell(ground.product("Jug"), 1)
    ground.call("sale.order", "unlink", [order])


def _done_is_done(ground: Ground) -> None:
    order = ground.buy(ground.product("Jug"), 2)
    ground.call("stock.picking", "action_cancel", [ground.receive(order)])


def _constraint(ground: Ground) -> None:
    goods, (north, _) = ground.product("Jug"), ground.warehouses
    for _ in range(2):
        ground.rule(goods, north, 1, 2)


def _missing(ground: Ground) -> None:
    ground.call("sale.order", "write", [GONE], {"client_order_ref": "none"})


def _unknown_field(ground: Ground) -> None:
    ground.call("sale.order", "search_read", [], ["shoe_size"])


def _unknown_field_in_a_search(ground: Ground) -> None:
    ground.call("sale.order", "search_count", [["shoe_size", "=", 46]])


def _unknown_model(ground: Ground) -> None:
    ground.call("shoe.size", "search_count", [])


def _unknown_method(ground: Ground) -> None:
    ground.call("sale.order", "lace_up", [1])


def _private_method(ground: Ground) -> None:
    ground.call("sale.order", "_action_confirm", [1])


def _wrong_value(ground: Ground) -> None:
    order = ground.sell(ground.product("Jug"), 1, confirm=False)
    ground.write("sale.order", order, {"commitment_date": "2026-03-02T12:00:00Z"})


FAULTS: dict[Callable[[Ground], None], type[OdooFault]] = {
    _no_right: AccessRefused,
    _no_right_to_a_record: AccessRefused,
    _business_rule: UserRefused,
    _done_is_done: UserRefused,
    _constraint: ValidationRefused,
    _missing: RecordMissing,
    _unknown_field: UnknownField,
    _unknown_field_in_a_search: ServerBug,
    _unknown_model: ServerBug,
    _unknown_method: ServerBug,
    _private_method: AccessRefused,
    _wrong_value: ServerBug,
}


@pytest.mark.parametrize("provoked", FAULTS, ids=lambda provoked: provoked.__name__.strip("_"))
def test_a_fault_is_told_by_its_kind(ground: Ground, provoked: Callable[[Ground], None]) -> None:
    with pytest.raises(OdooFault) as told:
        provoked(ground)

    assert isinstance(told.value, FAULTS[provoked])


def test_a_wrong_secret_is_a_wrong_login(ground: Ground) -> None:
    with pytest.raises(WrongLogin):
        ground.target.log_in(ground.target.login, SecretStr("not the secret"))


def test_an_unknown_user_is_a_wrong_login(ground: Ground) -> None:
    with pytest.raises(WrongLogin):
        ground.target.log_in(f"{ground.prefix}-nobody", SecretStr("whatever"))


def test_another_database_is_a_wrong_login(ground: Ground) -> None:
    elsewhere = ground.target.address.but(database=f"{ground.target.address.database}_not_there")

    with pytest.raises(WrongLogin):
        connect(elsewhere, ground.target.login, ground.target.secret, transport=ground.target.way)


def test_a_password_is_no_key(ground: Ground) -> None:
    if ground.target.way != "json2":
        pytest.skip("passwords are good by JSON-RPC")

    with pytest.raises(NotAKey):
        ground.target.log_in(ground.person("buyer").login, ground.person("buyer").password)


def test_nobody_at_the_address_is_unreachable(ground: Ground) -> None:
    nowhere = ground.target.address.but(port=1)

    with pytest.raises(Unreachable):
        connect(nowhere, ground.target.login, ground.target.secret, transport=ground.target.way)


def test_whoever_left_is_logged_in_no_more(ground: Ground) -> None:
    (leaver,) = ground.hire({ground.name("leaver"): ()}).values()
    line = ground.target.log_in(leaver.login, ground.secret(leaver))
    ground.write("res.users", leaver.uid, {"active": False})

    with pytest.raises(SessionExpired):
        line.execute(Call(model="res.users", method="context_get"))
    with pytest.raises(WrongLogin):
        line.execute(Call(model="res.users", method="search_count", args=([],)))


def test_a_password_that_was_changed_ends_the_login(ground: Ground) -> None:
    if ground.target.way == "json2":
        pytest.skip("a key outlives the password")
    (user,) = ground.hire({ground.name("renewed"): ()}).values()
    line = ground.target.log_in(user.login, user.password)
    ground.write("res.users", user.uid, {"password": "another one, and long"})

    with pytest.raises(SessionExpired):
        line.execute(Call(model="res.users", method="context_get"))


def test_a_note_wants_an_address_of_its_author_where_odoo_does(ground: Ground) -> None:
    step = PREPARED["mail.note"](ground)

    outcome = ground.perform(step.draft, "silent")

    if ground.version >= 19:
        assert isinstance(outcome, Undo)
        return
    assert isinstance(outcome, Refusal)
    assert "email address" in outcome.reason
    assert step.look() == step.before


def test_two_transactions_that_meet_leave_one_effect_or_say_so(ground: Ground) -> None:
    """Odoo tries again by itself a few times: what comes out is an answer, or Serialization, and never both names."""
    order = ground.sell(ground.product("Jug"), 1, confirm=False)
    said: list[Any] = []

    def write(words: str) -> None:
        try:
            said.append(ground.logged_in("admin").execute(_renamed(order, words)))
        except DeskError as fault:
            said.append(fault)

    threads = [threading.Thread(target=write, args=(words,)) for words in ("first", "second", "third")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(each is True or isinstance(each, OdooFault) for each in said), said
    assert any(each is True for each in said)
    assert ground.row("sale.order", order, "client_order_ref")["client_order_ref"] in {"first", "second", "third"}


def _renamed(order: int, words: str) -> Call:
    return Call(model="sale.order", method="write", args=([order], {"client_order_ref": words}))
