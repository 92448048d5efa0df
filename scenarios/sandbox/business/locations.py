"""Stock locations form a tree; a warehouse is one of its branches."""

from collections.abc import Iterable
from typing import Literal

from scenarios.sandbox.business.finding import one
from scenarios.sandbox.env import Env, Raw, Record, Values
from scenarios.sandbox.registry import after_create, after_write, on_create

Outside = Literal["supplier", "customer", "inventory"]

BYPASS = frozenset({"supplier", "customer", "inventory", "production"})
"""Usages that never run out: nothing is reserved there."""

NAMES: dict[Outside, str] = {"supplier": "Vendors", "customer": "Customers", "inventory": "Inventory adjustment"}


def within(env: Env, roots: Iterable[int]) -> frozenset[int]:
    """The given locations and all below them, archived ones too."""
    everywhere = env.sudo().with_context(active_test=False)
    return frozenset(everywhere.search("stock.location", [("id", "child_of", list(roots))]))


def outside(env: Env, usage: Outside) -> int:
    """The location where goods come from or go to, outside the warehouses; made when there is none."""
    found = env.sudo().search("stock.location", [("usage", "=", usage)], order="id", limit=1)
    if found:
        return found[0]
    return env.sudo().create("stock.location", {"name": NAMES[usage], "usage": usage, "company_id": False})


def endless(env: Env, location: int) -> bool:
    """Whether goods may be taken there without being in stock."""
    return one(env, "stock.location", location)["usage"] in BYPASS


@on_create("stock.location")
def fill_location(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    """Places inside belong to a company; vendors, customers and losses are shared by all."""
    inside = values.get("usage", "internal") == "internal"
    return {"company_id": env.company if inside else False, **values}


@after_create("stock.location")
def place_new(env: Env, ids: list[int], _values: Values) -> None:
    _place(env.sudo(), ids)


@after_write("stock.location")
def place_again(env: Env, ids: list[int], values: Values) -> None:
    if values.keys() & {"name", "location_id", "usage"}:
        _place(env.sudo(), sorted(within(env, ids)))


def _place(env: Env, ids: list[int]) -> None:
    """Write down where in the tree each location stands: its path, full name and warehouse."""
    for location in ids:
        row = env.row("stock.location", location)
        parent = env.row("stock.location", row["location_id"]) if row["location_id"] else None
        path = f"{parent['parent_path'] if parent else ''}{location}/"
        name = f"{parent['complete_name']}/{row['name']}" if parent and row["usage"] != "view" else row["name"]
        place = {"parent_path": path, "complete_name": name, "warehouse_id": _warehouse(env, path)}
        env.write("stock.location", [location], place)


def _warehouse(env: Env, path: str) -> int | Literal[False]:
    """The warehouse whose branch holds the path, the nearest first."""
    above = [int(step) for step in path.split("/") if step]
    found: list[Record] = env.rows(
        "stock.warehouse",
        env.with_context(active_test=False).search("stock.warehouse", [("view_location_id", "in", above)]),
    )
    nearest = sorted(found, key=lambda row: above.index(row["view_location_id"]))
    return int(nearest[-1]["id"]) if nearest else False
