"""The desk closes its own to-dos, and asks again when that is taken back."""

import pytest

from domain.calls import Call
from domain.faults import OutcomeUnknown
from domain.intents import Compensated, Stale, Undo, Unknown
from domain.plans import Draft
from domain.refusals import Refusal
from domain.values import Json
from tests.tools.bench import Bench
from tests.tools.breaking import Breaking, Killed
from tools.catalogue import CATALOGUE, price

ACTIVITY = "mail.activity"


def unpriced(bench: Bench, draft: Draft) -> Refusal:
    found = price(draft, bench.gateway.reader(bench.world.company))
    assert isinstance(found, Refusal), found
    return found


def by_hand(bench: Bench, activity: int) -> None:
    """Its user does what was asked."""
    with bench.engine.transaction() as env:
        env.call(ACTIVITY, "action_feedback", [activity])


def given(bench: Bench) -> list[tuple[Json, ...]]:
    """What users are asked, ids left out."""
    root = bench.root()
    fields = ("res_model", "res_id", "summary", "note", "user_id", "date_deadline")
    return [tuple(row[field] for field in fields) for row in root.rows(ACTIVITY, root.search(ACTIVITY, []))]


def test_a_to_do_of_the_desk_is_closed_with_a_word_on_the_document(bench: Bench) -> None:
    asked = bench.done(bench.intent(bench.activity(), case="asked")).records[0].id

    undo = bench.done(bench.intent(bench.close_activity(asked, "R1 was decided")))

    assert given(bench) == []
    assert bench.count("mail.message", [["res_id", "=", bench.order], ["body", "like", "R1 was decided"]]) == 1
    assert bench.count("mail.mail") == 0
    assert undo.words == f"activity {asked} is done"


def test_a_step_says_who_was_asked_what(bench: Bench) -> None:
    known_as = bench.root().row("sale.order", bench.order)["display_name"]

    step = bench.priced(bench.close_activity(feedback="settled"))

    assert step.words == f"close what “Buyer” on “{known_as}” was asked, “Look at it”: “settled”"
    assert (str(step.exposure.amount), step.exposure.risk.value) == ("0.00 GBP", "note")
    assert step.rollback.calls == ("sale.order.activity_schedule",)


def test_taking_back_asks_the_same_again(bench: Bench) -> None:
    asked = bench.asked()
    before = given(bench)
    intent = bench.intent(bench.close_activity(asked))

    result = bench.perform(intent.taken_back(bench.done(intent)))

    assert isinstance(result, Compensated)
    assert "stays" in (result.remains or "")
    assert given(bench) == before
    assert bench.count("mail.mail", [["create_uid", "=", bench.line.uid]]) == 0


def test_what_its_user_did_already_is_done_without_a_call(bench: Bench) -> None:
    asked = bench.asked()
    by_hand(bench, asked)
    intent = bench.intent(bench.close_activity(asked))

    undo = bench.done(intent)
    back = bench.perform(intent.taken_back(undo))

    assert isinstance(back, Compensated)
    assert bench.line.writes == []
    assert bench.priced(bench.close_activity(asked)).words == f"nothing: activity {asked} is done already or gone"
    assert "ask again" in CATALOGUE["mail.activity_done"].undo_words(undo)


def test_what_its_user_did_while_the_desk_was_down_is_not_asked_again(bench: Bench) -> None:
    asked = bench.asked()
    intent = bench.intent(bench.close_activity(asked))
    bench.ledger.begin(intent, "G49")
    by_hand(bench, asked)

    undo = bench.done(intent)

    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert given(bench) == []
    assert bench.line.writes == []


def test_what_its_user_did_between_plan_and_act_is_done_without_a_call(bench: Bench) -> None:
    asked = bench.asked()
    intent = bench.intent(bench.close_activity(asked))
    by_hand(bench, asked)

    undo = bench.done(intent)

    assert undo.before == {}
    assert bench.line.writes == []


def test_a_to_do_that_somebody_changed_since_makes_the_plan_stale(bench: Bench) -> None:
    asked = bench.asked()
    intent = bench.intent(bench.close_activity(asked))
    with bench.engine.transaction() as env:
        env.write(ACTIVITY, [asked], {"summary": "Look at it tomorrow"})

    assert isinstance(bench.perform(intent), Stale)
    assert bench.line.writes == []


def test_an_activity_that_odoo_keeps_archived_counts_as_done(bench: Bench) -> None:
    asked = bench.asked()
    with bench.engine.transaction() as env:
        env.write("mail.activity.type", [env.ref("mail.mail_activity_data_todo")], {"keep_done": True})

    bench.done(bench.intent(bench.close_activity(asked)))

    assert bench.root().row(ACTIVITY, asked)["active"] is False
    again = bench.done(bench.intent(bench.close_activity(asked), case="C2"))
    assert again.before == {}
    assert bench.line.writes.count(f"{ACTIVITY}.action_feedback") == 1


@pytest.mark.parametrize(
    "note",
    [
        "<p>Call them back</p>",
        "<p>see [ref DESK-nonsense]</p>",
    ],
)
def test_an_activity_without_a_mark_is_left_to_its_user(bench: Bench, note: str) -> None:
    found = unpriced(bench, bench.close_activity(bench.asked(note=note)))

    assert "was not given by the desk" in found.reason


def test_a_mark_in_a_name_of_odoo_keeps_nobody_from_closing_or_asking_again(bench: Bench) -> None:
    asked = bench.asked("<p>Jug [ref DESK-fedcba9876543210]</p><p>[ref DESK-0123456789abcdef]</p>")
    before = given(bench)
    intent = bench.intent(bench.close_activity(asked))

    assert isinstance(bench.perform(intent.taken_back(bench.done(intent))), Compensated)
    assert given(bench) == before


def test_a_mark_that_somebody_else_typed_is_not_the_desk_s(bench: Bench) -> None:
    found = unpriced(bench, bench.close_activity(bench.asked(by="sales")))

    assert "was not given by the desk" in found.reason


def test_an_activity_whose_mark_went_away_meanwhile_is_left_to_its_user(bench: Bench) -> None:
    asked = bench.asked()
    intent = bench.intent(bench.close_activity(asked)).but(touches=())
    with bench.engine.transaction() as env:
        env.write(ACTIVITY, [asked], {"note": "<p>mine now</p>"})

    found = bench.perform(intent)

    assert isinstance(found, Refusal)
    assert "was not given by the desk" in found.reason
    assert bench.line.writes == []


def test_an_activity_on_a_document_the_desk_does_not_work_on_is_left_alone(bench: Bench) -> None:
    asked = bench.asked()
    with bench.engine.transaction() as env:
        env.write(ACTIVITY, [asked], {"res_model": "res.partner", "res_id": bench.world.customer})

    assert "no document the desk works on" in unpriced(bench, bench.close_activity(asked)).reason


@pytest.mark.parametrize(
    "wrong", [{"activity": "7"}, {"activity": 0}, {"feedback": ""}, {"feedback": "x" * 1001}, {"note": "x"}], ids=str
)
def test_parameters_out_of_bounds_are_refused(bench: Bench, wrong: dict[str, Json]) -> None:
    draft = bench.close_activity()

    assert unpriced(bench, draft.but(params={**draft.params, **wrong})).guard == "params"


def test_feedback_is_words_and_never_markup(bench: Bench) -> None:
    bench.done(bench.intent(bench.close_activity(feedback="<script>alert(1)</script>")))

    root = bench.root()
    said = root.rows("mail.message", root.search("mail.message", [["body", "like", "alert"]]))[0]
    assert "<script>" not in said["body"]


def test_a_lost_answer_is_looked_up_and_what_was_asked_is_remembered(bench: Bench) -> None:
    asked = bench.asked()
    before = given(bench)
    intent = bench.intent(bench.close_activity(asked))

    undo = bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after", OutcomeUnknown)))

    assert isinstance(undo, Undo)
    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert given(bench) == before


def test_asking_again_is_asked_once_however_often_it_is_cut_off(bench: Bench) -> None:
    intent = bench.intent(bench.close_activity())
    back = intent.taken_back(bench.done(intent))
    with pytest.raises(Killed):
        bench.perform(back, gateway=bench.over(Breaking(bench.line, 1, "after")))

    assert isinstance(bench.perform(back), Compensated)
    assert len(given(bench)) == 1


def test_an_odoo_that_does_not_ask_again_is_told_to_a_person(bench: Bench) -> None:
    class Idle:
        """Odoo answers and does nothing."""

        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            return True if call.method == "activity_schedule" else bench.line.execute(call)

    intent = bench.intent(bench.close_activity())
    back = intent.taken_back(bench.done(intent))

    found = bench.perform(back, gateway=bench.over(Idle()))

    assert isinstance(found, Unknown)
    assert "did not ask again" in found.reason
