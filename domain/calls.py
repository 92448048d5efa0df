"""One call to Odoo, as ``execute_kw`` takes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.values import Json

READ_METHODS = frozenset(
    {"fields_get", "has_group", "read", "read_group", "search", "search_count", "search_read", "check_access_rights"}
)
"""Methods that change nothing in Odoo, and so may be asked again after a lost answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A model, a method, positional arguments (ids first where the method wants records) and keywords (context too)."""

    model: str
    method: str
    args: tuple[Json, ...] = ()
    kwargs: Mapping[str, Json] = field(default_factory=dict)

    @property
    def reads_only(self) -> bool:
        return self.method in READ_METHODS

    def __str__(self) -> str:
        return f"{self.model}.{self.method}"
