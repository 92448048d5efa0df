"""The settings say by which way the desk, and whoever decides at it, log in to Odoo."""

import pytest
from pydantic import SecretStr

from desk.settings import read_settings
from domain.faults import NotAKey
from inbox.terminal.opening import Service, served_by
from tests.tools.bench import Bench
from tests.tools.cutting import served
from tools.transports.wire import OdooAddress


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_ODOO_TRANSPORT", raising=False)


def test_the_way_of_the_settings_is_the_way_of_the_log_in() -> None:
    bench = Bench(19)
    user = bench.world.users["desk"]

    with served(bench.engine) as proxy:
        place = f"http://127.0.0.1:{proxy.port}"
        given = {"odoo_url": place, "odoo_database": "sandbox", "odoo_user": "desk", "odoo_secret": user.api_key}
        usual, older = served_by(read_settings(**given)), served_by(read_settings(**given, odoo_transport="jsonrpc"))

        assert usual.logged_in().version == "19.0 over /json/2"
        assert older.logged_in().version == "19.0 over JSON-RPC"


def test_whoever_decides_logs_in_by_the_same_way() -> None:
    bench = Bench(19)

    with served(bench.engine) as proxy:
        address = OdooAddress.of(f"http://127.0.0.1:{proxy.port}", "sandbox")
        newer = Service(address=lambda: address, login="desk", secret=SecretStr("unused"), way="json2")
        with pytest.raises(NotAKey):
            newer.connect("buyer", SecretStr(bench.world.users["buyer"].password))
