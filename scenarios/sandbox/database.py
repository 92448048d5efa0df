"""What rights, methods and hooks may ask of the database underneath, whoever assembled it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from scenarios.sandbox.editions.releases import Release
from scenarios.sandbox.fields import Model
from scenarios.sandbox.tables import Row, Table


class Database(Protocol):
    """Models, tables and users of one database; changes belong to the transaction that runs."""

    @property
    def version(self) -> int: ...

    @property
    def release(self) -> Release:
        """How that version behaves where others do otherwise."""
        ...

    @property
    def database(self) -> str:
        """What the database is called."""
        ...

    @property
    def models(self) -> Mapping[str, Model]: ...

    def now(self) -> datetime:
        """The clock's time in whole seconds."""
        ...

    def model(self, name: str) -> Model:
        """What is known of a model; UserError when there is none of that name."""
        ...

    def table(self, model: str) -> Table:
        """The records of a model; UserError when there is none of that name."""
        ...

    def put(self, model: str, record: int, row: Row | None) -> None:
        """Set or remove one row."""
        ...

    def savepoint(self) -> int:
        """A place in the running transaction to go back to."""
        ...

    def roll_back_to(self, savepoint: int) -> None:
        """Take back what the running transaction changed since then."""
        ...

    def groups_of(self, uid: int) -> frozenset[str]:
        """External ids of the user's groups, implied ones included."""
        ...

    def login_name(self, uid: int) -> str:
        """What the user is called."""
        ...
