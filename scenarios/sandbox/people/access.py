"""Who may do what: model rights by group, and records by company."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scenarios.sandbox.env import Env
from scenarios.sandbox.faults import AccessError
from scenarios.sandbox.fields import Model
from scenarios.sandbox.people import groups, rights

ROOT = 1
"""The user Odoo itself acts as."""

VERBS = {"read": "access", "write": "modify", "create": "create", "unlink": "delete"}
LETTERS = {"read": "r", "write": "w", "create": "c", "unlink": "u"}

UNRULED = frozenset({"ir.model.data", "mail.message", "res.users.apikeys", "stock.valuation.layer", "res.lang"})
"""Models whose company field hides nothing."""

ABOUT = "mail.activity"
"""What is about another document, and as open or closed as that."""

OWN = {"sale.order": "user_id", "sale.order.line": "salesman_id"}
"""Whose documents they are, where a salesperson may be held to the own ones."""


def companies(env: Env) -> tuple[int, ...]:
    """The companies in view, the current one first; AccessError for one that is not the user's."""
    own = _own_companies(env)
    asked = env.context.get("allowed_company_ids")
    if not asked:
        return own
    strangers = set(asked) - (set(env.engine.table("res.company").rows) if env.su else set(own))
    if strangers:
        raise AccessError("Access to unauthorized or invalid companies.")
    return tuple(asked)


def _own_companies(env: Env) -> tuple[int, ...]:
    user = env.engine.table("res.users").rows.get(env.uid, {})
    default = user.get("company_id")
    every = user.get("company_ids") or ([default] if default else [])
    if env.uid == ROOT and not every:
        every = sorted(env.engine.table("res.company").rows)
    first = [default] if default else []
    return tuple(first + [c for c in sorted(every) if c != default])


def has_group(env: Env, uid: int, xmlid: str) -> bool:
    """Whether the user is in that group, by itself or by implication; an unknown group has nobody."""
    return xmlid in env.engine.groups_of(uid)


def may(env: Env, model: str, operation: str) -> bool:
    """Whether the user's groups allow the operation on the model at all."""
    if env.su:
        return True
    granted_to = rights.of(model, narrow=env.engine.release.narrow_catalogue)
    letter = LETTERS[operation]
    mine = env.engine.groups_of(env.uid)
    return any(letter in granted for group, granted in granted_to.items() if group in mine)


def check_model(env: Env, model: str, operation: str) -> None:
    """AccessError, worded as Odoo words it, when no group of the user allows it."""
    if may(env, model, operation):
        return
    release = env.engine.release
    mighty = rights.allowed(model, LETTERS[operation], narrow=release.narrow_catalogue)
    names = sorted(groups.called(group, newer=release.renames_groups) for group in mighty)
    who = "This operation is allowed for the following groups:\n\t- " + "\n\t- ".join(names)
    raise AccessError(
        f"You are not allowed to {VERBS[operation]} '{env.engine.model(model).label}' ({model}) records.\n\n"
        f"{who if names else 'No group currently allows this operation.'}\n\n"
        "Contact your administrator to request access if necessary."
    )


def check(env: Env, model: str, operation: str, ids: Sequence[int]) -> None:
    """Model rights, then record rules on each existing record."""
    if env.su:
        return
    if operation == "write":
        check_model(env, model, "read")
    check_model(env, model, operation)
    if model == ABOUT:
        _check_work(env, operation, ids)
    shown = visible(env, model, ids)
    rows = env.engine.table(model).rows
    hidden = [i for i in ids if i in rows and i not in shown]
    if hidden and _only_own(env, model) and _of_their_companies(env, model, hidden):
        raise AccessError(_secret(env, model, "read"))
    if hidden:
        raise AccessError(
            f"{_secret(env, model, operation)}\n\nThis seems to be a multi-company issue, but you do not have access "
            "to the proper company to access the record anyhow."
        )


def _check_work(env: Env, operation: str, ids: Sequence[int]) -> None:
    """Work on a document is seen by whoever is to do it or may read that, and changed by whoever may write on it."""
    if operation == "write" and (closed := sorted(set(ids) - _at_hand(env, "write", ids))):
        raise AccessError(insecure(env, "Activity", "write", closed))
    if operation != "create" and set(ids) - _at_hand(env, "read", ids):
        raise AccessError(_secret(env, ABOUT, "read"))


def _at_hand(env: Env, operation: str, ids: Iterable[int]) -> set[int]:
    """Activities of the user's own, and those about documents with which the user may do this; missing ones too."""
    rows = env.engine.table(ABOUT).rows
    return {i for i in ids if i not in rows or rows[i].get("user_id") == env.uid or _open(env, operation, rows[i])}


def _open(env: Env, operation: str, activity: Mapping[str, Any]) -> bool:
    model, record = activity.get("res_model"), activity.get("res_id")
    if not model or not record:
        return activity.get("create_uid") == env.uid
    return may(env, model, operation) and record in visible(env, model, [record])


def insecure(env: Env, what: str, operation: str, records: list[int]) -> str:
    """How Odoo refuses what has to do with a document that is closed to the user."""
    told = ", ".join(map(str, records)) if env.engine.release.answers_with_records else str(records)
    return (
        "The requested operation cannot be completed due to security restrictions. Please contact your system "
        f"administrator.\n\n(Document type: {what}, Operation: {operation})\n\n"
        f"Records: {told}, User: {env.uid}"
    )


def _secret(env: Env, model: str, operation: str) -> str:
    return (
        "Uh-oh! Looks like you have stumbled upon some top-secret records.\n\n"
        f"Sorry, {env.engine.login_name(env.uid)} (id={env.uid}) doesn't have '{operation}' access to:\n"
        f"- {env.engine.model(model).label} ({model})\n\n"
        "If you really, really need access, perhaps you can win over your friendly administrator with a batch of "
        "freshly baked cookies."
    )


def visible(env: Env, model: str, ids: Iterable[int]) -> set[int]:
    """Those of the records that record rules let the user see."""
    found = _of_their_companies(env, model, ids)
    if model == ABOUT and not env.su:
        return _at_hand(env, "read", found)
    if env.su or not _only_own(env, model):
        return found
    rows = env.engine.table(model).rows
    return {i for i in found if rows[i].get(OWN[model], False) in (False, env.uid)}


def _only_own(env: Env, model: str) -> bool:
    """A salesperson without the right to all leads sees their own documents and those of nobody."""
    mine = env.engine.groups_of(env.uid)
    return model in OWN and groups.SELLER in mine and groups.SELLERS_ALL not in mine


def _of_their_companies(env: Env, model: str, ids: Iterable[int]) -> set[int]:
    rows = env.engine.table(model).rows
    field = ruled_by(env.engine.model(model))
    if env.su or field is None or _sees_every_company(env) or _rules_companies(env, model):
        return {i for i in ids if i in rows}
    mine = set(env.companies)
    return {i for i in ids if i in rows and _shared(_company(env, model, rows[i], i, field), mine)}


def ruled_by(model: Model) -> str | None:
    """The field that says whose a record is; None where rules do not ask."""
    if model.name in UNRULED:
        return None
    if model.name == "res.company":
        return "id"
    if model.name == "res.users":
        return "company_ids"
    if model.delegate:
        return model.delegate[0]
    field = model.fields.get("company_id")
    return "company_id" if field is not None and field.column else None


def _company(env: Env, model: str, row: dict[str, Any], record: int, field: str) -> Any:
    if field == "id":
        return record
    if model == "product.product":
        return env.engine.table("product.template").rows.get(row["product_tmpl_id"], {}).get("company_id")
    return row.get(field)


def _shared(company: Any, mine: set[int]) -> bool:
    """No company means everybody's; a user of several is seen from each of them."""
    if isinstance(company, list):
        return not company or bool(mine & set(company))
    return not company or company in mine


def _rules_companies(env: Env, model: str) -> bool:
    """Whoever gives rights sees companies to which nobody belongs yet."""
    return model == "res.company" and has_group(env, env.uid, groups.RIGHTS)


def _sees_every_company(env: Env) -> bool:
    return len(env.companies) >= len(env.engine.table("res.company").rows)
