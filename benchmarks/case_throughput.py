"""How many cases the desk carries from scan hit to close in a second, beside a loop that makes the same calls bare.

A case: fresh evidence, options, a plan, the gate, a two-call transfer, verify, close; over HTTP to a sandbox in its own
process, with the full journal on SQLite. The bare loop sends the very calls that the desk sent, to an equal world.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from agents.terms import TermsBook
from benchmarks.sandbox import Built, serving
from desk.desk import Desk, Parts, assemble, open_store, read_policy
from domain.calls import Call
from domain.cases import Case
from domain.clock import SystemClock
from domain.ports import Transport
from domain.values import Json
from graphs import KINDS
from memory.checkpoints import open_checkpoints
from scenarios.sandbox.engine import Engine
from scenarios.worlds import small
from scenarios.worlds.many import many_shortages


class Recording:
    """A transport that remembers what was asked."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.calls: list[Call] = []

    @property
    def uid(self) -> int:
        return self._transport.uid

    def execute(self, call: Call) -> Json:
        self.calls.append(call)
        return self._transport.execute(call)


def world(engine: Engine, cases: int) -> Built:
    """A small world with that many shortages."""
    made = many_shortages(small.build(engine, today=datetime.now(UTC).date()), cases, demand=30)
    products = tuple(made.products.values())
    warehouses = tuple(warehouse.id for warehouse in made.warehouses.values())
    return Built(made.company, made.users["desk"].api_key, products, warehouses)


def carry(desk: Desk, cases: Sequence[Case]) -> list[float]:
    """Seconds for each case, one after the other."""
    return [timed(partial(desk.runner.run, case.id)) for case in cases]


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measure(cases: int) -> dict[str, float | int]:
    """Both loops, one after the other, in the same run."""
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as home:
        seconds, calls = with_desk(Path(home), cases)
    bare = without_desk(cases, calls)
    writes = sum(not call.reads_only for call in calls)
    return {
        "cases": cases,
        "cases_per_s": round(cases / sum(seconds), 1),
        "p50_ms": round(median(seconds) * 1000, 1),
        "p99_ms": round(quantiles(seconds, n=100)[98] * 1000, 1),
        "bare_cases_per_s": round(cases / bare, 1),
        "ratio_to_bare": round(bare / sum(seconds), 3),
        "reads_per_case": round((len(calls) - writes) / cases, 1),
        "writes_per_case": round(writes / cases, 1),
    }


def with_desk(home: Path, cases: int) -> tuple[list[float], list[Call]]:
    """Seconds a case, and every call that was made for them."""
    policy = read_policy().but(limits=())
    with serving(partial(world, cases=cases)) as served:
        store, saver = open_store(home, SystemClock(), policy), open_checkpoints(home)
        recording = Recording(served.transport)
        parts = Parts(
            transport=recording,
            connect=lambda _login, _secret: served.transport,
            store=store,
            saver=saver,
            clock=SystemClock(),
            policy=policy,
            kinds=KINDS,
            terms=TermsBook(),
        )
        desk = assemble(parts)
        found = opened(desk, served.world.company)
        recording.calls.clear()
        seconds = carry(desk, found)
        closed = len(store.cases.list(state="closed"))
        saver.conn.close()
        store.close()
    if len(found) != cases or closed != cases:
        raise SystemExit(f"expected {cases} cases to be found and closed, found {len(found)} and closed {closed}")
    return seconds, recording.calls


def opened(desk: Desk, company: int) -> Sequence[Case]:
    """The cases of one scan, not yet worked on."""
    agent, now = desk.kinds["stockout"], desk.clock.now()
    findings = agent.detect(agent.read(desk.gateway.reader(company), now, desk.terms), now, desk.terms)
    return desk.store.cases.record(findings, graph=desk.runner.shape).opened


def without_desk(cases: int, calls: Sequence[Call]) -> float:
    """Seconds to make the same calls with nothing around them."""
    with serving(partial(world, cases=cases)) as served:
        return timed(partial(replay, served.transport, calls))


def replay(transport: Transport, calls: Sequence[Call]) -> None:
    for call in calls:
        transport.execute(call)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    figures = measure(given.cases)
    if given.json:
        print(json.dumps(figures))
    else:
        for name, figure in figures.items():
            print(f"{name:>18}  {figure}")


if __name__ == "__main__":
    main()
