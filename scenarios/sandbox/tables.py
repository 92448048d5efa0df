"""Tables of records in memory, with an index on every field that was ever looked up by value."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeAlias

Row: TypeAlias = dict[str, Any]
"""The columns of one record that are not empty; never changed in place, so that an older one can be put back."""


class Table:
    """The records of one model by id; ids are never given twice."""

    def __init__(self, model: str) -> None:
        self.model = model
        self.rows: dict[int, Row] = {}
        self.last = 0
        self._indexes: dict[str, defaultdict[Any, set[int]]] = {}

    def next_id(self) -> int:
        self.last += 1
        return self.last

    def put(self, record: int, row: Row | None) -> Row | None:
        """Set the row, or remove it when None; returns what was there before."""
        before = self.rows.get(record)
        for field, index in self._indexes.items():
            self._reindex(index, record, field, before, row)
        if row is None:
            self.rows.pop(record, None)
        else:
            self.rows[record] = row
            self.last = max(self.last, record)
        return before

    def having(self, field: str, value: Any) -> set[int]:
        """The records whose field is this value, or whose list holds it; None stands for empty."""
        return self._index(field).get(value) or set()

    def having_any(self, field: str, values: Iterable[Any], among: set[int] | None = None) -> set[int]:
        """The same for any of the values; out of these records only when they are given."""
        index = self._index(field)
        found = [index[value] for value in values if value in index]
        return set().union(*found) if among is None else set().union(*(among & each for each in found))

    def _index(self, field: str) -> defaultdict[Any, set[int]]:
        index = self._indexes.get(field)
        if index is None:
            index = self._indexes[field] = defaultdict(set)
            for record, row in self.rows.items():
                for key in _keys(row.get(field)):
                    index[key].add(record)
        return index

    @staticmethod
    def _reindex(
        index: defaultdict[Any, set[int]], record: int, field: str, before: Row | None, after: Row | None
    ) -> None:
        old = before.get(field) if before is not None else None
        new = after.get(field) if after is not None else None
        if before is not None and after is not None and old == new:
            return
        if before is not None:
            for key in _keys(old):
                index[key].discard(record)
        if after is not None:
            for key in _keys(new):
                index[key].add(record)


def _keys(value: Any) -> Iterable[Any]:
    if isinstance(value, list):
        return value or (None,)
    return (value,)
