"""What people were asked to do about a document, and have not done yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.ports import Reads
from domain.values import Json, Row
from tools.reads.parsing import ident, key, link, text

MODEL = "mail.activity"
FIELDS = ("create_uid", "note", "res_model", "res_id", "summary", "user_id")


@dataclass(frozen=True, kw_only=True, slots=True)
class Activity:
    """One open to-do."""

    id: int
    model: str
    record: int
    """The document it is about."""
    user: int | None
    maker: int | None
    """Who gave it."""
    summary: str
    note: str


def activities(reads: Reads, documents: Mapping[str, Iterable[int]]) -> tuple[Activity, ...]:
    """The open activities on these records, by model; nothing is asked of Odoo where there are no records."""
    named = {(model, record) for model, records in documents.items() for record in records}
    if not named:
        return ()
    models: list[Json] = [*sorted({model for model, _ in named})]
    records: list[Json] = [*sorted({record for _, record in named})]
    rows = reads.rows(MODEL, FIELDS, [["res_model", "in", models], ["res_id", "in", records]])
    return tuple(each for each in map(_activity, rows) if (each.model, each.record) in named)


def _activity(row: Row) -> Activity:
    return Activity(
        id=ident(row),
        model=text(row, "res_model"),
        record=key(row, "res_id"),
        user=link(row, "user_id"),
        maker=link(row, "create_uid"),
        summary=text(row, "summary"),
        note=text(row, "note"),
    )
