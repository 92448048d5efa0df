"""What is known of one stockout: the picture of its product, how it will last, and what it was judged by."""

from datetime import datetime

from pydantic import Field

from agents.rates import Rates
from agents.stockout.detection import KIND, judge, pair
from agents.stockout.projection import Projection
from agents.stockout.reading.picture import Picture, read
from agents.stockout.reading.sources import sources
from agents.terms import Terms, TermsBook
from domain.cases import Finding
from domain.plans import Evidence
from domain.ports import Reads
from domain.values import Row, Value
from tools.activity_done import MARK
from tools.reads.activities import Activity, activities
from tools.reads.purchases import ORDER

HURRY = "Hurry the vendor"
"""How the summary of an activity begins that asks a buyer to: it tells that somebody was asked already."""


class Asked(Value):
    """An activity on a document that nobody has done yet."""

    id: int
    model: str
    record: int
    summary: str
    ours: bool = False
    """Whether the desk gave it: only such a one can the desk close."""


class StockoutEvidence(Evidence):
    """Everything that options and their numbers are worked out from, without asking Odoo again."""

    finding: Finding
    """The exception as it stands now."""
    projection: Projection
    picture: Picture
    """The product in every warehouse of the company, so that donors can be judged too."""
    terms: Terms
    elsewhere: dict[int, Terms] = Field(default_factory=dict)
    """Terms of the company's other warehouses, where they differ."""
    asked: tuple[Asked, ...] = ()
    """What people were asked already about the documents of the case, and have not done yet."""

    def was_asked(self, about: str, model: str, record: int) -> bool:
        """Whether an activity that begins with these words is still open on the document."""
        return any(
            (each.model, each.record) == (model, record) and each.summary.startswith(about) for each in self.asked
        )

    def hurried(self, order: int) -> int | None:
        """The desk's own to-do to hurry the vendor of a purchase order, while it is open."""
        there = (each for each in self.asked if each.ours and (each.model, each.record) == (ORDER, order))
        return next((each.id for each in there if each.summary.startswith(HURRY)), None)


class Puzzle(Evidence):
    """A product that nobody can tell anything of until its data in Odoo is corrected."""

    finding: Finding
    trouble: str
    """What is wrong with it, for whoever corrects it."""


Gathered = StockoutEvidence | Puzzle


def gather(reads: Reads, subject: str, now: datetime, terms: TermsBook) -> Gathered | None:
    """The evidence on one subject, None where the exception is gone."""
    product, _ = pair(subject)
    picture = read(reads, now, terms, product=product)
    return drawn(picture, subject, now, terms, asked=_asked(reads, picture))


def drawn(
    picture: Picture, subject: str, now: datetime, terms: TermsBook, *, asked: tuple[Asked, ...] = ()
) -> Gathered | None:
    """The evidence that a picture of the product gives."""
    found = judge(picture, subject, now, terms)
    if found is None:
        return None
    finding, seen = found
    drawn_from = sources(picture, terms.of(picture.company), (each.id for each in asked))
    if isinstance(seen, str):
        return Puzzle(
            kind=KIND,
            company=picture.company,
            subject=subject,
            taken_at=now,
            sources=drawn_from,
            finding=finding,
            trouble=seen,
        )
    local = _terms(picture, terms)
    here = local.pop(seen.warehouse)
    return StockoutEvidence(
        kind=KIND,
        company=picture.company,
        subject=subject,
        taken_at=now,
        sources=drawn_from,
        finding=finding,
        projection=seen,
        picture=picture,
        terms=here,
        elsewhere={each: told for each, told in local.items() if told != here},
        asked=asked,
    )


def _asked(reads: Reads, picture: Picture) -> tuple[Asked, ...]:
    documents = {
        ORDER: {line.order for line in picture.purchase_lines if not line.unconfirmed},
        "sale.order": {line.order for line in picture.sale_lines},
        "stock.picking": {each.id for each in picture.pickings},
    }
    found = sorted(activities(reads, documents), key=lambda each: each.id)
    return tuple(
        Asked(id=each.id, model=each.model, record=each.record, summary=each.summary, ours=_ours(reads, each))
        for each in found
    )


def _ours(reads: Reads, todo: Activity) -> bool:
    return todo.maker == reads.uid and MARK.search(todo.note) is not None


def _terms(picture: Picture, terms: TermsBook) -> dict[int, Terms]:
    """The terms of every warehouse, in the company's currency."""
    currency = Rates(picture.currencies, picture.own_currency).currency
    return {each.id: terms.of(picture.company, each.id).within(currency) for each in picture.warehouses}


def evidence(row: Row) -> Gathered:
    """Evidence as it was stored by ``plain()``."""
    if "trouble" in row:
        return Puzzle.model_validate(row)
    return StockoutEvidence.model_validate(row)
