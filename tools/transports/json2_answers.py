"""What an answer of ``/json/2`` means: its result, or the desk's own fault for what went wrong."""

import json
from collections.abc import Mapping

from domain.faults import OdooFault, ServerBug, SessionExpired
from domain.values import Json
from tools.transports.faults import bad_status, classify_data, not_an_answer, shortened
from tools.transports.json2_wire import Answer

OK, UNAUTHORIZED = 200, 401
UNKNOWN = "werkzeug.exceptions.NotFound"


def result(answer: Answer, place: str) -> Json:
    """The bare result; raises OdooFault, and OutcomeUnknown for what is no whole answer of Odoo's."""
    if answer.status == OK:
        return _parsed(answer, place)
    raise _fault(answer, place)


def _parsed(answer: Answer, place: str) -> Json:
    try:
        found: Json = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise not_an_answer(place) from None
    return found


def _fault(answer: Answer, place: str) -> OdooFault:
    told = _told(answer.body)
    if answer.status == UNAUTHORIZED:
        return SessionExpired(
            f"Odoo does not accept this API key ({shortened(told.get('message', 'HTTP 401'))}); "
            "it ran out or was taken back: make a new one"
        )
    if told.get("name") == UNKNOWN:
        return ServerBug(
            f"Odoo does not know this: {shortened(told.get('message'))}; is the module that brings it installed?"
        )
    return classify_data(told) if told.get("name") else bad_status(answer.status, place)


def _told(body: bytes) -> Mapping[str, object]:
    """Odoo's own words on what went wrong; none where a proxy or a page speaks."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
