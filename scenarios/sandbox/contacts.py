"""Names of contacts and product categories, which carry the names of what they belong to."""

from typing import Any

from scenarios.sandbox.env import Env
from scenarios.sandbox.registry import compute


@compute("res.partner", "complete_name", "commercial_partner_id", "company_type")
def _contact(env: Env, ids: list[int]) -> dict[int, dict[str, Any]]:
    """A contact of a company is called ``Company, Contact``; the company is who trades."""
    rows = env.engine.table("res.partner").rows
    found = {}
    for record in ids:
        row = rows[record]
        parent = rows.get(row.get("parent_id", 0))
        own = str(row.get("name") or "")
        company = bool(row.get("is_company"))
        found[record] = {
            "complete_name": f"{parent.get('name')}, {own}" if parent is not None and not company else own,
            "commercial_partner_id": record if company or parent is None else row["parent_id"],
            "company_type": "company" if company else "person",
        }
    return found


@compute("product.category", "complete_name")
def _category(env: Env, ids: list[int]) -> dict[int, dict[str, Any]]:
    """``All / Lighting / Lamps``."""
    rows = env.engine.table("product.category").rows

    def path(record: int) -> str:
        row = rows[record]
        above = row.get("parent_id")
        return f"{path(above)} / {row['name']}" if above else str(row["name"])

    return {record: {"complete_name": path(record)} for record in ids}
