"""Speaks to an Odoo 19 through its own ``/json/2``, as the owner of an API key."""

import json
import weakref

from pydantic import SecretStr

from domain.calls import Call
from domain.faults import NotAKey, OutcomeUnknown, ServerBug, SessionExpired, UnspokenVersion, WrongLogin
from domain.values import Json
from tools.dialects.versions import major
from tools.transports.faults import no_database
from tools.transports.json2_answers import result
from tools.transports.json2_wire import CALLS, VERSION, Answer, Bearer
from tools.transports.named import answered, named
from tools.transports.wire import OdooAddress

SINCE = 19
"""The first version that has ``/json/2``."""
NOT_FOUND = 404


class Json2:
    """A logged-in Odoo; every call is one request, asked once. Its connections end with it."""

    def __init__(self, line: Bearer, uid: int, version: str) -> None:
        self._line = line
        self.uid = uid
        self.version = version
        """What the server calls itself: ``19.0``."""
        weakref.finalize(self, line.close)

    def execute(self, call: Call) -> Json:
        """Carry out one call; raises OdooFault, and OutcomeUnknown when its effect cannot be told."""
        answer = self._line.post(f"{CALLS}{call.model}/{call.method}", named(call))
        return answered(call, result(answer, self._line.address.place))


def log_in(address: OdooAddress, login: str, secret: SecretStr) -> Json2:
    """With an API key; raises NotAKey where it is none, WrongLogin, UnspokenVersion or Unreachable."""
    line = Bearer(address, secret)
    try:
        version = _version(line)
        odoo = Json2(line, _owner(line, login), version)
        _same(odoo, login)
    except BaseException:
        line.close()
        raise
    return odoo


def _version(line: Bearer) -> str:
    """Asked first: an older Odoo answers ``/json/2`` with a page."""
    told = _version_told(line.get(VERSION))
    if told is None:
        raise UnspokenVersion(f"expected an Odoo {SINCE} or later at {line.address.place}, found none that says so")
    if major(told) < SINCE:
        raise UnspokenVersion(f"expected an Odoo with /json/2, which came with {SINCE}.0, found {told}")
    return told


def _version_told(answer: Answer) -> str | None:
    try:
        told = json.loads(answer.body)
    except ValueError:
        return None
    version = told.get("version") if isinstance(told, dict) else None
    return version if isinstance(version, str) else None


def _owner(line: Bearer, login: str) -> int:
    """The user whose key it is."""
    answer = line.post(f"{CALLS}res.users/context_get", {})
    if answer.status == NOT_FOUND:
        raise WrongLogin(no_database(line.address.database))
    try:
        told = result(answer, line.address.place)
    except SessionExpired:
        raise NotAKey(
            f"Odoo has no such API key for user {login!r} on database {line.address.database!r}; /json/2 takes no "
            "password, and a key lives three months at most for ordinary users: make one in the user's preferences"
        ) from None
    uid = told.get("uid") if isinstance(told, dict) else None
    if isinstance(uid, bool) or not isinstance(uid, int):
        raise OutcomeUnknown(f"expected the key's owner from {line.address.place}, found something else")
    return uid


def _same(odoo: Json2, login: str) -> None:
    """Whoever owns the key would act in the name that was given."""
    match odoo.execute(Call(model="res.users", method="read", args=([odoo.uid], ["login"]))):
        case [{"login": found}] if found == login:
            return
        case [{"login": found}]:
            raise WrongLogin(f"expected an API key of user {login!r}, found one of {found!r}; check which is meant")
    raise ServerBug(f"expected the record of the API key's own user {odoo.uid}, found none")
