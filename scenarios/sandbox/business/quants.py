"""What lies where: stock per product, location and lot, and how much of it is spoken for."""

from typing import Literal, NamedTuple

from scenarios.sandbox.business import locations
from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.business.quantities import positive, rounded
from scenarios.sandbox.env import Env, Raw, Record, Values
from scenarios.sandbox.registry import compute, on_create, related

Lot = int | Literal[False]

related("stock.quant", "warehouse_id", "location_id.warehouse_id")
related("stock.quant", "product_tmpl_id", "product_id.product_tmpl_id")
related("stock.quant", "product_uom_id", "product_id.uom_id")
related("stock.quant", "product_categ_id", "product_id.categ_id")
related("stock.quant", "tracking", "product_id.tracking")


class Place(NamedTuple):
    """Where a quantity of a product lies."""

    product: int
    location: int
    lot: Lot = False


class Take(NamedTuple):
    """So much from one place."""

    place: Place
    quantity: float


@on_create("stock.quant")
def fill_quant(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """Stock appears without a move: Odoo lets a warehouse user do this, which is why the desk never does."""
    location = one(env, "stock.location", values["location_id"]) if values.get("location_id") else None
    return {
        "company_id": location["company_id"] if location else env.company,
        **_expiry(env, values.get("lot_id")),
        **values,
    }


def _expiry(env: Env, lot: Lot | None) -> dict[str, Raw]:
    if not lot:
        return {}
    row = one(env, "stock.lot", lot)
    return {"expiration_date": row["expiration_date"], "removal_date": row["removal_date"]}


def move_stock(env: Env, place: Place, quantity: float) -> None:
    """Add to (or with a negative quantity take from) what lies at a place; it may fall below zero."""
    found = _strict(env, place)
    if found:
        env.sudo().write("stock.quant", found["id"], {"quantity": rounded(found["quantity"] + quantity)})
    else:
        env.sudo().create("stock.quant", {**_values(place), "quantity": rounded(quantity)})


def hold(env: Env, place: Place, quantity: float) -> None:
    """Reserve (or with a negative quantity release) at a place, without asking whether so much is there."""
    found = _strict(env, place)
    if found:
        left = max(0.0, rounded(found["reserved_quantity"] + quantity))
        env.sudo().write("stock.quant", found["id"], {"reserved_quantity": left})
    elif quantity > 0:
        env.sudo().create("stock.quant", {**_values(place), "reserved_quantity": rounded(quantity)})


def overheld(env: Env, place: Place) -> float:
    """By how much more is reserved at a place than lies there."""
    found = _strict(env, place)
    return max(0.0, rounded(found["reserved_quantity"] - found["quantity"])) if found else 0.0


def _strict(env: Env, place: Place) -> Record | None:
    domain = [(field, "=", value) for field, value in _values(place).items()]
    found = env.sudo().rows("stock.quant", env.sudo().search("stock.quant", domain, order="id", limit=1))
    return found[0] if found else None


def _values(place: Place) -> dict[str, Raw]:
    return {"product_id": place.product, "location_id": place.location, "lot_id": place.lot}


def takes(env: Env, product: int, location: int, need: float, *, good_until: str) -> list[Take]:
    """From where to reserve up to ``need``: the first to expire, else the first that came in.

    Lots that expire, or from Odoo 19 on are to leave the shelf, before ``good_until`` are skipped when the product has
    expiry dates, and what was taken into the negative elsewhere in the branch is not promised twice.
    """
    quants = _candidates(env, product, location, good_until)
    free = sum(row["quantity"] - row["reserved_quantity"] for row in quants)
    left = rounded(min(need, free))
    found: list[Take] = []
    for row in quants:
        part = rounded(min(left, row["quantity"] - row["reserved_quantity"]))
        if positive(part):
            found.append(Take(Place(product, row["location_id"], row["lot_id"]), part))
            left = rounded(left - part)
    return found


def _candidates(env: Env, product: int, location: int, good_until: str) -> list[Record]:
    everything = env.sudo()
    domain = [("product_id", "=", product), ("location_id", "in", sorted(locations.within(env, [location])))]
    rows = find(env, "stock.quant", domain)
    if not everything.row("product.product", product)["use_expiration_date"]:
        return sorted(rows, key=lambda row: (not row["lot_id"], row["in_date"], row["id"]))
    ends = "expiration_date" if env.engine.release.counts_expired_lots else "removal_date"
    lasting = [row for row in rows if not row[ends] or row[ends] >= good_until]
    return sorted(lasting, key=lambda row: (not row["lot_id"], row["removal_date"] or "", row["in_date"], row["id"]))


@compute("stock.quant", "available_quantity", "on_hand")
def compute_available(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    found = {}
    for row in env.rows("stock.quant", ids):
        free = rounded(row["quantity"] - row["reserved_quantity"])
        found[row["id"]] = {"available_quantity": free, "on_hand": row["quantity"] > 0}
    return found


def refresh_expiry(env: Env, lots: list[int], dates: Values) -> None:
    """A lot's dates stand on its stock too, where reservation reads them."""
    ids = env.sudo().search("stock.quant", [("lot_id", "in", lots)])
    if ids:
        env.sudo().write("stock.quant", ids, dates)
