"""The desk finds out at log-in which Odoo it talks to, and by which way."""

import pytest
from pydantic import SecretStr

from domain.calls import Call
from domain.faults import NotAKey, UnspokenVersion, WrongLogin
from tests.tools.bench import Bench
from tests.tools.cutting import Cutting
from tools.dialects.versions import Way
from tools.transports.connection import Patient, connect
from tools.transports.wire import OdooAddress

UNITS = Call(model="uom.uom", method="search_read", args=([["name", "=", "Dozens"]], ["category_id", "factor"]))


@pytest.fixture(params=[18, 19])
def bench(request: pytest.FixtureRequest) -> Bench:
    return Bench(int(request.param))


def connected(bench: Bench, proxy: Cutting, way: Way = "auto", *, secret: str | None = None) -> Patient:
    address = OdooAddress(host="127.0.0.1", port=proxy.port, database="sandbox", timeout_s=5)
    return connect(address, "desk", SecretStr(secret or bench.world.users["desk"].api_key), transport=way)


def both(*versions: int) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("bench", versions, indirect=True)


@both(18)
def test_an_odoo_18_is_spoken_to_by_json_rpc(bench: Bench, proxy: Cutting) -> None:
    assert connected(bench, proxy).version == "18.0 over JSON-RPC"


@both(19)
def test_an_odoo_19_is_spoken_to_by_its_own_way_where_the_secret_is_a_key(bench: Bench, proxy: Cutting) -> None:
    assert connected(bench, proxy).version == "19.0 over /json/2"


@both(19)
def test_an_odoo_19_takes_a_password_by_json_rpc(bench: Bench, proxy: Cutting) -> None:
    assert connected(bench, proxy, secret=bench.world.users["desk"].password).version == "19.0 over JSON-RPC"


@both(19)
def test_the_older_way_can_be_asked_for(bench: Bench, proxy: Cutting) -> None:
    assert connected(bench, proxy, "jsonrpc").version == "19.0 over JSON-RPC"


@both(19)
def test_a_password_does_not_do_where_the_newer_way_is_asked_for(bench: Bench, proxy: Cutting) -> None:
    with pytest.raises(NotAKey):
        connected(bench, proxy, "json2", secret=bench.world.users["desk"].password)


@both(18)
def test_the_newer_way_cannot_be_asked_of_an_older_odoo(bench: Bench, proxy: Cutting) -> None:
    with pytest.raises(UnspokenVersion, match=r"came with 19\.0, found 18\.0; leave DESK_ODOO_TRANSPORT out"):
        connected(bench, proxy, "json2")


@pytest.mark.parametrize("version", [16, 20])
@both(18)
def test_an_odoo_that_the_desk_does_not_speak_is_refused_before_a_log_in(
    bench: Bench, proxy: Cutting, version: int
) -> None:
    bench.engine.version = version

    with pytest.raises(UnspokenVersion, match=rf"of version 17, 18, 19, found '{version}\.0'"):
        connected(bench, proxy)


@both(18, 19)
def test_a_secret_that_is_neither_password_nor_key_is_refused(bench: Bench, proxy: Cutting) -> None:
    with pytest.raises(WrongLogin):
        connected(bench, proxy, secret="guess-7f3a")


@both(18, 19)
@pytest.mark.parametrize("way", ["auto", "jsonrpc"])
def test_units_are_told_alike_by_either_odoo_and_way(bench: Bench, proxy: Cutting, way: Way) -> None:
    match connected(bench, proxy, way).execute(UNITS):
        case [{"category_id": [int(), str()], "factor": float(factor)}]:
            assert factor == 1 / 12
        case found:
            pytest.fail(f"no dozen: {found}")
