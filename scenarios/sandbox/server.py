"""The sandbox behind HTTP: Odoo's JSON-RPC, and Odoo 19's ``/json/2``, on a loopback port."""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from scenarios.sandbox import json2
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.faults import NoSuchMethod, SandboxFault, WrongArguments, unforeseen
from scenarios.sandbox.injected import AnswerLost, LineDown

LOG = logging.getLogger(__name__)
LARGEST = 64 * 1024 * 1024
"""Bytes of a request; nothing the desk sends comes near."""


class BadRequest(Exception):
    """What came is not a JSON-RPC request."""


class SandboxServer(ThreadingHTTPServer):
    """Answers for one engine; calls run one after the other, connections live side by side."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, engine: Engine, port: int = 0, host: str = "127.0.0.1") -> None:
        super().__init__((host, port), _Handler)
        self.engine = engine
        self.last_asked = time.monotonic()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def serve_until_idle(self, idle_s: float | None) -> None:
        """Serve until ``shutdown``, or until nobody asked anything for that long."""
        if idle_s is not None:
            threading.Thread(target=self._watch, args=(idle_s,), daemon=True).start()
        self.serve_forever(poll_interval=0.1)

    def _watch(self, idle_s: float) -> None:
        while (left := self.last_asked + idle_s - time.monotonic()) > 0:
            time.sleep(min(left, 1.0))
        self.shutdown()

    def answer(self, path: str, params: Mapping[str, Any]) -> Any:
        """What a request to that path is answered with; raises SandboxFault."""
        self.last_asked = time.monotonic()
        route = ROUTES.get(path)
        if route is None:
            raise NoSuchMethod(f"The sandbox serves {', '.join(sorted(ROUTES))}, and not {path}")
        return route(self.engine, params)


def _version(engine: Engine, _params: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "server_version": f"{engine.version}.0",
        "server_version_info": [engine.version, 0, 0, "final", 0, ""],
        "server_serie": f"{engine.version}.0",
        "protocol_version": 1,
    }


def _session(engine: Engine, params: Mapping[str, Any]) -> dict[str, Any]:
    uid = engine.login(str(params.get("db")), str(params.get("login")), str(params.get("password")))
    return {"uid": uid or None, "db": engine.database, "username": params.get("login"), "user_context": {}}


def _service(engine: Engine, params: Mapping[str, Any]) -> Any:
    """``common``, ``object`` and ``db`` as ``/jsonrpc`` takes them."""
    name = f"{params.get('service')}.{params.get('method')}"
    serve = SERVICES.get(name)
    if serve is None:
        raise NoSuchMethod(f"Method not found: {name}")
    args = params.get("args", [])
    if not isinstance(args, list):
        raise WrongArguments(f"{name} wants a list of arguments")
    try:
        return serve(engine, *args)
    except TypeError as problem:
        if problem.__traceback__ is not None and problem.__traceback__.tb_next is None:
            raise WrongArguments(f"{name} was called with {len(args)} arguments, which it does not take") from problem
        raise


def _login(engine: Engine, database: str, login: str, password: str) -> Any:
    return engine.login(database, login, password)


def _authenticate(engine: Engine, database: str, login: str, password: str, _agent: Any = None) -> Any:
    return engine.login(database, login, password)


def _execute_kw(
    engine: Engine,
    database: str,
    uid: int,
    password: str,
    model: str,
    method: str,
    args: list[Any] | None = None,
    kwargs: dict[str, Any] | None = None,
) -> Any:
    engine.refuse_database(database)
    return engine.execute_kw(uid, str(password), model, method, args or [], kwargs or {})


def _execute(engine: Engine, database: str, uid: int, password: str, model: str, method: str, *args: Any) -> Any:
    return _execute_kw(engine, database, uid, password, model, method, list(args))


SERVICES: Mapping[str, Callable[..., Any]] = {
    "common.version": lambda engine: _version(engine, {}),
    "common.login": _login,
    "common.authenticate": _authenticate,
    "object.execute": _execute,
    "object.execute_kw": _execute_kw,
    "db.list": lambda engine: [engine.database],
    "db.server_version": lambda engine: f"{engine.version}.0",
}

ROUTES: Mapping[str, Callable[[Engine, Mapping[str, Any]], Any]] = {
    "/jsonrpc": _service,
    "/web/session/authenticate": _session,
    "/web/webclient/version_info": _version,
}


class _Handler(BaseHTTPRequestHandler):
    """One kept-alive connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 300
    server: SandboxServer

    def do_POST(self) -> None:
        if self.path.startswith(json2.ROOT):
            self._serve_json2()
        else:
            self._serve_jsonrpc()

    def _fault(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return _error(data, self.server.engine.release.fault_code)

    def do_GET(self) -> None:
        found = json2.page(self.server.engine, self.path, self._headers())
        told = {"sandbox": self.server.engine.database, "version": self.server.engine.version}
        self._reply(found or json2.Reply(body=told))

    def _serve_json2(self) -> None:
        self.server.last_asked = time.monotonic()
        try:
            self._reply(json2.serve(self.server.engine, self.path, self._headers(), self._sent()))
        except BadRequest as problem:
            self._reply(json2.Reply(status=400, body=unforeseen(problem)))
            self.close_connection = True
        except (LineDown, AnswerLost):
            self.close_connection = True

    def _serve_jsonrpc(self) -> None:
        try:
            number, params = self._request()
        except BadRequest as problem:
            self._send(400, {"jsonrpc": "2.0", "id": None, "error": _error(unforeseen(problem), 400)})
            self.close_connection = True
            return
        try:
            body = {"jsonrpc": "2.0", "id": number, "result": self.server.answer(self.path, params)}
        except (LineDown, AnswerLost):
            self.close_connection = True
            return
        except SandboxFault as fault:
            body = {
                "jsonrpc": "2.0",
                "id": number,
                "error": _error(fault.data(), self.server.engine.release.fault_code),
            }
        except Exception as problem:
            LOG.exception("the sandbox failed at %s.%s", *_called(params))
            body = {
                "jsonrpc": "2.0",
                "id": number,
                "error": _error(unforeseen(problem), self.server.engine.release.fault_code),
            }
        self._send(200, body)

    def _headers(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.headers.items()}

    def _sent(self) -> bytes:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > LARGEST:
            raise BadRequest("expected a Content-Length in bytes, and no more than 64 MiB")
        return self.rfile.read(int(length))

    def _request(self) -> tuple[Any, Mapping[str, Any]]:
        try:
            sent = json.loads(self._sent())
        except ValueError as problem:
            raise BadRequest("expected a JSON-RPC request, found something that is not JSON") from problem
        if not isinstance(sent, dict) or not isinstance(sent.get("params", {}), dict):
            raise BadRequest("expected a JSON-RPC request: an object with params")
        return sent.get("id"), sent.get("params", {})

    def _send(self, status: int, body: Mapping[str, Any]) -> None:
        self._reply(json2.Reply(status=status, body=body))

    def _reply(self, reply: json2.Reply) -> None:
        """With the time of day in its headers, as every web server does."""
        packed = reply.packed
        self.send_response(reply.status)
        kept = {"Content-Type": reply.type, "Content-Length": str(len(packed))}
        for name, value in {**kept, **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(packed)
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Requests hold passwords, and are nobody's business here."""


def _called(params: Mapping[str, Any]) -> tuple[Any, Any]:
    args = params.get("args", [])
    return (args[3], args[4]) if isinstance(args, list) and len(args) > 4 else ("?", params.get("method"))


def _error(data: Mapping[str, Any], code: int) -> dict[str, Any]:
    return {"code": code, "message": "Odoo Server Error", "data": dict(data)}
