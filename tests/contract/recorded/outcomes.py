"""What was asked in the lines that hold an outcome only: told by their names, and by what came back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.contract.recorded import states
from tests.contract.recorded.captures import Captured
from tests.contract.recorded.states import State

PO, SO, PARTNER, PRODUCT = states.PO, states.SO, "res.partner", "product.product"
SPECIFICATION = {
    "name": {},
    "partner_id": {"fields": {"display_name": {}}},
    "order_line": {"fields": {"product_qty": {}, "product_id": {"fields": {"default_code": {}}}}},
}
VALUES = {"partner_id": 46}

ASKED: Mapping[str, tuple[str, str, str, list[Any], dict[str, Any]]] = {
    "apikey_generate_private": ("lab_agent", "res.users.apikeys", "_generate", ["rpc", "key", False], {}),
    "ctx_active_test": ("admin", PRODUCT, "search_count", [[]], {"context": {"active_test": False}}),
    "ctx_lang_missing": ("admin", PARTNER, "search_read", [[], ["name"]], {"context": {"lang": "xx_XX"}}),
    "ctx_positional_trap": ("admin", PRODUCT, "read", [[50], ["free_qty"]], {"context": {"warehouse_id": 3}}),
    "ctx_tz": ("admin", SO, "read", [[48], ["date_order"]], {"context": {"tz": "Asia/Tokyo"}}),
    "err_bad_domain_field": ("admin", PARTNER, "search", [[["nofield", "=", 1]]], {}),
    "err_bad_domain_op": ("admin", PARTNER, "search", [[["name", "like it", "x"]]], {}),
    "err_bad_field_read": ("admin", PARTNER, "read", [[1], ["nofield"]], {}),
    "err_bad_selection": ("admin", PARTNER, "write", [[1], {"type": "zzz"}], {}),
    "err_browse_dunder": ("admin", SO, "browse", [[]], {}),
    "err_init_dunder": ("admin", SO, "__class__", [], {}),
    "err_missing_mixed_read": ("admin", "res.company", "read", [[1, 999999], ["name"]], {}),
    "err_missing_read": ("admin", SO, "read", [[999999], ["name"]], {}),
    "err_missing_write": ("admin", SO, "write", [[999999], {"origin": "x"}], {}),
    "err_no_method": ("admin", SO, "nope_method", [[1]], {}),
    "err_no_model": ("admin", "nope.model", "search", [[]], {}),
    "err_private": ("admin", SO, "_compute_amounts", [[1]], {}),
    "err_unserializable": ("admin", SO, "env", [], {}),
    "err_wrong_args": ("admin", SO, "search_read", [[], ["name"]], {"foo": 1}),
    "idem_ref_missing": ("lab_buyer", "ir.model.data", "check_object_reference", ["exc", "does_not_exist"], {}),
    "m_check_access_rights": ("lab_seller", PO, "check_access_rights", ["write"], {"raise_exception": False}),
    "m_default_get": ("admin", PO, "default_get", [["picking_type_id", "date_order", "company_id"]], {}),
    "m_has_access": ("admin", PO, "has_access", ["write"], {}),
    "m_has_group_short": ("admin", "res.users", "has_group", ["base.group_user"], {}),
    "m_name_get": ("admin", PARTNER, "name_get", [[1]], {}),
    "m_name_search": ("admin", PARTNER, "name_search", ["Lab Vendor"], {}),
    "m_read_group": ("admin", PO, "read_group", [[], ["amount_total:sum"], ["state"]], {}),
    "m_search_fetch": ("admin", PO, "search_fetch", [[], ["name"]], {"limit": 1}),
    "m_web_search_read": ("admin", PO, "web_search_read", [[], SPECIFICATION], {"limit": 1}),
    "odoorpc_create_list_returns": ("admin", SO, "create", [[VALUES, VALUES]], {}),
    "odoorpc_create_returns": ("admin", SO, "create", [VALUES], {}),
    "odoorpc_env_contains_as_buyer": ("lab_buyer", "ir.model", "search", [[["model", "=", SO]]], {}),
    "odoorpc_env_context": ("admin", "res.users", "context_get", [], {}),
    "odoorpc_execute_kw_sends_no_user_context": ("admin", "res.users", "context_get", [], {}),
    "ok_none_result": ("admin", PO, "button_cancel", [[1]], {}),
    "ok_sudo": ("admin", SO, "sudo", [[1]], {}),
    "po_confirm_side_effect_supplierinfo": (
        "admin",
        "product.supplierinfo",
        "search_read",
        [[["product_tmpl_id.name", "=", "LAB-NOVENDOR product"]], ["partner_id", "price", "delay", "min_qty"]],
        {},
    ),
    "write_readonly_related_silently": ("admin", states.POL, "write", [[1], {"partner_id": 45}], {}),
    "write_str_for_m2o": ("admin", SO, "write", [[48], {"user_id": "9"}], {}),
}
"""Who asked, the model, the method, and the arguments."""

FROM: Mapping[str, State] = {
    "m_read_group": states.open_po,
    "ok_none_result": states.rfq,
    "m_search_fetch": states.open_po,
    "m_web_search_read": states.open_po,
    "po_confirm_side_effect_supplierinfo": states.first_bought_here,
}
"""The state where it is not the lab as it is."""


def told(call: Captured) -> Captured:
    """The line with what was asked in it, where that is known."""
    if call.name not in ASKED:
        return call
    user, model, method, args, kwargs = ASKED[call.name]
    return replace(call, user=user, model=model, method=method, args=args, kwargs=kwargs)
