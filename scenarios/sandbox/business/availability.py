"""How much of each product is there, free, coming and going, over the warehouses in view or the one asked for."""

from collections import defaultdict
from typing import NamedTuple, TypeAlias

from scenarios.sandbox.business import locations
from scenarios.sandbox.business.finding import find
from scenarios.sandbox.business.quantities import rounded
from scenarios.sandbox.env import Env, Raw
from scenarios.sandbox.faults import MissingError
from scenarios.sandbox.people import access
from scenarios.sandbox.registry import compute

OPEN = ["waiting", "confirmed", "assigned", "partially_available"]
KITS = "mrp.bom"
"""Whoever may not read kits cannot be told what there is of a product."""

FIELDS = ("qty_available", "free_qty", "virtual_available", "incoming_qty", "outgoing_qty")


Sums: TypeAlias = defaultdict[int, float]
"""Quantities by product."""


class Flow(NamedTuple):
    """Quantities in and out of the branches in view, by product."""

    coming: dict[int, float]
    going: dict[int, float]


@compute("product.product", *FIELDS)
def compute_quantities(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """One pass over stock and one over open moves, for any number of products.

    The context keys ``warehouse_id``, ``location``, ``lot_id``, ``from_date`` and ``to_date`` narrow the view;
    ``warehouse`` is not looked at, as in Odoo. Whether expired lots count as free differs between releases.
    """
    access.check_model(env, KITS, "read")
    view = _view(env)
    stock, held, stale = _stock(env, ids, view)
    flow = _open_moves(env, ids, view)
    past = _done_since(env, ids, view)
    return {
        product: _figures(
            rounded(stock[product] - past.coming.get(product, 0.0) + past.going.get(product, 0.0)),
            held[product],
            stale[product],
            flow.coming.get(product, 0.0),
            flow.going.get(product, 0.0),
        )
        for product in ids
    }


def _figures(there: float, held: float, stale: float, coming: float, going: float) -> dict[str, Raw]:
    return {
        "qty_available": there,
        "free_qty": rounded(there - held - stale),
        "incoming_qty": rounded(coming),
        "outgoing_qty": rounded(going),
        "virtual_available": rounded(there + coming - going - stale),
    }


def _view(env: Env) -> frozenset[int]:
    """The locations that the context asks for; else every warehouse of the companies in view."""
    named = _listed(env.context.get("location"))
    asked = _listed(env.context.get("warehouse_id"))
    inside = locations.within(env, _by_id_or_name(env, "stock.location", named)) if named else None
    if not asked and inside is not None:
        return inside
    branches = locations.within(env, _branches(env, asked))
    return branches if inside is None else inside & branches


def _listed(value: Raw) -> list[Raw]:
    return value if isinstance(value, list) else [value] if value else []


def _by_id_or_name(env: Env, model: str, wanted: list[Raw]) -> list[int]:
    by_path = model == "stock.location" and env.engine.release.finds_places_by_path
    name = "complete_name" if by_path else "name"
    ids = [value for value in wanted if isinstance(value, int)]
    for value in wanted:
        if isinstance(value, str):
            ids += env.search(model, [(name, "ilike", value)])
    return ids


def _branches(env: Env, asked: list[Raw]) -> list[int]:
    """The top locations of the warehouses asked for; a warehouse that is not there is missed, one not seen refused."""
    if not asked:
        mine = env.sudo().search("stock.warehouse", [("company_id", "in", list(env.companies))])
        return [row["view_location_id"] for row in env.sudo().rows("stock.warehouse", mine)]
    wanted = _by_id_or_name(env, "stock.warehouse", asked)
    for warehouse in wanted:
        if not env.exists("stock.warehouse", [warehouse]):
            raise MissingError.of("stock.warehouse", warehouse, env.uid)
    return [row["view_location_id"] for row in env.value("stock.warehouse", wanted, ["view_location_id"])]


def _stock(env: Env, products: list[int], view: frozenset[int]) -> tuple[Sums, Sums, Sums]:
    """What lies there, what of it is held, and what is neither held nor good any more where that is not counted."""
    there, held, stale = Sums(float), Sums(float), Sums(float)
    until = "" if env.engine.release.counts_expired_lots else env.context.get("to_date") or f"{env.today} 00:00:00"
    domain: list[Raw] = [("product_id", "in", products)]
    if env.context.get("lot_id"):
        domain.append(("lot_id", "=", env.context["lot_id"]))
    for row in find(env, "stock.quant", domain):
        if row["location_id"] in view:
            there[row["product_id"]] += row["quantity"]
            held[row["product_id"]] += row["reserved_quantity"]
            if row["removal_date"] and row["removal_date"] <= until:
                stale[row["product_id"]] += row["quantity"] - row["reserved_quantity"]
    return there, held, stale


def _open_moves(env: Env, products: list[int], view: frozenset[int]) -> Flow:
    domain: list[Raw] = [("product_id", "in", products), ("state", "in", OPEN)]
    if env.context.get("from_date"):
        domain.append(("date", ">=", env.context["from_date"]))
    if env.context.get("to_date"):
        domain.append(("date", "<=", env.context["to_date"]))
    return _flow(env, domain, view, "product_qty")


def _done_since(env: Env, products: list[int], view: frozenset[int]) -> Flow:
    """What moved after ``to_date`` when that lies in the past: the stock of that day is today's without it."""
    until = str(env.context.get("to_date") or "")
    if not until or until >= env.stamp[: len(until)]:
        return Flow({}, {})
    return _flow(env, [("product_id", "in", products), ("state", "=", "done"), ("date", ">", until)], view, "quantity")


def _flow(env: Env, domain: list[Raw], view: frozenset[int], field: str) -> Flow:
    coming: defaultdict[int, float] = defaultdict(float)
    going: defaultdict[int, float] = defaultdict(float)
    for row in find(env, "stock.move", domain):
        leaves, arrives = row["location_id"] in view, (row["location_final_id"] or row["location_dest_id"]) in view
        if leaves != arrives:
            (coming if arrives else going)[row["product_id"]] += row[field]
    return Flow(coming, going)


@compute("product.template", "qty_available", "virtual_available", "incoming_qty", "outgoing_qty")
def compute_template_quantities(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """The sum over a template's variants."""
    variants = find(env, "product.product", [("product_tmpl_id", "in", ids)])
    figures = compute_quantities(env, [row["id"] for row in variants])
    found: dict[int, dict[str, Raw]] = {tmpl: dict.fromkeys(FIELDS, 0.0) for tmpl in ids}
    for row in variants:
        total = found[row["product_tmpl_id"]]
        for field in FIELDS:
            total[field] = rounded(total[field] + figures[row["id"]][field])
    return found
