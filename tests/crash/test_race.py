"""Two processes decide one request, or two requests of one plan, at once: one decision each, one effect at most."""

from collections import Counter
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Literal

from desk.deciding import Decided, decide
from desk.desk import Desk
from desk.recovering import recover
from desk.scanning import scan
from domain.cases import NOTICE
from scenarios.worlds.many import many_shortages
from tests.crash.harness import START, Play, job, odoo, stood
from tests.crash.worker import Boundaries, Job, opened, proven
from tests.shortages import large_transfer

TIMES = 50
PARTED = 3
"""As many as one vendor may be asked on a day before somebody else is asked about all of it."""
PLAY = Play(shortage=large_transfer, verb="approve", login="buymgr", model="stock.picking", stands=0)
PARTS = Play(shortage=large_transfer, verb="approve", login="buymgr", model="stock.picking", stands=0, both=True)


def test_of_an_approval_and_a_rejection_at_once_one_counts(tmp_path: Path) -> None:
    with odoo() as (engine, world, server):
        many_shortages(world, TIMES, demand=400)
        given = job(PLAY, tmp_path, world, server, "", 0)
        with opened(given, Boundaries(0)) as desk:
            scan(desk, "stockout", world.company)
            requests = [request.id for request in desk.store.requests.pending()]
        assert len(requests) == TIMES

        outcomes = decided_twice(given, requests, tmp_path)

        with opened(given, Boundaries(0)) as desk:
            found = stood(PLAY, engine, desk)
            states = Counter(desk.store.requests.get(request).state for request in requests)
            approved = [r for r in requests if desk.store.requests.get(r).state == "approved"]
    for request, answers in zip(requests, outcomes, strict=True):
        assert sorted(answers) in (["approved", "lost"], ["lost", "rejected"]), request
    assert set(states) <= {"approved", "rejected"}
    assert len(found.marked) == len(approved) == states["approved"]
    assert found.verified
    assert found.kinds.count("request.decided") == TIMES
    assert Counter(found.states) == Counter({"closed": states["approved"], "queued": states["rejected"]})


def test_of_two_approvals_of_two_parts_at_once_each_plan_is_carried_out_once(tmp_path: Path) -> None:
    with odoo() as (engine, world, server):
        wider = many_shortages(world, PARTED, demand=400)
        for number in range(PARTED):
            wider.vendor_price(f"p{number}", "4.00", delay=3)
        given = job(PARTS, tmp_path, world, server, "", 0)
        with opened(given, Boundaries(0)) as desk:
            scan(desk, "stockout", world.company)
            asked = desk.store.requests.pending()
        parts = {role: [one.id for one in asked if one.role == role] for role in ("warehouse-lead", "buyer")}
        assert [len(requests) for requests in parts.values()] == [PARTED, PARTED]

        raced(given, list(parts.values()), ["approve", "approve"])

        with opened(given, Boundaries(0)) as desk:
            recover(desk)
            found = stood(PARTS, engine, desk)
            told = [len(desk.store.register.effects(case.id)) for case in desk.store.cases.list(kind=NOTICE)]
        with engine.transaction() as env:
            assert env.search("mail.activity", []) == []
    assert told == [2] * 2 * PARTED
    assert len(found.marked) == PARTED
    assert Counter(found.states) == Counter({"closed": PARTED})
    assert (found.kinds.count("grant.issued"), found.kinds.count("effect.done")) == (PARTED, 2 * PARTED)
    assert found.verified


def decided_twice(given: Job, requests: list[str], home: Path) -> list[list[str]]:
    """What each of two processes was told of each request."""
    raced(given, [requests, requests], ["approve", "reject"])
    told = [(home / f"{racer}.txt").read_text().split() for racer in (0, 1)]
    return [list(pair) for pair in zip(*told, strict=True)]


def raced(given: Job, requests: list[list[str]], answers: list[str]) -> None:
    """Let two processes answer their requests, each pair at the same moment."""
    barrier = START.Barrier(2)
    jobs = [given._replace(verb=answer) for answer in answers]
    racers = [START.Process(target=race, args=(jobs[n], n, requests[n], barrier)) for n in (0, 1)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert [racer.exitcode for racer in racers] == [0, 0]


def race(given: Job, number: int, requests: list[str], barrier: Barrier) -> None:
    """One process: decide every request, each at the same moment as the other process."""
    with opened(given, Boundaries(0)) as desk:
        told = [answered(desk, given, request, barrier) for request in requests]
    Path(given.home, f"{number}.txt").write_text("\n".join(told))


def answered(desk: Desk, given: Job, request: str, barrier: Barrier) -> str:
    person = proven(given, desk)
    barrier.wait()
    answer: Literal["approve", "reject"] = "approve" if given.verb == "approve" else "reject"
    outcome = decide(desk, request, person, answer, "no")
    return outcome.request.state if isinstance(outcome, Decided) else "lost"
