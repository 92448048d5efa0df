"""What a transaction changed: to take it back, to keep it beyond this process, and to tell of it afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from scenarios.sandbox.tables import Row, Table


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """One committed call that changed something, for tests to judge by."""

    uid: int
    login: str
    model: str
    method: str
    args: Sequence[Any]
    kwargs: Mapping[str, Any]
    changed: Mapping[str, tuple[int, ...]]


@dataclass(slots=True)
class Undoing:
    """What the running transaction changed, so that it can be taken back."""

    before: list[tuple[Table, int, Row | None]] = field(default_factory=list)
    changed: dict[str, set[int]] = field(default_factory=dict)


class Storage(Protocol):
    """Where committed records are kept beyond this process."""

    def load(self) -> Mapping[str, Any] | None:
        """What was kept, as ``Engine.snapshot`` shapes it; None when there is nothing yet."""
        ...

    def mark(self, version: int) -> None:
        """Remember which Odoo version the records are of."""
        ...

    def keep(self, changed: Mapping[str, Mapping[int, Row | None]], last: Mapping[str, int]) -> None:
        """Keep these records (None is deleted) before the commit is answered."""
        ...

    def replace(self, tables: Mapping[str, Any]) -> None:
        """Keep these tables and nothing else."""
        ...
