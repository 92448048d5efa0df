"""Looks for what in Odoo's data would blind the agents: what nobody entered, what contradicts itself, what is stale."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from desk.examining import Check
from desk.examining_flaws import (
    Lines,
    archived_in_use,
    below_zero,
    crossed_rule,
    no_address,
    no_cost,
    no_expiry,
    no_lead_time,
    no_price,
    no_promise,
    no_rate,
    no_route,
    no_vendor,
    no_vendor_price,
    rule_within_rule,
    stale_rate,
    strange_unit,
)
from desk.examining_stock import Stock, gathered
from domain.errors import DeskError
from domain.ports import Reads
from tools.reads.names import quoted

FIRST = 3
"""How many are named."""


class Finding(NamedTuple):
    """One way in which data blinds the desk."""

    name: str
    what: str
    """What was counted, in the plural."""
    costs: str
    """What the desk cannot tell because of it."""
    fix: str
    found: Callable[[Stock], Lines]


def data_checks(reads: Reads) -> Iterator[Check]:
    """What is wrong in one company, then all that is not; the number of calls grows with pages, never with products."""
    try:
        stock = gathered(reads)
    except DeskError as fault:
        yield Check(name="data", outcome="fail", found=str(fault), fix="let the desk's user read it; see doctor")
        return
    sound: list[str] = []
    for finding in FINDINGS:
        if found := finding.found(stock):
            yield check(finding, found)
        else:
            sound.append(finding.name)
    yield Check(name="data", outcome="ok", found=f"nothing wrong with {', '.join(sound) or 'anything else'}")


def check(finding: Finding, found: Lines) -> Check:
    """How many there are, and the first by name."""
    first = ", ".join(quoted(each) for each in found[:FIRST])
    more = f" and {len(found) - FIRST:,} more" if len(found) > FIRST else ""
    told = f"{len(found):,} {finding.what}: {first}{more}; {finding.costs}"
    return Check(name=f"data {finding.name}", outcome="warn", found=told, fix=finding.fix)


FINDINGS = (
    Finding("cost", "products without a cost", "their money at risk is their whole price", "enter Cost", no_cost),
    Finding(
        "price", "products sold without a price", "running out of them costs nothing", "enter Sales Price", no_price
    ),
    Finding(
        "vendor", "products without a vendor", "nobody can be asked for more", "enter one under Purchase", no_vendor
    ),
    Finding(
        "lead time",
        "products whose vendors take no days",
        "more is counted on tomorrow, unless receipts tell otherwise",
        "enter Delivery Lead Time with the vendor",
        no_lead_time,
    ),
    Finding(
        "vendor price",
        "vendors without a price",
        "the desk does not buy at a price of zero",
        "enter Unit Price with the vendor",
        no_vendor_price,
    ),
    Finding(
        "archived",
        "archived products in stock or on open orders",
        "they are delivered and never bought again",
        "unarchive them, or close their orders",
        archived_in_use,
    ),
    Finding(
        "unit",
        "order lines in a unit of another kind",
        "the quantity cannot be told, and their products go to a person",
        "correct the unit on the line",
        strange_unit,
    ),
    Finding(
        "currency",
        "vendors' currencies without an exchange rate",
        "what they ask cannot be compared",
        "enter a rate under Currencies",
        no_rate,
    ),
    Finding(
        "rate", "exchange rates older than 30 days", "costs are those of that day", "let rates be fetched", stale_rate
    ),
    Finding(
        "min/max",
        "reordering rules with a maximum below the minimum",
        "what is bought does not reach the minimum",
        "correct the rule",
        crossed_rule,
    ),
    Finding(
        "route",
        "reordering rules without a route",
        "Odoo buys nothing by them",
        "set a route on the rule or the product",
        no_route,
    ),
    Finding(
        "rules twice",
        "reordering rules within the place of another one",
        "the greater of the two holds, and the desk changes neither",
        "keep one of them",
        rule_within_rule,
    ),
    Finding("address", "warehouses without an address", "vendors do not know where to", "enter an Address", no_address),
    Finding(
        "promise",
        "ordered lines without a date",
        "they are counted on for today",
        "enter Expected Arrival",
        no_promise,
    ),
    Finding(
        "negative",
        "places with less than nothing in stock",
        "what there really is cannot be told",
        "count it under Physical Inventory",
        below_zero,
    ),
    Finding(
        "expiry",
        "lots without a date though their product expires",
        "they are taken for good for ever",
        "enter Expiration Date on the lot",
        no_expiry,
    ),
)
