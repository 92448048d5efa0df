"""Notes, comments and activities on documents, and the mail that would leave because of them."""

import html
from typing import TYPE_CHECKING, Any

from scenarios.sandbox import access
from scenarios.sandbox.faults import WrongValue
from scenarios.sandbox.records import refuse_missing
from scenarios.sandbox.registry import Values, after_create, compute, method, on_create

if TYPE_CHECKING:
    from scenarios.sandbox.env import Env

ACCEPTED = frozenset(
    {"attachment_ids", "author_id", "email_from", "email_layout_xmlid", "mail_auto_delete", "mail_server_id"}
    | {"model_description", "notify_author", "parent_id", "record_name", "reply_to", "tracking_value_ids"}
)
"""What ``message_post`` also takes and the sandbox has no use for."""


@method("*", "message_post")
def message_post(
    env: "Env",
    model: str,
    ids: list[int],
    *,
    body: str = "",
    subject: str | bool = False,
    message_type: str = "notification",
    subtype_xmlid: str | None = None,
    partner_ids: list[int] | None = None,
    body_is_html: bool = False,
    **more: Any,
) -> int:
    """A note unless a subtype says otherwise; mail leaves to named partners, and on a comment to followers too."""
    strangers = sorted(set(more) - ACCEPTED)
    if strangers:
        raise WrongValue(f"Those values are not supported when posting or notifying: {', '.join(strangers)}")
    refuse_missing(env, model, ids)
    access.check(env, model, "write", ids)
    if len(ids) != 1:
        raise WrongValue(f"Expected singleton: {model}{tuple(ids)!r}")
    text = body if body_is_html else f"<p>{html.escape(body)}</p>"
    comment = subtype_xmlid == "mail.mt_comment"
    return _post(env, model, ids[0], text, subject, message_type, subtype_xmlid, partner_ids or [], comment)


def _post(
    env: "Env",
    model: str,
    record: int,
    body: str,
    subject: str | bool,
    message_type: str,
    subtype: str | None,
    named: list[int],
    comment: bool,
) -> int:
    su = env.sudo()
    author = su.row("res.users", env.uid)["partner_id"]
    values = {
        "model": model,
        "res_id": record,
        "body": body,
        "subject": subject,
        "message_type": message_type,
        "subtype_id": _subtype(su, subtype or "mail.mt_note"),
        "is_internal": not comment,
        "author_id": author,
        "partner_ids": [(6, 0, named)],
    }
    message = su.create("mail.message", values)
    followers = _followers(su, model, record) if comment else set()
    _mail(su, message, body, (followers | set(named)) - {author})
    return message


def _subtype(su: "Env", xmlid: str) -> int | bool:
    """A subtype that is not known is no subtype, as in Odoo."""
    try:
        return su.ref(xmlid)
    except WrongValue:
        return False


def _followers(su: "Env", model: str, record: int) -> set[int]:
    table = su.engine.table("mail.followers")
    return {table.rows[i]["partner_id"] for i in table.having("res_id", record) if table.rows[i]["res_model"] == model}


def _mail(su: "Env", message: int, body: str, recipients: set[int]) -> None:
    """The mail that would leave, waiting in the outbox."""
    if recipients:
        su.write("mail.message", [message], {"notified_partner_ids": [(6, 0, sorted(recipients))]})
        links = [(6, 0, sorted(recipients))]
        su.create(
            "mail.mail",
            {"mail_message_id": message, "body_html": body, "recipient_ids": links, "state": "outgoing"},
        )


@method("*", "message_subscribe")
def message_subscribe(
    env: "Env", model: str, ids: list[int], partner_ids: list[int] | None = None, subtype_ids: list[int] | None = None
) -> bool:
    """Partners follow the documents from now on."""
    refuse_missing(env, model, ids)
    access.check(env, model, "read", ids)
    su = env.sudo()
    for record in ids:
        for partner in sorted(set(partner_ids or []) - _followers(su, model, record)):
            values = {"res_model": model, "res_id": record, "partner_id": partner, "subtype_ids": subtype_ids or []}
            su.create("mail.followers", values)
    return True


@method("*", "activity_schedule")
def activity_schedule(
    env: "Env",
    model: str,
    ids: list[int],
    act_type_xmlid: str = "",
    date_deadline: str | bool = False,
    summary: str = "",
    note: str = "",
    **more: Any,
) -> str | list[int]:
    """An activity on each document; what comes back differs between versions."""
    refuse_missing(env, model, ids)
    opened = env.with_context(default_res_model=model)
    values = {
        "res_model_id": _model_id(env, model),
        "activity_type_id": env.ref(act_type_xmlid or "mail.mail_activity_data_todo"),
        "date_deadline": date_deadline or env.today.isoformat(),
        "summary": summary,
        "note": note,
        **more,
    }
    made = [opened.create("mail.activity", {**values, "res_id": record}) for record in ids]
    if env.engine.version >= 19:
        return made
    return f"mail.activity({', '.join(map(str, made))}{',' if len(made) == 1 else ''})"


def _model_id(env: "Env", model: str) -> int:
    return min(env.engine.table("ir.model").having("model", model))


@on_create("mail.activity")
def _document(env: "Env", values: dict[str, Any]) -> dict[str, Any]:
    """The document must be there and writable; ordinary users cannot look a model's id up, so the context names it."""
    named = env.context.get("default_res_model")
    if not named and not env.su:
        access.check_model(env, "ir.model", "read")
    if not values.get("res_model_id") and not named:
        return values
    model = named or env.sudo().row("ir.model", values["res_model_id"])["model"]
    record = values.get("res_id") or 0
    refuse_missing(env, model, [record])
    access.check(env, model, "write", [record])
    title = env.sudo().value(model, [record], ["display_name"])[0]["display_name"]
    found = {"res_model_id": _model_id(env, model), "res_model": model, "res_name": title}
    return {"activity_type_id": env.ref("mail.mail_activity_data_todo"), **values, **found}


@after_create("mail.activity")
def _tell(env: "Env", ids: list[int], values: Values) -> None:
    """Whoever gets an activity from somebody else is told by mail, unless the context asks for quiet."""
    if values.get("user_id") == env.uid or env.context.get("mail_activity_quick_update"):
        return
    su = env.sudo()
    for row in su.rows("mail.activity", ids):
        text = f"<p>{html.escape(row['summary'] or 'Activity')}</p>"
        partner = su.row("res.users", row["user_id"])["partner_id"]
        _post(env, row["res_model"], row["res_id"], text, False, "user_notification", "mail.mt_note", [partner], False)


@compute("mail.activity", "state")
def _due(env: "Env", ids: list[int]) -> dict[int, dict[str, Any]]:
    today = env.today.isoformat()
    rows = env.engine.table("mail.activity").rows
    words = {i: rows[i].get("date_deadline", today) for i in ids}
    return {
        i: {"state": "today" if day == today else "overdue" if day < today else "planned"} for i, day in words.items()
    }


@method("mail.activity", "action_feedback")
def action_feedback(env: "Env", ids: list[int], feedback: str | bool = False) -> int | bool:
    """Done: a message on the document says so, and the activity is gone."""
    refuse_missing(env, "mail.activity", ids)
    message: int | bool = False
    for row in env.rows("mail.activity", ids):
        text = f"<p>{html.escape(row['summary'] or 'Activity')} done</p>"
        if feedback:
            text += f"<p>{html.escape(str(feedback))}</p>"
        message = _post(
            env, row["res_model"], row["res_id"], text, False, "notification", "mail.mt_activities", [], False
        )
    env.sudo().unlink("mail.activity", ids)
    return message


@method("mail.activity", "action_done")
def action_done(env: "Env", ids: list[int]) -> int | bool:
    done: int | bool = action_feedback(env, ids)
    return done
