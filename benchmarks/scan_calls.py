"""How many calls and seconds a scan costs for 100, 1,000 and 10,000 products in four warehouses.

Beside it a loop that asks Odoo for each product in each warehouse, as one would write it first: availability, open
moves, reorder rule, open orders. It is measured on a sample of products and extrapolated, which is said in the output.
"""

import argparse
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import product as pairs

from agents.terms import TermsBook
from benchmarks.sandbox import Built, Served, serving
from domain.values import Json, Row
from graphs import KINDS
from scenarios.sandbox.engine import Engine
from scenarios.worlds import scale
from tools.reader import Reader

SIZES = (100, 1_000, 10_000)
SAMPLE = 50
"""Products of the naive loop."""


def world(engine: Engine, products: int) -> Built:
    made = scale.build(engine, products=products, warehouses=4, today=datetime.now(UTC).date())
    warehouses = tuple(warehouse.id for warehouse in made.warehouses)
    return Built(made.company, made.users["desk"].api_key, made.products, warehouses)


def measure(products: int) -> dict[str, float | int]:
    """One size, both ways, against the same sandbox."""
    with serving(partial(world, products=products)) as served:
        calls, read_s, detect_s, found = scanned(served)
        naive_calls, naive_s = naive(served)
    share = products / min(SAMPLE, products)
    return {
        "products": products,
        "warehouses": 4,
        "calls": calls,
        "seconds": round(read_s + detect_s, 2),
        "read_s": round(read_s, 2),
        "detect_s": round(detect_s, 2),
        "findings": found,
        "naive_calls": round(naive_calls * share),
        "naive_s_extrapolated": round(naive_s * share, 2),
        "naive_sample_products": min(SAMPLE, products),
        "ratio_calls": round(naive_calls * share / calls, 1),
        "ratio_seconds": round(naive_s * share / (read_s + detect_s), 1),
    }


def scanned(served: Served) -> tuple[int, float, float, int]:
    """Calls, seconds reading, seconds detecting, findings."""
    agent, now = KINDS["stockout"], datetime.now(UTC)
    reader = Reader(served.transport, served.world.company)
    started = time.perf_counter()
    picture = agent.read(reader, now, TermsBook())
    read = time.perf_counter()
    findings = agent.detect(picture, now, TermsBook())
    return reader.calls, read - started, time.perf_counter() - read, len(findings)


def naive(served: Served) -> tuple[int, float]:
    """Calls and seconds of the loop over a sample."""
    reader = Reader(served.transport, served.world.company)
    started = time.perf_counter()
    for product, warehouse in pairs(served.world.products[:SAMPLE], served.world.warehouses):
        ask_one(reader, product, warehouse)
    return reader.calls, time.perf_counter() - started


def ask_one(reader: Reader, product: int, warehouse: int) -> None:
    """What one would ask about one product in one warehouse."""
    here: Row = {"warehouse_id": warehouse}
    reader.read("product.product", [product], ["free_qty", "incoming_qty", "outgoing_qty"], context=here)
    still: list[Json] = [["product_id", "=", product], ["state", "not in", ["done", "cancel", "draft"]]]
    reader.rows("stock.move", ["date", "product_qty", "location_id", "location_dest_id"], still)
    rule: list[Json] = [["product_id", "=", product], ["warehouse_id", "=", warehouse]]
    reader.rows("stock.warehouse.orderpoint", ["product_min_qty", "product_max_qty"], rule)
    ordered: list[Json] = [["product_id", "=", product], ["order_id.state", "in", ["draft", "sent", "purchase"]]]
    reader.rows("purchase.order.line", ["product_qty", "date_planned"], ordered)


def main(sizes: Sequence[int] = SIZES) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, nargs="+", default=list(sizes))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    figures = [measure(products) for products in given.products]
    if given.json:
        print(json.dumps({"scans": figures}))
        return
    for size in figures:
        print("  ".join(f"{name} {figure}" for name, figure in size.items()))


if __name__ == "__main__":
    main()
