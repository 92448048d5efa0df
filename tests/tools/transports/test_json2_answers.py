"""What Odoo 19 answers on ``/json/2``, as recorded from one, becomes the desk's own faults."""

import json

import pytest

from domain import faults
from tools.transports.json2_answers import result
from tools.transports.json2_wire import Answer

PLACE = "http://erp:8069"
RECORDED = [
    (403, "odoo.exceptions.AccessError", "You are not allowed to modify 'User' (res.users) records.", "AccessRefused"),
    (404, "odoo.exceptions.MissingError", "Record does not exist or has been deleted.", "RecordMissing"),
    (404, "werkzeug.exceptions.NotFound", "The method 'purchase.order.nope' does not exist", "ServerBug"),
    (404, "werkzeug.exceptions.NotFound", "the model 'nope.model' does not exist", "ServerBug"),
    (422, "odoo.exceptions.UserError", "In order to delete a purchase order, you must cancel it first.", "UserRefused"),
    (422, "odoo.exceptions.ValidationError", "Missing required value for the field", "ValidationRefused"),
    (422, "werkzeug.exceptions.UnprocessableEntity", "got an unexpected keyword argument 'foo'", "ServerBug"),
    (400, "werkzeug.exceptions.BadRequest", "could not parse the body as json", "ServerBug"),
    (500, "builtins.ValueError", "Invalid field 'foo' in 'purchase.order'", "UnknownField"),
    (500, "psycopg2.errors.SerializationFailure", "could not serialize access", "Serialization"),
    (500, "psycopg2.OperationalError", "server closed the connection unexpectedly", "OutcomeUnknown"),
    (401, "werkzeug.exceptions.Unauthorized", "Invalid apikey", "SessionExpired"),
    (403, "odoo.http.SessionExpiredException", "Session expired", "SessionExpired"),
]


def told(status: int, name: str, message: str) -> Answer:
    body = {"name": name, "message": message, "arguments": [message], "context": {}, "debug": "Traceback: a secret"}
    return Answer(status, json.dumps(body).encode())


@pytest.mark.parametrize(("status", "name", "message", "family"), RECORDED)
def test_each_recorded_error_has_its_family(status: int, name: str, message: str, family: str) -> None:
    with pytest.raises(getattr(faults, family)) as caught:
        result(told(status, name, message), PLACE)

    assert type(caught.value).__name__ == family
    assert message in str(caught.value)
    assert "Traceback" not in str(caught.value)


def test_what_is_not_there_may_want_a_module() -> None:
    with pytest.raises(faults.ServerBug, match="is the module that brings it installed"):
        result(told(404, "werkzeug.exceptions.NotFound", "the model 'nope.model' does not exist"), PLACE)


@pytest.mark.parametrize(
    ("status", "body", "family"),
    [
        (502, b"<html>Bad Gateway</html>", faults.OutcomeUnknown),
        (500, b"<html>Internal Server Error</html>", faults.OutcomeUnknown),
        (504, b"", faults.OutcomeUnknown),
        (500, b'{"error": "a proxy of its own mind"}', faults.OutcomeUnknown),
        (500, b'["no object"]', faults.OutcomeUnknown),
        (404, b"<!DOCTYPE html>", faults.Unreachable),
        (303, b"", faults.Unreachable),
        (429, b"slow down", faults.Unreachable),
        (401, b"<html>Who are you?</html>", faults.SessionExpired),
        (200, b"<html>Something else</html>", faults.OutcomeUnknown),
        (200, b"", faults.OutcomeUnknown),
        (200, b'{"half": ', faults.OutcomeUnknown),
        (200, b"\xff\xfe", faults.OutcomeUnknown),
    ],
)
def test_what_is_no_answer_of_odoos_hides_an_outcome_or_none(
    status: int, body: bytes, family: type[faults.OdooFault]
) -> None:
    with pytest.raises(family):
        result(Answer(status, body), PLACE)


@pytest.mark.parametrize("body", [b"null", b"true", b"[7]", b'{"ids": [1]}'])
def test_a_result_comes_bare(body: bytes) -> None:
    assert result(Answer(200, body), PLACE) == json.loads(body)
