"""The shape that everything people do in a scenario has: an event goes in, what came of it comes out."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from domain.errors import Misuse
from scenarios.cast import Cast
from scenarios.script import Event

Act = Callable[[Cast, Event], object]
"""Does it, and says what came of it: a Refusal where it was refused."""


def on_case(verb: Callable[..., object], *, reason: bool = True) -> Act:
    """A verb of one person on one case."""

    def act(cast: Cast, event: Event) -> object:
        why = (event.reason,) if reason else ()
        return verb(cast.scene.desk, cast.case(event.about).id, cast.person(event), *why)

    return act


def knobs(event: Event) -> Mapping[str, Decimal]:
    """What is turned; raises Misuse for what is no number."""
    try:
        return {name: Decimal(value) for name, value in event.knobs.items()}
    except InvalidOperation:
        raise Misuse(f"{event.do}: knobs are numbers, found {event.knobs}") from None
