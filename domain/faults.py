"""What Odoo, or the way to it, answers when it does not answer the question.

OdooFault
├── Unreachable          nothing was sent: no route, refused, name unknown
├── OutcomeUnknown       sent, and no whole answer came back; the server may have committed
├── WrongLogin           database, user, password or API key not accepted
│   └── NotAKey          Odoo knows no such API key: a password perhaps, which only the other way takes
├── UnspokenVersion      an Odoo whose names the desk does not know, or one without the way that was asked for
├── SessionExpired       the login was good once and is not any more
└── Refused              Odoo answered, with a fault of its own
    ├── AccessRefused    rights or record rules
    ├── UserRefused      a business rule (UserError, RedirectWarning)
    ├── ValidationRefused a constraint
    ├── RecordMissing    the record is gone
    ├── Serialization    two transactions met; nothing was written
    └── ServerBug        TypeError, ValueError … inside Odoo, or an unknown model or method
        └── UnknownField a field that this Odoo does not have
"""

from domain.errors import DeskError


class OdooFault(DeskError):
    """Odoo could not be asked."""


class Unreachable(OdooFault):
    """Odoo cannot be reached; nothing was sent."""


class OutcomeUnknown(OdooFault):
    """The request was sent and no whole answer came back."""


class WrongLogin(OdooFault):
    """Odoo does not accept this database, user and password or API key."""


class NotAKey(WrongLogin):
    """Odoo knows no such API key."""


class UnspokenVersion(OdooFault):
    """This Odoo is of a version that the desk does not speak."""


class SessionExpired(OdooFault):
    """Odoo no longer accepts the login it accepted before."""


class Refused(OdooFault):
    """Odoo refused the call."""


class AccessRefused(Refused):
    """The user has no right to this."""


class UserRefused(Refused):
    """A business rule of Odoo forbids this."""


class ValidationRefused(Refused):
    """A constraint of Odoo forbids this."""


class RecordMissing(Refused):
    """The record does not exist any more."""


class Serialization(Refused):
    """Another transaction was in the way; nothing was written."""


class ServerBug(Refused):
    """Odoo failed inside, or does not know the model or method."""


class UnknownField(ServerBug):
    """Odoo does not have a field: the module that brings it is not installed."""
