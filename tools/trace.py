"""What an effect is found again by in Odoo: the marker it was written with, what stood there before, who wrote last."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.plans import RecordRef
from domain.ports import Reads
from domain.values import Row
from tools.reads.parsing import link


@dataclass(frozen=True, kw_only=True)
class Trace:
    """An intent's marker, and what it touches as that was seen: some effects have no field to write a marker in."""

    marker: str
    seen: tuple[RecordRef, ...] = ()

    def was(self, model: str, record: int) -> Row:
        """The fields of a touched record as the plan saw them; empty for a record that the plan did not touch."""
        return {
            field: value
            for ref in self.seen
            if (ref.model, ref.id) == (model, record)
            for field, value in ref.seen.items()
        }


def former(seen: Sequence[RecordRef]) -> Row:
    """What stood there before, as an ``Undo`` keeps it: ``model:id`` to its fields."""
    return {f"{ref.model}:{ref.id}": dict(ref.seen) for ref in seen}


def formerly(before: Row, model: str) -> dict[int, Row]:
    """The records of one model as they were before, by id."""
    found: dict[int, Row] = {}
    for place, fields in before.items():
        name, _, record = place.rpartition(":")
        if name == model and isinstance(fields, dict):
            found[int(record)] = fields
    return found


def wrote_last(reads: Reads, row: Row) -> bool:
    """Whether the desk's own user was the last to write the record."""
    return link(row, "write_uid") == reads.uid
