"""What the desk may read of Odoo: models, fields and search paths, each named; nothing that smells of a secret."""

from collections.abc import Iterable, Mapping

from tools.errors import NotAllowed

CONTEXT = frozenset({"active_test", "location", "to_date", "warehouse_id"})
"""Context keys a reader's caller may set beside company, language and time zone."""

_STAMPS = frozenset({"id", "display_name", "create_date", "create_uid", "write_date"})


def _fields(words: str) -> frozenset[str]:
    return _STAMPS | frozenset(words.split())


FIELDS: Mapping[str, frozenset[str]] = {
    "crm.tag": _fields("name"),
    "mail.activity": _fields("active activity_type_id date_deadline note res_id res_model summary user_id"),
    "mail.message": _fields("author_id body date message_type model res_id subtype_id"),
    "product.category": _fields("complete_name name parent_id"),
    "product.product": _fields(
        "active barcode categ_id code currency_id default_code free_qty incoming_qty is_storable list_price "
        "lst_price name outgoing_qty product_tmpl_id purchase_ok qty_available sale_ok seller_ids standard_price "
        "tracking type uom_id uom_po_id use_expiration_date virtual_available volume weight"
    ),
    "product.supplierinfo": _fields(
        "company_id currency_id date_end date_start delay discount min_qty partner_id price product_code product_id "
        "product_name product_tmpl_id product_uom sequence"
    ),
    "product.template": _fields(
        "active categ_id default_code list_price name purchase_ok sale_ok standard_price tracking type uom_id uom_po_id"
    ),
    "purchase.order": _fields(
        "amount_total amount_untaxed company_id currency_id date_approve date_order date_planned effective_date "
        "invoice_ids name order_line origin partner_id partner_ref picking_ids picking_type_id receipt_status state "
        "user_id write_uid"
    ),
    "purchase.order.line": _fields(
        "company_id currency_id date_approve date_order date_planned discount display_type move_dest_ids move_ids name "
        "order_id orderpoint_id partner_id price_subtotal price_unit product_id product_qty product_uom "
        "product_uom_qty qty_received state order_id.company_id order_id.date_approve order_id.effective_date "
        "order_id.partner_id order_id.picking_type_id order_id.picking_type_id.warehouse_id order_id.state "
        "product_id.active write_uid"
    ),
    "res.company": _fields(
        "currency_id days_to_purchase name parent_id partner_id po_double_validation po_double_validation_amount "
        "security_lead"
    ),
    "res.currency": _fields("active date decimal_places name rate rounding symbol"),
    "res.currency.rate": _fields("company_id company_rate currency_id name rate"),
    "res.partner": _fields(
        "active category_id commercial_partner_id company_id country_id customer_rank industry_id is_company "
        "name parent_id property_purchase_currency_id ref supplier_rank tz"
    ),
    "res.partner.category": _fields("name parent_id partner_ids"),
    "res.users": _fields("active company_id company_ids lang login name partner_id share tz"),
    "sale.order": _fields(
        "amount_total amount_untaxed client_order_ref commitment_date company_id currency_id currency_rate "
        "date_order delivery_status locked name order_line origin partner_id picking_ids pricelist_id state tag_ids "
        "user_id warehouse_id write_uid"
    ),
    "sale.order.line": _fields(
        "company_id currency_id customer_lead discount display_type move_ids name order_id order_partner_id "
        "price_reduce_taxexcl price_subtotal price_unit product_id product_uom product_uom_qty qty_delivered "
        "qty_to_deliver salesman_id scheduled_date state warehouse_id order_id.commitment_date order_id.company_id "
        "order_id.date_order order_id.partner_id order_id.state order_id.warehouse_id"
    ),
    "stock.location": _fields(
        "active company_id complete_name location_id name parent_path removal_strategy_id usage warehouse_id"
    ),
    "stock.lot": _fields("company_id expiration_date name product_id removal_date use_date"),
    "stock.move": _fields(
        "company_id date date_deadline location_dest_id location_final_id location_id move_dest_ids "
        "move_orig_ids name origin origin_returned_move_id partner_id picked picking_code picking_id picking_type_id "
        "price_unit priority procure_method product_id product_qty product_uom product_uom_qty purchase_line_id "
        "quantity reference reservation_date sale_line_id state to_refund warehouse_id location_dest_id.usage "
        "location_dest_id.warehouse_id location_id.usage location_id.warehouse_id picking_id.origin "
        "picking_id.state picking_type_id.code product_id.active purchase_line_id.order_id sale_line_id.order_id "
        "write_uid"
    ),
    "stock.move.line": _fields(
        "company_id date location_dest_id location_id lot_id move_id picked picking_id product_id product_uom_id "
        "quantity quantity_product_uom result_package_id state"
    ),
    "stock.picking": _fields(
        "backorder_id company_id date_deadline date_done location_dest_id location_id move_ids move_type name origin "
        "partner_id picking_type_code picking_type_id return_ids sale_id scheduled_date state user_id"
    ),
    "stock.picking.type": _fields(
        "active code company_id default_location_dest_id default_location_src_id name warehouse_id"
    ),
    "stock.quant": _fields(
        "available_quantity company_id in_date inventory_date location_id lot_id package_id product_id "
        "product_uom_id quantity removal_date reserved_quantity warehouse_id location_id.usage "
        "location_id.warehouse_id lot_id.expiration_date product_id.active"
    ),
    "stock.warehouse": _fields(
        "active code company_id in_type_id int_type_id lot_stock_id name out_type_id partner_id view_location_id "
        "wh_input_stock_loc_id wh_output_stock_loc_id wh_pack_stock_loc_id wh_qc_stock_loc_id"
    ),
    "stock.warehouse.orderpoint": _fields(
        "active company_id location_id name product_id product_max_qty product_min_qty product_uom "
        "qty_forecast qty_multiple qty_on_hand qty_to_order route_id rule_ids supplier_id trigger "
        "warehouse_id product_id.active write_uid"
    ),
    "uom.uom": _fields("active category_id factor name rounding"),
}


def check_fields(model: str, wanted: Iterable[str]) -> None:
    """Raise NotAllowed unless each field of this model is named here."""
    known = FIELDS.get(model)
    if known is None:
        raise NotAllowed(f"reading {model} is not allowed; expected one of {', '.join(FIELDS)}")
    if strange := sorted(set(wanted) - known):
        raise NotAllowed(f"reading {', '.join(strange)} of {model} is not allowed; tools/allowlist.py names what is")


def check_domain(model: str, domain: Iterable[object]) -> None:
    """Raise NotAllowed unless the domain asks only about fields and paths that are named here."""
    leaves = [term for term in domain if not (isinstance(term, str) and term in {"&", "|", "!"})]
    check_fields(model, [_asked(leaf) for leaf in leaves])


def check_context(keys: Iterable[str]) -> None:
    """Raise NotAllowed unless each context key may be set by a caller."""
    if strange := sorted(set(keys) - CONTEXT):
        raise NotAllowed(f"context {', '.join(strange)} is not allowed; expected {', '.join(sorted(CONTEXT))}")


def _asked(leaf: object) -> str:
    match leaf:
        case [str() as field, str() as operator, _] if "any" not in operator:
            return field
    raise NotAllowed(f"expected a domain of [field, operator, value] terms, found {leaf!r}")
