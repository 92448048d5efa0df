"""Whose limits count: the company behind a contact or an address of it."""

from domain.ports import Reads
from tools.reads.parsing import link


def commercial(reads: Reads, partner: int) -> int:
    """The commercial entity of a customer or a vendor: one that orders by two contacts is one all the same."""
    rows = reads.read("res.partner", [partner], ["commercial_partner_id"])
    return (link(rows[0], "commercial_partner_id") if rows else None) or partner
