"""Killed at every boundary of a transfer, a purchase, a rollback and two approvals: one effect, a complete journal."""

from pathlib import Path

import pytest

from desk.desk import Desk
from desk.scanning import scan
from scenarios.worlds.small import Small
from tests.crash.harness import Play, Stood, boundaries, killed
from tests.desk.combined import short_of_jugs
from tests.shortages import large_transfer, small_purchase, small_transfer


def asked(desk: Desk, world: Small) -> str:
    scan(desk, "stockout", world.company)
    (request,) = desk.store.requests.pending()
    return request.id


def both_parts(desk: Desk, world: Small) -> str:
    scan(desk, "stockout", world.company)
    return " ".join(request.id for request in desk.store.requests.pending())


def transferred(desk: Desk, world: Small) -> str:
    scan(desk, "stockout", world.company)
    (case,) = desk.store.cases.list(state="closed")
    return case.id


TRANSFER = Play(
    shortage=large_transfer, prepare=asked, verb="approve", login="warehouse", model="stock.picking", stands=1
)
PURCHASE = Play(shortage=small_purchase, verb="scan", login="buyer", model="purchase.order", stands=1)
ROLLBACK = Play(
    shortage=small_transfer, prepare=transferred, verb="rollback", login="warehouse", model="stock.picking", stands=0
)
PARTS = Play(
    shortage=short_of_jugs,
    prepare=both_parts,
    verb="approve",
    login="buymgr",
    model="purchase.order",
    stands=1,
    both=True,
)
WORDS = Play(
    shortage=large_transfer, verb="scan", login="warehouse", model="stock.picking", stands=0, asks=1, ends="waiting"
)
PLAYS = {
    "transfer": TRANSFER,
    "a request that is told": WORDS,
    "purchase": PURCHASE,
    "rollback": ROLLBACK,
    "two parts of one plan": PARTS,
}


@pytest.mark.parametrize("name", PLAYS)
def test_whatever_boundary_it_dies_at_the_effect_stands_once(name: str, tmp_path: Path) -> None:
    play = PLAYS[name]
    passed = boundaries(play, tmp_path / "whole")

    wrong = {}
    for die_at, where in enumerate(passed, start=1):
        faults = faults_of(play, killed(play, tmp_path / str(die_at), die_at))
        if faults:
            wrong[f"{die_at} {where}"] = faults

    assert not wrong
    assert len(passed) >= 12


def faults_of(play: Play, found: Stood) -> list[str]:
    """What is not as it must be after any kill."""
    faults = []
    if len(found.marked) != play.stands:
        faults.append(f"{len(found.marked)} stand in Odoo, not {play.stands}")
    if found.activities != play.asks:
        faults.append(f"{found.activities} activities stand in Odoo, not {play.asks}")
    if found.states != [play.ends]:
        faults.append(f"the cases are {found.states}")
    if not found.verified:
        faults.append("the journal does not verify")
    if any(state != "done" for _, state in found.effects):
        faults.append(f"the effects are {found.effects}")
    for intent, done in (("intent", "effect.done"),):
        if found.kinds.count(intent) != found.kinds.count(done):
            faults.append(f"{found.kinds.count(intent)} intents, {found.kinds.count(done)} results")
    return faults


@pytest.mark.parametrize("name", ["transfer", "purchase"])
def test_without_ledger_and_marker_the_same_harness_finds_duplicates(name: str, tmp_path: Path) -> None:
    play = PLAYS[name]
    passed = boundaries(play, tmp_path / "whole")
    between = [n for n, where in enumerate(passed, start=1) if where.startswith(("before", "after"))]

    doubled = [n for n in between if len(killed(play, tmp_path / str(n), n, guarded=False).marked) > play.stands]

    assert doubled
