"""The wire under ``/json/2``: kept-alive connections that carry an API key; the one module that imports httpx."""

import json
import logging
import ssl
import time
from contextlib import closing
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import NamedTuple

import httpx
from pydantic import SecretStr

from domain.faults import NotAKey, WrongLogin
from domain.values import Json
from tools.transports.faults import no_database, on_the_way
from tools.transports.gathering import Endless, gathered
from tools.transports.wire import OdooAddress

CONNECT_S = 10.0
"""The longest that opening a connection, or waiting for a free one, may take."""
IDLE_S = 30.0
"""How long an unused connection is kept: shorter than servers and proxies keep theirs."""
AGENT = "exception-desk-odoo"
VERSION = "/web/version"
CALLS = "/json/2/"
OURS = (VERSION, CALLS)
"""The paths that are asked for."""

NOTHING_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class Answer(NamedTuple):
    """What came back: an HTTP status and the whole body."""

    status: int
    body: bytes


class Bearer:
    """Connections to one Odoo for the owner of one API key: asked once, never again, led nowhere else."""

    def __init__(self, address: OdooAddress, key: SecretStr) -> None:
        _hush()
        self.address = address
        self._client = httpx.Client(
            base_url=_base(address),
            headers={"Authorization": f"bearer {_plain(key)}", "X-Odoo-Database": _named(address), "User-Agent": AGENT},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=_timeouts(address.timeout_s),
            limits=httpx.Limits(max_connections=None, keepalive_expiry=IDLE_S),
            verify=ssl.create_default_context() if address.ssl else False,
            follow_redirects=False,
            trust_env=False,
        )

    def get(self, path: str) -> Answer:
        """Ask for a page; raises Unreachable or OutcomeUnknown."""
        return self._sent(self._client.build_request("GET", path))

    def post(self, path: str, body: Json) -> Answer:
        """Send a call; raises Unreachable when nothing was sent, OutcomeUnknown when something was."""
        packed = json.dumps(body).encode()
        typed = {"Content-Type": "application/json"}
        return self._sent(self._client.build_request("POST", path, content=packed, headers=typed))

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def _sent(self, request: httpx.Request) -> Answer:
        """The cause of a fault is cut off, for it holds the request."""
        until = time.monotonic() + self.address.timeout_s
        try:
            answer = self._client.send(request, stream=True)
            with closing(answer):
                return Answer(answer.status_code, gathered(answer.iter_bytes(), until))
        except (httpx.RequestError, Endless) as error:
            sent = not isinstance(error, NOTHING_SENT)
            raise on_the_way(error, self.address.place, sent=sent) from None


def _base(address: OdooAddress) -> str:
    host = f"[{address.host}]" if ":" in address.host else address.host
    return f"{'https' if address.ssl else 'http'}://{host}:{address.port}"


def _plain(key: SecretStr) -> str:
    """What fits in a header: anything else would stand in the complaint about it."""
    secret = key.get_secret_value()
    if not secret.isascii() or not secret.isprintable() or not secret.strip() or secret != secret.strip():
        raise NotAKey("expected an API key of letters and digits, found something that none can be")
    return secret


def _named(address: OdooAddress) -> str:
    name = address.database
    if not name.isascii() or not name.isprintable() or name != name.strip():
        raise WrongLogin(no_database(name))
    return name


def _timeouts(answer_s: float) -> httpx.Timeout:
    soon = min(CONNECT_S, answer_s)
    return httpx.Timeout(connect=soon, read=answer_s, write=answer_s, pool=soon)


def _hush() -> None:
    """A line for every call is nobody's business, and below that level stand headers."""
    logging.getLogger("httpx").addFilter(_not_ours)
    for name in ("httpcore.connection", "httpcore.http11"):
        logging.getLogger(name).addFilter(_above_debug)


def _not_ours(record: logging.LogRecord) -> bool:
    said = record.getMessage()
    return not any(path in said for path in OURS)


def _above_debug(record: logging.LogRecord) -> bool:
    return record.levelno > logging.DEBUG
