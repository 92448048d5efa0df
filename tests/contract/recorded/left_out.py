"""Recorded lines that are not made again, by name, and why."""

from collections.abc import Mapping

LEFT_OUT: Mapping[str, str] = {
    "text messages to customers are not part of the sandbox": "deliver_sms_wizard",
    "routes between warehouses are not simulated: transfers are made directly": """
        orderpoint_resupply_replenish orderpoint_set_route
    """,
    "describes a screen of the web client": "quant_action_clear",
    "tried role by role in a test of its own": "_access_matrix",
    "API keys are made in the web client": """
        apikey_identitycheck apikey_make_key apikey_wizard_create session_api_key_wizard session_identity_run
        session_identity_write session_make_key
    """,
    "said by the client library, not by Odoo": """
        err_env_browse_missing odoorpc_env_browse_as_buyer odoorpc_env_model_as_buyer odoorpc_env_ref
        odoorpc_env_ref_as_buyer
    """,
    "the web client's own address, which nothing else uses": "err_session_expired_call_kw",
    "calls run one after the other in the sandbox": """
        err_serialization_exhausted idem_load_parallel ok_waits_for_row_lock
    """,
}

REASON_OF: Mapping[str, str] = {name: reason for reason, names in LEFT_OUT.items() for name in names.split()}

OUTSIDE = "the desk neither reads nor writes the model: credit notes, invoices, price lists, mail, reports, wizards"
"""Why lines of models that only the sandbox has are not all made again."""
