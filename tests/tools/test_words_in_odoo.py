"""Activities and notes reach colleagues inside Odoo; no mail leaves, and markup stays text."""

import pytest

from domain.calls import Call
from domain.intents import Compensated, Undo, Unknown
from domain.plans import Draft
from domain.refusals import Refusal
from domain.values import Json
from tests.tools.bench import Bench
from tools.catalogue import price


def back(bench: Bench, draft: Draft) -> tuple[Undo, Compensated | Refusal]:
    intent = bench.intent(draft)
    undo = bench.done(intent)
    found = bench.perform(intent.taken_back(undo))
    assert isinstance(found, Compensated | Refusal), found
    return undo, found


def test_an_activity_is_for_its_user_and_sends_no_mail(bench: Bench) -> None:
    undo = bench.done(bench.intent(bench.activity(note="<b>5 < 6</b>")))

    row = bench.root().row("mail.activity", undo.records[0].id)
    assert (row["user_id"], row["date_deadline"]) == (bench.world.users["buyer"].uid, "2026-03-05")
    assert "&lt;b&gt;5 &lt; 6&lt;/b&gt;" in row["note"]
    assert bench.count("mail.mail") == 0


def test_an_activity_is_removed_again(bench: Bench) -> None:
    _, result = back(bench, bench.activity())

    assert isinstance(result, Compensated)
    assert bench.count("mail.activity") == 0


def test_an_activity_its_user_acted_on_is_left_alone(bench: Bench) -> None:
    intent = bench.intent(bench.activity())
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.write("mail.activity", [undo.records[0].id], {"active": False})

    result = bench.perform(intent.taken_back(undo))

    assert isinstance(result, Refusal)
    assert "done already" in result.reason


def test_an_activity_given_to_somebody_else_is_left_alone(bench: Bench) -> None:
    intent = bench.intent(bench.activity())
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.write("mail.activity", [undo.records[0].id], {"user_id": bench.world.users["buymgr"].uid})

    result = bench.perform(intent.taken_back(undo))

    assert isinstance(result, Refusal)
    assert "user_id was" in result.reason


def test_an_activity_that_is_gone_needs_no_taking_back(bench: Bench) -> None:
    intent = bench.intent(bench.activity())
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.unlink("mail.activity", [undo.records[0].id])

    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)


def test_an_activity_that_was_closed_and_asked_again_is_removed_under_its_new_id(bench: Bench) -> None:
    asking = bench.intent(bench.activity())
    asked = bench.done(asking)
    closing = bench.intent(bench.close_activity(asked.records[0].id), case="closing")
    bench.perform(closing.taken_back(bench.done(closing)))
    assert bench.count("mail.activity") == 1

    result = bench.perform(asking.taken_back(asked))

    assert isinstance(result, Compensated)
    assert bench.count("mail.activity") == 0


def test_an_activity_that_went_to_another_user_does_not_verify(bench: Bench) -> None:
    intent = bench.intent(bench.activity())
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.write("mail.activity", [undo.records[0].id], {"user_id": bench.world.users["buymgr"].uid})
    bench.ledger.states[intent.key] = "intended"

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert found.guard == "verify"


def test_an_archived_user_gets_no_activity(bench: Bench) -> None:
    intent = bench.intent(bench.activity())
    with bench.engine.transaction() as env:
        env.write("res.users", bench.world.users["buyer"].uid, {"active": False})

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert "archived" in found.reason


def test_a_note_is_text_and_sends_no_mail(bench: Bench) -> None:
    undo = bench.done(bench.intent(bench.note('Say "<b>no</b>"\nto  all')))

    row = bench.root().row("mail.message", undo.records[0].id)
    assert "<b>" not in row["body"]
    assert row["subtype_id"] == bench.root().ref("mail.mt_note")
    assert bench.count("mail.mail") == 0


def test_a_note_is_corrected_not_deleted(bench: Bench) -> None:
    undo, result = back(bench, bench.note())

    assert isinstance(result, Compensated)
    assert result.remains == "the first note stays readable"
    assert bench.count("mail.message", [["id", "=", undo.records[0].id]]) == 1


def test_a_note_that_is_gone_is_not_corrected(bench: Bench) -> None:
    intent = bench.intent(bench.note())
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.unlink("mail.message", [undo.records[0].id])

    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert bench.line.writes.count("sale.order.message_post") == 1


def test_a_note_whose_words_were_changed_does_not_verify(bench: Bench) -> None:
    intent = bench.intent(bench.note())
    undo = bench.done(intent)
    with bench.engine.transaction() as env:
        env.write("mail.message", [undo.records[0].id], {"body": f"<p>else [ref {intent.marker}]</p>"})
    bench.ledger.states[intent.key] = "intended"

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert found.guard == "verify"


@pytest.mark.parametrize("kind", ["activity", "note"])
def test_a_document_out_of_sight_gets_no_words(bench: Bench, kind: str) -> None:
    draft = bench.activity() if kind == "activity" else bench.note()

    found = price(draft.but(params={**draft.params, "record": 99999}), bench.gateway.reader(bench.world.company))

    assert isinstance(found, Refusal)
    assert "sale.order 99999" in found.reason


@pytest.mark.parametrize(
    "wrong",
    [
        {"model": "res.users"},
        {"model": "product.product"},
        {"summary": ""},
        {"summary": "x" * 201},
        {"user": -1},
        {"due": "soon"},
    ],
    ids=str,
)
def test_parameters_out_of_bounds_are_refused(bench: Bench, wrong: dict[str, Json]) -> None:
    draft = bench.activity()

    found = price(draft.but(params={**draft.params, **wrong}), bench.gateway.reader(bench.world.company))

    assert isinstance(found, Refusal)
    assert found.guard == "params"


def test_words_expose_no_money(bench: Bench) -> None:
    exposures = [bench.priced(draft).exposure for draft in (bench.activity(), bench.note())]

    assert [str(exposure.amount) for exposure in exposures] == ["0.00 GBP", "0.00 GBP"]


def test_a_user_out_of_sight_gets_no_activity(bench: Bench) -> None:
    draft = bench.activity()

    found = price(draft.but(params={**draft.params, "user": 99999}), bench.gateway.reader(bench.world.company))

    assert isinstance(found, Refusal)
    assert "user 99999" in found.reason


@pytest.mark.parametrize("kind", ["activity", "note"])
def test_a_document_deleted_meanwhile_gets_no_words(bench: Bench, kind: str) -> None:
    intent = bench.intent(bench.activity() if kind == "activity" else bench.note()).but(touches=())
    with bench.engine.transaction() as env:
        env.with_context(disable_cancel_warning=True).call("sale.order", "action_cancel", [bench.order])
        env.unlink("sale.order", [bench.order])

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert found.guard == "precondition"


@pytest.mark.parametrize("method", ["activity_schedule", "message_post"])
def test_words_that_odoo_only_says_it_wrote_are_not_taken_for_written(bench: Bench, method: str) -> None:
    class Idle:
        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            return True if call.method == method else bench.line.execute(call)

    intent = bench.intent(bench.activity() if method == "activity_schedule" else bench.note())

    found = bench.perform(intent, gateway=bench.over(Idle()))

    assert isinstance(found, Unknown)
    assert "not to be found" in found.reason


def test_an_activity_links_to_where_more_is_found(bench: Bench) -> None:
    draft = bench.activity()
    linked = draft.but(params={**draft.params, "link": "https://desk.example.com/requests/R1?a=1&b=2"})

    undo = bench.done(bench.intent(linked))

    note = bench.root().row("mail.activity", undo.records[0].id)["note"]
    assert '<a href="https://desk.example.com/requests/R1?a=1&amp;b=2">' in note


@pytest.mark.parametrize("link", ["javascript:alert(1)", 'https://x/"><b>', "https://x/ y", "desk.example.com"])
def test_an_activity_links_to_addresses_alone(bench: Bench, link: str) -> None:
    draft = bench.activity()

    refusal = bench.refused(draft.but(params={**draft.params, "link": link}))

    assert refusal.guard == "params"
