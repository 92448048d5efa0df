"""LangGraph: one lifecycle shared by all kinds, and the registry of the kinds there are."""

from collections.abc import Mapping

from agents import stockout
from graphs.kinds import Kind

KINDS: Mapping[str, Kind] = {stockout.KIND: stockout}
"""Every kind of exception the desk knows, by name."""

__all__ = ["KINDS", "Kind"]
