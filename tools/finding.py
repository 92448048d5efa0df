"""Finds an effect in Odoo again by the marker it was written with."""

from domain.ports import Domain, Reads
from tools.action import Absent, Ambiguous, Found
from tools.reads.parsing import ident


def by_marker(reads: Reads, model: str, domain: Domain) -> Found | Absent | Ambiguous:
    """The one record that carries the marker; a marker that stands there twice is for a person to judge."""
    rows = reads.rows(model, ["id"], domain, limit=3, context={"active_test": False})
    if not rows:
        return Absent()
    if len(rows) > 1:
        return Ambiguous(
            f"the marker stands in {len(rows)} records of {model}: {', '.join(str(ident(r)) for r in rows)}"
        )
    return Found(ident(rows[0]))
