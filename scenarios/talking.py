"""What people do with a case in a scenario besides deciding: ask, answer, take it in hand, put it aside, propose."""

from collections.abc import Mapping
from types import MappingProxyType

from desk.asking import answer, ask
from desk.dismissing import dismiss
from desk.proposing import propose
from desk.snoozing import morning, snooze
from desk.taking import give_back, take
from domain.errors import Misuse
from scenarios.acting import Act, knobs, on_case
from scenarios.cast import Cast
from scenarios.script import Event


def asked(cast: Cast, event: Event) -> object:
    return ask(cast.scene.desk, cast.case(event.about).id, cast.person(event), event.words, event.to)


def answered(cast: Cast, event: Event) -> object:
    """Answers the last question about the case."""
    questions = cast.questions(event.about)
    if not questions:
        raise Misuse(f"nobody asked anything about {event.about}")
    return answer(cast.scene.desk, questions[-1].id, cast.person(event), event.words)


def proposed(cast: Cast, event: Event) -> object:
    person, case = cast.person(event), cast.case(event.about)
    return propose(cast.scene.desk, case.id, person, cast.option(event.about, event.option), knobs(event), event.reason)


def snoozed(cast: Cast, event: Event) -> object:
    until = morning(cast.scene.world.day(event.until_day).date())
    return snooze(cast.scene.desk, cast.case(event.about).id, cast.person(event), event.reason, until)


TALK: Mapping[str, Act] = MappingProxyType(
    {
        "ask": asked,
        "answer": answered,
        "take": on_case(take),
        "give_back": on_case(give_back),
        "dismiss": on_case(dismiss),
        "snooze": snoozed,
        "propose": proposed,
    }
)
"""By verb."""
