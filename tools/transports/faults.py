"""Turns what Odoo, or the way to it, answers into the desk's own family of faults."""

from collections.abc import Mapping

from domain import faults
from domain.errors import DeskError
from domain.faults import OdooFault, OutcomeUnknown, Unreachable, WrongLogin
from tools.errors import OutOfScope

LONGEST = 600
"""Characters of Odoo's own message that are passed on; its traceback never is."""

BY_NAME: Mapping[str, type[OdooFault]] = {
    "odoo.exceptions.AccessError": faults.AccessRefused,
    "odoo.exceptions.AccessDenied": faults.SessionExpired,
    "odoo.http.SessionExpiredException": faults.SessionExpired,
    "odoo.exceptions.UserError": faults.UserRefused,
    "odoo.exceptions.RedirectWarning": faults.UserRefused,
    "odoo.exceptions.ValidationError": faults.ValidationRefused,
    "odoo.exceptions.MissingError": faults.RecordMissing,
    "psycopg2.errors.SerializationFailure": faults.Serialization,
    "psycopg2.errors.DeadlockDetected": faults.Serialization,
    "psycopg2.errors.LockNotAvailable": faults.Serialization,
}

BROKEN_DATABASE = frozenset({"psycopg2.OperationalError", "psycopg2.InterfaceError", "psycopg2.errors.AdminShutdown"})
"""Odoo lost its own database: a commit may or may not have been the last thing that happened."""


def classify_data(data: Mapping[str, object]) -> OdooFault:
    """The fault behind the ``data`` member of a JSON-RPC error."""
    name = str(data.get("name", ""))
    message = shortened(data.get("message", ""))
    if name in BROKEN_DATABASE:
        return _broken_database(message)
    if name == "odoo.exceptions.UserError" and message.startswith("Object ") and "exist" in message:
        return faults.ServerBug(f"Odoo does not know this: {message}; is the module that brings it installed?")
    if name == "builtins.ValueError" and message.startswith("Invalid field "):
        return faults.UnknownField(f"{message}; is the module that brings it installed?")
    family = BY_NAME.get(name, faults.ServerBug)
    if family is faults.SessionExpired:
        return family(f"Odoo no longer accepts this login ({message}); check the password or API key and the user")
    if family is faults.ServerBug:
        return family(f"Odoo failed inside with {shortened(name) or 'a nameless fault'}: {message}")
    return family(f"Odoo refused: {message}")


def wrong_login(login: str, database: str) -> WrongLogin:
    """The fault for a user and a secret that do not go together."""
    return WrongLogin(
        f"Odoo does not accept user {login!r} with this password or API key on database {database!r}; "
        "check the three of them (an API key lives three months at most for ordinary users)"
    )


def no_database(name: str) -> str:
    """The words for a database that Odoo does not have."""
    return f"Odoo has no such database ({name!r}); check the database's name"


def on_the_way(error: Exception, place: str, *, sent: bool) -> OdooFault:
    """The fault for a connection that failed before or after the request left."""
    found = shortened(f"{type(error).__name__}: {error}")
    if not sent:
        return Unreachable(
            f"expected an Odoo at {place}, found no answer ({found}); nothing was sent; "
            "check the address and that Odoo runs"
        )
    return OutcomeUnknown(
        f"a call was sent to {place} and no whole answer came back ({found}); it may have had its effect"
    )


def bad_status(status: int, place: str) -> OdooFault:
    """The fault for an HTTP answer that is not Odoo's; a proxy's 5xx hides an outcome, and so does its own success."""
    if status >= 500 or status < 300:
        return OutcomeUnknown(
            f"expected an answer from Odoo at {place}, found HTTP {status}; the call may have had its effect"
        )
    return Unreachable(f"expected an Odoo at {place}, found HTTP {status}; check host, port and TLS")


def not_an_answer(place: str) -> OutcomeUnknown:
    """The fault for an answer that is not whole, or not Odoo's."""
    return OutcomeUnknown(
        f"expected an answer of Odoo's from {place}, found something else; the call may have had its effect"
    )


def passing(fault: DeskError) -> bool:
    """Whether it can go by itself: Odoo could not be asked, or was busy, and said nothing about the step."""
    return isinstance(fault, faults.Serialization) or not isinstance(fault, faults.Refused | OutOfScope)


def _broken_database(message: str) -> OdooFault:
    if "does not exist" in message:
        return WrongLogin(f"Odoo has no such database ({message}); check the database's name")
    return OutcomeUnknown(f"Odoo lost its own database in the middle of the call: {message}")


def shortened(words: object) -> str:
    """On one line, and no longer than somebody reads."""
    flat = " ".join(str(words).split())
    return flat if len(flat) <= LONGEST else flat[:LONGEST] + "…"
