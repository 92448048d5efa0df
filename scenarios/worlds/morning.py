"""The morning that a world is built for: when it was really built leaves no trace in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time

from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.env import Env

MORNING = time(6, tzinfo=UTC)


def morning_of(today: date) -> datetime:
    """When the day's work begins."""
    return datetime.combine(today, MORNING)


@contextmanager
def standing(engine: Engine, at: datetime) -> Iterator[tuple[Env, SetClock]]:
    """One transaction under a clock that stands at that time and can be moved; the engine's own comes back after."""
    own, clock = engine.clock, SetClock(at)
    engine.clock = clock
    try:
        with engine.transaction() as env:
            _restamp(env)
            yield env, clock
    finally:
        engine.clock = own


def _restamp(env: Env) -> None:
    """Whatever every new Odoo has was made this morning too."""
    stamps = {"create_date": env.stamp, "write_date": env.stamp}
    for model in env.engine.models:
        for record, row in list(env.engine.table(model).rows.items()):
            env.engine.put(model, record, {**row, **stamps})
    env.write("res.company", [env.ref("base.main_company")], {"account_opening_date": env.today.isoformat()})
