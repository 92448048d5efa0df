"""Raw reads of stored, related and computed fields."""

from typing import Any


class Record(dict[str, Any]):
    """One record, raw."""
