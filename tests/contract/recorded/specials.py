"""Recorded outcomes that are no single call of a method: logging in, passwords that changed, another database."""

from collections.abc import Callable, Mapping

from scenarios.sandbox.faults import SandboxFault
from tests.contract.recorded.agreement import difference, plain
from tests.contract.recorded.captures import Captured
from tests.contract.recorded.lab import KEY, Lab

ASK = ("res.users", "context_get")
WORD = "a password"
Asked = Callable[[Lab], object]


def _key_as_password(lab: Lab) -> object:
    return lab.engine.execute_kw(lab.users["lab_agent"], KEY, *ASK)


def _password_changed(lab: Lab) -> object:
    lab.write("res.users", lab.users["lab_agent"], {"password": WORD})
    lab.engine.execute_kw(lab.users["lab_agent"], WORD, *ASK)
    lab.write("res.users", lab.users["lab_agent"], {"password": "another password"})
    return lab.engine.execute_kw(lab.users["lab_agent"], WORD, *ASK)


def _user_deactivated(lab: Lab) -> object:
    lab.write("res.users", lab.users["lab_agent"], {"password": WORD})
    lab.write("res.users", lab.users["lab_agent"], {"active": False})
    return lab.engine.execute_kw(lab.users["lab_agent"], WORD, *ASK)


def _wrong_database(lab: Lab) -> object:
    return lab.engine.login("nodb", "admin", "admin")


def _wrong_login(lab: Lab) -> object:
    return lab.engine.login(lab.engine.database, "nobody", WORD)


def _wrong_password(lab: Lab) -> object:
    return lab.engine.login(lab.engine.database, "lab_agent", "wrong")


ASKED: Mapping[str, Asked] = {
    "apikey_login_as_password": _key_as_password,
    "err_password_changed_midway": _password_changed,
    "err_user_deactivated_midway": _user_deactivated,
    "err_wrong_db": _wrong_database,
    "err_wrong_login": _wrong_login,
    "err_wrong_password": _wrong_password,
}
"""By name, what the sandbox is asked."""

REFUSED_LOGIN = "odoorpc.error.RPCError"
"""How odoorpc tells that Odoo answered False to a login."""


def disagreement_otherwise(lab: Lab, call: Captured) -> str | None:
    """How the sandbox differs from what was recorded; None where it agrees."""
    try:
        found = ASKED[call.name](lab)
    except SandboxFault as fault:
        same = fault.name == call.error and plain(fault.message)[:20] == plain(call.message)[:20]
        return None if same else f"{fault.name}: {fault.message} instead of {call.error}: {call.message}"
    if call.error == REFUSED_LOGIN:
        return None if found is False else f"{found!r} instead of a refused login"
    return f"{found!r} instead of {call.error}" if call.error else difference(call.result, found)
