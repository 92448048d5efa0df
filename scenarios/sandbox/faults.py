"""The faults the sandbox answers with, named as Odoo names its own."""

from typing import Any


class SandboxFault(Exception):
    """A call failed the way it fails in Odoo; everything it did is rolled back."""

    name = "builtins.Exception"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def data(self) -> dict[str, Any]:
        """The ``data`` member of a JSON-RPC error, as Odoo shapes it; never a traceback with secrets."""
        return told(self.name, self.message)


class UserError(SandboxFault):
    """A business rule forbids it."""

    name = "odoo.exceptions.UserError"


class ValidationError(SandboxFault):
    """A constraint forbids it."""

    name = "odoo.exceptions.ValidationError"


class AccessError(SandboxFault):
    """Rights or record rules forbid it."""

    name = "odoo.exceptions.AccessError"


class AccessDenied(SandboxFault):
    """The login is not accepted (any more)."""

    name = "odoo.exceptions.AccessDenied"

    def __init__(self, message: str = "Access Denied") -> None:
        super().__init__(message)


class MissingError(SandboxFault):
    """The record is not there."""

    name = "odoo.exceptions.MissingError"

    @classmethod
    def of(cls, model: str, record: int, uid: int) -> "MissingError":
        return cls(f"Record does not exist or has been deleted.\n(Record: {model}({record},), User: {uid})")


class WrongValue(SandboxFault):
    """Python's ValueError inside Odoo: an unknown field, a bad date, a bad domain."""

    name = "builtins.ValueError"


class WrongArguments(SandboxFault):
    """Python's TypeError inside Odoo: arguments the method does not take."""

    name = "builtins.TypeError"

    def __init__(self, message: str, bound: str | None = None) -> None:
        super().__init__(message)
        self.bound = bound or message
        """What is said where arguments are compared with the method before it is called, as ``/json/2`` does."""


class TooFew(SandboxFault):
    """Python's IndexError inside Odoo: a method of records was called without any argument."""

    name = "builtins.IndexError"


class BrokenAssertion(SandboxFault):
    """Python's AssertionError inside Odoo: what was given is of no kind that the method foresees."""

    name = "builtins.AssertionError"


class NoSuchMethod(SandboxFault):
    """Python's AttributeError inside Odoo: the model has no such method."""

    name = "builtins.AttributeError"


class SerializationFailure(SandboxFault):
    """Two transactions met; nothing was written."""

    name = "psycopg2.errors.SerializationFailure"


class NoSuchDatabase(SandboxFault):
    """There is no database of that name."""

    name = "psycopg2.OperationalError"


def unforeseen(bug: Exception) -> dict[str, Any]:
    """The ``data`` member for an exception nobody foresaw, as Odoo tells of its own bugs."""
    return told(f"builtins.{type(bug).__name__}", str(bug))


def told(name: str, message: str) -> dict[str, Any]:
    """A fault's name and message as Odoo shapes them for JSON-RPC and for ``/json/2``."""
    return {"name": name, "debug": f"{name}: {message}", "message": message, "arguments": [message], "context": {}}
