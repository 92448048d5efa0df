"""Every action in the catalogue says everything about itself."""

import pytest

from domain.calls import Call
from domain.exposures import Risk
from domain.faults import AccessRefused, RecordMissing, Refused, Unreachable
from domain.intents import Undo
from domain.plans import Draft
from domain.refusals import Refusal
from domain.values import Json
from tests.tools.bench import Bench
from tests.tools.effects import ALL, EFFECTS, draft
from tools.action import Action, AnyAction, Params
from tools.catalogue import CATALOGUE, price, price_undo

NEVER = {"state", "quantity", "reserved_quantity", "picked", "groups_id", "password", "price_unit"}
"""Fields no action may ever write."""
BY_STATE = {
    "purchase.confirm",
    "purchase.redate",
    "sale.commitment",
    "stock.minmax",
    "stock.reallocate",
}
"""Actions with no field to write a marker in: they are found by the state they lead to and what was seen before."""


UNDOING = {
    "mail.activity": "remove activity",
    "mail.activity_done": "again: activity",
    "mail.note": "correct note",
    "purchase.confirm": "make a draft request again",
    "purchase.create_rfq": "delete what",
    "purchase.redate": "put the former day back",
    "sale.commitment": "promise no day again",
    "sale.hold": "take off the tag",
    "stock.minmax": "set minimum 10 and maximum 50 again",
    "stock.reallocate": "unreserve both",
    "stock.transfer": "cancel what",
}
"""How the step back is told."""


@pytest.mark.parametrize("action", CATALOGUE.values(), ids=list(CATALOGUE))
def test_an_action_declares_scope_risk_words_and_bounds(action: AnyAction) -> None:
    own = type(action)

    assert action.scope.permits, f"{action.name} declares no scope"
    assert action.undo_scope.permits, f"{action.name} declares no undo scope"
    assert isinstance(action.risk, Risk), f"{action.name} declares no risk"
    assert (own.__doc__ or "") not in {"", Action.__doc__}, f"{action.name} has no words of its own"
    assert issubclass(action.Params, Params), f"{action.name} takes loose parameters"
    marked = any(permit.marker for permit in action.scope.permits)
    assert marked or action.name in BY_STATE, f"{action.name} cannot be found again"


def test_every_action_is_killed_and_lost_answers_by_tests() -> None:
    untested = set(CATALOGUE) - set(EFFECTS)

    assert not untested, f"tests/tools/effects.py does not name {untested}: no test kills them"


@pytest.mark.parametrize("action", CATALOGUE.values(), ids=list(CATALOGUE))
def test_an_action_never_writes_what_nobody_may(action: AnyAction) -> None:
    for permit in (*action.scope.permits, *action.undo_scope.permits):
        written = permit.fields.union(*permit.children.values())
        assert not written & NEVER, f"{action.name} may write {written & NEVER}"
        assert not any(method.startswith("_") for method in permit.methods)


def test_names_are_what_the_catalogue_calls_them() -> None:
    assert set(CATALOGUE) == {
        "stock.transfer",
        "stock.reallocate",
        "stock.minmax",
        "purchase.create_rfq",
        "purchase.confirm",
        "purchase.redate",
        "sale.commitment",
        "sale.hold",
        "mail.activity",
        "mail.activity_done",
        "mail.note",
    }


def test_a_priced_step_tells_all_an_approver_needs(bench: Bench) -> None:
    step = bench.priced(bench.transfer("10"))

    assert step.words == "transfer 10 Units of “[22427] Enamel flower jug cream” from “Leeds” to “Leicester”"
    assert step.rollback.calls == ("stock.picking.action_cancel",)
    assert {ref.model for ref in step.touches} == {"product.product"}
    assert step.params == bench.transfer("10").params


@pytest.mark.parametrize("action", ALL)
@pytest.mark.parametrize("kind", [AccessRefused, RecordMissing])
def test_a_record_that_odoo_hides_or_misses_refuses_the_draft_alone(
    bench: Bench, action: str, kind: type[Refused]
) -> None:
    class Hiding:
        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            raise kind(f"Odoo refused: {call}")

    wanted = draft(bench, action)

    found = price(wanted, bench.over(Hiding()).reader(bench.world.company))

    assert isinstance(found, Refusal)
    assert found.guard == "facts"
    assert found.reason.startswith("Odoo refused: ")


def test_an_odoo_out_of_reach_is_no_refusal(bench: Bench) -> None:
    class Away:
        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            raise Unreachable(f"no answer to {call}")

    with pytest.raises(Unreachable):
        price(bench.transfer(), bench.over(Away()).reader(bench.world.company))


def test_an_unknown_action_has_no_price(bench: Bench) -> None:
    found = price(Draft(action="stock.teleport", params={}), bench.gateway.reader(bench.world.company))

    assert isinstance(found, Refusal)


@pytest.mark.parametrize("action", ALL)
def test_a_rollback_is_a_step_of_its_own(bench: Bench, action: str) -> None:
    intent = bench.intent(draft(bench, action))
    undo = bench.done(intent)

    step = price_undo(intent.action, undo, intent.exposure)

    assert step.direction == "undo"
    assert Undo.model_validate(step.params) == undo
    assert UNDOING[action] in step.words


def test_a_name_from_odoo_cannot_pass_for_the_desks_own_words(bench: Bench) -> None:
    poisoned = "Lamp” (approved by finance)\u202e " + "x" * 200
    with bench.world.engine.transaction() as env:
        env.write("product.product", env.search("product.product", []), {"name": poisoned})
        env.write("res.partner", [bench.world.customer, bench.world.vendor], {"name": poisoned})

    for action in ALL:
        step = price(draft(bench, action), bench.gateway.reader(bench.world.company))
        assert not isinstance(step, Refusal)
        for words in (step.words, step.rollback.words):
            assert 'Lamp" (approved by finance) xxx' in words or "Lamp" not in words
            assert words.count("“") == words.count("”")
            assert "\u202e" not in words
            assert "x" * 81 not in words


def test_pricing_writes_nothing(bench: Bench) -> None:
    drafts = [draft(bench, action) for action in ALL]
    before = len(bench.line.writes)

    for wanted in drafts:
        bench.priced(wanted)

    assert len(bench.line.writes) == before
