"""Makes what a scenario tells happen, in order: the desk works, people decide, and Odoo changes meanwhile."""

import inspect
from collections.abc import Mapping
from datetime import timedelta

from domain.errors import DeskError, Misuse
from domain.refusals import Refusal
from domain.values import Json, Value
from scenarios.acts import ACTS
from scenarios.cast import Cast
from scenarios.sandbox.faults import SandboxFault
from scenarios.sandbox.injected import Injected, Kind
from scenarios.script import Event


class Failure(Value):
    """A failure put in the way of the desk's calls."""

    call: str
    kind: Kind
    nth: int = 1
    times: int = 1


def happen(cast: Cast, event: Event) -> list[str]:
    """Let one event happen; says how it went otherwise than told, if it did."""
    cast.scene.clock.move(timedelta(minutes=event.after_minutes))
    try:
        outcome = ACTS[event.do](cast, event) if event.do in ACTS else in_odoo(cast, event)
    except Misuse:
        raise
    except DeskError as fault:
        outcome = Refusal(guard="odoo", reason=str(fault))
    refused_by = outcome.guard if isinstance(outcome, Refusal) else None
    if refused_by != event.refused_by:
        expected = f"refused by {event.refused_by}" if event.refused_by else "done"
        return [f"{event.do} {event.about or ''}: expected {expected}, found {outcome!r}"]
    return []


def in_odoo(cast: Cast, event: Event) -> object:
    """Something changes in Odoo, by a verb of the world, or a failure lies in wait there."""
    given = {name: cast.resolve(value) for name, value in event.given.items()}
    try:
        made = lie_in_wait(cast, given) if event.do == "fault" else carried_out(cast, event.do, given)
    except KeyError as unknown:
        raise Misuse(f"{event.do}: nothing is called {unknown} in the small world") from None
    except (TypeError, ValueError, SandboxFault) as wrong:
        raise Misuse(f"{event.do} with {given}: {wrong}") from wrong
    if event.name and isinstance(made, int):
        cast.named[event.name] = made
    return made


def lie_in_wait(cast: Cast, given: Mapping[str, Json]) -> Injected:
    """A failure, for the calls that come."""
    failure = Injected(**dict(Failure.model_validate(given)))
    cast.scene.engine.faults.append(failure)
    return failure


def carried_out(cast: Cast, name: str, given: Mapping[str, Json]) -> object:
    """A verb of the world with these arguments; raises TypeError where they do not fit it."""
    verb = getattr(cast.scene.world, name)
    inspect.signature(verb).bind(**given)
    return verb(**given)
