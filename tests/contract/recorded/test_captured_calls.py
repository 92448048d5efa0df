"""The sandbox answers the recorded calls of a real Odoo 18 and 19 with the same shape, or the same error."""

from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from tests.contract.recorded.captures import VERSIONS, captures
from tests.contract.recorded.concern import Concern, concern
from tests.contract.recorded.effects import said
from tests.contract.recorded.left_out import OUTSIDE, REASON_OF
from tests.contract.recorded.outcomes import told
from tests.contract.recorded.report import OURS, share
from tests.contract.recorded.rights import NOT_TRIED, TRIED, may
from tests.contract.recorded.specials import ASKED
from tests.contract.recorded.table import EXACT, state_of
from tests.contract.recorded.trying import Bench, Verdict, bench, verdicts

SHARE = 0.9
"""Of the recorded lines of the models that the desk's reads and actions use, so many agree at least."""


@cache
def tried(version: int) -> Mapping[str, Verdict]:
    return {verdict.call.name: verdict for verdict in verdicts(captures(version), version)}


@pytest.fixture(scope="module", params=VERSIONS)
def on(request: pytest.FixtureRequest) -> Iterator[Bench]:
    with bench(request.param) as opened:
        yield opened


@pytest.mark.parametrize(
    ("version", "name"), [(v, name) for v in VERSIONS for name in state_of(v) if name in captures(v)]
)
def test_the_sandbox_answers_as_odoo_did(version: int, name: str) -> None:
    assert tried(version)[name].problem is None


@pytest.mark.parametrize("version", VERSIONS)
def test_nine_in_ten_recorded_lines_of_what_the_desk_uses_agree(version: int) -> None:
    agree, lines = share(tried(version).values(), *OURS)

    assert agree / lines >= SHARE


@pytest.mark.parametrize("version", VERSIONS)
def test_no_line_of_what_the_desk_uses_is_left_out_without_a_reason_of_its_own(version: int) -> None:
    unnamed = [
        name
        for name, line in captures(version).items()
        if concern(told(line)) in OURS and name not in state_of(version) and name not in REASON_OF
    ]

    assert unnamed == []


@pytest.mark.parametrize("version", VERSIONS)
def test_lines_left_out_for_their_model_are_none_that_the_desk_uses(version: int) -> None:
    left = {verdict.concern for verdict in tried(version).values() if verdict.left_out == OUTSIDE}

    assert not left & set(OURS)


@pytest.mark.parametrize("version", VERSIONS)
def test_it_is_said_what_each_call_that_is_made_must_change(version: int) -> None:
    lines = {name: told(line) for name, line in captures(version).items()}
    states = {name: state.__name__ for name, state in state_of(version).items() if name in lines}

    unsaid = [
        f"{name}: {lines[name].method} from {state}" for name, state in states.items() if not said(lines[name], state)
    ]

    assert unsaid == []


def test_every_name_in_the_tables_was_recorded() -> None:
    recorded = set(captures(18)) | set(captures(19))
    named = {*state_of(18), *state_of(19), *REASON_OF, *ASKED, *EXACT}

    assert named <= recorded


def test_a_line_is_either_made_again_or_left_out() -> None:
    assert not REASON_OF.keys() & (state_of(18).keys() | state_of(19).keys() | ASKED.keys())


@pytest.mark.parametrize("name", EXACT)
def test_availability_and_prices_are_the_recorded_figures(on: Bench, name: str) -> None:
    call = captures(on.lab.engine.version)[name]

    assert on.figures(call, state_of(call.version)[name]) == [figures(row) for row in call.result]


def figures(row: Mapping[str, object]) -> Mapping[str, object]:
    return {key: value for key, value in row.items() if key != "id"}


@pytest.mark.parametrize("role", ["plain", "buyer", "seller", "stocker", "biller"])
def test_who_may_do_what_is_as_recorded(on: Bench, role: str) -> None:
    matrix = captures(on.lab.engine.version)["_access_matrix"].result
    found = {row: "ok" if may(on.anew(), role, row) else "DENY" for row in TRIED}

    assert found == {row: matrix[row][role] for row in TRIED}
    assert set(matrix) == set(TRIED) | NOT_TRIED


def test_lines_are_told_apart_by_what_they_concern() -> None:
    lines = captures(18)

    assert concern(lines["po_confirm_twice"]) is Concern.USED
    assert concern(lines["po_lock"]) is Concern.NEAR
    assert concern(lines["scrap_validate"]) is Concern.BESIDE
    assert concern(lines["report_stock_quantity"]) is Concern.BEYOND
    assert concern(lines["session_make_key"]) is Concern.CLIENT
