"""What an effect is found again by in Odoo: the marker it was written with, and what stood there before."""

from dataclasses import dataclass

from domain.plans import RecordRef
from domain.values import Row


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
