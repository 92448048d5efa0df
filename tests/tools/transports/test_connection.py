"""Patience is for reads: with a deadline, and with one more login when the first ran out."""

import pytest

from domain.calls import Call
from domain.faults import (
    AccessRefused,
    OdooFault,
    OutcomeUnknown,
    SessionExpired,
    UnknownField,
    Unreachable,
    WrongLogin,
)
from domain.values import Json
from tools.transports.connection import Line, Patience, Patient

READ = Call(model="product.product", method="search_count", args=([],))
WRITE = Call(model="sale.order", method="message_post", args=([1],))


class Flaky:
    """Fails with each fault in turn, then answers 7."""

    def __init__(self, *faults: OdooFault, uid: int = 5) -> None:
        self.faults = list(faults)
        self.uid = uid
        self.asked: list[Call] = []

    def execute(self, call: Call) -> Json:
        self.asked.append(call)
        if self.faults:
            raise self.faults.pop(0)
        return 7


def told(line: Flaky) -> Line:
    return Line(line, "18.0 over JSON-RPC")


def patient(line: Flaky, waits: list[float] | None = None, *, renewed: Flaky | None = None) -> Patient:
    kept = waits if waits is not None else []
    renew = None if renewed is None else lambda: told(renewed)
    return Patient(told(line), renew=renew, patience=Patience(attempts=4), sleep=kept.append)


def test_a_read_survives_a_line_that_comes_back() -> None:
    waits: list[float] = []
    line = Flaky(Unreachable(), OutcomeUnknown())

    assert patient(line, waits).execute(READ) == 7
    assert len(waits) == 2
    assert all(0 <= wait <= 3 for wait in waits)


def test_a_read_gives_up_after_its_attempts() -> None:
    line = Flaky(*(Unreachable() for _ in range(9)))

    with pytest.raises(Unreachable):
        patient(line).execute(READ)

    assert len(line.asked) == 4


def test_a_read_gives_up_at_its_deadline() -> None:
    line = Flaky(*(Unreachable() for _ in range(9)))
    hasty = Patient(told(line), patience=Patience(deadline_s=1e-9, attempts=9), sleep=lambda _: None)

    with pytest.raises(Unreachable):
        hasty.execute(READ)

    assert len(line.asked) == 1


@pytest.mark.parametrize("fault", [AccessRefused(), WrongLogin()])
def test_an_answer_that_is_a_no_is_not_asked_again(fault: OdooFault) -> None:
    line = Flaky(fault)

    with pytest.raises(type(fault)):
        patient(line).execute(READ)

    assert len(line.asked) == 1


@pytest.mark.parametrize("fault", [Unreachable(), OutcomeUnknown(), SessionExpired()])
def test_a_write_is_asked_once_whatever_happens(fault: OdooFault) -> None:
    line, other = Flaky(fault), Flaky()

    with pytest.raises(type(fault)):
        patient(line, renewed=other).execute(WRITE)

    assert (len(line.asked), len(other.asked)) == (1, 0)


def test_a_login_that_ran_out_is_renewed_once_for_a_read() -> None:
    line, other = Flaky(SessionExpired()), Flaky(uid=6)
    odoo = patient(line, renewed=other)

    assert odoo.execute(READ) == 7
    assert odoo.uid == 6


def test_a_login_that_ran_out_twice_is_a_fault() -> None:
    with pytest.raises(SessionExpired):
        patient(Flaky(SessionExpired()), renewed=Flaky(SessionExpired())).execute(READ)


def test_a_login_that_cannot_be_renewed_is_a_fault() -> None:
    with pytest.raises(SessionExpired):
        patient(Flaky(SessionExpired())).execute(READ)


def test_the_odoo_behind_a_renewed_login_may_be_another_version() -> None:
    line = Patient(
        Line(Flaky(SessionExpired()), "18.0 over JSON-RPC"), renew=lambda: Line(Flaky(), "19.0 over /json/2")
    )
    before = line.version

    line.execute(READ)

    assert (before, line.version) == ("18.0 over JSON-RPC", "19.0 over /json/2")


def test_a_field_that_an_upgrade_took_away_is_asked_for_in_the_new_words() -> None:
    line = Patient(Line(Flaky(UnknownField()), "18.0 over JSON-RPC"), renew=lambda: Line(Flaky(), "19.0 over JSON-RPC"))

    assert line.execute(READ) == 7
    assert line.version == "19.0 over JSON-RPC"


def test_a_field_that_was_never_there_is_not_asked_for_again() -> None:
    line, other = Flaky(UnknownField()), Flaky()

    with pytest.raises(UnknownField):
        patient(line, renewed=other).execute(READ)

    assert (len(line.asked), len(other.asked)) == (1, 0)
