"""What is known of one stockout: the picture of its product, how it will last, and what it was judged by."""

from datetime import datetime

from agents.stockout.detection import KIND, judge, pair
from agents.stockout.picture import Picture, read, sources
from agents.stockout.projection import Projection
from agents.stockout.terms import Terms
from domain.cases import Finding
from domain.plans import Evidence
from domain.ports import Reads
from domain.values import Row


class StockoutEvidence(Evidence):
    """Everything that options and their numbers are worked out from, without asking Odoo again."""

    finding: Finding
    """The exception as it stands now."""
    projection: Projection
    picture: Picture
    """The product in every warehouse of the company, so that donors can be judged too."""
    terms: Terms


def gather(reads: Reads, subject: str, now: datetime, terms: Terms | None = None) -> StockoutEvidence | None:
    """The evidence on one subject, None where the exception is gone."""
    product, _ = pair(subject)
    terms = terms or Terms()
    picture = read(reads, now, product=product)
    found = judge(picture, subject, now, terms)
    if found is None:
        return None
    finding, seen = found
    return StockoutEvidence(
        kind=KIND,
        company=reads.company,
        subject=subject,
        taken_at=now,
        sources=sources(picture),
        finding=finding,
        projection=seen,
        picture=picture,
        terms=terms,
    )


def evidence(row: Row) -> StockoutEvidence:
    """Evidence as it was stored by ``plain()``."""
    return StockoutEvidence.model_validate(row)
