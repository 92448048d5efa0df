"""A recorded call of Odoo 19's own interface made again over HTTP, to the sandbox behind a loopback port."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from scenarios.sandbox.server import SandboxServer
from tests.contract.recorded.agreement import difference, plain
from tests.contract.recorded.captures import Captured
from tests.contract.recorded.effects import standing, wrong_effect
from tests.contract.recorded.lab import KEY, Lab
from tests.contract.recorded.names import asked
from tests.contract.recorded.states import State

SECRETS = {"json2_bad_key": "no key at all", "json2_password_as_key": "lab-password"}
"""What was sent in the place of an API key."""


@contextmanager
def served(lab: Lab) -> Iterator[httpx.Client]:
    """The lab behind a port of this machine."""
    server = SandboxServer(lab.engine)
    thread = threading.Thread(target=server.serve_until_idle, args=(None,))
    thread.start()
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=30) as client:
            yield client
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def disagreement_posted(lab: Lab, client: httpx.Client, call: Captured, state: State) -> str | None:
    """How the sandbox's HTTP answer differs from the recorded one; None where it agrees."""
    state(lab, call)
    args, named = asked(lab, call) if call.model in lab.engine.models else ([], dict(call.kwargs))
    before = standing(lab)
    answer = _send(lab, client, call, named)
    if answer.status_code != call.status:
        return f"status {answer.status_code} instead of {call.status}: {answer.text[:200]}"
    if isinstance(call.result, str) and call.result.startswith("<"):
        return None if answer.text.startswith("<") else f"{answer.text[:200]} instead of a page"
    found = answer.json()
    if call.error is not None:
        return _other_refusal(call, found)
    told = [named.get("ids", []), named.get("vals", {}), *args]
    return difference(call.result, found) or wrong_effect(lab, call, state, told, before)


def _send(lab: Lab, client: httpx.Client, call: Captured, named: Mapping[str, Any]) -> httpx.Response:
    request = call.request or {}
    body = request.get("body")
    content = body if isinstance(body, str) else json.dumps(named if isinstance(body, dict) else body)
    content = "" if request["method"] == "GET" else content
    headers = {"Content-Type": "application/json", **_headers(lab, call.name, request["headers"])}
    return client.request(request["method"], request["path"], content=content, headers=headers)


def _headers(lab: Lab, name: str, recorded: Mapping[str, str | None]) -> dict[str, str]:
    headers = {}
    if recorded.get("Authorization"):
        headers["Authorization"] = f"bearer {SECRETS.get(name, KEY)}"
    database = recorded.get("X-Odoo-Database")
    if database:
        headers["X-Odoo-Database"] = lab.engine.database if name != "json2_wrong_db" else database
    return headers


def _other_refusal(call: Captured, found: Any) -> str | None:
    expected = call.result
    if set(found) - {"debug"} != set(expected) - {"debug"}:
        return f"keys {sorted(found)} instead of {sorted(expected)}"
    if found["name"] != call.error or plain(found["message"]) != plain(call.message):
        return f"{found['name']}: {found['message']} instead of {call.error}: {call.message}"
    return difference(expected["arguments"], found["arguments"])
