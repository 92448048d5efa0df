"""Switches by which a person stops the desk: all of it, a kind, an action or a company."""

from sqlalchemy import Connection, delete, insert, select
from sqlmodel import col

from domain.clock import Clock
from domain.errors import Misuse
from domain.refusals import Refusal
from domain.values import Instant, Value
from domain.words import minute
from memory.database import Database
from memory.journal import Journal
from memory.tables import PauseRow

EXPECTED = "all, kind:NAME, action:NAME or company:ID"


class Pause(Value):
    """A switch that is off."""

    scope: str
    """``all``, ``kind:stockout``, ``action:stock.transfer`` or ``company:1``."""
    actor: str
    reason: str
    since: Instant

    def __str__(self) -> str:
        return f"{self.scope} is paused by {self.actor} since {minute(self.since)}: {self.reason}"


class Pauses:
    """What is paused; the gateway's ledger asks before every effect, scans ask before every look."""

    def __init__(self, database: Database, journal: Journal, clock: Clock) -> None:
        self._database = database
        self._journal = journal
        self._clock = clock

    def pause(self, scope: str, *, actor: str, reason: str) -> Pause | Refusal:
        """Turn a switch off; one that is off already stays as it is. Raises Misuse for a scope that does not exist."""
        check_scope(scope)
        pause = Pause(scope=scope, actor=actor, reason=reason, since=self._clock.now())
        with self._database.writing() as tx:
            if already := stops(tx, scope):
                return already.but(reason=f"nothing to pause: {already.reason}")
            tx.execute(insert(PauseRow).values(scope=scope, actor=actor, reason=reason, since=pause.since))
            self._journal.append(tx, "pause", {"scope": scope}, actor=actor, personal={"reason": reason})
        return pause

    def resume(self, scope: str, *, actor: str, reason: str) -> bool:
        """Turn a switch on again; False when it was on."""
        check_scope(scope)
        with self._database.writing() as tx:
            resumed = tx.execute(delete(PauseRow).where(col(PauseRow.scope) == scope)).rowcount == 1
            if resumed:
                self._journal.append(tx, "resume", {"scope": scope}, actor=actor, personal={"reason": reason})
        return resumed

    def active(self) -> tuple[Pause, ...]:
        """Every switch that is off, by scope."""
        with self._database.reading() as tx:
            rows = tx.execute(select(PauseRow).order_by(col(PauseRow.scope))).mappings()
            return tuple(Pause.model_validate(dict(row)) for row in rows)

    def stopping(self, kind: str, company: int) -> Refusal | None:
        """Why a scan of this kind and company must not run now."""
        with self._database.reading() as tx:
            return stops(tx, "all", f"kind:{kind}", f"company:{company}")


def stops(tx: Connection, *scopes: str) -> Refusal | None:
    """The refusal of the first of these scopes that is paused, within the caller's transaction."""
    paused = select(PauseRow).where(col(PauseRow.scope).in_(scopes)).order_by(col(PauseRow.scope))
    row = tx.execute(paused).mappings().first()
    return None if row is None else Refusal(guard="pause", reason=str(Pause.model_validate(dict(row))))


def check_scope(scope: str) -> None:
    what, _, which = scope.partition(":")
    if scope == "all" or (what in {"kind", "action"} and which) or (what == "company" and which.isdecimal()):
        return
    raise Misuse(f"expected {EXPECTED}, found {scope!r}")
