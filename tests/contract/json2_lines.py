"""Recorded requests to ``/json/2``, sent again to the sandbox, and how its HTTP answer differs."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from scenarios.sandbox import json2
from scenarios.sandbox.engine import Engine
from tests.contract.recorded.agreement import difference, plain

NO_KEYS = {"json2_bad_key": "nobodys-key", "json2_password_as_key": "lab"}
"""What was sent instead of a key: the recording has stars for it."""


class Answered(NamedTuple):
    """An HTTP status, and the body: parsed where it is JSON, else as text."""

    status: int
    body: Any


def sent(engine: Engine, name: str, request: Mapping[str, Any], *, key: str, body: Any = None) -> Answered:
    """The recorded request, with this key and, where given, this body, which speaks of records that are here."""
    headers = _headers(engine, name, request["headers"], key)
    if request["method"] == "GET":
        reply = json2.page(engine, request["path"], headers)
        assert reply is not None, f"{request['path']} has no page"
    else:
        reply = json2.serve(engine, request["path"], headers, _packed(request["body"] if body is None else body))
    return Answered(reply.status, reply.page if reply.page is not None else json.loads(reply.packed))


def other(status: int, response: Any, found: Answered) -> str | None:
    """How an answer differs from the recorded one in status, kind of error, words or shape; None where it agrees."""
    if found.status != status:
        return f"HTTP {found.status} instead of {status}: {found.body!r:.200}"
    if status == json2.OK or not isinstance(response, dict):
        return _shape(response, found.body)
    return _other_error(response, found.body)


def _shape(response: Any, body: Any) -> str | None:
    if isinstance(response, str):
        return None if isinstance(body, str) and body[:40] == response[:40] else f"{body!r:.80} instead of a page"
    return difference(response, body)


def _other_error(response: Mapping[str, Any], body: Any) -> str | None:
    if not isinstance(body, dict) or {*response, "debug"} != {*body, "debug"}:
        return f"{body!r:.200} instead of {sorted(response)}"
    for part in ("name", "message"):
        if plain(body[part]) != plain(response[part]):
            return f"{body[part]!r} instead of {response[part]!r}"
    return difference(response["arguments"], body["arguments"])


def _headers(engine: Engine, name: str, recorded: Mapping[str, str | None], key: str) -> dict[str, str]:
    given = {header.lower(): value for header, value in recorded.items() if value is not None}
    if "authorization" in given:
        given["authorization"] = f"bearer {NO_KEYS.get(name, key)}"
    if given.get("x-odoo-database", "nodb") != "nodb":
        given["x-odoo-database"] = engine.database
    return given


def _packed(body: Any) -> bytes:
    if body is None:
        return b""
    return body.encode() if isinstance(body, str) else json.dumps(body).encode()
