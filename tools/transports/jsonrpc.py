"""Speaks JSON-RPC to an Odoo through odoorpc; the one module that imports it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import odoorpc
from odoorpc.error import InternalError, RPCError
from pydantic import SecretStr

from domain.calls import Call
from domain.faults import SessionExpired
from domain.values import Json
from tools.transports.faults import classify_data, not_an_answer, wrong_login
from tools.transports.wire import KeptAlive, OdooAddress


class OdooRpc:
    """A logged-in Odoo; every call is one ``execute_kw``, asked once."""

    def __init__(self, address: OdooAddress, odoo: odoorpc.ODOO) -> None:
        self._address = address
        self._odoo = odoo
        self._uid = int(odoo.env.uid)

    @property
    def uid(self) -> int:
        return self._uid

    @property
    def version(self) -> str:
        """What the server calls itself: ``18.0``."""
        return str(self._odoo.version)

    def execute(self, call: Call) -> Json:
        """Carry out one call; raises OdooFault, and OutcomeUnknown when its effect cannot be told."""
        with _understood(self._address):
            answer: Json = self._odoo.execute_kw(call.model, call.method, list(call.args), dict(call.kwargs))
        return answer


class Reached:
    """An Odoo that answers and said its version; nobody is logged in yet."""

    def __init__(self, address: OdooAddress, odoo: odoorpc.ODOO) -> None:
        self._address = address
        self._odoo = odoo

    @property
    def version(self) -> str:
        """What the server calls itself: ``18.0``."""
        return str(self._odoo.version)

    def log_in(self, login: str, secret: SecretStr) -> OdooRpc:
        """Log in with a password or an API key; raises WrongLogin or Unreachable."""
        with _understood(self._address):
            try:
                self._odoo.login(self._address.database, login, secret.get_secret_value())
            except RPCError as error:
                if not error.info:
                    raise wrong_login(login, self._address.database) from None
                raise
            return OdooRpc(self._address, self._odoo)


def log_in(address: OdooAddress, login: str, secret: SecretStr) -> OdooRpc:
    """Log in with a password or an API key; raises WrongLogin or Unreachable."""
    return reach(address).log_in(login, secret)


def server_version(address: OdooAddress) -> str:
    """What the server calls itself, asked without a login: ``18.0``."""
    return reach(address).version


def reach(address: OdooAddress) -> Reached:
    """Ask an Odoo for its version, which is the first thing odoorpc does; raises Unreachable."""
    _hush()
    with _understood(address):
        odoo = odoorpc.ODOO(
            address.host,
            protocol="jsonrpc+ssl" if address.ssl else "jsonrpc",
            port=address.port,
            timeout=address.timeout_s,
            opener=KeptAlive(address),
        )
    return Reached(address, odoo)


@contextmanager
def _understood(address: OdooAddress) -> Iterator[None]:
    """Turn whatever odoorpc raises into an OdooFault; the cause is cut off, for it may hold the request."""
    try:
        yield
    except RPCError as error:
        info = error.info if isinstance(error.info, dict) else {}
        raise classify_data(info.get("data") or {}) from None
    except InternalError:
        raise SessionExpired("expected a login, found none; log in first") from None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise not_an_answer(address.place) from None


def _hush() -> None:
    """odoorpc's debug records hold the password in the clear: let none pass, whatever level somebody sets."""
    logging.getLogger("odoorpc.rpc.jsonrpclib").addFilter(_above_debug)
    for name in ("odoorpc", "odoorpc.rpc.jsonrpclib"):
        logging.getLogger(name).setLevel(logging.INFO)


def _above_debug(record: logging.LogRecord) -> bool:
    return record.levelno > logging.DEBUG
