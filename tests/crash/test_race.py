"""Two processes decide one request at once: one decision each time, one effect at most."""

from collections import Counter
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Literal

from desk.deciding import Decided, decide
from desk.desk import Desk
from desk.scanning import scan
from scenarios.worlds.many import many_shortages
from tests.crash.harness import START, Play, job, odoo, stood
from tests.crash.worker import Boundaries, Job, opened, proven
from tests.shortages import large_transfer

TIMES = 50
PLAY = Play(shortage=large_transfer, verb="approve", login="buymgr", model="stock.picking", stands=0)


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


def decided_twice(given: Job, requests: list[str], home: Path) -> list[list[str]]:
    """What each of two processes was told of each request."""
    barrier = START.Barrier(2)
    answers = ("approve", "reject")
    racers = [START.Process(target=race, args=(given._replace(verb=a), requests, barrier)) for a in answers]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert [racer.exitcode for racer in racers] == [0, 0]
    told = [(home / f"{answer}.txt").read_text().split() for answer in answers]
    return [list(pair) for pair in zip(*told, strict=True)]


def race(given: Job, requests: list[str], barrier: Barrier) -> None:
    """One process: decide every request, each at the same moment as the other process."""
    with opened(given, Boundaries(0)) as desk:
        told = [answered(desk, given, request, barrier) for request in requests]
    Path(given.home, f"{given.verb}.txt").write_text("\n".join(told))


def answered(desk: Desk, given: Job, request: str, barrier: Barrier) -> str:
    person = proven(given, desk)
    barrier.wait()
    answer: Literal["approve", "reject"] = "approve" if given.verb == "approve" else "reject"
    outcome = decide(desk, request, person, answer, "no")
    return outcome.request.state if isinstance(outcome, Decided) else "lost"
