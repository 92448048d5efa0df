"""The documents of Odoo that the desk may write a note or an activity on."""

from typing import Literal

from domain.plans import RecordRef
from domain.ports import Reads
from domain.refusals import Refusal
from domain.values import Value
from tools.comparing import seen

DocumentModel = Literal["purchase.order", "sale.order", "stock.picking"]
DOCUMENTS: tuple[DocumentModel, ...] = ("purchase.order", "sale.order", "stock.picking")
"""No product: an ordinary user of Odoo may not write there, and so may not be given words there either."""


class DocumentFacts(Value):
    """The document as it is now, and whom a word on it reaches."""

    company: int
    document: RecordRef
    name: str
    currency: str
    reaches: str = ""
    """The user an activity is for."""


def in_sight(reads: Reads, model: DocumentModel, record: int) -> RecordRef | Refusal:
    """The document by its name; a Refusal when it is gone or hidden from the desk."""
    found = seen(reads, model, record, ("display_name",))
    return found or Refusal(guard="precondition", reason=f"{model} {record} is gone or not in sight")
