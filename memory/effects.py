"""The effects ledger: each step of each plan version happens at most once, and is written down before it does."""

import hashlib
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update
from sqlmodel import col

from domain.clock import Clock
from domain.errors import Misuse
from domain.intents import Compensated, Fresh, Intent, Settled, Undo, Unsettled
from domain.ports import StandingLimits
from domain.refusals import Refusal
from domain.values import Row, canonical
from memory import grants, usage
from memory.database import Database
from memory.effect_rows import Effect, EffectState, to_effect, to_result, told
from memory.errors import Conflict
from memory.journal import Journal
from memory.pauses import stops
from memory.tables import CaseRow, EffectRow
from memory.upserts import next_number

__all__ = ["Effect", "EffectsRegister"]

UNSETTLED: tuple[EffectState, ...] = ("intended", "unknown")
BY_KEY = select(EffectRow).where(col(EffectRow.key) == bindparam("key"))
OF_CASE = select(EffectRow).where(col(EffectRow.case_id) == bindparam("case")).order_by(col(EffectRow.number))


class EffectsRegister:
    """Implements domain.ports.Register over the desk's database."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        clock: Clock,
        *,
        desk: str,
        limits: StandingLimits | None = None,
    ) -> None:
        self.limits = limits
        """Checked again at every fresh effect; none where nothing was handed in."""
        self._database = database
        self._journal = journal
        self._clock = clock
        self._desk = desk

    def begin(self, intent: Intent, grant: str | None) -> Fresh | Settled | Unsettled | Refusal:
        """Spend the grant, check pauses and limits again, journal the intent: all or nothing, once a key."""
        with self._database.writing() as tx:
            row = _row(tx, intent.key)
            found = self._open(tx, intent, grant) if row is None else self._again(tx, row, intent)
            match found:
                case Refusal():
                    facts: Row = {"effect": intent.key, "guard": found.guard, "why": found.reason}
                    self._journal.append(tx, "effect.refused", facts, case=_case(tx, intent.case))
                case Unsettled():
                    self._journal.append(tx, "effect.looked_at", {"effect": intent.key}, case=intent.case)
            return found

    def in_flight(self, intent: Intent, why: str) -> None:
        """Journal that Odoo may be at work on it from now on; raises Conflict when it has ended."""
        at_work = update(EffectRow).where(col(EffectRow.key) == intent.key, col(EffectRow.state).in_(UNSETTLED))
        with self._database.writing() as tx:
            if tx.execute(at_work.values(state="intended", why=why, at=self._clock.now())).rowcount != 1:
                raise Conflict(f"{intent.key} has ended, or was never begun; read the case again")
            self._journal.append(tx, "effect.in_flight", {"effect": intent.key, "why": why}, case=intent.case)

    def stored(self, key: str) -> Intent | None:
        """The intent as it was begun, so that a later run goes on with exactly that; None where it was dropped."""
        with self._database.reading() as tx:
            row = _row(tx, key)
        return None if row is None or row["state"] == "dropped" else to_effect(row).intent

    def finish(self, intent: Intent, result: Undo | Compensated) -> None:
        """Keep the result; raises Conflict when the effect had ended otherwise."""
        if isinstance(result, Undo) != (intent.direction == "do"):
            raise Misuse(
                f"{intent.key} ended with {type(result).__name__}; a step done leaves Undo, one taken back not"
            )
        facts: Row = {"result": result.plain(), "result_digest": result.digest}
        self._end(intent, "done", result=result, facts=facts)

    def drop(self, intent: Intent, why: str) -> None:
        """Record that there was no effect; its key stays used, a fresh plan version has its own."""
        self._end(intent, "dropped", why=why, facts={"why": why})

    def unknown(self, intent: Intent, why: str) -> None:
        """Record that nobody can tell; what it would have committed keeps counting."""
        self._end(intent, "unknown", why=why, facts={"why": why})

    def effects(self, case: str, version: int | None = None) -> list[Effect]:
        """The effects of a case, or of one plan version, in the order they began."""
        with self._database.reading() as tx:
            rows = tx.execute(OF_CASE, {"case": case}).mappings().all()
        return [to_effect(row) for row in rows if version in (None, row["version"])]

    def _open(self, tx: Connection, intent: Intent, grant: str | None) -> Fresh | Refusal:
        now = self._clock.now()
        refusal = self._foreign(intent) or _paused(tx, intent) or self._over_limit(tx, intent, now)
        if refusal is not None:
            return refusal
        spent = grants.spend(tx, intent, grant, now, earned=_earned(tx, intent))
        if isinstance(spent, Refusal):
            return spent
        self._write_down(tx, intent, spent, now)
        return Fresh()

    def _again(self, tx: Connection, row: RowMapping, intent: Intent) -> Settled | Unsettled | Refusal:
        """What is known of an intent that was begun before."""
        if row["intent_digest"] != intent.digest:
            return Refusal(guard="effect", reason=f"{intent.key} was begun with other content; plan again")
        match row["state"]:
            case "done":
                return Settled(to_result(row["direction"], row["result"]))
            case "dropped":
                return Refusal(guard="effect", reason=f"{intent.key} was dropped: {row['why']}; plan again")
            case _:
                return self._unsettled(tx, row, intent)

    def _unsettled(self, tx: Connection, row: RowMapping, intent: Intent) -> Unsettled | Refusal:
        """A pause holds what was begun where it is; time and limits decide whether it may be sent once more."""
        now = self._clock.now()
        over = self._over_limit(tx, intent, now)
        paused = _paused(tx, intent) or (over if over and over.guard == "pause" else None)
        lasts = grants.expiry(tx, row["grant_id"]) > now
        return paused or Unsettled(since=row["at"], may_send=lasts and over is None)

    def _foreign(self, intent: Intent) -> Refusal | None:
        if intent.desk == self._desk:
            return None
        return Refusal(guard="desk", reason=f"{intent.key} is an intent of desk {intent.desk}; this is {self._desk}")

    def _over_limit(self, tx: Connection, intent: Intent, now: datetime) -> Refusal | None:
        if self.limits is None or intent.direction == "undo":
            return None
        own = usage.Own(intent.case, intent.plan_version, intent.step)
        return self.limits.breach(intent.exposure, usage.CountedUsage(tx, now, own))

    def _write_down(self, tx: Connection, intent: Intent, grant: str, now: datetime) -> None:
        body = canonical(intent.plain())
        row = {"key": intent.key, "number": next_number(tx, EffectRow), "case_id": intent.case}
        which = {"version": intent.plan_version, "step": intent.step, "direction": intent.direction}
        what = {"intent": body, "intent_digest": hashlib.sha256(body).hexdigest(), "grant_id": grant}
        tx.execute(insert(EffectRow).values(**row, **which, **what, state="intended", at=now))
        if intent.direction == "do":
            usage.spend(tx, intent.case, intent.plan_version, intent.step, now)
        self._journal.append(tx, "intent", told(intent, grant), case=intent.case)

    def _end(
        self,
        intent: Intent,
        state: EffectState,
        *,
        facts: Row,
        result: Undo | Compensated | None = None,
        why: str | None = None,
    ) -> None:
        body = None if result is None else canonical(result.plain())
        open_row = update(EffectRow).where(col(EffectRow.key) == intent.key, col(EffectRow.state).in_(UNSETTLED))
        with self._database.writing() as tx:
            ended = open_row.values(state=state, result=body, why=why, at=self._clock.now())
            if tx.execute(ended).rowcount != 1:
                _check_same(_row(tx, intent.key), intent, state, body)
                return
            if state == "dropped" and intent.direction == "do":
                usage.give_back(tx, intent.case, intent.plan_version, intent.step)
            self._journal.append(tx, f"effect.{state}", {"effect": intent.key, **facts}, case=intent.case)


def _row(tx: Connection, key: str) -> RowMapping | None:
    return tx.execute(BY_KEY, {"key": key}).mappings().first()


def _case(tx: Connection, case: str) -> str | None:
    """The case, where there is one: whatever a refused intent names may not exist."""
    return tx.execute(select(col(CaseRow.id)).where(col(CaseRow.id) == case)).scalar_one_or_none()


def _paused(tx: Connection, intent: Intent) -> Refusal | None:
    return stops(tx, "all", f"kind:{intent.kind}", f"action:{intent.action}", f"company:{intent.company}")


def _earned(tx: Connection, intent: Intent) -> bool:
    """Whether the intent takes back exactly what its own step of the same plan left behind."""
    left = select(col(EffectRow.result)).where(
        col(EffectRow.case_id) == intent.case,
        col(EffectRow.version) == intent.plan_version,
        col(EffectRow.step) == intent.step,
        col(EffectRow.direction) == "do",
        col(EffectRow.state) == "done",
    )
    return intent.direction == "undo" and tx.execute(left).scalar_one_or_none() == canonical(intent.params)


def _check_same(row: RowMapping | None, intent: Intent, state: EffectState, body: bytes | None) -> None:
    if row is None:
        raise Conflict(f"{intent.key} was never begun")
    if (row["state"], row["result"]) != (state, body):
        raise Conflict(f"{intent.key} is {row['state']} already and cannot become {state}; read the case again")
