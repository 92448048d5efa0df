"""Notes, comments and activities, and the mail that leaves because of them."""

from typing import Any

import pytest

from scenarios.sandbox.faults import AccessError, MissingError, ValidationError, WrongValue
from tests.scenarios.sandbox.shop import Shop, shop


@pytest.fixture
def here() -> Shop:
    return shop()


def mails(here: Shop) -> list[list[int]]:
    rows = here.ask("admin", "mail.mail", "search_read", [], ["recipient_ids"])
    return [row["recipient_ids"] for row in rows]


def post(here: Shop, **values: Any) -> Any:
    return here.ask("admin", "res.partner", "message_post", [here.ids["branch"]], **values)


def test_note_stays_in_the_house_even_with_followers(here: Shop) -> None:
    here.ask("admin", "res.partner", "message_subscribe", [here.ids["branch"]], [here.ids["vendor"]])

    number = post(here, body="stock <b>low</b>", subtype_xmlid="mail.mt_note", message_type="comment")

    row = here.ask("admin", "mail.message", "read", [number], ["body", "subtype_id", "model", "res_id", "is_internal"])[
        0
    ]
    assert row["body"] == "<p>stock &lt;b&gt;low&lt;/b&gt;</p>"
    assert (row["subtype_id"][1], row["model"], row["res_id"]) == ("Note", "res.partner", here.ids["branch"])
    assert row["is_internal"]
    assert mails(here) == []
    assert here.ask("admin", "res.partner", "read", [here.ids["branch"]], ["message_ids"])[0]["message_ids"] == [number]


def test_comment_goes_to_followers(here: Shop) -> None:
    here.ask("admin", "res.partner", "message_subscribe", [here.ids["branch"]], [here.ids["vendor"]])
    here.ask("admin", "res.partner", "message_subscribe", [here.ids["branch"]], [here.ids["vendor"]])

    post(here, body="hello", subtype_xmlid="mail.mt_comment")

    assert mails(here) == [[here.ids["vendor"]]]


def test_note_to_named_partners_leaves(here: Shop) -> None:
    post(here, body="hello", subtype_xmlid="mail.mt_note", partner_ids=[here.ids["vendor"]])

    assert mails(here) == [[here.ids["vendor"]]]


def test_html_is_kept_when_it_is_said_to_be_html(here: Shop) -> None:
    number = post(here, body="<p>para</p>", body_is_html=True)

    assert here.ask("admin", "mail.message", "read", [number], ["body"])[0]["body"] == "<p>para</p>"


def test_unknown_subtype_is_accepted_and_unknown_argument_is_not(here: Shop) -> None:
    number = post(here, body="x", subtype_xmlid="mail.nope")

    assert here.ask("admin", "mail.message", "read", [number], ["subtype_id"])[0]["subtype_id"] is False
    with pytest.raises(WrongValue, match="not supported when posting or notifying: foo"):
        post(here, body="x", foo=1)


def test_posting_wants_one_document_and_the_right_to_change_it(here: Shop) -> None:
    with pytest.raises(AccessError):
        here.ask("plain", "res.partner", "message_post", [here.ids["vendor"]], body="x")
    with pytest.raises(WrongValue, match="singleton"):
        here.ask("admin", "res.partner", "message_post", [here.ids["vendor"], here.ids["branch"]], body="x")
    with pytest.raises(MissingError):
        here.ask("admin", "res.partner", "message_post", [999_999], body="x")


def test_activity_is_scheduled_told_and_done(here: Shop) -> None:
    vendor, buyer = here.ids["vendor"], here.ids["buyer"]
    answer = here.ask("admin", "res.partner", "activity_schedule", [vendor], summary="Approve", user_id=buyer)
    number = int(answer.removeprefix("mail.activity(").removesuffix(",)"))

    fields = ["summary", "user_id", "res_model", "res_name", "date_deadline", "state", "activity_type_id"]
    row = here.ask("admin", "mail.activity", "read", [number], fields, load="")[0]
    assert row == {
        "id": number,
        "summary": "Approve",
        "user_id": buyer,
        "res_model": "res.partner",
        "res_name": "Quayside Imports",
        "date_deadline": "2026-11-20",
        "state": "today",
        "activity_type_id": row["activity_type_id"],
    }
    assert len(mails(here)) == 1

    message = here.ask("buyer", "mail.activity", "action_feedback", [number], feedback="done & dusted")

    body = here.ask("admin", "mail.message", "read", [message], ["body"])[0]["body"]
    assert body == "<p>Approve done</p><p>done &amp; dusted</p>"
    with pytest.raises(MissingError, match=r"mail.activity\(1,\)"):
        here.ask("buyer", "mail.activity", "action_feedback", [number])


def test_an_activity_of_a_kind_that_is_kept_stays_archived(here: Shop) -> None:
    vendor, buyer = here.ids["vendor"], here.ids["buyer"]
    todo = here.engine.root().ref("mail.mail_activity_data_todo")
    here.ask("admin", "mail.activity.type", "write", [todo], {"keep_done": True})
    here.ask("admin", "res.partner", "activity_schedule", [vendor], summary="Call", user_id=buyer)

    here.ask("buyer", "mail.activity", "action_feedback", [1])

    assert here.ask("admin", "mail.activity", "search_count", []) == 0
    assert here.ask("admin", "mail.activity", "read", [1], ["active"]) == [{"id": 1, "active": False}]


def test_somebody_else_s_activity_needs_the_right_to_write_on_its_document(here: Shop) -> None:
    vendor, buyer = here.ids["vendor"], here.ids["buyer"]
    here.ask("admin", "res.partner", "activity_schedule", [vendor], summary="Call", user_id=buyer)

    with pytest.raises(AccessError):
        here.ask("plain", "mail.activity", "action_feedback", [1])


def test_quiet_activity_sends_no_mail(here: Shop) -> None:
    quiet = {"mail_activity_quick_update": True}
    vendor, buyer = here.ids["vendor"], here.ids["buyer"]

    here.ask("admin", "res.partner", "activity_schedule", [vendor], summary="x", user_id=buyer, context=quiet)
    here.ask("admin", "res.partner", "activity_schedule", [vendor], summary="own")

    assert mails(here) == []


def test_activity_made_directly_wants_its_document_named(here: Shop) -> None:
    vendor = here.ids["vendor"]
    with pytest.raises(ValidationError, match=r"Document Model \(res_model_id\)"):
        here.ask("admin", "mail.activity", "create", {"res_model": "res.partner", "res_id": vendor})
    with pytest.raises(MissingError, match=r"ir.model\(999999,\)"):
        here.ask("admin", "mail.activity", "create", {"res_model_id": 999_999, "res_id": vendor})
    with pytest.raises(AccessError, match=r"ir.model"):
        here.ask("buymgr", "mail.activity", "create", {"res_model_id": 1, "res_id": vendor})

    context = {"default_res_model": "res.partner"}
    with pytest.raises(MissingError, match=r"res.partner\(999999,\)"):
        here.ask("buymgr", "mail.activity", "create", {"res_id": 999_999}, context=context)
    number = here.ask("buymgr", "mail.activity", "create", {"res_id": vendor, "summary": "x"}, context=context)

    assert here.ask("buymgr", "mail.activity", "action_done", [number])
    assert here.found("mail.activity", []) == []
