"""What the desk and its people do in a scenario, each by the verb that the command line uses too."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from desk.closing import close
from desk.deciding import Answer, decide
from desk.editing import edit
from desk.pausing import pause, resume
from desk.recovering import recover
from desk.rolling_back import preview, rollback
from desk.scanning import scan
from memory.parts import decisive
from memory.requests import Request
from scenarios.acting import Act, knobs, on_case
from scenarios.cast import Cast, NotAsked
from scenarios.script import Event
from scenarios.talking import TALK


def scanned(cast: Cast, _: Event) -> object:
    return scan(cast.scene.desk, "stockout", cast.scene.world.company)


def decided(word: Answer) -> Act:
    """Approve or reject what is asked about a case: of the role that is named, or where there is just one."""

    def act(cast: Cast, event: Event) -> object:
        person = cast.person(event)
        return decide(cast.scene.desk, asked(cast, event).id, person, word, event.reason)

    return act


def asked(cast: Cast, event: Event) -> Request:
    """What was last asked about a case: of the named role, else the request on which the plan hangs."""
    found = [request for request in cast.asked(event.about) if event.role in (None, request.role)]
    if not found:
        raise NotAsked(f"no request about {event.about} waits or waited for {event.role or 'anybody'}")
    return decisive(found)


def edited(cast: Cast, event: Event) -> object:
    person, turned = cast.person(event), knobs(event)
    return edit(cast.scene.desk, asked(cast, event).id, person, turned)


def switched(verb: Callable[..., object]) -> Act:
    return lambda cast, event: verb(cast.scene.desk, event.about or "all", cast.person(event), event.reason)


ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "scan": scanned,
        "recover": lambda cast, _: recover(cast.scene.desk),
        "wait": lambda *_: None,
        "approve": decided("approve"),
        "reject": decided("reject"),
        "edit": edited,
        **TALK,
        "close": on_case(close),
        "preview": on_case(preview, reason=False),
        "rollback": on_case(rollback, reason=False),
        "pause": switched(pause),
        "resume": switched(resume),
    }
)
"""By verb; every other verb of a scenario changes Odoo, or puts a failure in the way."""
