"""Notes and comments on documents, and the mail that would leave because of them."""

import html
from collections.abc import Sequence
from typing import Any

from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import AccessError, UserError, WrongValue
from scenarios.sandbox.people import access
from scenarios.sandbox.records import refuse_missing
from scenarios.sandbox.registry import method

ACCEPTED = frozenset(
    {
        "attachment_ids",
        "attachments",
        "author_id",
        "email_from",
        "email_layout_xmlid",
        "mail_auto_delete",
        "mail_server_id",
    }
    | {"model_description", "notify_author", "parent_id", "record_name", "reply_to", "tracking_value_ids"}
)
"""What ``message_post`` also takes and the sandbox has no use for."""


@method("*", "message_post")
def message_post(
    env: Env,
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
) -> int | list[int]:
    """A note unless a subtype says otherwise; mail leaves to named partners, and on a comment to followers too."""
    strangers = sorted(set(more) - ACCEPTED)
    if strangers:
        raise WrongValue(f"Those values are not supported when posting or notifying: {', '.join(strangers)}")
    if len(ids) != 1:
        raise WrongValue(f"Expected singleton: {model}{tuple(ids)!r}")
    if message_type == "user_notification":
        raise WrongValue("Use message_notify to send a notification to an user.")
    refuse_missing(env, model, ids)
    _refuse_without_address(env)
    _refuse_closed(env, model, ids)
    text = body if body_is_html else f"<p>{html.escape(str(body or ''))}</p>"
    subtype = subtype_xmlid or "mail.mt_note"
    to = partner_ids or []
    made = post(env, model, ids[0], text, subtype=subtype, subject=subject, message_type=message_type, to=to)
    return [made] if env.engine.release.answers_with_records else made


def _refuse_closed(env: Env, model: str, ids: list[int]) -> None:
    """Whoever may not change a document writes nothing on it either; no number is used up."""
    try:
        access.check(env, model, "write", ids)
    except AccessError:
        number = env.engine.table("mail.message").last + 1
        raise AccessError(access.insecure(env, "Message", "create", [number])) from None


def _refuse_without_address(env: Env) -> None:
    """A message goes out as from its author, even a note that nobody is sent."""
    su = env.sudo()
    if env.su or env.engine.release.posts_without_address or su.row("res.users", env.uid)["email"]:
        return
    raise UserError("Unable to send message, please configure the sender's email address.")


def post(
    env: Env,
    model: str,
    record: int,
    body: str,
    *,
    subtype: str = "mail.mt_note",
    subject: str | bool = False,
    message_type: str = "notification",
    to: Sequence[int] = (),
) -> int:
    """A message on one document, rights not asked; whoever is to get it by mail gets it."""
    su = env.sudo()
    author = su.row("res.users", env.uid)["partner_id"]
    comment = subtype == "mail.mt_comment"
    values = {
        "model": model,
        "res_id": record,
        "body": body,
        "subject": subject,
        "message_type": message_type,
        "subtype_id": _subtype(su, subtype),
        "is_internal": not comment,
        "author_id": author,
        "partner_ids": [(6, 0, list(to))],
    }
    message = su.create("mail.message", values)
    followers = _followers(su, model, record) if comment else set()
    _mail(su, message, body, (followers | set(to)) - {author})
    return message


def _subtype(su: Env, xmlid: str) -> int | bool:
    """A subtype that is not known is no subtype, as in Odoo."""
    try:
        return su.ref(xmlid)
    except WrongValue:
        return False


def _followers(su: Env, model: str, record: int) -> set[int]:
    table = su.engine.table("mail.followers")
    return {table.rows[i]["partner_id"] for i in table.having("res_id", record) if table.rows[i]["res_model"] == model}


def _mail(su: Env, message: int, body: str, recipients: set[int]) -> None:
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
    env: Env, model: str, ids: list[int], partner_ids: list[int] | None = None, subtype_ids: list[int] | None = None
) -> bool:
    """Partners follow the documents from now on."""
    refuse_missing(env, model, ids)
    su = env.sudo()
    others = set(partner_ids or []) - {su.row("res.users", env.uid)["partner_id"]}
    access.check_model(env, model, "write" if others else "read")
    access.check(env, model, "write" if others else "read", ids)
    for record in ids:
        for partner in sorted(set(partner_ids or []) - _followers(su, model, record)):
            values = {"res_model": model, "res_id": record, "partner_id": partner, "subtype_ids": subtype_ids or []}
            su.create("mail.followers", values)
    return True


@method("*", "message_unsubscribe")
def message_unsubscribe(env: Env, model: str, ids: list[int], partner_ids: list[int] | None = None) -> None:
    """Partners follow the documents no longer; nothing is answered."""
    refuse_missing(env, model, ids)
    access.check(env, model, "read", ids)
    gone = [("res_model", "=", model), ("res_id", "in", ids), ("partner_id", "in", partner_ids or [])]
    env.sudo().unlink("mail.followers", env.sudo().search("mail.followers", gone))
