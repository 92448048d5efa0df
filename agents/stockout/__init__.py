"""Stockouts: which products run out before goods arrive, what could be done about each, and what should be."""

from agents.stockout.choice import choose, rejected
from agents.stockout.detection import KIND, detect, place
from agents.stockout.documents import documents
from agents.stockout.facts import facts
from agents.stockout.gathering import Gathered, Puzzle, StockoutEvidence, evidence, gather
from agents.stockout.projection import Projection, project
from agents.stockout.reading.picture import Picture, read
from agents.stockout.weighing import adjust, options

__all__ = [
    "KIND",
    "Gathered",
    "Picture",
    "Projection",
    "Puzzle",
    "StockoutEvidence",
    "adjust",
    "choose",
    "detect",
    "documents",
    "evidence",
    "facts",
    "gather",
    "options",
    "place",
    "project",
    "read",
    "rejected",
]
