"""Two small habits of writing rows: the next number in a table, and a row that may exist already."""

from collections.abc import Mapping

from sqlalchemy import Connection, Select, func, insert, select, update
from sqlmodel import SQLModel, col

from memory.tables import CaseRow, EffectRow, GrantRow, QuestionRow, RequestRow, ScanRow

Numbered = type[CaseRow] | type[RequestRow] | type[GrantRow] | type[EffectRow] | type[ScanRow] | type[QuestionRow]

HIGHEST: Mapping[Numbered, Select[int]] = {
    table: select(func.coalesce(func.max(col(table.number)), 0))
    for table in (CaseRow, RequestRow, GrantRow, EffectRow, ScanRow, QuestionRow)
}


def next_number(tx: Connection, table: Numbered) -> int:
    """One more than the highest number so far; safe because a writing transaction is alone."""
    return int(tx.execute(HIGHEST[table]).scalar_one()) + 1


def put(tx: Connection, table: type[SQLModel], key: Mapping[str, object], values: Mapping[str, object]) -> None:
    """Update the row of this key, or insert it."""
    changed = tx.execute(update(table).filter_by(**key).values(**values))
    if changed.rowcount == 0:
        tx.execute(insert(table).values(**key, **values))
