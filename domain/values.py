"""The base of every value the desk stores or shows: frozen, keyword-only, unknown fields refused."""

import hashlib
import json
from typing import Annotated, Self

import rfc8785
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

Json = JsonValue
"""Whatever JSON can say; parsed into typed values at the edge."""

Row = dict[str, JsonValue]
"""One record as Odoo returned it: field name to value, many2one as ``[id, name]``, nothing as ``False``."""

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in hex over canonical bytes."""

SHORT = 12
"""Hex digits of a digest that are shown, and enough to name it."""

EXACT = 2**53
"""From here on a JSON number may not be the integer that was meant."""

Instant = AwareDatetime
"""A moment with its time zone; naive times are refused."""


class Value(BaseModel):
    """A frozen value; a change returns a new one."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def plain(self) -> Row:
        """The value as plain JSON: decimals as strings, times in ISO 8601."""
        return self.model_dump(mode="json")

    def but(self, **changes: object) -> Self:
        """The same value with some fields changed, validated again."""
        same = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate({**same, **changes})

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical bytes of the plain value."""
        return digest(self.plain())


def canonical(plain: Json) -> bytes:
    """RFC 8785 bytes of a JSON value; raises ValueError for what JSON cannot carry exactly."""
    if _plainest(plain):
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return rfc8785.dumps(plain)


def _plainest(plain: Json) -> bool:
    """Whether Python's own encoder writes the very bytes: no float, no large integer, no key beyond ASCII.

    It does so in C, ten times as fast, for nearly all that the desk stores.
    """
    match plain:
        case str() | bool() | None:
            return True
        case int():
            return -EXACT < plain < EXACT
        case list():
            return all(map(_plainest, plain))
        case dict():
            return all(map(str.isascii, plain)) and all(map(_plainest, plain.values()))
    return False


def digest(plain: Json) -> str:
    """SHA-256 in hex over the RFC 8785 bytes."""
    return hashlib.sha256(canonical(plain)).hexdigest()
