"""Which model a field leads to, for the fields that searches and lines of a document go through."""

from collections.abc import Mapping

LEADS: Mapping[tuple[str, str], str] = {
    ("product.product", "product_tmpl_id"): "product.template",
    ("product.product", "seller_ids"): "product.supplierinfo",
    ("product.product", "uom_id"): "uom.uom",
    ("product.supplierinfo", "product_id"): "product.product",
    ("product.supplierinfo", "product_tmpl_id"): "product.template",
    ("product.template", "seller_ids"): "product.supplierinfo",
    ("purchase.order", "order_line"): "purchase.order.line",
    ("purchase.order", "picking_type_id"): "stock.picking.type",
    ("purchase.order.line", "order_id"): "purchase.order",
    ("purchase.order.line", "product_id"): "product.product",
    ("sale.order", "order_line"): "sale.order.line",
    ("sale.order.line", "order_id"): "sale.order",
    ("sale.order.line", "product_id"): "product.product",
    ("stock.move", "location_dest_id"): "stock.location",
    ("stock.move", "location_id"): "stock.location",
    ("stock.move", "picking_id"): "stock.picking",
    ("stock.move", "picking_type_id"): "stock.picking.type",
    ("stock.move", "product_id"): "product.product",
    ("stock.move", "purchase_line_id"): "purchase.order.line",
    ("stock.move", "sale_line_id"): "sale.order.line",
    ("stock.picking", "move_ids"): "stock.move",
    ("stock.picking", "move_ids_without_package"): "stock.move",
    ("stock.quant", "location_id"): "stock.location",
    ("stock.quant", "lot_id"): "stock.lot",
    ("stock.quant", "product_id"): "product.product",
    ("stock.warehouse.orderpoint", "product_id"): "product.product",
}
