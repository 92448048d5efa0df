"""An effect as a row, and the row as an effect."""

from typing import Literal

from sqlalchemy import RowMapping

from domain.intents import Compensated, Intent, Undo
from domain.values import Instant, Row, Value
from memory.stored import checked

EffectState = Literal["intended", "done", "dropped", "unknown"]


class Effect(Value):
    """One step as carried out; ``intended`` without an end means the desk was killed or is at it."""

    key: str
    intent: Intent
    state: EffectState
    result: Undo | Compensated | None
    why: str | None
    at: Instant


def told(intent: Intent, grant: str) -> Row:
    """What the journal keeps of an intent."""
    plain = intent.plain()
    shown = ("action", "params", "exposure", "rollback", "plan_version", "plan_digest", "policy_digest", "company")
    names: Row = {"effect": intent.key, "marker": intent.marker, "grant": grant, "intent_digest": intent.digest}
    return {**names, "params_digest": intent.params_digest, **{name: plain[name] for name in shown}}


def to_effect(row: RowMapping) -> Effect:
    result = None if row["result"] is None else to_result(row["direction"], row["result"])
    intent = Intent.model_validate_json(checked(row["intent"], row["intent_digest"], f"intent {row['key']}"))
    return Effect(key=row["key"], intent=intent, state=row["state"], result=result, why=row["why"], at=row["at"])


def to_result(direction: str, body: bytes) -> Undo | Compensated:
    return Undo.model_validate_json(body) if direction == "do" else Compensated.model_validate_json(body)
