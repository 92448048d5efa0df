"""What people were asked to do about a document, and have not done yet."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.parsing import ident, key, link, text

MODEL = "mail.activity"
FIELDS = ("res_id", "summary", "user_id")


@dataclass(frozen=True, kw_only=True, slots=True)
class Activity:
    """One open to-do."""

    id: int
    record: int
    """The document it is about."""
    user: int | None
    summary: str


def activities(reads: Reads, model: str, records: Iterable[int]) -> tuple[Activity, ...]:
    """The open activities on these records of a model; nothing is asked of Odoo where there are no records."""
    named: list[Json] = [*sorted(set(records))]
    if not named:
        return ()
    return tuple(
        _activity(row) for row in reads.rows(MODEL, FIELDS, [["res_model", "=", model], ["res_id", "in", named]])
    )


def _activity(row: Row) -> Activity:
    return Activity(id=ident(row), record=key(row, "res_id"), user=link(row, "user_id"), summary=text(row, "summary"))
