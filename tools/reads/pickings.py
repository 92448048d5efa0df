"""Deliveries and transfers as people see them: whether they leave whole, and who answers for them."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ports import Reads
from domain.values import Row
from tools.reads.parsing import ident, link, name, text

MODEL = "stock.picking"
FIELDS = ("name", "move_type", "user_id")


@dataclass(frozen=True, kw_only=True, slots=True)
class Picking:
    """One picking."""

    id: int
    name: str
    whole: bool
    """It leaves when all of it is there, and not before."""
    responsible: int | None
    """The user who answers for it."""


def pickings(reads: Reads, ids: Iterable[int]) -> tuple[Picking, ...]:
    """The named ones; nothing is asked when none are named."""
    wanted = sorted(ids)
    return tuple(_picking(row) for row in reads.read(MODEL, wanted, FIELDS)) if wanted else ()


def _picking(row: Row) -> Picking:
    return Picking(
        id=ident(row),
        name=name(row, "name"),
        whole=text(row, "move_type") == "one",
        responsible=link(row, "user_id"),
    )
