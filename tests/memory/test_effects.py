"""The effects ledger: at most once, written down before, spent by its own grant only."""



from domain.intents import Fresh, Settled
from domain.refusals import Refusal
from memory.store import Store
from tests.memory.builders import (
    a_plan,
    allowed_plan,
    an_undo,
    asked,
    intent_of,
)


def test_a_granted_step_begins_and_ends_once(store: Store) -> None:
    intent = intent_of(store, allowed_plan(store))

    assert store.register.begin(intent, None) == Fresh()
    store.register.finish(intent, an_undo())

    assert store.register.begin(intent, None) == Settled(an_undo())
    kinds = [entry.kind for entry in store.journal.entries(case=intent.case)]
    assert kinds[-2:] == ["intent", "effect.done"]


def test_without_a_grant_nothing_begins(store: Store) -> None:
    intent = intent_of(store, a_plan(asked(store).case))

    refusal = store.register.begin(intent, None)

    assert isinstance(refusal, Refusal)
    assert refusal.guard == "grant"
    assert store.register.effects(intent.case) == []
    assert store.journal.entries()[-1].kind == "effect.refused"
