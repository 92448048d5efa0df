"""What the desk sees of one product in one warehouse of the ground, and the steps it would take there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from agents.stockout.detection import Found, judge, subject
from agents.stockout.goods.shelf import Shelf, shelf
from agents.stockout.reading.index import index
from agents.stockout.reading.picture import Picture, read
from agents.terms import Terms, TermsBook
from domain.plans import Draft
from domain.values import Json
from tests.contract.ground import Ground, Warehouse


def picture_of(ground: Ground, product: int) -> Picture:
    return read(ground.reader(), datetime.now(UTC), product=product)


def shelf_of(ground: Ground, product: int, warehouse: Warehouse) -> Shelf:
    """How the product stands there: what is on hand, what comes, what leaves, what belongs to one order alone."""
    known = index(picture_of(ground, product))
    return shelf(known, known.products[product], warehouse.id, Terms())


def coming(ground: Ground, product: int, warehouse: Warehouse) -> float:
    """How much the desk counts on, for whomever."""
    return sum(supply.quantity for supply in shelf_of(ground, product, warehouse).coming)


def found(ground: Ground, product: int, warehouse: Warehouse) -> Found | None:
    """The exception that the desk would open a case for."""
    now = datetime.now(UTC)
    return judge(read(ground.reader(), now, product=product), subject(product, warehouse.id), now, TermsBook())


def confirm(order: int, warehouse: Warehouse) -> Draft:
    return Draft(action="purchase.confirm", params={"order": order, "warehouse": warehouse.id})


def redate(line: int, planned: str) -> Draft:
    return Draft(action="purchase.redate", params={"line": line, "planned": planned})


def hold(order: int) -> Draft:
    return Draft(action="sale.hold", params={"order": order, "reason": "credit is being checked"})


def state(ground: Ground, order: int, model: str = "purchase.order") -> str:
    return str(ground.row(model, order, "state")["state"])


@contextmanager
def set_to(ground: Ground, model: str, record: int, **values: Json) -> Iterator[None]:
    """A setting of this Odoo for the length of a test; put back whatever happens."""
    was: dict[str, Any] = ground.row(model, record, *values, active_test=False)
    ground.write(model, record, values)
    try:
        yield
    finally:
        ground.write(model, record, {field: was[field] for field in values})


def needs_module(ground: Ground, name: str) -> None:
    """Skip on a live Odoo that lacks a module; the sandbox has them all."""
    installed = ground.count("ir.module.module", [["name", "=", name], ["state", "=", "installed"]])
    if ground.live and not installed:
        pytest.skip(f"this Odoo has no module {name}")
