"""Makes a person's own API key the way a person does it: logged in to the web client, with the password told again."""

import json
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from typing import Any
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

from pydantic import SecretStr

from domain.faults import ServerBug
from tools.transports.wire import OdooAddress

WIZARD = "res.users.apikeys.description"
DAYS = "1"
"""The shortest life that Odoo offers."""


def own_key(address: OdooAddress, login: str, password: SecretStr) -> SecretStr:
    """A key of this user's for a day; raises ServerBug where Odoo does not let it be made."""
    client = Client(address)
    client.post("/web/session/authenticate", db=address.database, login=login, password=password.get_secret_value())
    until = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S")
    made = client.call(WIZARD, "create", {"name": "Contract", "duration": DAYS, "expiration_date": until})
    asked = client.call(WIZARD, "make_key", [made])
    if asked["res_model"] == "res.users.identitycheck":
        told = {"password": password.get_secret_value()}
        client.call("res.users.identitycheck", "write", [asked["res_id"]], told)
        asked = client.call("res.users.identitycheck", "run_check", [asked["res_id"]], context=told)
    return SecretStr(asked["context"]["default_key"])


class Client:
    """A session of the web client."""

    def __init__(self, address: OdooAddress) -> None:
        self._place = address.place
        self._timeout = address.timeout_s
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()), ProxyHandler({}))

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """What a button of a form does."""
        asked = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        return self.post(f"/web/dataset/call_kw/{model}/{method}", **asked)

    def post(self, path: str, **params: Any) -> Any:
        """A JSON request of the web client; raises ServerBug for an error."""
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params}).encode()
        request = Request(self._place + path, data=body, headers={"Content-Type": "application/json"})  # noqa: S310
        with self._opener.open(request, timeout=self._timeout) as answer:
            found = json.load(answer)
        if error := found.get("error"):
            raise ServerBug(f"{path}: {error.get('data', {}).get('message') or error['message']}")
        return found.get("result")
