"""The sandbox's ``/json/2``: one method of one model for the owner of an API key, as Odoo 19 serves it."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scenarios.sandbox.engine import Engine
from scenarios.sandbox.faults import AccessDenied, SandboxFault, WrongArguments, told, unforeseen
from scenarios.sandbox.injected import AnswerLost, LineDown
from scenarios.sandbox.registry import REGISTRY

LOG = logging.getLogger(__name__)
ROOT = "/json/2"
SINCE = 19
OK = 200
PLACE = "Did you mean POST /json/2/<model>/<method>?"
NO_KEY = "User not authenticated, use an API Key with a Bearer Authorization header."

STATUS: Mapping[str, int] = {
    "odoo.exceptions.AccessDenied": 403,
    "odoo.exceptions.AccessError": 403,
    "odoo.exceptions.MissingError": 404,
    "odoo.exceptions.UserError": 422,
    "odoo.exceptions.ValidationError": 422,
}
"""What a fault of Odoo's own is answered with; any other is a 500."""
HTTP: Mapping[int, str] = {400: "BadRequest", 401: "Unauthorized", 404: "NotFound", 422: "UnprocessableEntity"}

NO_DATABASE = """<!DOCTYPE html>
<title>404 Not Found</title>
<h1>Not Found</h1>
<p>No database is selected and the requested URL was not found in the server-wide controllers.</p>
"""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An HTTP answer: its status, and JSON or a page."""

    status: int = OK
    body: Any = None
    page: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        return "application/json; charset=utf-8" if self.page is None else "text/html; charset=utf-8"

    @property
    def packed(self) -> bytes:
        return (json.dumps(self.body) if self.page is None else self.page).encode()


class _Http(Exception):
    """Refused before any method was called: an HTTP status, and why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status

    @property
    def reply(self) -> Reply:
        name = f"werkzeug.exceptions.{HTTP[self.status]}"
        return Reply(status=self.status, body={**told(name, str(self)), "arguments": [str(self), self.status]})


def page(engine: Engine, path: str, headers: Mapping[str, str]) -> Reply | None:
    """What a GET is answered with; None where it is about something else. Names of headers are in small letters."""
    if path.startswith(ROOT):
        return _elsewhere(engine, path, headers) or _Http(404, PLACE).reply
    if path != "/web/version":
        return None
    if engine.version < SINCE:
        return Reply(status=404, page="<!DOCTYPE html>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n")
    told = {"version_info": [engine.version, 0, 0, "final", 0, ""], "version": f"{engine.version}.0"}
    return Reply(body=told, headers={"Set-Cookie": "session_id=nobody; HttpOnly; Path=/"})


def serve(engine: Engine, path: str, headers: Mapping[str, str], sent: bytes) -> Reply:
    """What a POST is answered with; raises LineDown and AnswerLost where a failure is put in its way."""
    elsewhere = _elsewhere(engine, path, headers)
    if elsewhere is not None:
        return elsewhere
    try:
        model, method = _called(path)
        uid = _owner(engine, headers)
        return Reply(body=_result(engine, uid, model, method, _body(sent)))
    except _Http as refused:
        return refused.reply
    except SandboxFault as fault:
        return Reply(status=STATUS.get(fault.name, 500), body=fault.data())
    except (LineDown, AnswerLost):
        raise
    except Exception as problem:
        LOG.exception("the sandbox failed at %s", path)
        return Reply(status=500, body=unforeseen(problem))


def _elsewhere(engine: Engine, path: str, headers: Mapping[str, str]) -> Reply | None:
    """Before Odoo 19 the path leads to the login page, and without the right database nowhere."""
    if engine.version < SINCE:
        target = "/web/login?redirect=" + path.replace("/", "%2F")
        return Reply(status=303, page="<!doctype html>\n<title>Redirecting...</title>\n", headers={"Location": target})
    if headers.get("x-odoo-database", engine.database) != engine.database:
        return Reply(status=404, page=NO_DATABASE)
    return None


def _called(path: str) -> tuple[str, str]:
    match path.removeprefix(ROOT).split("/"):
        case ["", model, method] if model and method:
            return model, method
    raise _Http(404, PLACE)


def _owner(engine: Engine, headers: Mapping[str, str]) -> int:
    """Whose key came along; a password is none."""
    scheme, _, key = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not key:
        raise _Http(401, NO_KEY)
    owner = engine.key_owner(key.strip())
    if owner is None:
        raise _Http(401, "Invalid apikey")
    return owner


def _body(sent: bytes) -> dict[str, Any]:
    """The named arguments; a body that is JSON and no object names none."""
    if not sent:
        return {}
    try:
        found = json.loads(sent)
    except ValueError as problem:
        raise _Http(400, f"could not parse the body as json: {problem}") from None
    return found if isinstance(found, dict) else {}


def _result(engine: Engine, uid: int, model: str, method: str, body: dict[str, Any]) -> Any:
    ids = body.pop("ids", [])
    whole = _of_the_model(model, method)
    if whole and ids:
        raise _Http(422, f"cannot call {model}.{method} with ids")
    if method == "create" and isinstance(body.get("vals_list"), dict):
        body["vals_list"] = [body["vals_list"]]
    try:
        return engine.execute_kw(uid, None, model, method, [] if whole else [ids], body)
    except WrongArguments as wrong:
        raise _Http(422, wrong.bound) from None
    except AccessDenied:
        raise _Http(401, "Invalid apikey") from None
    except SandboxFault as fault:
        raise _unknown(fault, model, method) or fault from None


def _of_the_model(model: str, method: str) -> bool:
    """Whether it is a method of the model as a whole."""
    for owner in (model, "*"):
        if (owner, method) in REGISTRY.methods:
            return False
        if (owner, method) in REGISTRY.model_methods:
            return True
    return False


def _unknown(fault: SandboxFault, model: str, method: str) -> _Http | None:
    """Models and methods that are not there are named by the path, which leads nowhere then."""
    if fault.message == f"Object {model} doesn't exist":
        return _Http(404, f"the model {model!r} does not exist")
    if fault.name == "builtins.AttributeError" and fault.message.startswith(f"The method '{model}.{method}'"):
        return _Http(404, fault.message)
    return None
