"""What a reordering rule finds: stock, forecast up to the vendor's lead time, and what to order."""

from collections import defaultdict
from datetime import timedelta

from scenarios.sandbox.business import availability, multiples, vendors
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.business.quantities import rounded
from scenarios.sandbox.env import Env, Raw, Record
from scenarios.sandbox.registry import compute

MODEL = "stock.warehouse.orderpoint"
LINE = "purchase.order.line"


@compute(MODEL, "qty_on_hand", "qty_forecast", "qty_to_order", "qty_to_order_computed", "lead_days_date")
def compute_need(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """Stock, forecast up to the vendor's lead time with open requests for quotation, and what to order."""
    rules = env.sudo().rows(MODEL, ids)
    horizons = {row["id"]: _horizon(env, row) for row in rules}
    drafts = _drafts(env, rules)
    figures = _availability(env, rules, horizons)
    found = {}
    for row in rules:
        there = figures[row["id"]]
        forecast = rounded(there["virtual_available"] + drafts[row["product_id"], row["location_id"]])
        wanted = _to_order(env, row, forecast)
        found[row["id"]] = {
            "qty_on_hand": there["qty_available"],
            "qty_forecast": forecast,
            "qty_to_order_computed": wanted,
            "qty_to_order": row["qty_to_order_manual"] or wanted,
            "lead_days_date": horizons[row["id"]][:10],
        }
    return found


def _horizon(env: Env, rule: Record) -> str:
    """The end of the day up to which a rule looks: on which an order of today would come, and the company's horizon."""
    further = int(one(env, "res.company", rule["company_id"]).get("horizon_days", 0))
    return (env.now + timedelta(days=lead(env, rule) + further)).strftime("%Y-%m-%d 23:59:59")


def arrival(env: Env, rule: Record) -> str:
    """The day on which an order of today would come."""
    return (env.now + timedelta(days=lead(env, rule))).date().isoformat()


def lead(env: Env, rule: Record) -> int:
    """Days from ordering to having."""
    seller = seller_of(env, rule)
    company = one(env, "res.company", rule["company_id"])
    return int(seller["delay"] + (company["po_lead"] or 0) + (company["days_to_purchase"] or 0)) if seller else 0


def seller_of(env: Env, rule: Record) -> Record | None:
    if rule["supplier_id"]:
        return one(env, vendors.MODEL, rule["supplier_id"])
    return next(iter(vendors.sellers(env, rule["product_id"], rule["company_id"])), None)


def _availability(env: Env, rules: list[Record], horizons: dict[int, str]) -> dict[int, dict[str, Raw]]:
    """One look at stock for all rules of one place and one horizon."""
    groups: defaultdict[tuple[int, str], list[Record]] = defaultdict(list)
    for row in rules:
        groups[row["location_id"], horizons[row["id"]]].append(row)
    found: dict[int, dict[str, Raw]] = {}
    for (location, until), group in groups.items():
        view = env.sudo().with_context(location=location, to_date=until, warehouse_id=False)
        figures = availability.compute_quantities(view, sorted({row["product_id"] for row in group}))
        found.update({row["id"]: figures[row["product_id"]] for row in group})
    return found


def _drafts(env: Env, rules: list[Record]) -> defaultdict[tuple[int, int], float]:
    """What open requests for quotation will bring, by product and place, in stock units."""
    states = ["draft", "sent", "to approve"]
    domain = [("product_id", "in", sorted({row["product_id"] for row in rules})), ("state", "in", states)]
    found: defaultdict[tuple[int, int], float] = defaultdict(float)
    for line in find(env, LINE, domain):
        found[line["product_id"], _destination(env, line)] += line["product_uom_qty"]
    return found


def _destination(env: Env, line: Record) -> int:
    if line["orderpoint_id"]:
        return int(one(env, MODEL, line["orderpoint_id"])["location_id"])
    order = one(env, "purchase.order", line["order_id"])
    return int(one(env, "stock.picking.type", order["picking_type_id"])["default_location_dest_id"])


def _to_order(env: Env, rule: Record, forecast: float) -> float:
    """Up to the maximum in whole packs; without a maximum at least what is missing."""
    if forecast >= rule["product_min_qty"]:
        return 0.0
    wanted = max(rule["product_min_qty"], rule["product_max_qty"]) - forecast
    return rounded(multiples.rounded_to_packs(env, rule, wanted))
