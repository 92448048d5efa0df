"""The day by which each move of a sales order must be there, and how a day that moved is put back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from domain.plans import RecordRef
from domain.ports import Reads
from domain.values import Json, Row
from tools.comparing import first_difference
from tools.reads.parsing import ident
from tools.writer import Writer

MOVE = "stock.move"


def deadlines(reads: Reads, order: int, *, pending: bool = False) -> tuple[RecordRef, ...]:
    """Every move of the order, done and cancelled ones too unless only the pending are wanted, with its deadline."""
    over: list[Json] = [["state", "not in", ["done", "cancel"]]] if pending else []
    rows = reads.rows(MOVE, ["id", "date_deadline"], [["sale_line_id.order_id", "=", order], *over])
    return tuple(RecordRef(model=MOVE, id=ident(row), seen={"date_deadline": row["date_deadline"]}) for row in rows)


def put_back(odoo: Writer, reads: Reads, before: Mapping[int, Row]) -> None:
    """Give moves their former deadlines: without a promise Odoo gives every line the order's earliest one."""
    now = {ident(row): row["date_deadline"] for row in reads.read(MOVE, list(before), ["date_deadline"])}
    wanted: defaultdict[str, list[Json]] = defaultdict(list)
    for move, row in before.items():
        if move in now and now[move] != row["date_deadline"]:
            wanted[str(row["date_deadline"] or "")].append(move)
    for deadline, moves in wanted.items():
        odoo.call(MOVE, "write", moves, {"date_deadline": deadline or False})


def others(reads: Reads, left: Sequence[RecordRef], allowed: Mapping[int, Collection[Json]]) -> str | None:
    """Which move somebody gave a deadline of its own: neither as we left it nor one of those allowed; None without."""
    refs = [ref for ref in left if ref.model == MOVE]
    now = {ident(row): row["date_deadline"] for row in reads.read(MOVE, [ref.id for ref in refs], ["date_deadline"])}
    for ref in refs:
        if ref.id in now and now[ref.id] not in {ref.seen["date_deadline"], *allowed.get(ref.id, ())}:
            return f"move {ref.id} is to be there by {now[ref.id] or 'no day'}"
    return None


def moved_since(reads: Reads, before: Mapping[int, Row]) -> str | None:
    """Which move has another deadline than before, in words; one that is gone has none."""
    there = {ident(row) for row in reads.read(MOVE, list(before), ["id"])}
    refs = [RecordRef(model=MOVE, id=move, seen=row) for move, row in before.items() if move in there]
    return first_difference(reads, refs)
