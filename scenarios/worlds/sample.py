"""Draws the small committed sample of real products, demand, customers and lead times from two public data sets.

``python -m scenarios.worlds.sample FOLDER`` wants ``online_retail/*.csv.gz`` and ``scms/*.csv.gz`` below the folder.
"""

import csv
import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import fmean, median_low, pstdev

DATA = Path(__file__).parent / "data"
WEEKS = 26
PRODUCTS = 140
CUSTOMERS = 60
VENDORS = 12
DELIVERIES = 40
CONTRACT_SIZE = 500
"""Order lines above this many units are one-off contracts, not demand."""
STEADY = 0.9
"""The most that a product's weekly demand may vary (deviation over mean) to be called typical."""


@dataclass
class Sold:
    """What one product did over the weeks."""

    names: Counter[str] = field(default_factory=Counter)
    prices: list[Decimal] = field(default_factory=list)
    weekly: Counter[date] = field(default_factory=Counter)
    turnover: Decimal = Decimal(0)


@dataclass
class Bought:
    """What one customer did, over all products."""

    country: str
    turnover: Decimal = Decimal(0)
    orders: set[str] = field(default_factory=set)


def main(arguments: Sequence[str]) -> int:
    """Write the sample; 2 when the public files are not there."""
    folder = Path(arguments[0]) if arguments else Path("data")
    try:
        sales, deliveries = one_file(folder / "online_retail"), one_file(folder / "scms")
    except FileNotFoundError as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    write_sample(sales, deliveries, DATA)
    return 0


def one_file(folder: Path) -> Path:
    """The one compressed table in a folder."""
    found = sorted(folder.glob("*.csv.gz"))
    if len(found) != 1:
        raise FileNotFoundError(
            f"expected one .csv.gz of the public data in {folder}, found {len(found)}: "
            "download it (see scenarios/worlds/README.md) and give its parent folder as the argument"
        )
    return found[0]


def write_sample(sales: Path, deliveries: Path, into: Path) -> None:
    sold, bought = read_sales(table(sales))
    weeks = sorted({week for product in sold.values() for week in product.weekly})[-WEEKS - 1 : -1]
    chosen = typical(sold, weeks)
    save(into / "products.csv", ("code", "name", "price"), (product_row(code, sold[code]) for code in chosen))
    save(
        into / "demand.csv",
        ("code", *(week.isoformat() for week in weeks)),
        ([code, *(sold[code].weekly[week] for week in weeks)] for code in chosen),
    )
    save(into / "customers.csv", ("rank", "country", "turnover", "orders"), customer_rows(bought.values()))
    save(into / "lead_times.csv", ("vendor", "promised_days", "late_days"), lead_time_rows(table(deliveries)))


def table(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def save(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def read_sales(lines: Iterable[dict[str, str]]) -> tuple[dict[str, Sold], dict[str, Bought]]:
    """Products by code and customers by number, over all real sales lines."""
    sold: defaultdict[str, Sold] = defaultdict(Sold)
    bought: dict[str, Bought] = {}
    for line in filter(real_sale, lines):
        quantity, price = int(line["Quantity"]), Decimal(line["UnitPrice"])
        product, day = sold[line["StockCode"].upper()], date.fromisoformat(line["InvoiceDate"][:10])
        product.names[line["Description"].strip()] += 1
        product.prices.append(price)
        product.weekly[day - timedelta(days=day.weekday())] += quantity
        product.turnover += quantity * price
        if line["CustomerID"]:
            customer = bought.setdefault(line["CustomerID"], Bought(line["Country"]))
            customer.turnover += quantity * price
            customer.orders.add(line["InvoiceNo"])
    return sold, bought


def real_sale(line: dict[str, str]) -> bool:
    """A sale of goods: no cancellation, no manual or postage code, a price, a name, and an everyday quantity."""
    return (
        not line["InvoiceNo"].startswith("C")
        and line["StockCode"][:5].isdigit()
        and bool(line["Description"].strip())
        and Decimal(line["UnitPrice"]) > 0
        and 0 < int(line["Quantity"]) <= CONTRACT_SIZE
    )


def typical(sold: dict[str, Sold], weeks: Sequence[date]) -> list[str]:
    """The best-selling products among those that sell steadily, week after week."""
    steady = [code for code, product in sold.items() if is_steady([product.weekly[week] for week in weeks])]
    return sorted(steady, key=lambda code: (-sold[code].turnover, code))[:PRODUCTS]


def is_steady(weekly: Sequence[int]) -> bool:
    return min(weekly) > 0 and pstdev(weekly) / fmean(weekly) <= STEADY


def product_row(code: str, product: Sold) -> tuple[str, str, Decimal]:
    return code, product.names.most_common(1)[0][0], median_low(product.prices)


def customer_rows(bought: Iterable[Bought]) -> Iterator[tuple[int, str, Decimal, int]]:
    """The best customers by turnover, without their numbers."""
    best = sorted(bought, key=lambda customer: (-customer.turnover, customer.country))[:CUSTOMERS]
    for rank, customer in enumerate(best, 1):
        yield rank, customer.country, round(customer.turnover, 2), len(customer.orders)


def lead_time_rows(lines: Iterable[dict[str, str]]) -> Iterator[tuple[str, int, int]]:
    """Late (negative: early) and promised days of the busiest vendors' direct deliveries, at even ranks of lateness."""
    by_vendor: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for line in lines:
        if line["fulfill_via"] == "Direct Drop" and line["po_date"] and line["po_date"] < line["sched"]:
            ordered, promised, delivered = (date.fromisoformat(line[day]) for day in ("po_date", "sched", "delivered"))
            by_vendor[line["vendor"]].append(((delivered - promised).days, (promised - ordered).days))
    busiest = sorted(by_vendor, key=lambda vendor: (-len(by_vendor[vendor]), vendor))[:VENDORS]
    for vendor in busiest:
        ranked = sorted(by_vendor[vendor])
        for place in range(DELIVERIES):
            late_days, promised_days = ranked[(2 * place + 1) * len(ranked) // (2 * DELIVERIES)]
            yield vendor, promised_days, late_days


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
