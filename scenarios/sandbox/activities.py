"""Activities: what somebody is asked to do about a document, and that it was done."""

import html
from typing import Any

from scenarios.sandbox.env import Env, Values
from scenarios.sandbox.faults import AccessError, ValidationError, WrongValue
from scenarios.sandbox.messages import post
from scenarios.sandbox.people import access
from scenarios.sandbox.records import refuse_missing
from scenarios.sandbox.registry import after_create, compute, method, on_create

OF_NOTHING = "Activities have to be linked to records with a not null res_id."


@method("*", "activity_schedule")
def activity_schedule(
    env: Env,
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
        "activity_type_id": _kind(env, act_type_xmlid or "mail.mail_activity_data_todo"),
        "date_deadline": date_deadline or env.today.isoformat(),
        "summary": summary,
        "note": note,
        **more,
    }
    made = [opened.create("mail.activity", {**values, "res_id": record}) for record in ids]
    if env.engine.release.answers_with_records:
        return made
    return f"mail.activity({', '.join(map(str, made))}{',' if len(made) == 1 else ''})"


def _kind(env: Env, xmlid: str) -> int | bool:
    """A kind that is not known is no kind, without a word."""
    try:
        return env.ref(xmlid)
    except WrongValue:
        return False


def _model_id(env: Env, model: str) -> int:
    return min(env.engine.table("ir.model").having("model", model))


@on_create("mail.activity")
def _document(env: Env, values: dict[str, Any]) -> dict[str, Any]:
    """The document must be there and writable; ordinary users cannot look a model's id up, so the context names it."""
    named = env.context.get("default_res_model")
    if not named and not env.su:
        access.check_model(env, "ir.model", "read")
    if not values.get("res_model_id") and not named:
        return _loose(env, values)
    model = named or env.sudo().row("ir.model", values["res_model_id"])["model"]
    record = values.get("res_id") or 0
    if not record:
        raise ValidationError(f"The operation cannot be completed: {OF_NOTHING}")
    if env.engine.release.frees_activities and not env.exists(model, [record]):
        raise AccessError(_insecure(env))
    refuse_missing(env, model, [record])
    _refuse_closed(env, model, record)
    title = env.sudo().value(model, [record], ["display_name"])[0]["display_name"]
    found = {"res_model_id": _model_id(env, model), "res_model": model, "res_name": title}
    whose = env.uid if env.engine.release.assigns_activities else False
    given = {"user_id": whose, "activity_type_id": env.ref("mail.mail_activity_data_todo"), **values}
    return {**given, **found}


def _refuse_closed(env: Env, model: str, record: int) -> None:
    """Whoever may not change a document gives nobody work on it."""
    try:
        access.check(env, model, "write", [record])
    except AccessError:
        raise AccessError(_insecure(env)) from None


def _loose(env: Env, values: dict[str, Any]) -> dict[str, Any]:
    """An activity about nothing is refused, each release in its way."""
    if not env.engine.release.frees_activities:
        return values
    if values.get("res_model") or values.get("res_id"):
        raise ValidationError(f"The operation cannot be completed: {OF_NOTHING}")
    if not values.get("user_id"):
        raise ValidationError(
            "The operation cannot be completed: Activities must be assigned if not attached to a document."
        )
    return values


def _insecure(env: Env) -> str:
    """No number is used up by an activity that is refused."""
    return access.insecure(env, "Activity", "create", [env.engine.table("mail.activity").last + 1])


@after_create("mail.activity")
def _tell(env: Env, ids: list[int], values: Values) -> None:
    """Whoever gets an activity from somebody else is told by mail, unless the context asks for quiet."""
    if values.get("user_id") in (False, env.uid) or env.context.get("mail_activity_quick_update"):
        return
    su = env.sudo()
    for row in su.rows("mail.activity", ids):
        text = f"<p>{html.escape(row['summary'] or 'Activity')}</p>"
        partner = su.row("res.users", row["user_id"])["partner_id"]
        post(env, row["res_model"], row["res_id"], text, message_type="user_notification", to=[partner])


@compute("mail.activity", "state")
def _due(env: Env, ids: list[int]) -> dict[int, dict[str, Any]]:
    today = env.today.isoformat()
    rows = env.engine.table("mail.activity").rows
    words = {i: rows[i].get("date_deadline", today) for i in ids}
    said = {i: "today" if day == today else "overdue" if day < today else "planned" for i, day in words.items()}
    return {i: {"state": said[i] if rows[i].get("active") else "done"} for i in ids}


@method("mail.activity", "action_feedback")
def action_feedback(env: Env, ids: list[int], feedback: str | bool = False) -> int | bool:
    """Done: a message on the document says so, and the activity is gone, or archived where its kind keeps them.

    Whoever was not asked needs the right to write on the document.
    """
    refuse_missing(env, "mail.activity", ids)
    access.check(env, "mail.activity", "read", ids)
    for row in env.rows("mail.activity", ids):
        if row["user_id"] != env.uid:
            access.check(env, row["res_model"], "write", [row["res_id"]])
    message: int | bool = False
    for row in env.rows("mail.activity", ids):
        text = f"<p>{html.escape(row['summary'] or 'Activity')} done</p>"
        if feedback:
            text += f"<p>{html.escape(str(feedback))}</p>"
        message = post(env, row["res_model"], row["res_id"], text, subtype="mail.mt_activities")
    _leave(env.sudo(), ids)
    return message


def _leave(su: Env, ids: list[int]) -> None:
    rows = su.rows("mail.activity", ids)
    kinds = su.rows("mail.activity.type", sorted({row["activity_type_id"] for row in rows}))
    every = su.engine.release.keeps_done_activities
    keeping = {kind["id"] for kind in kinds if every or kind["keep_done"]}
    kept = [row["id"] for row in rows if row["activity_type_id"] in keeping]
    if kept:
        su.write("mail.activity", kept, {"active": False, "date_done": su.today.isoformat()})
    su.unlink("mail.activity", [record for record in ids if record not in kept])


@method("mail.activity", "action_done")
def action_done(env: Env, ids: list[int]) -> int | bool:
    done: int | bool = action_feedback(env, ids)
    return done
