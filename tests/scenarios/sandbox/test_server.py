"""A real odoorpc client logs in and works against the sandbox over loopback."""

import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, RemoteDisconnected
from typing import Any

import odoorpc
import pytest
from odoorpc.error import RPCError

from domain.clock import SystemClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.injected import Injected
from scenarios.sandbox.server import SandboxServer
from tests.scenarios.sandbox.shop import Shop, shop


@pytest.fixture
def here() -> Shop:
    return shop()


@pytest.fixture
def server(here: Shop) -> Iterator[SandboxServer]:
    serving = SandboxServer(here.engine)
    thread = threading.Thread(target=serving.serve_until_idle, args=(None,))
    thread.start()
    yield serving
    serving.shutdown()
    thread.join()
    serving.server_close()


def client(server: SandboxServer, login: str = "buyer", secret: str | None = None) -> Any:
    odoo = odoorpc.ODOO("127.0.0.1", port=server.port, timeout=10)
    odoo.login("sandbox", login, secret or f"{login}-pw")
    return odoo


def post(server: SandboxServer, path: str, body: bytes, connection: HTTPConnection | None = None) -> tuple[int, Any]:
    own = connection or HTTPConnection("127.0.0.1", server.port, timeout=10)
    own.request("POST", path, body, {"Content-Type": "application/json"})
    answer = own.getresponse()
    told = json.loads(answer.read())
    if connection is None:
        own.close()
    return answer.status, told


def service(server: SandboxServer, name: str, method: str, *args: Any) -> Any:
    params = {"service": name, "method": method, "args": list(args)}
    return post(server, "/jsonrpc", json.dumps({"jsonrpc": "2.0", "id": 7, "params": params}).encode())[1]


def test_client_logs_in_with_password_or_key(server: SandboxServer, here: Shop) -> None:
    odoo = client(server)

    assert odoo.version == "18.0"
    assert odoo.env.uid == here.ids["buyer"]
    assert odoo.env.user.name == "Buyer"
    assert client(server, secret="buyer-key").env.uid == here.ids["buyer"]


def test_client_reads_and_writes(server: SandboxServer, here: Shop) -> None:
    odoo = client(server, "buymgr")

    made = odoo.execute_kw("res.partner", "create", [{"name": "Over the wire"}], {})

    assert odoo.execute_kw("res.partner", "read", [[made], ["name"]], {}) == [{"id": made, "name": "Over the wire"}]
    assert odoo.execute("res.partner", "search_count", [["id", "=", made]]) == 1
    assert here.engine.write_log[-1].login == "buymgr"


def test_wrong_password_is_told_as_odoo_tells_it(server: SandboxServer) -> None:
    with pytest.raises(RPCError) as caught:
        client(server, secret="wrong")

    assert str(caught.value) == "Wrong login ID or password"
    assert caught.value.info is False


def test_wrong_database_is_told(server: SandboxServer) -> None:
    with pytest.raises(RPCError, match='database "nodb" does not exist') as caught:
        odoorpc.ODOO("127.0.0.1", port=server.port).login("nodb", "buyer", "buyer-pw")
    assert caught.value.info["data"]["name"] == "psycopg2.OperationalError"


@pytest.mark.parametrize(("version", "code"), [(18, 200), (19, 0)])
def test_a_fault_has_the_code_of_its_release(version: int, code: int) -> None:
    with SandboxServer(Engine(SystemClock(), version=version)) as serving:
        thread = threading.Thread(target=serving.handle_request)
        thread.start()
        told = service(serving, "common", "nothing")
        thread.join()

    assert told["error"]["code"] == code


def test_fault_has_the_shape_of_odoos(server: SandboxServer) -> None:
    with pytest.raises(RPCError) as caught:
        client(server, "plain").execute_kw("purchase.order", "search", [[]], {})

    info = caught.value.info
    assert (info["code"], info["message"]) == (200, "Odoo Server Error")
    assert set(info["data"]) == {"name", "debug", "message", "arguments", "context"}
    assert info["data"]["name"] == "odoo.exceptions.AccessError"
    assert info["data"]["arguments"] == [info["data"]["message"]]


def test_password_changed_meanwhile_is_access_denied_and_not_shown(server: SandboxServer, here: Shop) -> None:
    odoo = client(server)
    with here.engine.transaction() as env:
        env.write("res.users", here.ids["buyer"], {"password": "new-secret"})

    with pytest.raises(RPCError) as caught:
        odoo.execute_kw("res.partner", "search", [[]], {})

    assert caught.value.info["data"]["name"] == "odoo.exceptions.AccessDenied"
    assert "buyer-pw" not in json.dumps(caught.value.info)


def test_services_answer(server: SandboxServer, here: Shop) -> None:
    uid = here.ids["buyer"]

    assert service(server, "common", "version")["result"]["server_version"] == "18.0"
    assert service(server, "common", "authenticate", "sandbox", "buyer", "buyer-pw", {})["result"] == uid
    assert service(server, "db", "list")["result"] == ["sandbox"]
    assert service(server, "db", "server_version")["result"] == "18.0"
    body = {"params": {"db": "sandbox", "login": "buyer", "password": "buyer-pw"}}
    assert post(server, "/web/session/authenticate", json.dumps(body).encode())[1]["result"]["uid"] == uid


@pytest.mark.parametrize(
    ("name", "method", "args", "fault"),
    [
        ("object", "drop", [], "builtins.AttributeError"),
        ("common", "login", ["sandbox"], "builtins.TypeError"),
        ("object", "execute_kw", ["sandbox", 2, "wrong", "res.users", "read", [[2]]], "odoo.exceptions.AccessDenied"),
    ],
)
def test_service_called_wrongly_is_a_fault(
    server: SandboxServer, name: str, method: str, args: list[Any], fault: str
) -> None:
    assert service(server, name, method, *args)["error"]["data"]["name"] == fault


@pytest.mark.parametrize("body", [b"not json", b"[]", b'{"params": 3}', b""])
def test_request_that_is_none_is_refused_cleanly(server: SandboxServer, body: bytes) -> None:
    status, told = post(server, "/jsonrpc", body)

    assert status == 400
    assert told["error"]["message"] == "Odoo Server Error"


def test_arguments_that_are_no_list_are_refused(server: SandboxServer) -> None:
    body = {"params": {"service": "common", "method": "login", "args": "sandbox"}}

    told = post(server, "/jsonrpc", json.dumps(body).encode())[1]

    assert told["error"]["data"]["name"] == "builtins.TypeError"


def test_unknown_path_is_a_fault(server: SandboxServer) -> None:
    assert "serves" in post(server, "/nowhere", b"{}")[1]["error"]["data"]["message"]


def test_failure_inside_is_an_answer_without_the_secret(server: SandboxServer, here: Shop) -> None:
    args = ["sandbox", here.ids["admin"], "admin-pw", "res.partner", "search", [[["id", ">", {}]]]]
    with here.engine.transaction() as env:
        env.write("res.users", here.ids["admin"], {"password": "admin-pw"})

    told = service(server, "object", "execute_kw", *args)

    assert told["error"]["data"]["name"].startswith("builtins.")
    assert "admin-pw" not in json.dumps(told)


def test_connection_is_kept_alive(server: SandboxServer) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=10)
    body = json.dumps({"params": {"service": "db", "method": "list"}}).encode()

    post(server, "/jsonrpc", body, connection)
    before = connection.sock
    post(server, "/jsonrpc", body, connection)

    assert before is not None
    assert connection.sock is before
    connection.close()


def test_lost_answer_hangs_up(server: SandboxServer, here: Shop) -> None:
    here.engine.faults.append(Injected(call="res.partner.write", kind="timeout_after_commit"))
    odoo = client(server, "buymgr")

    with pytest.raises(RemoteDisconnected):
        odoo.execute_kw("res.partner", "write", [[here.ids["vendor"]], {"ref": "committed"}], {})

    assert odoo.execute_kw("res.partner", "read", [[here.ids["vendor"]], ["ref"]], {})[0]["ref"] == "committed"


def test_many_clients_at_once_lose_no_write(server: SandboxServer, here: Shop) -> None:
    def work(number: int) -> None:
        odoo = client(server, "buymgr")
        for place in range(10):
            odoo.execute_kw("res.partner", "create", [{"name": f"W{number}-{place}"}], {})

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(here.found("res.partner", [["name", "=like", "W%"]])) == 40


def test_idle_server_stops_by_itself(here: Shop) -> None:
    serving = SandboxServer(here.engine)

    serving.serve_until_idle(0.05)

    serving.server_close()
