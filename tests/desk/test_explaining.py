"""A case tells why policy decided as it did, also when it did not decide yet."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desk.dossiers import dossier
from desk.explaining import explained
from domain.cases import Finding
from domain.clock import SetClock
from domain.errors import NotFound
from domain.money import Money
from memory.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path, SetClock(datetime(2026, 3, 2, tzinfo=UTC)))) as opened:
        yield opened


def test_a_case_without_a_plan_says_where_it_stands(store: Store) -> None:
    finding = Finding(
        kind="stockout",
        company=1,
        subject="product:1@warehouse:1",
        title="Lantern runs out",
        money_at_risk=Money(amount=Decimal(5), currency="GBP"),
        deadline=None,
        facts_digest="x",
    )
    case = store.cases.record([finding], graph="g").opened[0]

    found, sheet = explained(store, case.id, None), dossier(store, case.id)

    assert found.verdict is None
    assert "no plan of it was judged" in found.lines[1]
    assert sheet.plan is None
    assert sheet.facts == ()
    assert sheet.journal[0].kind == "case.opened"


def test_a_case_that_does_not_exist_cannot_be_explained(store: Store) -> None:
    with pytest.raises(NotFound, match="C9"):
        explained(store, "C9", None)
