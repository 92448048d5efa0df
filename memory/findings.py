"""What a scan found becomes cases: one case per fact, updated by a rescan, reopened by a relapse."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, insert, select, update
from sqlmodel import col

from domain.cases import Case, Finding
from domain.holds import Hold
from domain.people import DESK
from domain.values import Row
from memory.case_rows import to_case, told
from memory.hold_rows import end_hold, holds_of
from memory.journal import Journal, Note
from memory.tables import CaseRow
from memory.upserts import next_number

BATCH = 500
"""How many rows one query asks for."""


@dataclass(frozen=True)
class Recorded:
    """What became of a scan's findings; those that changed nothing are in none of these."""

    opened: tuple[Case, ...]
    updated: tuple[Case, ...]
    relapsed: tuple[Case, ...]


@dataclass
class _Sorted:
    """The findings on their way into rows; new cases are inserted together at the end."""

    number: int
    rows: list[dict[str, object]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    relapsed: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def record(
    tx: Connection,
    journal: Journal,
    findings: Sequence[Finding],
    *,
    graph: str,
    now: datetime,
    relapse_within: timedelta,
) -> Recorded:
    """Open, update or reopen a case for each finding, and journal it."""
    newest = {finding.fingerprint: finding for finding in findings}
    standing = _standing(tx, list(newest))
    dismissed = _dismissed(tx, [row["id"] for row in standing.values() if row["state"] == "closed"])
    done = _Sorted(next_number(tx, CaseRow))
    for fingerprint, finding in newest.items():
        row = standing.get(fingerprint)
        held = dismissed.get(row["id"]) if row else None
        if held is not None and not held.over(now) and _worse(held, finding) is None:
            continue
        if row is None or (row["state"] == "closed" and _settled(row, now, relapse_within)):
            _open(finding, graph, now, done)
        elif row["state"] != "closed":
            _update(tx, row, finding, now, done)
        elif held is not None or not _settled_by_a_person(row, finding):
            _reopen(tx, row, finding, graph, now, done, why=_why_again(held, finding))
    if done.rows:
        tx.execute(insert(CaseRow), done.rows)
    journal.append_all(tx, done.notes)
    return Recorded(*(_cases(tx, ids) for ids in (done.opened, done.updated, done.relapsed)))


def _standing(tx: Connection, fingerprints: list[str]) -> dict[str, RowMapping]:
    """The open case of each fingerprint, or else the newest."""
    found: dict[str, RowMapping] = {}
    for asked in _batches(fingerprints):
        query = select(CaseRow).where(col(CaseRow.fingerprint).in_(asked))
        query = query.order_by(col(CaseRow.state) != "closed", col(CaseRow.number))
        found.update({row["fingerprint"]: row for row in tx.execute(query).mappings()})
    return found


def _dismissed(tx: Connection, closed: list[str]) -> dict[str, Hold]:
    """What a person knew of those closed cases that were dismissed."""
    found: dict[str, Hold] = {}
    for asked in _batches(closed):
        found.update(holds_of(tx, asked))
    return found


def _batches(asked: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(asked), BATCH):
        yield asked[start : start + BATCH]


def _settled(row: RowMapping, now: datetime, relapse_within: timedelta) -> bool:
    return bool(row["closed_at"] + relapse_within < now)


def _worse(held: Hold, finding: Finding) -> str | None:
    return held.worse(finding.money_at_risk, finding.deadline)


def _why_again(held: Hold | None, finding: Finding) -> str:
    """Why a closed case comes back, in words."""
    if held is None:
        return "found again by a scan"
    return f"it was dismissed, and {_worse(held, finding) or 'its time is over'}"


def _settled_by_a_person(row: RowMapping, finding: Finding) -> bool:
    """A person, or the rules, closed the case knowing exactly these facts: that answer stands."""
    return bool(row["why_by"] != DESK and row["facts_digest"] == finding.facts_digest)


def _cases(tx: Connection, ids: list[str]) -> tuple[Case, ...]:
    found: list[Case] = []
    for asked in _batches(ids):
        query = select(CaseRow).where(col(CaseRow.id).in_(asked)).order_by(col(CaseRow.number))
        found += [to_case(row) for row in tx.execute(query).mappings()]
    return tuple(found)


def _open(finding: Finding, graph: str, now: datetime, done: _Sorted) -> None:
    number = done.number + len(done.rows)
    case = f"C{number}"
    row: dict[str, object] = {"id": case, "number": number, "fingerprint": finding.fingerprint, "kind": finding.kind}
    about = {"company": finding.company, "subject": finding.subject, "plan_version": 0, "relapses": 0}
    stands = {"state": "open", "rung": "rules", "why": "found by a scan", "why_by": DESK}
    carried = {"thread": case, "graph": graph, "opened_at": now, "updated_at": now}
    done.rows.append({**row, **about, **stands, **carried, **told(finding)})
    done.opened.append(case)
    done.notes.append(Note(kind="case.opened", facts=_facts(finding), case=case))


def _update(tx: Connection, row: RowMapping, finding: Finding, now: datetime, done: _Sorted) -> None:
    news = told(finding)
    if all(row[name] == value for name, value in news.items()):
        return
    tx.execute(update(CaseRow).where(col(CaseRow.id) == row["id"]).values(**news, updated_at=now))
    done.updated.append(row["id"])
    done.notes.append(Note(kind="case.updated", facts=_facts(finding), case=row["id"]))


def _reopen(
    tx: Connection, row: RowMapping, finding: Finding, graph: str, now: datetime, done: _Sorted, *, why: str
) -> None:
    relapses = row["relapses"] + 1
    stands = {"state": "open", "why": why, "why_by": DESK, "closed_at": None}
    carried = {"thread": f"{row['id']}.{relapses}", "graph": graph, "relapses": relapses, "updated_at": now}
    again = update(CaseRow).where(col(CaseRow.id) == row["id"], col(CaseRow.state) == "closed")
    tx.execute(again.values(**stands, **carried, **told(finding)))
    end_hold(tx, row["id"], "open")
    done.relapsed.append(row["id"])
    done.notes.append(Note(kind="case.relapsed", facts={**_facts(finding), "relapses": relapses}, case=row["id"]))


def _facts(finding: Finding) -> Row:
    return {**finding.plain(), "fingerprint": finding.fingerprint}
