"""The doctor's single checks, each with something wrong."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desk.examining import home_check
from desk.examining_odoo import (
    Odoo,
    clock_check,
    round_trip_check,
    version_check,
)
from desk.examining_rights import groups_check, lacks
from domain.calls import Call
from domain.clock import SetClock
from domain.errors import DeskError
from domain.faults import AccessRefused, ServerBug
from domain.values import Json
from tools.rights import Need
from tools.transports.wire import OdooAddress

ADDRESS = OdooAddress(host="odoo.example.com", port=8069, database="shop")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Answers:
    """A transport that answers every call by one function."""

    uid = 9

    def __init__(self, answer: Callable[[Call], Json]) -> None:
        self._answer = answer

    def execute(self, call: Call) -> Json:
        return self._answer(call)


def raising(problem: Exception) -> Callable[[Call], Json]:
    def answer(call: Call) -> Json:
        raise problem

    return answer


def odoo(there: datetime | None) -> Odoo:
    return Odoo(
        address=ADDRESS,
        login="desk",
        log_in=lambda: Answers(lambda _call: True),
        server_time=lambda _address: there,
        clock=SetClock(NOON),
    )


@pytest.mark.parametrize(
    ("version", "outcome"),
    [("18.0", "ok"), ("19.0+e", "ok"), ("saas~18.3", "ok"), ("17.0", "warn"), ("14.0", "fail"), ("junk", "fail")],
)
def test_an_odoo_that_the_desk_was_not_run_with_is_told(version: str, outcome: str) -> None:
    assert version_check(ADDRESS, version).outcome == outcome


def test_of_17_it_is_said_that_its_words_are_from_documentation() -> None:
    assert "from documentation" in (version_check(ADDRESS, "17.0").fix or "")


def test_which_versions_are_spoken_is_said_to_whoever_has_another() -> None:
    assert "expected an Odoo of version 17, 18, 19" in version_check(ADDRESS, "16.0").found


@pytest.mark.parametrize(
    ("there", "outcome"),
    [(NOON, "ok"), (NOON - timedelta(minutes=5), "warn"), (NOON + timedelta(minutes=5), "warn"), (None, "warn")],
)
def test_clocks_that_disagree_are_warned_about(there: datetime | None, outcome: str) -> None:
    assert clock_check(odoo(there)).outcome == outcome


def test_a_slow_odoo_is_warned_about(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(0, 100, 1))
    monkeypatch.setattr("time.perf_counter", lambda: next(ticks))

    assert round_trip_check(Answers(lambda _call: 1)).outcome == "warn"


def test_an_odoo_that_refuses_the_smallest_question_fails() -> None:
    assert round_trip_check(Answers(raising(AccessRefused("no")))).outcome == "fail"


def test_a_missing_module_is_named() -> None:
    bug = raising(ServerBug("Object purchase.order doesn't exist"))

    found = lacks(Answers(bug), Need("purchase.order", "create"))

    assert found == "Odoo has no purchase.order: module purchase is not installed"


def test_a_question_that_fails_is_told() -> None:
    asked = lacks(Answers(raising(DeskError("line is down"))), Need("sale.order", "read"))

    assert asked == "sale.order: line is down"


def test_a_mighty_user_is_warned_about() -> None:
    mighty = groups_check(Answers(lambda _call: True), 19)

    assert mighty.outcome == "warn"
    assert "Role: Administrator" in mighty.found
    assert "Purchase: User, Inventory: User, Sales: User: All Documents and nothing more" in (mighty.fix or "")


def test_whoever_is_in_too_few_groups_is_told_which() -> None:
    few = groups_check(Answers(lambda call: "stock" in str(call.args[1])), 18)

    assert few.outcome == "warn"
    assert few.fix == "in Odoo, Settings, Users: give the desk's user Purchase: User and Sales: User: All Documents"


def test_a_home_that_is_no_folder_fails(tmp_path: Path) -> None:
    file = tmp_path / "home"
    file.write_text("")

    assert home_check(file).outcome == "fail"
