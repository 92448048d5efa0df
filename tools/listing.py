"""The price lists that Odoo puts a vendor on when an order is confirmed, and how the vendor is taken off them again."""

from collections.abc import Iterable

from domain.faults import Refused
from domain.intents import Undo
from domain.plans import RecordRef
from domain.ports import Reads
from domain.scopes import Permit
from domain.values import Json, Row
from tools.comparing import changes
from tools.purchase import ref
from tools.reads.names import quoted
from tools.reads.parsing import ident, key, label
from tools.writer import Writer

PRICE = "product.supplierinfo"
PRICE_KEPT = ("currency_id", "delay", "discount", "min_qty", "partner_id", "price", "product_tmpl_id")
TAKE_OFF = Permit(model=PRICE, methods=frozenset({"unlink"}), spare=True)
"""Few users may delete a vendor's price; without that right the line stays, and is named."""


def listed_with(reads: Reads, order: Row, products: Iterable[int]) -> tuple[RecordRef, ...]:
    """The price lines that came about with the order's confirmation: by the desk's own user, in that very moment.

    Odoo stamps everything that one call makes and changes with one moment; whoever wrote the order since hides them.
    """
    goods = reads.read("product.product", sorted(products), ["product_tmpl_id"])
    templates: list[Json] = [*sorted({key(row, "product_tmpl_id") for row in goods})]
    domain: list[Json] = [["product_tmpl_id", "in", templates], ["create_uid", "=", reads.uid]]
    rows = reads.rows(PRICE, ["id", "create_date", *PRICE_KEPT], domain)
    made = [row for row in rows if row["create_date"] == order["write_date"]]
    return tuple(ref(PRICE, row, PRICE_KEPT) for row in made)


def taken_off(odoo: Writer, reads: Reads, undo: Undo) -> str | None:
    """Take the vendor off the lists again, where nobody changed the line since; for what it stays listed, if at all."""
    left = [each for each in undo.records if each.model == PRICE]
    rows = {ident(row): row for row in reads.read(PRICE, [each.id for each in left], PRICE_KEPT)} if left else {}
    own = [each.id for each in left if each.id in rows and not changes(each.seen, rows[each.id])]
    if own and reads.may(PRICE, "unlink") and _deleted(odoo, own):
        rows = {price: row for price, row in rows.items() if price not in own}
    return ", ".join(quoted(label(row, "product_tmpl_id")) for row in rows.values()) or None


def _deleted(odoo: Writer, prices: list[int]) -> bool:
    """A record rule may still forbid what the user's groups allow."""
    try:
        odoo.call(PRICE, "unlink", [*prices])
    except Refused:
        return False
    return True
