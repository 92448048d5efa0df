"""Remembers for a minute what hardly ever changes in Odoo: units, currencies, places, time zones, and who may what."""

from datetime import datetime, timedelta

from domain.calls import Call
from domain.clock import Clock
from domain.values import Json, canonical

STEADY = frozenset({"res.company", "res.currency", "stock.location", "stock.warehouse", "uom.uom"})
"""What plans are drawn up with. What a step relies on is asked again before it runs, and never remembered."""

ZONE = ["tz"]
"""The one thing about a contact that plans are drawn up with: where the company's days begin."""

RIGHTS = frozenset({"check_access_rights", "has_group"})
"""Questions about rights, of whatever model."""

LIFE = timedelta(minutes=1)


class Remembered:
    """Answers to the very same reads, for planning many cases in a row."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._answers: dict[bytes, tuple[datetime, Json]] = {}

    def answer(self, call: Call) -> Json:
        """What Odoo answered within the last minute; None where it was not asked, or such a thing is not kept."""
        if not _steady(call):
            return None
        at, answer = self._answers.get(_key(call), (None, None))
        return answer if at and self._lasts(at) else None

    def keep(self, call: Call, answer: Json) -> None:
        """Remember an answer, where it is of a kind that is kept, and forget what is too old to be given."""
        if _steady(call):
            lasting = {key: kept for key, kept in self._answers.items() if self._lasts(kept[0])}
            self._answers = {**lasting, _key(call): (self._clock.now(), answer)}

    def _lasts(self, at: datetime) -> bool:
        return timedelta(0) <= self._clock.now() - at < LIFE


def _steady(call: Call) -> bool:
    return call.model in STEADY or call.method in RIGHTS or call.kwargs.get("fields") == ZONE


def _key(call: Call) -> bytes:
    """Everything that was asked: company and language are in the context."""
    return canonical([call.model, call.method, list(call.args), dict(call.kwargs)])
