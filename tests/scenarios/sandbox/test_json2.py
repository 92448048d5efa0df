"""The sandbox's ``/json/2`` answers over loopback as a running Odoo 19 did, status and words."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, RemoteDisconnected
from typing import Any, NamedTuple

import pytest

from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.env import Env
from scenarios.sandbox.injected import Injected
from scenarios.sandbox.server import SandboxServer

KEY = "a key of the agent's"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Told(NamedTuple):
    """What came back over the wire."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text)


class Asking:
    """Whoever asks the sandbox, with a key unless told otherwise."""

    def __init__(self, server: SandboxServer) -> None:
        self.engine = server.engine
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=10)

    def post(self, path: str, body: Any = None, **headers: str | None) -> Told:
        sent = body if isinstance(body, str) else json.dumps(body)
        return self.ask("POST", f"/json/2/{path}", sent, **headers)

    def ask(self, verb: str, path: str, sent: str | None = None, **headers: str | None) -> Told:
        given: dict[str, str | None] = {"Authorization": f"bearer {KEY}", "X-Odoo-Database": "sandbox"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(verb, path, sent, {name: value for name, value in given.items() if value is not None})
        answer = self._connection.getresponse()
        return Told(answer.status, dict(answer.getheaders()), answer.read().decode())

    def close(self) -> None:
        self._connection.close()


@contextmanager
def asking(version: int) -> Iterator[Asking]:
    engine = Engine(SetClock(NOW), version=version)
    with engine.transaction() as env:
        _agent(env)
    server = SandboxServer(engine)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    asker = Asking(server)
    try:
        yield asker
    finally:
        asker.close()
        server.shutdown()
        thread.join()
        server.server_close()


def _agent(env: Env) -> None:
    env.create("stock.warehouse", {"name": "Leicester", "code": "WH"})
    groups = [(4, env.ref(group)) for group in ("purchase.group_purchase_user", "base.group_user")]
    user = env.create(
        "res.users",
        {"name": "Agent", "login": "agent", "email": "agent@example.com", "password": "agent-pw", "groups_id": groups},
    )
    env.create("res.users.apikeys", {"name": "tests", "user_id": user, "key": KEY})
    env.create("res.users.apikeys", {"name": "old", "user_id": user, "key": "old", "expiration_date": "2026-03-01"})


@pytest.fixture
def odoo() -> Iterator[Asking]:
    with asking(19) as found:
        yield found


def vendor(odoo: Asking) -> int:
    with odoo.engine.transaction() as env:
        return env.create("res.partner", {"name": "Vendor"})


def request_to_it(odoo: Asking) -> int:
    made: list[int] = odoo.post("purchase.order/create", {"vals_list": [{"partner_id": vendor(odoo)}]}).body
    return made[0]


def test_the_keys_owner_is_who_asks(odoo: Asking) -> None:
    told = odoo.post("res.users/context_get")

    assert told.status == 200
    assert told.body["uid"] == odoo.engine.root().search("res.users", [["login", "=", "agent"]])[0]
    assert told.headers["Content-Type"].startswith("application/json")


def test_every_answer_tells_the_time_of_day(odoo: Asking) -> None:
    told = odoo.post("res.users/context_get")

    assert parsedate_to_datetime(told.headers["Date"]).tzinfo is not None


def test_the_version_is_told_to_whoever_asks(odoo: Asking) -> None:
    told = odoo.ask("GET", "/web/version", Authorization=None)

    assert told.body == {"version_info": [19, 0, 0, "final", 0, ""], "version": "19.0"}


@pytest.mark.parametrize(
    ("authorization", "words"),
    [
        (None, "User not authenticated, use an API Key with a Bearer Authorization header."),
        ("Basic YWdlbnQ6YWdlbnQtcHc=", "User not authenticated, use an API Key with a Bearer Authorization header."),
        ("bearer nobodys-key", "Invalid apikey"),
        ("bearer agent-pw", "Invalid apikey"),
        ("bearer old", "Invalid apikey"),
    ],
)
def test_without_a_key_that_is_good_nobody_is_let_in(odoo: Asking, authorization: str | None, words: str) -> None:
    told = odoo.post("res.users/context_get", {}, Authorization=authorization)

    assert (told.status, told.body["name"]) == (401, "werkzeug.exceptions.Unauthorized")
    assert told.body["arguments"] == [words, 401]


def test_a_key_of_somebody_who_left_is_none(odoo: Asking) -> None:
    with odoo.engine.transaction() as env:
        env.write("res.users", env.search("res.users", [["login", "=", "agent"]]), {"active": False})

    assert odoo.post("res.users/context_get").status == 401


def test_a_create_is_answered_with_a_list(odoo: Asking) -> None:
    partner = vendor(odoo)

    one = odoo.post("purchase.order/create", {"vals_list": {"partner_id": partner}})
    several = odoo.post("purchase.order/create", {"vals_list": [{"partner_id": partner}, {"partner_id": partner}]})

    assert (len(one.body), len(several.body)) == (1, 2)


def test_without_ids_all_is_well_and_nothing_is_done(odoo: Asking) -> None:
    order = request_to_it(odoo)

    told = odoo.post("purchase.order/button_cancel", {})

    assert (told.status, told.body) == (200, None)
    assert odoo.engine.root().row("purchase.order", order)["state"] == "draft"


@pytest.mark.parametrize(
    ("path", "body", "status", "name", "words"),
    [
        (
            "purchase.order/write",
            {"ids": [99], "vals": {"origin": "x"}},
            404,
            "odoo.exceptions.MissingError",
            "deleted",
        ),
        ("purchase.order/unlink", {"ids": [1]}, 422, "odoo.exceptions.UserError", "cancel it first"),
        ("purchase.order/create", {"vals_list": [{}]}, 422, "odoo.exceptions.ValidationError", "Vendor"),
        ("purchase.order/write", {"ids": [1], "vals": {"foo": 1}}, 500, "builtins.ValueError", "Invalid field 'foo'"),
        ("purchase.order/_create_picking", {"ids": [1]}, 403, "odoo.exceptions.AccessError", "Private methods"),
        ("res.users/write", {"ids": [2], "vals": {"name": "x"}}, 403, "odoo.exceptions.AccessError", "not allowed"),
        ("purchase.order/nope", {"ids": [1]}, 404, "werkzeug.exceptions.NotFound", "'purchase.order.nope' does not"),
        ("nope.model/search", {}, 404, "werkzeug.exceptions.NotFound", "the model 'nope.model' does not exist"),
        ("purchase.order", {}, 404, "werkzeug.exceptions.NotFound", "Did you mean POST"),
        ("a/b/c", {}, 404, "werkzeug.exceptions.NotFound", "Did you mean POST"),
        (
            "purchase.order/button_cancel",
            {"ids": [1], "foo": 1},
            422,
            "werkzeug.exceptions.UnprocessableEntity",
            "got an unexpected keyword argument 'foo'",
        ),
        (
            "purchase.order/search_count",
            {"ids": [1], "domain": []},
            422,
            "werkzeug.exceptions.UnprocessableEntity",
            "cannot call purchase.order.search_count with ids",
        ),
        (
            "purchase.order/read",
            {"args": [[1], ["name"]]},
            422,
            "werkzeug.exceptions.UnprocessableEntity",
            "got an unexpected keyword argument 'args'",
        ),
        ("res.users/context_get", "{nope", 400, "werkzeug.exceptions.BadRequest", "could not parse the body as json"),
    ],
)
def test_a_refusal_has_its_status_and_its_words(
    odoo: Asking, path: str, body: Any, status: int, name: str, words: str
) -> None:
    request_to_it(odoo)

    told = odoo.post(path, body)

    assert (told.status, told.body["name"]) == (status, name)
    assert set(told.body) == {"name", "message", "arguments", "context", "debug"}
    assert words in told.body["message"]


def test_a_body_that_names_nothing_is_passed_over(odoo: Asking) -> None:
    assert odoo.post("res.users/context_get", [1]).status == 200


def test_a_get_is_told_how_to_ask(odoo: Asking) -> None:
    told = odoo.ask("GET", "/json/2/res.users/context_get")

    assert (told.status, told.body["message"]) == (404, "Did you mean POST /json/2/<model>/<method>?")


def test_another_database_is_not_there(odoo: Asking) -> None:
    told = odoo.post("res.users/context_get", {}, X_Odoo_Database="nodb")

    assert (told.status, told.text.startswith("<!DOCTYPE html>")) == (404, True)
    assert odoo.post("res.users/context_get", {}, X_Odoo_Database=None).status == 200


def test_an_odoo_18_leads_to_its_login_page() -> None:
    with asking(18) as old:
        told = old.post("res.users/context_get", {})
        page = old.ask("GET", "/web/version")

    assert (told.status, told.headers["Location"]) == (303, "/web/login?redirect=%2Fjson%2F2%2Fres.users%2Fcontext_get")
    assert page.status == 404


@pytest.mark.parametrize("kind", ["down", "timeout_after_commit"])
def test_a_line_that_is_down_says_nothing(odoo: Asking, kind: Any) -> None:
    odoo.engine.faults.append(Injected(call="res.users.context_get", kind=kind))

    with pytest.raises(RemoteDisconnected):
        odoo.post("res.users/context_get", {})


def test_a_bug_of_its_own_is_told_as_one(odoo: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(odoo.engine, "execute_kw", broken)

    told = odoo.post("res.users/context_get", {})

    assert (told.status, told.body["name"]) == (500, "builtins.ZeroDivisionError")


def test_too_long_a_body_is_refused(odoo: Asking) -> None:
    assert odoo.post("res.users/context_get", "{}", Content_Length="99999999999").status == 400
