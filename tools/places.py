"""Whether locations and operation types belong to the company that acts: Odoo itself does not always ask."""

from collections.abc import Sequence

from domain.ports import Reads
from domain.refusals import Refusal
from tools.reads.parsing import label, link, text


def misplaced(
    reads: Reads, *, picking_type: int, code: str, warehouse: int, locations: Sequence[int] = ()
) -> Refusal | None:
    """Why this operation type and these locations may not be used together by the reader's company."""
    kinds = reads.read("stock.picking.type", [picking_type], ["active", "code", "company_id", "warehouse_id"])
    if not kinds or not kinds[0]["active"] or text(kinds[0], "code") != code:
        return _no(f"operation type {picking_type} is not an active {code} one")
    if link(kinds[0], "company_id") != reads.company or link(kinds[0], "warehouse_id") != warehouse:
        return _no(f"operation type {picking_type} belongs to {label(kinds[0], 'warehouse_id') or 'no warehouse'}")
    rows = reads.read("stock.location", locations, ["active", "company_id", "usage"])
    if len(rows) != len(set(locations)):
        return _no(f"not every location of {', '.join(map(str, locations))} is in sight")
    for row in rows:
        if link(row, "company_id") != reads.company or text(row, "usage") != "internal" or not row["active"]:
            return _no(f"location {row['id']} is not an active internal one of company {reads.company}")
    return None


def _no(reason: str) -> Refusal:
    return Refusal(guard="precondition", reason=reason)
