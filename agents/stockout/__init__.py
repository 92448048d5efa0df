"""Stockouts: which products run out before goods arrive, what could be done about each, and what should be."""

from agents.stockout.choice import choose, rejected
from agents.stockout.detection import KIND, detect
from agents.stockout.gathering import StockoutEvidence, evidence, gather
from agents.stockout.picture import Picture, read
from agents.stockout.projection import Projection, project
from agents.stockout.terms import Terms
from agents.stockout.weighing import adjust, options

__all__ = [
    "KIND",
    "Picture",
    "Projection",
    "StockoutEvidence",
    "Terms",
    "adjust",
    "choose",
    "detect",
    "evidence",
    "gather",
    "options",
    "project",
    "read",
    "rejected",
]
