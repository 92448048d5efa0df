"""What Odoo really sends, as recorded from versions 18 and 19, becomes the desk's own faults."""

import pytest

from domain import faults
from tools.transports.faults import LONGEST, bad_status, classify_data, not_an_answer, on_the_way, wrong_login

RECORDED = [
    ("odoo.exceptions.AccessError", "You are not allowed to access 'Purchase Order' records.", faults.AccessRefused),
    ("odoo.exceptions.AccessError", "Private methods (such as 'x') cannot be called remotely.", faults.AccessRefused),
    ("odoo.exceptions.AccessDenied", "Access Denied", faults.SessionExpired),
    ("odoo.http.SessionExpiredException", "Session expired", faults.SessionExpired),
    ("odoo.exceptions.UserError", "In order to delete a purchase order, you must cancel it.", faults.UserRefused),
    ("odoo.exceptions.RedirectWarning", "Configure the company first", faults.UserRefused),
    ("odoo.exceptions.UserError", "Object nope.model doesn't exist", faults.ServerBug),
    ("odoo.exceptions.ValidationError", "a mandatory field is not set.", faults.ValidationRefused),
    ("odoo.exceptions.MissingError", "Record does not exist or has been deleted.", faults.RecordMissing),
    ("builtins.ValueError", "Invalid field 'nofield' on model 'res.partner'", faults.UnknownField),
    ("builtins.TypeError", "got an unexpected keyword argument 'foo'", faults.ServerBug),
    ("builtins.AttributeError", "The method 'sale.order.nope_method' does not exist", faults.ServerBug),
    ("psycopg2.errors.SerializationFailure", "could not serialize access", faults.Serialization),
    ("psycopg2.OperationalError", 'FATAL:  database "nodb" does not exist\n', faults.WrongLogin),
    ("psycopg2.OperationalError", "server closed the connection unexpectedly", faults.OutcomeUnknown),
    ("", "", faults.ServerBug),
]


@pytest.mark.parametrize(("name", "message", "family"), RECORDED)
def test_each_recorded_error_has_its_family(name: str, message: str, family: type[faults.OdooFault]) -> None:
    found = classify_data({"name": name, "message": message, "debug": "Traceback with a secret"})

    assert type(found) is family
    assert "Traceback" not in str(found)


def test_a_long_message_is_cut() -> None:
    found = classify_data({"name": "odoo.exceptions.UserError", "message": "x\n" * 5000})

    assert len(str(found)) < LONGEST + 50


def test_a_missing_module_is_told_apart_from_a_business_rule() -> None:
    found = classify_data({"name": "odoo.exceptions.UserError", "message": "Object stock.quant doesn't exist"})

    assert "module" in str(found)


def test_a_refused_connection_sent_nothing_and_a_reset_one_may_have() -> None:
    refused = on_the_way(ConnectionRefusedError(111, "refused"), "http://erp:8069", sent=False)
    reset = on_the_way(ConnectionResetError(104, "reset"), "http://erp:8069", sent=True)

    assert isinstance(refused, faults.Unreachable)
    assert isinstance(reset, faults.OutcomeUnknown)
    assert "http://erp:8069" in str(refused)


@pytest.mark.parametrize(
    ("status", "family"),
    [(404, faults.Unreachable), (303, faults.Unreachable), (500, faults.OutcomeUnknown), (502, faults.OutcomeUnknown)],
)
def test_only_a_proxy_may_hide_an_outcome(status: int, family: type[faults.OdooFault]) -> None:
    assert type(bad_status(status, "http://erp:8069")) is family


def test_half_an_answer_hides_an_outcome() -> None:
    fault = not_an_answer("http://erp:8069")

    assert isinstance(fault, faults.OutcomeUnknown)
    assert "may have had its effect" in str(fault)


def test_a_wrong_login_names_user_and_database() -> None:
    assert "'buyer'" in str(wrong_login("buyer", "prod"))
    assert "'prod'" in str(wrong_login("buyer", "prod"))
