"""What stands in the sandbox, record ids of reservation lines left out: for tests that compare before and after."""

from collections.abc import Mapping, Sequence

from domain.values import Json
from tests.tools.bench import Bench

RESERVATIONS: Mapping[str, Sequence[str]] = {
    "stock.move": ("id", "picking_id", "product_id", "product_uom_qty", "quantity", "state", "date", "date_deadline"),
    "stock.move.line": ("move_id", "location_id", "lot_id", "quantity", "state", "picked"),
    "stock.picking": ("id", "state", "scheduled_date", "date_deadline"),
    "stock.quant": ("product_id", "location_id", "lot_id", "quantity", "reserved_quantity"),
    "sale.order": ("id", "state", "locked", "tag_ids", "commitment_date", "delivery_status"),
    "stock.warehouse.orderpoint": ("id", "active", "product_min_qty", "product_max_qty"),
}


def standing(bench: Bench) -> dict[str, list[Sequence[Json]]]:
    """Every row that stock and sale actions can change, in an order that does not depend on ids of lines."""
    found: dict[str, list[Sequence[Json]]] = {}
    for model, fields in RESERVATIONS.items():
        root = bench.root().with_context(active_test=False)
        rows = root.rows(model, root.search(model, []))
        found[model] = sorted(([row[field] for field in fields] for row in rows), key=str)
    return found
