"""A case as a row, and the row as a case."""

from sqlalchemy import Connection, RowMapping, bindparam, select
from sqlmodel import col

from domain.cases import Case, Finding
from domain.errors import NotFound
from domain.money import Money
from memory.tables import CaseRow

BY_ID = select(CaseRow).where(col(CaseRow.id) == bindparam("id"))
SHOWN = tuple(set(Case.model_fields) - {"money_at_risk"})


def find(tx: Connection, id: str) -> Case:  # noqa: A002
    """One case; raises NotFound."""
    row = tx.execute(BY_ID, {"id": id}).mappings().first()
    if row is None:
        raise NotFound(f"there is no case {id}; those there are: python app.py cases")
    return to_case(row)


def to_case(row: RowMapping) -> Case:
    at_risk = Money(amount=row["money_at_risk"], currency=row["currency"])
    return Case.model_validate({**{name: row[name] for name in SHOWN}, "money_at_risk": at_risk})


def told(finding: Finding) -> dict[str, object]:
    """What a rescan may change in a row."""
    return {
        "title": finding.title,
        "money_at_risk": str(finding.money_at_risk.amount),
        "currency": finding.money_at_risk.currency,
        "deadline": finding.deadline,
        "facts_digest": finding.facts_digest,
    }
