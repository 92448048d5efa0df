"""Makes what a scenario tells happen, in order: the desk works, people decide, and Odoo changes meanwhile."""

import inspect
from collections.abc import Mapping
from datetime import timedelta

from domain.errors import DeskError, Misuse
from domain.refusals import Refusal
from domain.values import Json, Value
from scenarios.acts import ACTS
from scenarios.cast import Cast
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
    if event.do == "fault":
        lying = Injected(**dict(Failure.model_validate(given)))
        cast.scene.engine.faults.append(lying)
        return lying
    made = carried_out(cast, event.do, given)
    if event.name and isinstance(made, int):
        cast.named[event.name] = made
    return made


def carried_out(cast: Cast, name: str, given: Mapping[str, Json]) -> object:
    """A verb of the world with these arguments; raises Misuse where they do not fit it."""
    verb = getattr(cast.scene.world, name)
    try:
        inspect.signature(verb).bind(**given)
    except TypeError as error:
        raise Misuse(f"{name}: {error}") from None
    return verb(**given)
