"""What the door to Odoo refuses by itself, before anything is sent.

DeskError
├── NotAllowed    a read that the allowlist does not name
└── OutOfScope    a write that the action's scope does not name
"""

from domain.errors import DeskError


class NotAllowed(DeskError):
    """This may not be read from Odoo."""


class OutOfScope(DeskError):
    """This may not be written to Odoo by this action."""
