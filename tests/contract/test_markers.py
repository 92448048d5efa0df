"""Whatever the desk makes in Odoo bears a mark by which a search finds it and it alone."""

from typing import Any

import pytest

from domain.intents import Intent
from tests.contract.drafts import PREPARED
from tests.contract.ground import Ground
from tools.action import Absent, Found
from tools.catalogue import CATALOGUE
from tools.trace import Trace

MARKED = {
    "stock.transfer": ("stock.picking", "origin"),
    "purchase.create_rfq": ("purchase.order", "origin"),
    "mail.activity": ("mail.activity", "note"),
    "mail.activity_done": ("mail.message", "body"),
    "mail.note": ("mail.message", "body"),
    "sale.hold": ("mail.message", "body"),
}
"""Where each action that makes something leaves its mark."""
MAKES = frozenset({"create", "activity_schedule", "message_post", "action_feedback"})


def marked(ground: Ground, action: str, intent: Intent) -> int:
    """How many records bear the mark, archived ones too."""
    model, field = MARKED[action]
    return ground.count(model, [[field, "like", intent.marker]], active_test=False)


def test_every_action_that_makes_something_marks_it() -> None:
    making = {name for name, action in CATALOGUE.items() if any(MAKES & each.methods for each in action.scope.permits)}

    assert making == set(MARKED)


@pytest.mark.parametrize("action", MARKED)
def test_a_mark_finds_what_was_made_and_it_alone(ground: Ground, action: str) -> None:
    steps = [PREPARED[action](ground) for _ in range(2)]
    intents = [ground.intent(step.draft, step.who) for step in steps]
    assert [marked(ground, action, intent) for intent in intents] == [0, 0]

    ground.done(intents[0], steps[0].who)

    assert [marked(ground, action, intent) for intent in intents] == [1, 0]


@pytest.mark.parametrize("action", PREPARED)
def test_a_step_is_looked_for_in_odoo_and_told_from_nothing(ground: Ground, action: str) -> None:
    """What the gateway asks after a lost answer, before and after the step."""
    step = PREPARED[action](ground)
    intent, known = ground.intent(step.draft, step.who), CATALOGUE[action]
    params, reader = known.parse(step.draft.params), ground.reader(step.who)
    trace = Trace(marker=intent.marker, seen=intent.touches)
    before: Any = known.probe(reader, params, trace)

    ground.done(intent, step.who)

    assert isinstance(before, Absent), before
    assert isinstance(known.probe(reader, params, trace), Found)
