"""The shape that everything people do in a scenario has: an event goes in, what came of it comes out."""

from collections.abc import Callable, Mapping
from decimal import Decimal

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
    return {name: Decimal(value) for name, value in event.knobs.items()}
