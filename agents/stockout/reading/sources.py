"""Which records of Odoo the evidence of a stockout was drawn from, so that anybody can look them up there."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from agents.stockout.reading.picture import Picture
from agents.terms import Terms
from domain.plans import Source
from tools.reads import (
    activities,
    history,
    measures,
    moves,
    orderpoints,
    partners,
    pickings,
    places,
    products,
    purchases,
    sales,
    stock,
    vendors,
)


def sources(picture: Picture, terms: Terms, asked: Iterable[int] = ()) -> tuple[Source, ...]:
    """The records behind one product's picture, and the activities that were open; a whole company has too many."""

    def source(model: str, ids: Iterable[int | None], fields: tuple[str, ...]) -> Source:
        return Source(model=model, ids=_once(ids), fields=fields, read_at=picture.taken_at)

    found = (
        source(products.MODEL, _ids(picture.products), products.FIELDS),
        source(places.WAREHOUSE, _ids(picture.warehouses), places.WAREHOUSE_FIELDS),
        source(places.LOCATION, _ids(picture.locations), places.LOCATION_FIELDS),
        source(stock.QUANT, _ids(picture.quants), stock.QUANT_FIELDS),
        source(stock.LOT, (quant.lot for quant in picture.quants), stock.LOT_FIELDS),
        source(moves.MODEL, _ids(picture.moves), moves.FIELDS),
        source(pickings.MODEL, _ids(picture.pickings), pickings.FIELDS),
        source(purchases.LINE, _ids(picture.purchase_lines), purchases.LINE_FIELDS),
        source(purchases.ORDER, (line.order for line in picture.purchase_lines), purchases.ORDER_FIELDS),
        source(history.ORDER, (receipt.order for receipt in picture.receipts), history.ORDER_FIELDS),
        source(sales.MODEL, _ids(picture.sale_lines), sales.FIELDS),
        source(sales.ORDER, (line.order for line in picture.sale_lines), sales.ORDER_FIELDS),
        source(partners.MODEL, _ids(picture.customers), (terms.tiers_from,)),
        source(orderpoints.MODEL, _ids(picture.orderpoints), orderpoints.FIELDS),
        source(vendors.MODEL, _ids(picture.vendor_prices), vendors.FIELDS),
        source(measures.UNIT, _ids(picture.units), measures.UNIT_FIELDS),
        source(measures.CURRENCY, _ids(picture.currencies), measures.CURRENCY_FIELDS),
        source(measures.COMPANY, (picture.company,), measures.COMPANY_FIELDS),
        source(activities.MODEL, asked, activities.FIELDS),
    )
    return tuple(each for each in found if each.ids)


class _Row(Protocol):
    @property
    def id(self) -> int: ...


def _ids(rows: Sequence[_Row]) -> Iterable[int]:
    return (row.id for row in rows)


def _once(ids: Iterable[int | None]) -> tuple[int, ...]:
    """Each record once, in the order in which it was met."""
    return tuple(dict.fromkeys(each for each in ids if each is not None))
