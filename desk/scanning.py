"""Scan one company for one kind of exception, open a case for each, and carry every case as far as it goes."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from decimal import Decimal

from desk.desk import Desk
from desk.notifying import notifying
from desk.pausing import named
from desk.recovering import recover
from desk.waking import wake
from domain.cases import Case, CaseState
from domain.errors import Misuse
from domain.faults import OdooFault, OutcomeUnknown
from domain.refusals import Refusal
from domain.values import Value
from memory.errors import Conflict

WITHDRAWABLE: frozenset[CaseState] = frozenset({"open", "waiting", "queued"})
"""A case in one of these states closes by itself when a scan no longer finds its exception."""

GONE = "a scan no longer finds the exception"

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""


class Scanned(Value):
    """What one scan found and did."""

    kind: str
    company: int
    opened: tuple[str, ...]
    updated: tuple[str, ...]
    relapsed: tuple[str, ...]
    gone: tuple[str, ...]
    odoo_calls: int
    seconds: Decimal


def quiet(_what: str, _done: int, _all: int) -> None:
    """No progress shown."""


@notifying
def scan(desk: Desk, kind: str, company: int, progress: Progress = quiet) -> Scanned | Refusal:
    """Find the exceptions of one kind in one company and work on them; raises OdooFault when Odoo cannot be read."""
    if kind not in desk.scanned_kinds:
        raise Misuse(f"there is no kind {kind!r}; there is {', '.join(desk.scanned_kinds)}")
    agent = desk.kinds[kind]
    recover(desk)
    paused = desk.store.pauses.stopping(kind, company)
    if paused:
        return named(desk, paused)
    started = time.perf_counter()
    number = desk.store.scans.start(kind, company)
    reader = desk.gateway.reader(company)
    progress("reading Odoo", 0, 1)
    now = desk.clock.now()
    try:
        findings = agent.detect(agent.read(reader, now, desk.terms), now, desk.terms)
    except OdooFault as fault:
        desk.store.scans.done(number, calls=reader.calls, seconds=since(started), error=str(fault))
        raise
    recorded = desk.store.cases.record(findings, graph=desk.runner.shape)
    gone = withdraw(desk, kind, company, {finding.subject for finding in findings})
    scanned = Scanned(
        kind=kind,
        company=company,
        opened=names(recorded.opened),
        updated=names(recorded.updated),
        relapsed=names(recorded.relapsed),
        gone=names(gone),
        odoo_calls=reader.calls,
        seconds=since(started),
    )
    desk.store.scans.done(
        number,
        calls=scanned.odoo_calls,
        seconds=scanned.seconds,
        opened=len(scanned.opened) + len(scanned.relapsed),
        updated=len(scanned.updated),
    )
    work(desk, (*recorded.opened, *recorded.relapsed, *wake(desk)), progress)
    return scanned


def withdraw(desk: Desk, kind: str, company: int, found: set[str]) -> list[Case]:
    """Close the cases whose exception this scan no longer found."""
    taken = {hold.case for hold in desk.store.holds.all("taken")}
    over = [
        case
        for case in desk.store.cases.list(kind=kind, company=company, state=WITHDRAWABLE)
        if case.subject not in found and not left_something(desk, case)
    ]
    gone = [case for case in over if case.id not in taken]
    for case in over:
        if case.id in taken:
            tell_owner(desk, case)
    return [case for case in gone if withdrawn(desk, case)]


def tell_owner(desk: Desk, case: Case) -> None:
    """Say on a case that somebody has in hand, once, that it can be closed."""
    if case.why != GONE:
        desk.store.cases.remark(case.id, GONE)


def left_something(desk: Desk, case: Case) -> bool:
    """Whether the case is about effects of its own by now: a rollback that was asked for, or one that went wrong."""
    newest = desk.store.plans.newest(case.id)
    if newest is None:
        return False
    effects = desk.store.register.effects(case.id, newest.version)
    return newest.purpose == "rollback" or any(effect.state != "dropped" for effect in effects)


def withdrawn(desk: Desk, case: Case) -> bool:
    """Close a case whose exception is gone; False when somebody moved it meanwhile."""
    try:
        desk.store.cases.move(case.id, "closed", GONE, expected=case.state)
    except Conflict:
        return False
    desk.runner.forget(case)
    return True


def work(desk: Desk, cases: Iterable[Case], progress: Progress = quiet) -> None:
    """Carry some cases as far as they go, most money at risk first."""
    ordered = sorted(cases, key=lambda case: -case.money_at_risk.amount)
    for done, case in enumerate(ordered):
        progress(f"{case.id} {case.title}", done, len(ordered))
        with suppress(OutcomeUnknown):  # one case whose reads time out must not keep the others from their turn
            desk.runner.run(case.id)


def names(cases: Iterable[Case]) -> tuple[str, ...]:
    """The ids of some cases."""
    return tuple(case.id for case in cases)


def since(started: float) -> Decimal:
    """Seconds since a reading of the performance counter, to the millisecond."""
    return Decimal(str(round(time.perf_counter() - started, 3)))
