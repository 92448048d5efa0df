"""What can go wrong at the desk, as one family; a message says what was expected, what was found and what to do.

DeskError
├── Misuse               a person asked for something that cannot be (exit code 2)
├── NotFound             a case, request or scenario that does not exist
├── StoreError           the desk's own database (memory/errors.py)
├── PolicyError          a policy that cannot be read (guardrails/errors.py)
└── OdooFault            whatever Odoo or the way to it answered (domain/faults.py)
"""


class DeskError(Exception):
    """The desk could not do what was asked."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (type(self).__doc__ or "").strip())


class Misuse(DeskError):
    """The request itself cannot be understood."""


class NotFound(DeskError):
    """There is nothing of that name here."""


class IllegalMove(DeskError):
    """A case cannot go from the state it is in to the one asked for."""
