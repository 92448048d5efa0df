"""What no product is like: quantities, prices and units that somebody mistyped in Odoo, in words to act on."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from agents.stockout.goods.shelf import Shelf
from agents.stockout.reading.index import Index
from agents.units import Unconvertible
from domain.errors import DeskError
from tools.action import complaint
from tools.reads.names import tidy
from tools.reads.products import Product

MOST = 1_000_000_000
"""No shelf holds, and no order asks for, more stock units of one product; nor does one unit cost more."""


class Odd(DeskError):
    """What Odoo says of a product cannot be meant."""


UNFIT = (Odd, Unconvertible, ArithmeticError, LookupError, ValueError)
"""What odd data can raise on its way through the reckoning: of one product, never of the whole scan."""


def because(trouble: Exception) -> str:
    """Why something could not be reckoned, for whoever can correct it in Odoo."""
    match trouble:
        case DeskError():
            words = str(trouble)
        case ArithmeticError():
            words = "its numbers are too large to reckon with; correct them in Odoo"
        case ValueError():
            words = complaint(trouble)
        case _:
            words = f"it refers to a record that is not in sight: {trouble}"
    return tidy(words, 200)


def check(known: Index, held: Shelf) -> None:
    """Raise Odd or Unconvertible, which say what to correct, unless everything on this shelf can be meant."""
    product = held.product
    known.unit(product.unit)
    for what, amount in chain(_prices(product), _quantities(held)):
        if not abs(amount) <= MOST:
            raise Odd(f"{what} is {amount:,.0f}; correct it in Odoo")


def _prices(product: Product) -> Iterator[tuple[str, float]]:
    for what, price in (("its cost", product.cost or Decimal(0)), ("its list price", product.list_price)):
        if price < 0:
            raise Odd(f"{what} is {price:,f}, less than nothing; correct it in Odoo")
        yield what, float(price)


def _quantities(held: Shelf) -> Iterator[tuple[str, float]]:
    yield "its stock on hand", held.on_hand
    yield "what is reserved of it", held.reserved
    yield from (("one entry of its stock", batch.quantity) for batch in held.free)
    yield from ((f"what comes with {supply.document}", supply.quantity) for supply in held.supplies)
    yield from ((f"what leaves with {claim.document}", claim.quantity) for claim in held.claims)
    yield "what is sold of it in a week", held.demand.mean
    if held.orderpoint:
        yield "the minimum of its reordering rule", float(held.orderpoint.minimum)
