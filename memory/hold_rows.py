"""A hold as a row, and the row as a hold."""

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, delete, select
from sqlmodel import col

from domain.cases import CaseState
from domain.holds import HELD, Hold
from domain.money import Money
from memory.tables import HoldRow
from memory.upserts import put


def hold_of(tx: Connection, case: str) -> Hold | None:
    """What a case is held by, None where nothing does."""
    return holds_of(tx, [case]).get(case)


def holds_of(tx: Connection, cases: Sequence[str]) -> dict[str, Hold]:
    """The holds of some cases, by case."""
    rows = tx.execute(select(HoldRow).where(col(HoldRow.case_id).in_(cases))).mappings()
    return {row["case_id"]: to_hold(row) for row in rows}


def keep(tx: Connection, hold: Hold) -> None:
    """Hold a case, in place of whatever held it before."""
    values = hold.model_dump(exclude={"case", "money_at_risk"})
    money = {"money_at_risk": str(hold.money_at_risk.amount), "currency": hold.money_at_risk.currency}
    put(tx, HoldRow, {"case_id": hold.case}, {**values, **money})


def end_hold(tx: Connection, case: str, then: CaseState) -> None:
    """A hold is over as soon as its case goes elsewhere."""
    elsewhere = [kind for kind, rests in HELD.items() if rests != then]
    tx.execute(delete(HoldRow).where(col(HoldRow.case_id) == case, col(HoldRow.kind).in_(elsewhere)))


def to_hold(row: RowMapping) -> Hold:
    fields = {name: value for name, value in row.items() if name not in {"case_id", "money_at_risk", "currency"}}
    at_risk = Money(amount=row["money_at_risk"], currency=row["currency"])
    return Hold.model_validate({**fields, "case": row["case_id"], "money_at_risk": at_risk})
