"""The windows that Odoo answers with where a person would go on in the web client; nothing has been done yet."""

from collections.abc import Sequence

from scenarios.sandbox.env import Env, Raw
from scenarios.sandbox.registry import method

COMPOSER = "mail.compose.message"


def window(
    env: Env,
    *,
    name: str,
    xml_id: str,
    path: Raw,
    model: str,
    record: int,
    domain: Raw,
    context: Raw,
    kinds: Sequence[str],
    target: str = "current",
) -> dict[str, Raw]:
    """A window as it is kept in Odoo's menus, which tells more of itself than one that a method makes up.

    Its text for an empty list (``help``) is Odoo's own prose and is left out here, as in the recorded calls.
    """
    groups = {"group_ids": [], "cache": True} if env.engine.release.windows_have_addresses else {"groups_id": []}
    return {
        "id": 1,
        "display_name": name,
        "name": name,
        "type": "ir.actions.act_window",
        "xml_id": xml_id,
        "path": path,
        "binding_model_id": False,
        "binding_type": "action",
        "binding_view_types": "list,form",
        "view_id": [1, name],
        "domain": domain,
        "context": context,
        "res_id": record,
        "res_model": model,
        "target": target,
        "view_mode": ",".join(kinds),
        "mobile_view_mode": "kanban",
        "views": [[False, kind] for kind in kinds],
        "limit": 80,
        "search_view_id": False if len(kinds) == 1 else [1, name],
        "embedded_action_ids": [],
        "filter": False,
        **groups,
    }


@method("purchase.order", "action_rfq_send")
def action_rfq_send(_env: Env, ids: list[int]) -> dict[str, Raw]:
    """The window in which a person writes to the vendor."""
    return {"name": "Compose Email", **_composer("purchase.order", ids)}


@method("sale.order", "action_quotation_send")
def action_quotation_send(env: Env, ids: list[int]) -> dict[str, Raw]:
    """The window in which a person writes to the customer."""
    named = {"name": "Send"} if env.engine.release.windows_have_addresses else {}
    return {**named, **_composer("sale.order", ids)}


def _composer(model: str, ids: list[int]) -> dict[str, Raw]:
    return {
        "type": "ir.actions.act_window",
        "view_mode": "form",
        "res_model": COMPOSER,
        "views": [[False, "form"]],
        "view_id": False,
        "target": "new",
        "context": {"default_model": model, "default_res_ids": ids, "default_composition_mode": "comment"},
    }


@method("purchase.order", "print_quotation")
def print_quotation(env: Env, ids: list[int]) -> dict[str, Raw]:
    """The request counts as sent, although nothing is printed before somebody has chosen how papers look."""
    every = env.engine.release.prints_any_order
    printed = [order["id"] for order in env.rows("purchase.order", ids) if every or order["state"] == "draft"]
    env.write("purchase.order", printed, {"state": "sent"})
    return window(
        env,
        name="Configure your document layout",
        xml_id="web.action_base_document_layout_configurator",
        path=False,
        model="base.document.layout",
        record=0,
        domain=False,
        context={},
        kinds=("form",),
        target="new",
    )
