"""Over a real wire: answers that get lost, servers that hang up, and a password that no log ever holds."""

import logging
import threading
from urllib.request import Request

import pytest
from pydantic import SecretStr

from domain.calls import Call
from domain.errors import Misuse
from domain.faults import AccessRefused, OutcomeUnknown, SessionExpired, Unreachable, WrongLogin
from domain.intents import Undo
from tests.tools.bench import Bench
from tests.tools.cutting import Cut, Cutting, address
from tools.transports.connection import Patience, Patient, connect
from tools.transports.jsonrpc import log_in, server_version
from tools.transports.wire import KeptAlive, OdooAddress

QUICK = Patience(deadline_s=2, attempts=3, first_wait_s=0, longest_wait_s=0)
READ = Call(model="res.users", method="search_count", args=([],))


def secret(bench: Bench, login: str = "desk") -> SecretStr:
    return SecretStr(bench.world.users[login].api_key)


def connected(bench: Bench, proxy: Cutting, *, timeout_s: float = 5) -> Patient:
    return connect(address(proxy, timeout_s=timeout_s), "desk", secret(bench), patience=QUICK)


def note(text: str = "hello") -> Call:
    kwargs = {"body": text, "subtype_xmlid": "mail.mt_note"}
    return Call(model="sale.order", method="message_post", args=([1],), kwargs=dict(kwargs))


def test_a_login_and_a_call(bench: Bench, proxy: Cutting) -> None:
    odoo = log_in(address(proxy), "desk", secret(bench))

    assert odoo.uid == bench.world.users["desk"].uid
    assert odoo.version == server_version(address(proxy)) == "18.0"
    assert odoo.execute(READ) == bench.line.execute(READ)


def test_a_whole_step_over_http(bench: Bench, proxy: Cutting) -> None:
    intent = bench.intent(bench.transfer())

    assert isinstance(bench.perform(intent, gateway=bench.over(connected(bench, proxy))), Undo)


@pytest.mark.parametrize("how", ["answer_lost", "half_answer", "not_json", "not_a_call", "bad_gateway"])
def test_an_answer_lost_after_the_commit_leaves_one_effect_found_by_its_marker(
    bench: Bench, proxy: Cutting, how: Cut
) -> None:
    intent = bench.intent(bench.transfer())
    gateway = bench.over(connected(bench, proxy))
    proxy.cut("create", how)

    done = bench.perform(intent, gateway=gateway)

    assert isinstance(done, Undo)
    assert bench.count("stock.picking", [["origin", "=", intent.marker]]) == 1
    assert proxy.count("stock.picking.create") == 1


def test_a_time_out_hides_an_outcome(bench: Bench, proxy: Cutting) -> None:
    odoo = connected(bench, proxy, timeout_s=0.2)
    proxy.cut("message_post", "slow")

    with pytest.raises(OutcomeUnknown, match="no whole answer"):
        odoo.execute(note())

    assert bench.count("mail.message", [["body", "like", "hello"]]) == 1


def test_a_read_is_asked_again(bench: Bench, proxy: Cutting) -> None:
    odoo = connected(bench, proxy)
    proxy.cut("search_count", "answer_lost", times=2)

    assert odoo.execute(READ) == bench.line.execute(READ)
    assert proxy.count("search_count") == 3


def test_a_read_is_not_asked_forever(bench: Bench, proxy: Cutting) -> None:
    odoo = connected(bench, proxy)
    proxy.cut("search_count", "answer_lost", times=9)

    with pytest.raises(OutcomeUnknown):
        odoo.execute(READ)

    assert proxy.count("search_count") == 3


def test_a_write_is_never_asked_again(bench: Bench, proxy: Cutting) -> None:
    odoo = connected(bench, proxy)
    proxy.cut("message_post", "answer_lost")

    with pytest.raises(OutcomeUnknown):
        odoo.execute(note())

    assert proxy.count("message_post") == 1


def test_a_connection_that_was_closed_meanwhile_is_opened_anew_before_sending(bench: Bench, proxy: Cutting) -> None:
    odoo = log_in(address(proxy), "desk", secret(bench))
    odoo.execute(READ)
    proxy.hang_up()

    odoo.execute(note())

    assert proxy.count("message_post") == 1


def test_one_connection_serves_many_calls_and_each_thread_has_its_own(bench: Bench, proxy: Cutting) -> None:
    odoo = log_in(address(proxy), "desk", secret(bench))
    for _ in range(3):
        odoo.execute(READ)
    thread = threading.Thread(target=odoo.execute, args=(READ,))
    thread.start()
    thread.join()

    assert len(proxy.connections) == 2


def test_nobody_there_means_nothing_was_sent(bench: Bench, proxy: Cutting) -> None:
    odoo = log_in(address(proxy), "desk", secret(bench))
    proxy.shutdown()
    proxy.hang_up()
    proxy.server_close()

    with pytest.raises(Unreachable, match="nothing was sent"):
        odoo.execute(note())


def test_a_name_that_does_not_resolve_is_unreachable() -> None:
    with pytest.raises(Unreachable, match=r"erp\.invalid"):
        server_version(OdooAddress(host="erp.invalid", port=8069, database="prod", timeout_s=2))


def test_another_server_than_odoo_is_unreachable(bench: Bench, proxy: Cutting) -> None:
    proxy.cut("/", "moved")

    with pytest.raises(Unreachable, match="303"):
        server_version(address(proxy))


def test_tls_where_there_is_none_is_unreachable(proxy: Cutting) -> None:
    with pytest.raises(Unreachable):
        server_version(address(proxy).but(ssl=True))


def test_a_wrong_password_and_a_wrong_database_are_told_clearly(bench: Bench, proxy: Cutting) -> None:
    with pytest.raises(WrongLogin, match="user 'desk'"):
        log_in(address(proxy), "desk", SecretStr("guess-7f3a"))
    with pytest.raises(WrongLogin, match="no such database"):
        log_in(address(proxy, database="nodb"), "desk", secret(bench))


def test_a_key_that_was_taken_away_is_an_expired_session_even_after_one_more_login(
    bench: Bench, proxy: Cutting
) -> None:
    odoo = connected(bench, proxy)
    with bench.engine.transaction() as env:
        env.write("res.users", [bench.world.users["desk"].uid], {"active": False})

    with pytest.raises(WrongLogin):
        odoo.execute(READ)
    with pytest.raises(SessionExpired):
        odoo.execute(note())


def test_a_logged_out_client_is_an_expired_session(bench: Bench, proxy: Cutting) -> None:
    odoo = log_in(address(proxy), "desk", secret(bench))
    odoo._odoo.logout()

    with pytest.raises(SessionExpired, match="log in first"):
        odoo.execute(READ)


def test_only_bodies_are_posted(proxy: Cutting) -> None:
    with pytest.raises(Misuse, match="body"):
        KeptAlive(address(proxy)).open(Request(f"http://127.0.0.1:{proxy.port}/jsonrpc"))


def test_a_refusal_of_odoo_keeps_its_family(bench: Bench, proxy: Cutting) -> None:
    odoo = log_in(address(proxy), "auditor", secret(bench, "auditor"))

    with pytest.raises(AccessRefused):
        odoo.execute(Call(model="purchase.order", method="create", args=({"partner_id": 1},)))


def test_no_log_ever_holds_the_password(bench: Bench, proxy: Cutting, caplog: pytest.LogCaptureFixture) -> None:
    odoo = log_in(address(proxy), "desk", secret(bench))
    for name in ("odoorpc", "odoorpc.rpc.jsonrpclib"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    with caplog.at_level(logging.DEBUG):
        odoo.execute(READ)
        with pytest.raises(WrongLogin):
            log_in(address(proxy), "desk", SecretStr("guess-7f3a"))
        odoo.execute(READ)

    assert secret(bench).get_secret_value() not in caplog.text
    assert "guess-7f3a" not in caplog.text


def test_no_message_holds_the_password(bench: Bench, proxy: Cutting) -> None:
    odoo = log_in(address(proxy), "desk", secret(bench))
    proxy.cut("message_post", "not_json")

    with pytest.raises(OutcomeUnknown) as caught:
        odoo.execute(note())

    assert secret(bench).get_secret_value() not in str(caught.value)
    assert secret(bench).get_secret_value() not in repr(odoo.__dict__)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("url", "port", "ssl"),
    [
        ("https://erp.example.com", 443, True),
        ("http://erp.example.com", 80, False),
        ("http://localhost:8069", 8069, False),
    ],
)
def test_an_address_is_read_from_a_url(url: str, port: int, ssl: bool) -> None:
    found = OdooAddress.of(url, "prod")

    assert (found.port, found.ssl, found.database) == (port, ssl, "prod")


@pytest.mark.parametrize(
    ("url", "database"),
    [
        ("erp.example.com", "prod"),
        ("ftp://erp.example.com", "prod"),
        ("http://", "prod"),
        ("http://erp:notaport", "prod"),
        ("http://user:hunter2@erp.example.com", "prod"),
        ("http://erp.example.com", ""),
    ],
)
def test_what_is_no_address_is_said_clearly(url: str, database: str) -> None:
    with pytest.raises(Misuse, match="expected") as caught:
        OdooAddress.of(url, database)

    assert "hunter2" not in str(caught.value)
