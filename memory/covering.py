"""Whether the tables say what the journal says of them: a row slipped in, changed or taken out is named."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, select
from sqlmodel import col

from domain.errors import DeskError
from domain.values import Row, digest
from memory.grants import grant_digest
from memory.parts import misquoting
from memory.request_rows import to_request, told
from memory.stored import stored_plan
from memory.tables import EffectRow, GrantRow, PlanRow, RequestRow

ANSWERS = {"approved": "approve", "rejected": "reject"}
UNREADABLE = "unreadable"


class Tampering(NamedTuple):
    """Something is not as it was written; ``seq`` is the journal entry it concerns, 0 for none."""

    seq: int
    what: str


class Claim(NamedTuple):
    """What a thing is, by its name, and what it says, short enough to compare."""

    thing: str
    says: str


@dataclass
class Journalled:
    """What the journal says of each thing, and where; the first entry about it is believed."""

    said: dict[str, tuple[int, str]] = field(default_factory=dict)

    def learn(self, entry: Row, seq: int) -> None:
        """Keep what one entry claims."""
        for thing, says in _claims(entry):
            self.said.setdefault(thing, (seq, says))


def differences(tx: Connection, journalled: Journalled) -> Iterator[Tampering]:
    """Every plan, request, answer, grant, effect and result that the tables and the journal tell differently."""
    standing = dict(_standing(tx))
    for thing, says in standing.items():
        seq, written = journalled.said.get(thing, (0, None))
        if written is None:
            yield Tampering(0, f"{thing} stands in the tables and was never journalled")
        elif written != says:
            yield Tampering(seq, f"{thing} was changed in the tables: it is not what entry {seq} says")
    for thing, (seq, _) in journalled.said.items():
        if thing not in standing:
            yield Tampering(seq, f"{thing} is gone from the tables, and entry {seq} tells of it")
    yield from _misquoting(tx)


def _claims(entry: Row) -> Iterator[Claim]:
    match entry:
        case {"kind": "plan.proposed", "case": case, "facts": {"version": version, "digest": says}}:
            yield Claim(f"plan {version} of case {case}", str(says))
        case {"kind": "request.made", "facts": {"id": id_} as shown}:
            yield Claim(f"request {id_}", digest(shown))
        case {"kind": "request.decided", "actor": actor, "facts": {"id": id_, "answer": answer}}:
            yield Claim(f"the answer to request {id_}", f"{answer} by {actor}")
        case {"kind": "grant.issued", "facts": {"digests": {**digests}}}:
            yield from (Claim(f"grant {id_}", str(says)) for id_, says in digests.items())
        case {"kind": "intent", "facts": {"effect": key, "intent_digest": says, "grant": grant}}:
            yield Claim(f"effect {key}", f"{says} by {grant}")
        case {"kind": "effect.done", "facts": {"effect": key, "result_digest": says}}:
            yield Claim(f"the result of effect {key}", str(says))


def _standing(tx: Connection) -> Iterator[Claim]:
    for row in tx.execute(select(PlanRow)).mappings():
        says = row["digest"] if _sha(row["body"]) == row["digest"] else UNREADABLE
        yield Claim(f"plan {row['version']} of case {row['case_id']}", says)
    for row in tx.execute(select(RequestRow)).mappings():
        yield Claim(f"request {row['id']}", _asked(row))
        if row["state"] in ANSWERS:
            yield Claim(f"the answer to request {row['id']}", f"{ANSWERS[row['state']]} by {row['decided_by']}")
    for row in tx.execute(select(GrantRow)).mappings():
        yield Claim(f"grant {row['id']}", grant_digest(row))
    for row in tx.execute(select(EffectRow).order_by(col(EffectRow.number))).mappings():
        says = row["intent_digest"] if _sha(row["intent"]) == row["intent_digest"] else UNREADABLE
        yield Claim(f"effect {row['key']}", f"{says} by {row['grant_id']}")
        if row["state"] == "done":
            yield Claim(f"the result of effect {row['key']}", _sha(row["result"] or b""))


def _misquoting(tx: Connection) -> Iterator[Tampering]:
    """Requests that name other people or use other words than their plan; what cannot be read is told already."""
    for row in tx.execute(select(RequestRow)).mappings():
        with suppress(DeskError, ValueError):
            wrong = misquoting(to_request(row), stored_plan(tx, row["case_id"], row["plan_version"]))
            if wrong:
                yield Tampering(0, f"request {row['id']} was changed in the tables: {wrong}")


def _asked(row: RowMapping) -> str:
    try:
        return digest(told(to_request(row)))
    except ValueError:
        return UNREADABLE


def _sha(body: bytes | str) -> str:
    """SHA-256 of what was stored; SQLite keeps text where bytes belong when told to."""
    return hashlib.sha256(body).hexdigest() if isinstance(body, bytes) else UNREADABLE
