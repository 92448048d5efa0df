"""One kept-alive HTTP connection a thread to an Odoo: fast, and honest about whether a request was sent."""

import select
import ssl
import threading
import time
import weakref
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, IncompleteRead
from io import BytesIO
from typing import Protocol
from urllib.parse import urlsplit

from pydantic import Field

from domain.errors import Misuse
from domain.values import Value
from tools.transports.faults import bad_status, on_the_way
from tools.transports.gathering import gathered

PIECE = 1024 * 1024


class OdooAddress(Value):
    """Where an Odoo is, and which of its databases is meant."""

    host: str = Field(min_length=1)
    port: int = Field(ge=1, le=65535)
    ssl: bool = False
    database: str = Field(min_length=1)
    timeout_s: float = Field(default=30, gt=0)
    """How long one answer may take."""

    @classmethod
    def of(cls, url: str, database: str, *, timeout_s: float = 30) -> "OdooAddress":
        """From ``https://erp.example.com:8069``; raises Misuse for anything that is not such an address."""
        try:
            parts = urlsplit(url)
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError as error:
            raise Misuse(f"expected an address such as https://erp.example.com:8069: {error}") from None
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
            raise Misuse("expected an address such as https://erp.example.com, with no user and no password in it")
        if not database:
            raise Misuse("expected the name of an Odoo database, found nothing")
        return cls(host=parts.hostname, port=port, ssl=parts.scheme == "https", database=database, timeout_s=timeout_s)

    @property
    def place(self) -> str:
        """Where it is, for a message."""
        return f"{'https' if self.ssl else 'http'}://{self.host}:{self.port}"


class Posted(Protocol):
    """The part of ``urllib.request.Request`` that is sent."""

    @property
    def selector(self) -> str: ...

    @property
    def data(self) -> object: ...

    def header_items(self) -> list[tuple[str, str]]: ...


class KeptAlive:
    """An opener for odoorpc; reconnects before sending when the idle connection was closed, never resends after.

    Its connections are closed when nobody holds it any more.
    """

    def __init__(self, address: OdooAddress) -> None:
        self._address = address
        self._mine = threading.local()

    def open(self, request: Posted, timeout: float | None = None) -> BytesIO:
        """The whole body of the answer; raises Unreachable when nothing was sent, OutcomeUnknown when something was."""
        wait = timeout or self._address.timeout_s
        connection, until = self._ready(wait), time.monotonic() + wait
        try:
            connection.request("POST", request.selector, body=_body(request), headers=dict(request.header_items()))
            answer = connection.getresponse()
            body = gathered(_pieces(answer), until)
        except (OSError, HTTPException) as error:
            connection.close()
            raise on_the_way(error, self._address.place, sent=True) from error
        if answer.status != 200:
            raise bad_status(answer.status, self._address.place)
        return BytesIO(body)

    def _ready(self, timeout: float) -> HTTPConnection:
        connection: HTTPConnection | None = getattr(self._mine, "connection", None)
        if connection is None:
            connection = self._mine.connection = self._made(timeout)
            weakref.finalize(self, connection.close)
        if connection.sock is not None and _readable(connection):
            connection.close()
        if connection.sock is None:
            try:
                connection.connect()
            except (OSError, HTTPException) as error:
                connection.close()
                raise on_the_way(error, self._address.place, sent=False) from error
        return connection

    def _made(self, timeout: float) -> HTTPConnection:
        where = self._address
        if where.ssl:
            return _Secure(where.host, where.port, timeout=timeout, context=ssl.create_default_context())
        return _Plain(where.host, where.port, timeout=timeout)


class _Plain(HTTPConnection):
    """Closed with the thread that used it."""

    def __del__(self) -> None:
        self.close()


class _Secure(HTTPSConnection):
    """Closed with the thread that used it."""

    def __del__(self) -> None:
        self.close()


def _pieces(answer: HTTPResponse) -> Iterator[bytes]:
    """As they come; raises IncompleteRead where fewer bytes come than were announced."""
    with answer:
        while piece := answer.read1(PIECE):
            yield piece
        if answer.length:
            raise IncompleteRead(b"", answer.length)


def _readable(connection: HTTPConnection) -> bool:
    """Whether an idle connection has something to say: the other side closed it, for it was asked nothing."""
    return bool(select.select([connection.sock], [], [], 0)[0])


def _body(request: Posted) -> bytes:
    if not isinstance(request.data, bytes):
        raise Misuse("expected a request with a body of bytes, found another")
    return request.data
