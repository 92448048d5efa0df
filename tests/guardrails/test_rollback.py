"""A later rollback is a plan of its own: taken back at once while small and recent, else asked."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.exposures import Exposure, Risk
from domain.verdicts import Verdict
from guardrails.gate import judge
from guardrails.policy import Policy
from tests.guardrails.builders import BASE, CATALOGUE, NOW, Committed, default, exposure, plan, policy_of, whose

HOUR = timedelta(hours=1)


def judged(*given: Exposure, policy: Policy, hours: int | None = 1) -> Verdict:
    undone = plan(*given, purpose="rollback", undoes=1, requested_by="user:7")
    done_at = None if hours is None else NOW - hours * HOUR
    return judge(undone, Committed(), policy, CATALOGUE, NOW, done_at=done_at)


def test_a_small_and_recent_effect_is_taken_back_without_asking() -> None:
    assert judged(exposure(amount="500"), policy=default(), hours=24).outcome == "allow"


@pytest.mark.parametrize(
    ("given", "hours", "says"),
    [
        (exposure(amount="500.01"), 1, "it is over 500.00 GBP"),
        (exposure(), 25, "not done within the last 24 h"),
        (exposure(), None, "not done within the last 24 h"),
    ],
)
def test_what_is_larger_older_or_of_unknown_age_is_asked(given: Exposure, hours: int | None, says: str) -> None:
    verdict = judged(given, policy=default(), hours=hours)

    assert (verdict.outcome, whose(verdict)) == ("ask", ["purchasing-manager"])
    assert says in verdict.reason
    assert "at most 500.00 GBP or 500.00 EUR, no older than 24 h" in (verdict.rulings[0].otherwise or "")


def test_small_steps_that_are_large_together_are_asked() -> None:
    within = judged(exposure(amount="250"), exposure(amount="250"), policy=default())
    over = judged(exposure(amount="250"), exposure(amount="250.01"), policy=default())

    assert within.outcome == "allow"
    assert (over.outcome, whose(over)) == ("ask", ["purchasing-manager"])
    assert over.reason == "taking back 500.01 GBP in all is over 500.00 GBP"
    assert "at most 500.00 GBP" in (over.rulings[-1].otherwise or "")


def test_a_policy_may_refuse_small_steps_that_are_large_together(tmp_path: Path) -> None:
    section = '[rollback]\nthen = "refuse"\nallow_within_hours = 24\nallow_max_amount = "500 GBP"\n'

    verdict = judged(exposure(amount="300"), exposure(amount="300"), policy=policy_of(tmp_path, BASE + section))

    assert verdict.outcome == "refuse"


def test_an_irreversible_effect_is_never_taken_back_without_asking(tmp_path: Path) -> None:
    text = 'irreversible_allowed = ["*"]\n' + BASE
    policy = policy_of(tmp_path, text + '[rollback]\nallow_within_hours = 24\nallow_max_amount = "500 GBP"\n')

    assert judged(exposure(risk=Risk.IRREVERSIBLE), policy=policy).outcome == "ask"
    assert judged(exposure(), policy=policy).outcome == "allow"


def test_a_currency_without_an_amount_is_asked(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, BASE + '[rollback]\nallow_within_hours = 24\nallow_max_amount = "500 EUR"\n')

    assert "no amount is named in GBP" in judged(exposure(), policy=policy).reason


def test_without_an_allowance_every_rollback_is_asked(tmp_path: Path) -> None:
    verdict = judged(exposure(amount="1"), policy=policy_of(tmp_path, BASE))

    assert (verdict.outcome, whose(verdict)) == ("ask", ["manager"])


def test_a_policy_may_refuse_rollbacks(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, BASE + '[rollback]\nthen = "refuse"\n')

    assert judged(exposure(), policy=policy).outcome == "refuse"


def test_a_rollback_is_open_though_its_kind_is_only_observed(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, BASE.replace('"auto"', '"observe"'))

    assert judged(exposure(), policy=policy).outcome == "ask"


def test_a_rollback_uses_up_no_limit(tmp_path: Path) -> None:
    limit = '[[limit]]\nname = "none"\nper = "company"\nwindow = "1d"\nmax_count = 0\nthen = "refuse"\n'

    assert judged(exposure(), policy=policy_of(tmp_path, BASE + limit)).outcome == "ask"


def test_a_step_that_does_something_new_is_refused_in_a_rollback() -> None:
    undone = plan(exposure(), purpose="rollback")
    smuggled = undone.but(steps=(undone.steps[0].but(direction="do"),))

    verdict = judge(smuggled, Committed(), default(), CATALOGUE, NOW, done_at=NOW)

    assert verdict.reason == "a rollback may hold only steps to undo"
