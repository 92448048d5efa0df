"""A server that means no good, or a proxy gone mad, costs the desk one answer: not its memory, its time or its wits."""

import gzip
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from pydantic import SecretStr

from domain.calls import Call
from domain.faults import OdooFault, OutcomeUnknown, ServerBug
from tools.transports import gathering
from tools.transports.json2 import Json2
from tools.transports.json2_answers import result
from tools.transports.json2_wire import Answer, Bearer
from tools.transports.jsonrpc import reach
from tools.transports.named import named
from tools.transports.wire import OdooAddress

WRITE = Call(model="res.partner", method="write", args=([1], {"name": "x"}))
Reply = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def answering(reply: Reply) -> Iterator[OdooAddress]:
    """A server on loopback that answers every POST so."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            reply(self)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Nobody's business."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield OdooAddress(host="127.0.0.1", port=server.server_port, database="there", timeout_s=0.5)
        finally:
            server.shutdown()


def said(handler: BaseHTTPRequestHandler, body: bytes, *, length: int | None = None, **headers: str) -> None:
    handler.send_response(200)
    for name, value in {**headers, "Content-Length": str(length or len(body))}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    """A sign now and then, so that no single wait is too long."""
    said(handler, b"[", length=60)
    for _ in range(59):
        time.sleep(0.1)
        try:
            handler.wfile.write(b" ")
        except OSError:
            return


def huge(handler: BaseHTTPRequestHandler) -> None:
    said(handler, b"[" + b"1," * 40_000 + b"1]")


def bomb(handler: BaseHTTPRequestHandler) -> None:
    said(handler, gzip.compress(b"[" + b"1," * 400_000 + b"1]"), Content_Encoding="gzip")


def deep(handler: BaseHTTPRequestHandler) -> None:
    said(handler, b"[" * 20_000 + b"]" * 20_000)


def short(handler: BaseHTTPRequestHandler) -> None:
    """Fewer bytes than announced, which make sense by themselves."""
    said(handler, b"[7]", length=4)


def by_json2(address: OdooAddress) -> object:
    return Json2(Bearer(address, SecretStr("a-key")), 2, "19.0").execute(WRITE)


def by_json_rpc(address: OdooAddress) -> object:
    return reach(address)


WAYS = pytest.mark.parametrize("ask", [by_json2, by_json_rpc])


@WAYS
def test_an_answer_that_drips_is_waited_for_as_long_as_any_other(ask: Callable[[OdooAddress], object]) -> None:
    with answering(dripping) as address:
        began = time.monotonic()

        with pytest.raises(OutcomeUnknown):
            ask(address)

        assert time.monotonic() - began < 3


@WAYS
@pytest.mark.parametrize("reply", [huge, bomb])
def test_an_answer_without_end_is_none(
    ask: Callable[[OdooAddress], object], reply: Reply, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "LARGEST", 20_000)

    with answering(reply) as address, pytest.raises(OutcomeUnknown):
        ask(address)


@WAYS
@pytest.mark.parametrize("reply", [deep, short])
def test_an_answer_that_nobody_can_read_hides_an_outcome(ask: Callable[[OdooAddress], object], reply: Reply) -> None:
    with answering(reply) as address, pytest.raises(OutcomeUnknown):
        ask(address)


@pytest.mark.parametrize("status", [201, 202, 204, 206])
def test_a_success_that_odoo_never_tells_hides_an_outcome(status: int) -> None:
    with pytest.raises(OutcomeUnknown):
        result(Answer(status, b""), "http://erp:8069")


@pytest.mark.parametrize(
    ("status", "name"),
    [(401, ""), (404, "werkzeug.exceptions.NotFound"), (500, "x" * 100_000), (422, "odoo.exceptions.UserError")],
)
def test_words_of_an_answer_are_told_in_short_and_on_one_line(status: int, name: str) -> None:
    body = json.dumps({"name": name, "message": "so\nit " * 100_000}).encode()

    with pytest.raises(OdooFault) as caught:
        result(Answer(status, body), "http://erp:8069")

    assert len(str(caught.value)) < 2000
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("model", ["../web/x", "res.partner/unlink?", "res.partner#", "", "res partner", "http://x/"])
def test_a_model_is_a_name_and_no_way_elsewhere(model: str) -> None:
    with pytest.raises(ServerBug, match="nothing was sent"):
        named(Call(model=model, method="search_count", args=([],)))
