"""What open deliveries want and hold of the stock: who has how much of what, and whether they hold it again."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from domain.plans import RecordRef
from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.parsing import ident, link, number
from tools.trace import formerly

PICKING, MOVE, LINE = "stock.picking", "stock.move", "stock.move.line"
WANTED = ("picked", "picking_id", "product_id", "product_qty")
"""What a person may change on a delivery; its reservation may come and go by itself."""
HELD = ("location_id", "lot_id", "move_id", "picked", "product_id", "quantity_product_uom", "result_package_id")


class Held(NamedTuple):
    """What one line of a move holds, in the product's stock unit."""

    move: int
    place: int | None
    lot: int | None
    quantity: Decimal


@dataclass(frozen=True, kw_only=True)
class Reserved:
    """Moves and their lines as they were seen once, by id."""

    moves: Mapping[int, Row]
    lines: Mapping[int, Row]

    @classmethod
    def before(cls, before: Row) -> "Reserved":
        """As an ``Undo`` kept it."""
        return cls(moves=formerly(before, MOVE), lines=formerly(before, LINE))

    def of(self, picking: int, product: int | None = None) -> list[int]:
        """The moves of one delivery, of all its products or of one."""
        mine = [move for move, row in self.moves.items() if link(row, "picking_id") == picking]
        return [move for move in mine if product is None or link(self.moves[move], "product_id") == product]

    def held(self, moves: Collection[int]) -> Decimal:
        """How much some moves held, in stock units."""
        had = by_move(self.lines)
        return sum((had.get(move, Decimal(0)) for move in moves), Decimal(0))

    def short(self, reads: Reads, moves: Collection[int]) -> str | None:
        """Which of some moves holds less now than it did, in words."""
        had, has = by_move(self.lines), by_move(_lines(reserved(reads, moves)))
        for move in moves:
            was, now = had.get(move, Decimal(0)), has.get(move, Decimal(0))
            if now < was:
                return f"move {move} held {was}, holds {now}"
        return None

    def elsewhere(self, reads: Reads) -> bool:
        """Whether something is held from another lot or place than it was."""
        return bool(_held(self.lines) - _held(_lines(reserved(reads, self.moves))))


def wanted(reads: Reads, pickings: Sequence[int]) -> tuple[RecordRef, ...]:
    """What the open moves of some deliveries want."""
    of_them: list[Json] = [["picking_id", "in", list(pickings)], ["state", "not in", ["done", "cancel"]]]
    return tuple(_ref(MOVE, row, WANTED) for row in reads.rows(MOVE, ["id", *WANTED], of_them))


def reserved(reads: Reads, moves: Collection[int]) -> tuple[RecordRef, ...]:
    """What some moves hold, line by line."""
    of_them: list[Json] = [["move_id", "in", list(moves)]]
    return tuple(_ref(LINE, row, HELD) for row in reads.rows(LINE, ["id", *HELD], of_them))


def holding(reads: Reads, moves: Collection[int]) -> Decimal:
    """How much some moves hold now, in stock units."""
    return sum(by_move(_lines(reserved(reads, moves))).values(), Decimal(0))


def promised_twice(reads: Reads, product: int, warehouse: int) -> Decimal:
    """How much more of a product is reserved in a warehouse than lies there.

    Odoo reserves from a row of stock that another transaction holds as if nothing were reserved of it yet: of two that
    meet, both are told that they have it.
    """
    rows = reads.read("product.product", [product], ["free_qty"], context={"warehouse_id": warehouse})
    return max(Decimal(0), -number(rows[0]["free_qty"])) if rows else Decimal(0)


def by_move(lines: Mapping[int, Row]) -> dict[int, Decimal]:
    """How much each move holds."""
    total: dict[int, Decimal] = {}
    for one in _held(lines).elements():
        total[one.move] = total.get(one.move, Decimal(0)) + one.quantity
    return total


def _held(lines: Mapping[int, Row]) -> Counter[Held]:
    """Lines as what they hold, whatever their ids are."""
    return Counter(
        Held(
            link(row, "move_id") or 0,
            link(row, "location_id"),
            link(row, "lot_id"),
            number(row["quantity_product_uom"]),
        )
        for row in lines.values()
    )


def _lines(refs: Sequence[RecordRef]) -> dict[int, Row]:
    return {ref.id: dict(ref.seen) for ref in refs}


def _ref(model: str, row: Row, fields: Sequence[str]) -> RecordRef:
    return RecordRef(model=model, id=ident(row), seen={field: row[field] for field in fields})
