"""What is known of one stockout: the picture of its product, how it will last, and what it was judged by."""

from datetime import datetime

from agents.stockout.detection import KIND, judge, pair
from agents.stockout.picture import Picture, read, sources
from agents.stockout.projection import Projection
from agents.terms import Terms, TermsBook
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


class Puzzle(Evidence):
    """A product that nobody can tell anything of until its data in Odoo is corrected."""

    finding: Finding
    trouble: str
    """What is wrong with it, for whoever corrects it."""


Gathered = StockoutEvidence | Puzzle


def gather(reads: Reads, subject: str, now: datetime, terms: TermsBook) -> Gathered | None:
    """The evidence on one subject, None where the exception is gone."""
    product, _ = pair(subject)
    return drawn(read(reads, now, product=product), subject, now, terms)


def drawn(picture: Picture, subject: str, now: datetime, terms: TermsBook) -> Gathered | None:
    """The evidence that a picture of the product gives."""
    found = judge(picture, subject, now, terms)
    if found is None:
        return None
    finding, seen = found
    if isinstance(seen, str):
        return Puzzle(
            kind=KIND,
            company=picture.company,
            subject=subject,
            taken_at=now,
            sources=sources(picture),
            finding=finding,
            trouble=seen,
        )
    return StockoutEvidence(
        kind=KIND,
        company=picture.company,
        subject=subject,
        taken_at=now,
        sources=sources(picture),
        finding=finding,
        projection=seen,
        picture=picture,
        terms=terms.of(picture.company, seen.warehouse),
    )


def evidence(row: Row) -> Gathered:
    """Evidence as it was stored by ``plain()``."""
    if "trouble" in row:
        return Puzzle.model_validate(row)
    return StockoutEvidence.model_validate(row)
