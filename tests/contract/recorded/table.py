"""From which state each recorded call is made, which are left out, and why."""

from collections.abc import Mapping
from functools import cache

from tests.contract.recorded import loads, outcomes, states
from tests.contract.recorded.states import State

TAKEN: Mapping[State, str] = {
    states.nothing: """
        act_bad_model act_create act_create_quiet act_create_res_model act_missing_rec act_schedule
        agent_activity_default_res_model agent_activity_via_schedule agent_ir_model_get_id
        agent_ir_model_read agent_msg_note atomic_create_list_fail cost_read_as_seller
        err_access_field_group err_access_read idem_dup_po_1 idem_dup_po_2 idem_dup_so_1 idem_dup_so_2
        idem_load_bad idem_load_po idem_load_po_line_ids idem_load_simple_picking idem_load_so idem_x1
        idem_xmlid_read_buyer incoming_moves_done last_update_read list_price_as_seller list_price_rollback
        list_price_write mc_buyer_avail_foreign_wh mc_buyer_other_company mc_ctx_allowed_2
        mc_ctx_allowed_foreign mc_po_create_company2 mc_po_create_ctx_company2 mc_po_mixed
        mc_standard_price_company_dep moves_return msg_bad_kw msg_bad_subtype msg_comment
        msg_comment_follower msg_default msg_html_marker msg_log_private msg_note msg_note_ctx_noemail
        msg_note_follower msg_note_partner_ids msg_subscribe_customer orderpoint_create
        orderpoint_max_lt_min orderpoint_scheduler partner_sale_warn_block pickings_return
        po_create_bad_date po_create_bad_date2 po_create_bad_partner po_create_bad_product po_create_list
        po_create_minimal po_create_neg_qty po_create_no_partner po_create_str_qty po_create_unknown_field
        price_from_so_onchange_like pricelist_price_via_ctx_deprecated
        quant_formatted_read_group quant_read_group read_avail_ctx_bad_warehouse read_avail_ctx_location
        read_avail_ctx_location_name read_avail_ctx_to_date read_avail_ctx_warehouse
        read_avail_ctx_warehouse_id read_avail_ctx_warehouse_list read_avail_nocontext read_group_tz
        resource_new_po scrap_create scrap_reverse_transfer search_order_by_computed
        setup_quant_create_no_inventory_mode standard_price_write supplierinfo tag_create tz_iso_T tz_micro
        tz_offset tz_search_date_only tz_write_date_only tz_write_read xfer_create xfer_create_missing_type
        xfer_create_no_name_move xfer_create_old_move_lines_key xfer_return_wizard_create
    """,
    states.rfq: """
        po_print po_send_rfq_wizard
        idem_export_data orderpoint_po_cancel po_confirm_with_alternatives_ctx po_reconfirm
        po_unlink_confirmed_attempt_setup_confirm po_unlink_draft
    """,
    states.cancelled_po: """
        orderpoint_po_unlink po_cancel_twice po_confirm_cancelled po_draft_from_cancel
        po_unlock_on_cancelled
    """,
    states.purchase: """
        po_cancel_by_buyer po_confirm_twice po_draft_twice po_head_write_date_planned po_lock
        po_vendor_confirm_receipt_date resource_change_vendor_confirmed
    """,
    states.tracked_po: "po_tracking",
    states.locked_po: """
        po_cancel_locked po_unlock
    """,
    states.over_limit: """
        po_confirm_over_threshold_buyer
    """,
    states.to_approve: """
        po_approve_by_buyer po_approve_by_manager po_force_state_write
    """,
    states.part_received: """
        po_cancel_after_receipt po_cancel_received_partial po_create_invoice po_unlink_cancelled_received
    """,
    states.draft_bill: """
        po_cancel_with_draft_bill
    """,
    states.searchable_po: """
        idem_search_by_origin idem_xmlid_name_search
    """,
    states.confirmed_line: """
        po_line_negative_confirmed po_line_rollback po_line_unlink_confirmed po_line_write_date_planned
        resource_change_price_confirmed resource_line_negative resource_reduce_line resource_reduce_to_zero
    """,
    states.received_line: """
        po_receipt_recreate_qty_back po_receipt_recreate_qty_plus po_reduce_below_received
        po_reduce_below_received_confirmed po_reduce_to_received po_reduce_to_received_confirmed
    """,
    states.reduced_line: """
        po_increase_back
    """,
    states.emptied_line: """
        resource_rollback_increase
    """,
    states.locked_line: """
        po_write_line_locked
    """,
    states.open_po: """
        incoming_pickings po_heads po_lines_open
    """,
    states.draft_transfer: """
        err_access_write pick_lock_toggle pick_priority return_unlink xfer_confirm xfer_unlink_done
    """,
    states.reserved_transfer: """
        hold_delivery_unreserve overres_validate_p1 pick_change_source_location realloc_assign_nothing_left
        realloc_do_unreserve replenish_cancel_first return_cancel return_of_return_validate
        scrap_reverse_validate xfer_assign_twice xfer_cancel xfer_return_validate xfer_unlink_confirmed
        xfer_unreserve
    """,
    states.unreserved_transfer: """
        realloc_assign_other realloc_assign_p2 realloc_assign_rest realloc_rollback_assign unreserve_twice
        xfer_assign
    """,
    states.short_transfer: """
        xfer_assign_partial xfer_validate_no_backorder_ctx xfer_validate_skip_backorder_ctx
    """,
    states.starved_transfer: """
        overres_validate_p2 xfer_assign_zero xfer_validate
    """,
    states.cancelled_transfer: """
        xfer_cancel_twice xfer_confirm_after_cancel xfer_unlink_cancelled
    """,
    states.done_transfer: """
        done_write_scheduled
    """,
    states.searchable_transfer: """
        idem_origin_ilike_prefix
    """,
    states.receipt: """
        po_picking_write_deadline po_picking_write_scheduled po_receipt_cancel
    """,
    states.part_receipt: """
        receipt_partial_validate_backorder_ctx
    """,
    states.delivery: """
        deliver_with_email_flag so_pick_cancel
    """,
    states.expired_delivery: """
        deliver_expired_wizard deliver_skip_expired
    """,
    states.over_reserved: """
        product_avail_overres
    """,
    states.reserved_move: """
        realloc_assign_p2_move realloc_move_assign_private realloc_move_write_qty realloc_over_reserve
    """,
    states.to_return: """
        return_wizard_create
    """,
    states.empty_return: """
        return_create_zero return_exchange return_over_qty_write xfer_return_write_qty
    """,
    states.filled_return: """
        return_create return_of_return return_over_qty_create xfer_return_create
    """,
    states.outgoing: """
        moves_out_open moves_out_search_picking_code search_avail_domain search_freeqty_domain_wh
        so_commitment so_lines_open so_lines_open_stored_filter
    """,
    states.expired_stock: """
        exp_avail exp_avail_with_expiration
    """,
    states.lots: """
        lot_search_expiring read_avail_ctx_lot read_avail_expiry read_lots read_quants_lot
    """,
    states.quant: """
        quant_unlink_direct quant_unlink_rogue quant_write_quantity_direct
    """,
    states.vendor_price: """
        supplierinfo_unlink
    """,
    states.short_rule: """
        orderpoint_lead_json orderpoint_replenish_as_buyer orderpoint_replenish_as_stock_user
        orderpoint_snooze orderpoint_write_min_gt_max
    """,
    states.full_rule: """
        orderpoint_action_replenish orderpoint_write_back orderpoint_write_minmax
    """,
    states.a_rule: """
        orderpoint_create_dup orderpoint_read orderpoint_read_as_buyer orderpoint_search_qty_forecast
        orderpoint_search_qty_to_order
    """,
    states.merging_rule: """
        orderpoint_merge_replenish
    """,
    states.manual_rule: """
        orderpoint_qty_to_order_manual orderpoint_replenish_manual_qty
    """,
    states.unbuyable_rule: """
        orderpoint_no_vendor orderpoint_no_vendor_auto orderpoint_unarchive orderpoint_unlink
    """,
    states.quotation: """
        so_cancel_draft so_confirm_after_draft so_confirm_blocked_partner so_hold_by_sent
        so_quotation_send so_unlink_draft so_update_prices search_write_date_gt
    """,
    states.sent: """
        so_cancel_sent
    """,
    states.sale: """
        so_action_cancel so_action_cancel_ctx so_action_cancel_twice so_confirm_twice
        so_create_invoices_private so_draft_from_sale so_lock so_private_cancel so_reconfirm
        so_unlink_confirmed so_write_commitment so_write_commitment_back so_write_warehouse_confirmed
    """,
    states.cancelled_so: """
        so_action_draft so_cancel_ctx_twice so_draft_after_cancel so_unlink_cancelled
    """,
    states.locked_so: """
        so_cancel_locked so_unlock_as_seller so_write_commitment_locked so_write_locked_as_seller
        so_write_locked_false_direct so_write_locked_head
    """,
    states.delivered: """
        so_cancel_with_done_delivery
    """,
    states.tagged: """
        so_tag_add_twice so_tag_remove so_tag_search
    """,
    states.a_tag: """
        tag_create_dup
    """,
    states.sale_line: """
        so_line_qty_zero sol_price_as_seller sol_write_discount_draft sol_write_discount_gt100
        sol_write_price_draft sol_write_price_negative sol_write_qty_keeps_price sol_write_rollback
    """,
    states.confirmed_sale_line: """
        sol_rollback_confirmed sol_write_price_confirmed sol_write_price_invoiced
    """,
    states.locked_sale_line: """
        sol_write_discount_locked sol_write_price_locked
    """,
    states.cancel_wizard: """
        so_cancel_wizard_action so_cancel_wizard_create
    """,
    states.activity: """
        act_done act_feedback act_unlink
    """,
    loads.loaded_before: """
        idem_load_po_line_ids_twice idem_load_po_twice
    """,
    loads.loaded_and_confirmed: """
        idem_load_on_confirmed
    """,
    states.named_po: """
        idem_check_object_ref idem_get_external_id idem_xmlid_create_dup_admin
    """,
    states.of_somebody_else: """
        rule_read_forbidden rule_search_filtered rule_write_forbidden
    """,
    states.return_without_lines: """
        return_wizard_on_not_done_run
    """,
    states.closed_activity: """
        act_feedback_twice act_unlink_twice
    """,
    states.untagged: """
        so_tag_add
    """,
    states.message: """
        msg_unlink
    """,
    states.draft_scrap: """
        scrap_validate
    """,
    states.done_scrap: """
        scrap_do_scrap_twice scrap_unlink_done scrap_validate_twice
    """,
    states.short_scrap: """
        scrap_insufficient
    """,
    states.reserved_lots: """
        moveline_set_expired_lot
    """,
}
"""The names of the calls made from each state, in both versions."""

DIFFERENT: Mapping[int, Mapping[State, str]] = {
    19: {
        states.short_rule: "orderpoint_action_replenish",
        states.quotation: "so_reconfirm",
        states.done_transfer: "xfer_unlink_done",
        states.received_cancelled_po: "po_unlink_cancelled_received",
        states.reserved_transfer: "xfer_validate",
        states.short_transfer: "overres_validate_p2",
        states.to_return: "json2_wizard_create xfer_return_wizard_create",
        states.nothing: """
            json2_access_error json2_access_error_model json2_allowed_company_foreign json2_bad_field json2_bad_json
            json2_bad_key json2_context_get json2_create_dict json2_create_list json2_get_method json2_load
            json2_message_post json2_missing_ids json2_missing_record json2_no_db_header json2_no_key json2_no_method
            json2_no_model json2_password_as_key json2_positional_args json2_private json2_read_group json2_read_ids
            json2_read_missing json2_search_read json2_unknown_kwarg json2_user_error json2_validation_error json2_write
            json2_wrong_db
        """,
        states.rfq: "json2_button_confirm json2_button_cancel_None",
        states.less_stock: """
            read_avail_ctx_to_date read_avail_ctx_warehouse read_avail_ctx_warehouse_list read_avail_nocontext
        """,
    },
}
"""Calls that were recorded from another state in that version."""


@cache
def state_of(version: int) -> Mapping[str, State]:
    """The state for each name."""
    told = {name: state for state, names in TAKEN.items() for name in names.split()}
    told = {**dict.fromkeys(outcomes.ASKED, states.nothing), **outcomes.FROM, **told}
    return told | {name: state for state, names in DIFFERENT.get(version, {}).items() for name in names.split()}


EXACT = (
    "exp_avail",
    "exp_avail_with_expiration",
    "product_avail_overres",
    "read_avail_ctx_bad_warehouse",
    "read_avail_ctx_location",
    "read_avail_ctx_location_name",
    "read_avail_ctx_lot",
    "read_avail_ctx_to_date",
    "read_avail_ctx_warehouse",
    "read_avail_ctx_warehouse_id",
    "read_avail_ctx_warehouse_list",
    "read_avail_expiry",
    "read_avail_nocontext",
    "pricelist_price_via_ctx_deprecated",
    "cost_read_as_seller",
    "mc_standard_price_company_dep",
)
"""Calls whose figures, not only their shape, are the captured ones."""
