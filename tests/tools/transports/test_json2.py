"""Odoo 19's own interface over a real wire: whose key it is, what is never sent twice, and what no log ever holds."""

import gc
import logging
import threading

import pytest
from pydantic import SecretStr

from domain.calls import Call
from domain.faults import (
    AccessRefused,
    NotAKey,
    OdooFault,
    OutcomeUnknown,
    RecordMissing,
    Serialization,
    ServerBug,
    SessionExpired,
    UnknownField,
    Unreachable,
    UnspokenVersion,
    UserRefused,
    ValidationRefused,
    WrongLogin,
)
from domain.intents import Undo
from domain.values import Json
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.injected import Kind
from tests.tools.bench import Bench
from tests.tools.cutting import Cut, Cutting, address, served
from tools.dialects.dialect import speaking
from tools.transports.json2 import Json2, log_in
from tools.transports.wire import OdooAddress

READ = Call(model="res.users", method="search_count", args=([],))


@pytest.fixture
def bench() -> Bench:
    return Bench(19)


def key(bench: Bench, login: str = "desk") -> SecretStr:
    return SecretStr(bench.world.users[login].api_key)


def logged_in(bench: Bench, proxy: Cutting, login: str = "desk", *, timeout_s: float = 5) -> Json2:
    return log_in(address(proxy, timeout_s=timeout_s), login, key(bench, login))


def note(text: str = "hello") -> Call:
    kwargs: dict[str, Json] = {"body": text, "subtype_xmlid": "mail.mt_note"}
    return Call(model="sale.order", method="message_post", args=([1],), kwargs=kwargs)


def test_a_login_and_a_call(bench: Bench, proxy: Cutting) -> None:
    odoo = logged_in(bench, proxy)

    assert odoo.uid == bench.world.users["desk"].uid
    assert odoo.version == "19.0"
    assert odoo.execute(READ) == bench.line.execute(READ)


def test_one_set_of_values_makes_one_record(bench: Bench, proxy: Cutting) -> None:
    odoo = logged_in(bench, proxy)

    made = odoo.execute(Call(model="crm.tag", method="create", args=({"name": "Glass"},)))

    assert odoo.execute(Call(model="crm.tag", method="read", args=([made], ["name"]))) == [
        {"id": made, "name": "Glass"}
    ]


def test_a_password_is_no_key(bench: Bench, proxy: Cutting) -> None:
    with pytest.raises(NotAKey, match="takes no password"):
        log_in(address(proxy), "desk", SecretStr(bench.world.users["desk"].password))


def test_a_key_of_somebody_else_is_refused_by_name(bench: Bench, proxy: Cutting) -> None:
    with pytest.raises(WrongLogin, match="of user 'desk', found one of 'auditor'") as caught:
        log_in(address(proxy), "desk", key(bench, "auditor"))

    assert not isinstance(caught.value, NotAKey)


@pytest.mark.parametrize("database", ["nodb", "näher", "two\nlines"])
def test_a_wrong_database_is_told_clearly(bench: Bench, proxy: Cutting, database: str) -> None:
    with pytest.raises(WrongLogin, match="no such database"):
        log_in(address(proxy, database=database), "desk", key(bench))


@pytest.mark.parametrize("secret", ["", "two\nlines", "sch\u00f6n", " padded "])
def test_what_can_be_no_key_is_not_sent_and_not_shown(proxy: Cutting, secret: str) -> None:
    with pytest.raises(NotAKey) as caught:
        log_in(address(proxy), "desk", SecretStr(secret))

    assert proxy.asked == []
    assert not secret.strip() or secret not in f"{caught.value}{caught.value.__cause__}{caught.value.__context__}"


def test_an_older_odoo_is_told_by_its_version(bench: Bench) -> None:
    old = Bench()
    with served(old.engine) as proxy, pytest.raises(UnspokenVersion, match="Odoo 19"):
        log_in(address(proxy), "desk", key(old))


def test_one_between_18_and_19_is_told_by_its_version(bench: Bench, proxy: Cutting) -> None:
    proxy.cut("/web/version", "older")

    with pytest.raises(UnspokenVersion, match=r"found saas~18\.4"):
        log_in(address(proxy), "desk", key(bench))


def test_an_owner_who_is_nobody_is_no_login(bench: Bench, proxy: Cutting) -> None:
    proxy.cut("context_get", "not_a_call")

    with pytest.raises(OutcomeUnknown, match="the key's owner"):
        log_in(address(proxy), "desk", key(bench))


@pytest.mark.parametrize(
    ("who", "call", "family"),
    [
        ("auditor", Call(model="res.partner", method="write", args=([1], {"name": "x"})), AccessRefused),
        ("desk", Call(model="res.partner", method="write", args=([99999], {"name": "x"})), RecordMissing),
        ("desk", Call(model="res.partner", method="write", args=([1], {"nofield": "x"})), UnknownField),
        ("desk", Call(model="res.partner", method="search_count", args=([],), kwargs={"foo": 1}), ServerBug),
        ("desk", Call(model="nope.model", method="search_count", args=([],)), ServerBug),
        ("desk", Call(model="res.partner", method="button_lock", args=([1],)), ServerBug),
        ("desk", Call(model="purchase.order", method="create", args=({},)), ValidationRefused),
    ],
)
def test_a_refusal_of_odoo_keeps_its_family(
    bench: Bench, proxy: Cutting, who: str, call: Call, family: type[OdooFault]
) -> None:
    with pytest.raises(OdooFault) as caught:
        logged_in(bench, proxy, who).execute(call)

    assert type(caught.value) is family


@pytest.mark.parametrize(("kind", "family"), [("user_error", UserRefused), ("serialization", Serialization)])
def test_a_failure_inside_odoo_keeps_its_family(
    bench: Bench, proxy: Cutting, kind: Kind, family: type[OdooFault]
) -> None:
    odoo = logged_in(bench, proxy)
    bench.fail("res.users.search_count", kind)

    with pytest.raises(family):
        odoo.execute(READ)


def test_a_key_that_was_taken_away_is_an_expired_session(bench: Bench, proxy: Cutting) -> None:
    odoo = logged_in(bench, proxy)
    with bench.engine.transaction() as env:
        env.write("res.users", [odoo.uid], {"active": False})

    with pytest.raises(SessionExpired, match="API key"):
        odoo.execute(READ)


@pytest.mark.parametrize(
    "how", ["reset_before", "reset_after", "answer_lost", "half_headers", "half_answer", "not_json", "bad_gateway"]
)
def test_an_answer_that_is_cut_hides_an_outcome_and_is_not_asked_again(bench: Bench, proxy: Cutting, how: Cut) -> None:
    odoo = logged_in(bench, proxy)
    proxy.cut("message_post", how)

    with pytest.raises(OutcomeUnknown):
        odoo.execute(note())

    assert proxy.count("message_post") == 1
    assert bench.count("mail.message", [["body", "like", "hello"]]) == (how != "reset_before")


def test_a_create_answered_with_something_else_stands_once(bench: Bench, proxy: Cutting) -> None:
    intent = bench.intent(bench.transfer())
    proxy.cut("stock.picking/create", "not_a_call")

    done = bench.perform(intent, gateway=bench.over(speaking(logged_in(bench, proxy), 19)))

    assert isinstance(done, Undo)
    assert bench.count("stock.picking", [["origin", "=", intent.marker]]) == 1


def test_a_time_out_hides_an_outcome(bench: Bench, proxy: Cutting) -> None:
    odoo = logged_in(bench, proxy, timeout_s=0.2)
    proxy.cut("message_post", "slow")

    with pytest.raises(OutcomeUnknown, match="ReadTimeout"):
        odoo.execute(note())

    assert bench.count("mail.message", [["body", "like", "hello"]]) == 1


def test_a_late_answer_is_an_answer(bench: Bench, proxy: Cutting) -> None:
    odoo = logged_in(bench, proxy)
    proxy.cut("search_count", "late")

    assert odoo.execute(READ) == bench.line.execute(READ)


def test_a_redirect_leads_nowhere(bench: Bench, proxy: Cutting) -> None:
    odoo = logged_in(bench, proxy)
    asked = len(proxy.asked)
    proxy.cut("search_count", "moved")

    with pytest.raises(Unreachable, match="303"):
        odoo.execute(READ)

    assert len(proxy.asked) == asked + 1


def test_one_connection_serves_many_calls(bench: Bench, proxy: Cutting) -> None:
    odoo = logged_in(bench, proxy)
    for _ in range(3):
        odoo.execute(READ)

    assert len(proxy.connections) == 1


def test_a_connection_that_was_closed_meanwhile_is_opened_anew_before_sending(bench: Bench, proxy: Cutting) -> None:
    odoo = logged_in(bench, proxy)
    proxy.hang_up()

    odoo.execute(note())

    assert proxy.count("message_post") == 1
    assert len(proxy.connections) == 1


def test_threads_share_it(bench: Bench, proxy: Cutting) -> None:
    odoo = logged_in(bench, proxy)
    found: list[Json] = []
    threads = [threading.Thread(target=lambda: found.append(odoo.execute(READ))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [bench.line.execute(READ)] * 4


def test_nobody_there_means_nothing_was_sent(bench: Bench, proxy: Cutting) -> None:
    odoo = logged_in(bench, proxy)
    proxy.shutdown()
    proxy.hang_up()
    proxy.server_close()

    with pytest.raises(Unreachable, match="nothing was sent"):
        odoo.execute(note())


@pytest.mark.parametrize("host", ["erp.invalid", "::1"])
def test_a_name_that_leads_nowhere_is_unreachable(host: str) -> None:
    with pytest.raises(Unreachable, match="nothing was sent"):
        log_in(OdooAddress(host=host, port=9, database="prod", timeout_s=2), "desk", SecretStr("key-7f3a"))


def test_tls_where_there_is_none_is_unreachable(proxy: Cutting) -> None:
    with pytest.raises(Unreachable):
        log_in(address(proxy).but(ssl=True), "desk", SecretStr("key-7f3a"))


def test_a_call_without_records_is_not_sent(bench: Bench, proxy: Cutting) -> None:
    odoo = logged_in(bench, proxy)

    with pytest.raises(ServerBug, match="nothing was sent"):
        odoo.execute(Call(model="sale.order", method="action_lock"))

    assert proxy.count("action_lock") == 0


def test_proxies_of_the_environment_and_cookies_of_the_server_are_passed_over(
    bench: Bench, proxy: Cutting, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    logged_in(bench, proxy).execute(READ)

    assert not any("cookie" in head for head in proxy.heads)
    assert {head["x-odoo-database"] for head in proxy.heads} == {"sandbox"}
    assert {head["user-agent"] for head in proxy.heads} == {"exception-desk-odoo"}


def test_its_connections_end_with_it(bench: Bench, proxy: Cutting) -> None:
    odoo = logged_in(bench, proxy)
    client = odoo._line._client

    del odoo
    gc.collect()

    assert client.is_closed


def test_no_log_ever_holds_the_key(bench: Bench, proxy: Cutting, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        odoo = logged_in(bench, proxy)
        odoo.execute(READ)
        proxy.cut("search_count", "half_headers")
        with pytest.raises(OutcomeUnknown):
            odoo.execute(READ)
        with pytest.raises(NotAKey):
            log_in(address(proxy), "desk", SecretStr("guess-7f3a"))

    assert key(bench).get_secret_value() not in caplog.text
    assert "guess-7f3a" not in caplog.text
    assert not [record for record in caplog.records if record.name.startswith(("httpx", "httpcore"))]


def test_no_message_holds_the_key(bench: Bench, proxy: Cutting) -> None:
    odoo = logged_in(bench, proxy)
    proxy.cut("search_count", "answer_lost")

    with pytest.raises(OutcomeUnknown) as caught:
        odoo.execute(READ)

    told = f"{caught.value!r} {odoo!r} {vars(odoo)} {vars(odoo._line)} {odoo._line._client.headers!r}"
    assert key(bench).get_secret_value() not in told
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_model_clients_keep_their_log(caplog: pytest.LogCaptureFixture, bench: Bench, proxy: Cutting) -> None:
    logged_in(bench, proxy)

    with caplog.at_level(logging.INFO):
        logging.getLogger("httpx").info('HTTP Request: POST http://model.invalid/v1/chat "HTTP/1.1 200 OK"')

    assert "model.invalid" in caplog.text


def test_a_fresh_engine_of_19_says_so() -> None:
    with served(Engine(Bench().clock, version=19)) as proxy, pytest.raises(NotAKey):
        log_in(address(proxy), "admin", SecretStr("nobodys-key"))
