"""A company's or warehouse's own policy has its say beside the policy of everybody, and the strictest decides."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from domain.exposures import Exposure, Risk
from domain.verdicts import Ruling, Verdict
from guardrails.explaining import explain
from guardrails.gate import judge
from guardrails.loading import load
from guardrails.policy import Policy
from guardrails.standing import PolicyLimits
from tests.guardrails.builders import (
    BASE,
    CATALOGUE,
    NOW,
    Committed,
    exposure,
    gbp,
    plan,
    verdict_on,
    written,
)

ANY = '[[rule]]\nname = "any"\nactions = ["*"]\nthen = "allow"\n'
FREE = BASE + ANY + '[four_eyes]\nabove = "50000 GBP"\n'
"""A policy that allows everything, so that only a local one can say no."""
HERE = exposure(warehouse=3)
RFQ = "purchase.create_rfq"


def held(folder: Path, text: str, name: str = "1/3.toml", base: str = FREE) -> Policy:
    """A policy with one local policy beside it."""
    return load(written(folder, base, {name: f"version = 1\n{text}\n"}), CATALOGUE)


def rule(*lines: str, actions: str = "*", then: str = "ask") -> str:
    return "\n".join(['[[rule]]\nname = "mine"', f'actions = ["{actions}"]', f'then = "{then}"', *lines])


def local_rulings(verdict: Verdict) -> list[Ruling]:
    return [ruling for ruling in verdict.rulings if ruling.local]


def roles(verdict: Verdict) -> list[str]:
    return [ask.role for ask in verdict.asks]


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (exposure(warehouse=3), "refuse"),
        (exposure(warehouse=4, receiver=3), "refuse"),
        (exposure(warehouse=3, receiver=4), "refuse"),
        (exposure(warehouse=4, receiver=5), "allow"),
        (exposure(), "allow"),
    ],
)
def test_a_warehouse_has_its_say_in_whatever_it_gives_or_receives(
    tmp_path: Path, given: Exposure, outcome: str
) -> None:
    assert verdict_on(plan(given), held(tmp_path, rule(then="refuse"))).outcome == outcome


def test_another_companys_policy_has_no_say(tmp_path: Path) -> None:
    policy = held(tmp_path, rule(then="refuse"), "2/company.toml")

    assert verdict_on(plan(HERE), policy).outcome == "allow"
    assert verdict_on(plan(HERE.but(company=2), company=2), policy).outcome == "refuse"


def test_a_company_has_its_say_whatever_the_warehouse(tmp_path: Path) -> None:
    policy = held(tmp_path, rule(then="refuse"), "1/company.toml")

    assert verdict_on(plan(exposure(warehouse=None)), policy).outcome == "refuse"


def test_what_is_allowed_elsewhere_is_asked_here_and_file_and_line_are_told(tmp_path: Path) -> None:
    policy = held(tmp_path, rule('over_amount = "50 GBP"', 'role = "lead"', actions="stock.*"))

    verdict = verdict_on(plan(HERE), policy)

    assert (verdict.outcome, roles(verdict)) == ("ask", ["lead"])
    assert verdict.reason == "stock.transfer of 100.00 GBP: 100.00 GBP is over 50.00 GBP"
    assert [ruling.rule for ruling in local_rulings(verdict)] == ["mine (1/3.toml:2)"]
    assert any("ask by mine (1/3.toml:2)" in line for line in explain(verdict))


@pytest.mark.parametrize(
    ("line", "changes", "excess"),
    [
        ('over_amount = "99.99 GBP"', {}, "100.00 GBP is over 99.99 GBP"),
        ('over_amount = "900 EUR"', {}, "no amount is named in GBP"),
        ("over_quantity = 5", {"quantity": Decimal("5.5")}, "quantity 5.5 is over 5"),
        ("over_days = 5", {"days": 6}, "days 6 is over 5"),
        ("over_days = 5", {"days": -6}, "days 6 is over 5"),
        ("under_confidence = 0.95", {}, "confidence 0.9 is under 0.95"),
    ],
)
def test_a_local_rule_speaks_beyond_any_of_its_bounds(
    tmp_path: Path, line: str, changes: dict[str, object], excess: str
) -> None:
    verdict = verdict_on(plan(HERE.but(**changes)), held(tmp_path, rule(line, then="refuse")))

    assert verdict.outcome == "refuse"
    assert verdict.reason == f"stock.transfer of 100.00 GBP: {excess}"


@pytest.mark.parametrize(
    "lines",
    [
        'over_amount = "100 GBP"',
        "over_quantity = 0",
        "over_days = 0",
        "under_confidence = 0.9",
        "vendors = [4]",
        "customers = [4]",
        "products = [4]",
        'risk = ["note"]',
    ],
)
def test_within_its_bounds_and_about_others_a_local_rule_says_nothing(tmp_path: Path, lines: str) -> None:
    verdict = verdict_on(plan(HERE), held(tmp_path, rule(lines, then="refuse")))

    assert (verdict.outcome, local_rulings(verdict)) == ("allow", [])


def test_without_bounds_a_local_rule_always_speaks(tmp_path: Path) -> None:
    assert verdict_on(plan(HERE), held(tmp_path, rule())).reason.endswith("always asked here")
    assert verdict_on(plan(HERE), held(tmp_path, rule(then="refuse"))).reason.endswith("never allowed here")


def test_who_is_asked_by_the_policy_is_asked_still(tmp_path: Path) -> None:
    base = BASE + '[[rule]]\nname = "up"\nactions = ["stock.*"]\nthen = "ask"\nrole = "manager"\n'
    policy = held(tmp_path, rule('role = "manager"'), base=base + "[[limit]]\n" + LOW)

    verdict = verdict_on(plan(HERE), policy)

    assert roles(verdict) == ["manager"]


LOW = 'name = "low"\nper = "company"\nwindow = "1d"\nmax_count = 0\nthen = "ask"\nrole = "lead"\n'


def test_a_local_wish_never_takes_a_step_from_whom_the_policy_asks(tmp_path: Path) -> None:
    base = BASE + '[[rule]]\nname = "a"\nactions = ["stock.*"]\nthen = "ask"\nrole = "lead"\n'
    big = plan(HERE.but(amount=gbp(4000), warehouse=4), HERE.but(amount=gbp(4000)))

    alone = verdict_on(big, load(written(tmp_path / "alone", base, {}), CATALOGUE))
    both = verdict_on(big, held(tmp_path, rule('role = "manager"'), base=base))

    assert [(ask.role, ask.steps) for ask in alone.asks] == [("manager", (0, 1))]
    assert [(ask.role, ask.steps) for ask in both.asks] == [("manager", (0, 1))]


def test_a_lower_cap_refuses_here_alone(tmp_path: Path) -> None:
    policy = held(tmp_path, '[caps]\nstep = "99 GBP"')

    verdict = verdict_on(plan(HERE), policy)

    assert verdict.outcome == "refuse"
    assert [ruling.rule for ruling in local_rulings(verdict)] == ["caps (1/3.toml:3)"]
    assert verdict_on(plan(exposure(warehouse=4)), policy).outcome == "allow"


def test_a_narrower_scope_refuses_what_it_leaves_out(tmp_path: Path) -> None:
    policy = held(tmp_path, '[scopes]\nstockout = ["mail.note"]')

    assert verdict_on(plan(HERE), policy).reason == "the stockout agent may not use stock.transfer"
    assert verdict_on(plan(exposure("mail.note", "0", warehouse=3)), policy).outcome == "allow"


@pytest.mark.parametrize(("degree", "outcome"), [("approve", "ask"), ("propose", "refuse"), ("observe", "refuse")])
def test_a_lower_autonomy_holds_here(tmp_path: Path, degree: str, outcome: str) -> None:
    policy = held(tmp_path, f'[autonomy]\nstockout = "{degree}"')

    assert verdict_on(plan(HERE), policy).outcome == outcome
    assert verdict_on(plan(exposure(warehouse=4)), policy).outcome == "allow"


@pytest.mark.parametrize("switch", ["all = true", 'kinds = ["stockout"]', 'actions = ["stock.*"]'])
def test_a_local_pause_stops_here_alone(tmp_path: Path, switch: str) -> None:
    policy = held(tmp_path, f"[pause]\n{switch}")

    assert verdict_on(plan(HERE), policy).outcome == "refuse"
    assert verdict_on(plan(exposure(warehouse=4)), policy).outcome == "allow"


def test_evidence_ages_faster_here(tmp_path: Path) -> None:
    policy = held(tmp_path, "[freshness]\nevidence_seconds = 60")
    later = NOW + timedelta(seconds=61)

    assert verdict_on(plan(HERE), policy, now=later).outcome == "refuse"
    assert verdict_on(plan(exposure(warehouse=4)), policy, now=later).outcome == "allow"


def test_the_shortest_expiry_and_the_lowest_four_eyes_hold(tmp_path: Path) -> None:
    text = f'[expiry]\nrequest_hours = 2\n[four_eyes]\nabove = "99 GBP"\n{rule()}'
    policy = load(written(tmp_path, FREE, {"1/3.toml": f"version = 1\n{text}\n", "1/4.toml": TWO}), CATALOGUE)

    here, elsewhere = verdict_on(plan(HERE), policy), verdict_on(plan(exposure(warehouse=4)), policy)

    assert (here.expires_in_s, here.four_eyes) == (7200, True)
    assert (elsewhere.expires_in_s, elsewhere.four_eyes) == (86_400, False)


TWO = 'version = 1\n[[rule]]\nname = "a"\nactions = ["*"]\nthen = "ask"\n'


def test_a_local_limit_counts_what_is_committed_already(tmp_path: Path) -> None:
    limit = '[[limit]]\nname = "day"\nper = "vendor"\nwindow = "1d"\nmax_amount = "500 GBP"\nthen = "{}"'
    small = exposure(RFQ, "200", vendor=4, warehouse=3)

    asked = verdict_on(plan(small), held(tmp_path, limit.format("ask")), small.but(amount=gbp("300.01")))

    assert asked.reason == "vendor 4 would reach 500.01 GBP in 1d, over 500.00 GBP"
    assert [ruling.rule for ruling in local_rulings(asked)] == ["day (1/3.toml:2)"]
    assert verdict_on(plan(small), held(tmp_path, limit.format("ask")), small).outcome == "allow"
    assert (
        verdict_on(plan(small.but(warehouse=4)), held(tmp_path, limit.format("ask")), small, small).outcome == "allow"
    )


def test_a_rollback_is_held_tighter_here(tmp_path: Path) -> None:
    base = FREE + '[rollback]\nallow_within_hours = 24\nallow_max_amount = "500 GBP"\n'
    policy = held(tmp_path, '[rollback]\nallow_within_hours = 1\nallow_max_amount = "150 GBP"', base=base)

    def outcome(*given: Exposure, hours: int = 1) -> str:
        undone = plan(*given, purpose="rollback", undoes=1, requested_by="user:7")
        done_at = NOW - timedelta(hours=hours)
        return judge(undone, Committed(), policy, CATALOGUE, NOW, done_at=done_at).outcome

    assert outcome(HERE) == "allow"
    assert outcome(HERE, hours=2) == "ask"
    assert outcome(HERE, HERE) == "ask"
    assert outcome(exposure(warehouse=4), exposure(warehouse=4), hours=2) == "allow"


def test_the_place_is_heard_again_at_execution(tmp_path: Path) -> None:
    limit = '[[limit]]\nname = "day"\nper = "company"\nwindow = "1d"\nmax_amount = "150 GBP"\nthen = "refuse"\n'
    limits = {
        "1/3.toml": '[caps]\nstep = "99 GBP"',
        "1/4.toml": '[pause]\nactions = ["stock.*"]',
        "1/5.toml": limit,
    }
    policy = load(written(tmp_path, FREE, {name: f"version = 1\n{text}\n" for name, text in limits.items()}), CATALOGUE)

    def breach(warehouse: int) -> str | None:
        refusal = PolicyLimits(policy).breach(exposure(warehouse=warehouse), Committed((exposure(),)))
        return f"{refusal.guard}: {refusal.reason}" if refusal else None

    assert breach(2) is None
    assert breach(3) == "limit: 100.00 GBP in one step is over the cap of 99.00 GBP (1/3.toml:2)"
    assert breach(4) == "pause: stock.transfer in company 1 is paused by 1/4.toml:2"
    assert breach(5) == "limit: company 1 would reach 200.00 GBP in 1d, over 150.00 GBP (day (1/5.toml:2))"


def test_an_irreversible_step_is_asked_here_as_everywhere(tmp_path: Path) -> None:
    policy = held(tmp_path, '[caps]\nstep = "9000 GBP"')

    assert verdict_on(plan(HERE.but(risk=Risk.IRREVERSIBLE)), policy).outcome == "ask"


@pytest.mark.parametrize(
    ("then", "given", "matches"),
    [
        ("allow", {"warehouse": 3}, True),
        ("allow", {"warehouse": 3, "receiver": 4}, False),
        ("allow", {"warehouse": 4, "receiver": 3}, False),
        ("allow", {}, False),
        ("ask", {"warehouse": 3, "receiver": 4}, True),
        ("refuse", {"warehouse": 4, "receiver": 3}, True),
        ("refuse", {"warehouse": 4}, False),
    ],
)
def test_a_rule_of_the_policy_allows_between_its_warehouses_and_holds_at_each(
    tmp_path: Path, then: str, given: dict[str, int], matches: bool
) -> None:
    text = BASE + f'[[rule]]\nname = "here"\nactions = ["stock.*"]\nwarehouses = [3]\nthen = "{then}"\n'
    policy = load(written(tmp_path, text, {}), CATALOGUE)

    assert policy.rules[0].concerns(exposure().but(**given)) == matches
