"""Whatever a local policy says, no plan passes more easily with it than without it."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as some

from domain.exposures import Exposure, Risk
from domain.plans import Plan
from domain.verdicts import Verdict
from guardrails.errors import PolicyError
from guardrails.gate import judge
from guardrails.loading import load
from guardrails.policy import Policy
from guardrails.rules import STRICTNESS
from guardrails.standing import PolicyLimits
from tests.guardrails.builders import BASE, CATALOGUE, NOW, Committed, exposure, gbp, plan, written

CALM = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])

ACTIONS = some.sampled_from(["*", "stock.*", "purchase.*", "stock.transfer", "mail.note"])
ROLES = some.sampled_from(["", 'role = "lead"\n', 'role = "buyer"\n', 'role = "manager"\n'])
SUMS = some.sampled_from(["100 GBP", "900 GBP", "4000 GBP", "6000 GBP"])
TIGHTER = some.sampled_from(
    [
        '[autonomy]\nstockout = "approve"\n',
        '[autonomy]\nstockout = "propose"\n',
        '[scopes]\nstockout = ["stock.*"]\n',
        '[caps]\nstep = "900 GBP"\n',
        '[caps]\nstep = "90000 GBP"\n',
        '[four_eyes]\nabove = "50 GBP"\n',
        "[expiry]\nrequest_hours = 3\n",
        "[freshness]\nevidence_seconds = 60\n",
        '[pause]\nactions = ["purchase.*"]\n',
        '[rollback]\nthen = "ask"\nrole = "lead"\n',
        '[rollback]\nallow_within_hours = 2\nallow_max_amount = "100 GBP"\n',
    ]
)
BASES = some.sampled_from(
    ["", '[four_eyes]\nabove = "5000 GBP"\n[rollback]\nallow_within_hours = 9\nallow_max_amount = "900 GBP"\n']
)
EXPOSURES = some.builds(
    lambda action, amount, quantity, warehouse, receiver, days, risk: exposure(
        action, str(amount), quantity=quantity, warehouse=warehouse, receiver=receiver, days=days, risk=risk, vendor=4
    ),
    some.sampled_from(["stock.transfer", "purchase.create_rfq", "mail.note"]),
    some.sampled_from([0, 60, 400, 2600, 4000, 7000]),
    some.integers(0, 20),
    some.sampled_from([None, 3, 4]),
    some.sampled_from([None, 3, 5]),
    some.integers(-9, 9),
    some.sampled_from([Risk.REVERSIBLE, Risk.REVERSIBLE, Risk.IRREVERSIBLE]),
)


@some.composite
def rules(draw: some.DrawFn) -> str:
    """Rules of the policy itself."""
    text = ""
    for number in range(draw(some.integers(0, 4))):
        then = draw(some.sampled_from(["allow", "ask", "ask"]))
        text += f'[[rule]]\nname = "r{number}"\nactions = ["{draw(ACTIONS)}"]\nthen = "{then}"\n'
        text += f'max_amount = "{draw(SUMS)}"\n' if draw(some.booleans()) else ""
        text += draw(ROLES) if then == "ask" else ""
    return text + draw(limits())


@some.composite
def limits(draw: some.DrawFn) -> str:
    """Limits, of the policy itself or of a place."""
    text = ""
    for number in range(draw(some.integers(0, 2))):
        then, per = draw(some.sampled_from(["ask", "refuse"])), draw(some.sampled_from(["vendor", "action", "company"]))
        text += f'[[limit]]\nname = "l{number}"\nper = "{per}"\nwindow = "1d"\nthen = "{then}"\n'
        text += draw(some.sampled_from(["max_count = 1\n", f'max_amount = "{draw(SUMS)}"\n']))
        text += draw(ROLES) if then == "ask" else ""
    return text


@some.composite
def local_policies(draw: some.DrawFn) -> str:
    """Anything a local policy may say."""
    sections = draw(some.lists(TIGHTER, max_size=3, unique_by=lambda text: text.split("]")[0]))
    text = "version = 1\n" + "".join(sections)
    for number in range(draw(some.integers(0, 3))):
        then = draw(some.sampled_from(["ask", "ask", "refuse"]))
        text += f'[[rule]]\nname = "m{number}"\nactions = ["{draw(ACTIONS)}"]\nthen = "{then}"\n'
        text += draw(
            some.sampled_from(["", "over_days = 3\n", "over_quantity = 5\n", f'over_amount = "{draw(SUMS)}"\n'])
        )
        text += draw(ROLES) if then == "ask" else ""
    return text + draw(limits())


class Pair(NamedTuple):
    """A policy without and with a local one beside it."""

    alone: Policy
    both: Policy


@some.composite
def pairs(draw: some.DrawFn) -> Pair:
    """Any policy that loads, and any local one that loads beside it; what would loosen is left out by the loader."""
    base, place = BASE + draw(BASES) + draw(rules()), draw(some.sampled_from(["1/company.toml", "1/3.toml"]))
    with TemporaryDirectory() as folder:
        try:
            alone = load(written(Path(folder), base, {}), CATALOGUE)
            return Pair(alone, load(written(Path(folder), base, {place: draw(local_policies())}), CATALOGUE))
        except PolicyError:
            assume(condition=False)
            raise


@some.composite
def plans(draw: some.DrawFn) -> Plan:
    """Any remedy or rollback of one to three steps."""
    purpose = draw(some.sampled_from(["remedy", "remedy", "rollback"]))
    return plan(*draw(some.lists(EXPOSURES, min_size=1, max_size=3)), purpose=purpose)


def judged(given_: Plan, policy: Policy, past: tuple[Exposure, ...], hours: int) -> Verdict:
    return judge(given_, Committed(past), policy, CATALOGUE, NOW + timedelta(minutes=hours), done_at=NOW)


@CALM
@given(pairs(), plans(), some.lists(EXPOSURES, max_size=2), some.integers(0, 3))
def test_a_local_policy_never_loosens_anything(pair: Pair, what: Plan, past: list[Exposure], hours: int) -> None:
    without, within = (judged(what, policy, tuple(past), hours) for policy in pair)

    assert STRICTNESS[within.outcome] >= STRICTNESS[without.outcome]
    assert within.expires_in_s <= without.expires_in_s
    if within.outcome == "ask":
        assert within.four_eyes >= without.four_eyes
        assert lost(without, within, pair.both) == []


def lost(without: Verdict, within: Verdict, policy: Policy) -> list[tuple[str, int]]:
    """Every role and step it was asked about for which nobody of that reach is asked any more."""
    return [
        (ask.role, step)
        for ask in without.asks
        for step in ask.steps
        if not any(
            step in other.steps and (other.role == ask.role or policy.roles[other.role].covers(policy.roles[ask.role]))
            for other in within.asks
        )
    ]


@CALM
@given(pairs(), EXPOSURES, some.lists(EXPOSURES, max_size=2))
def test_what_is_held_at_execution_is_held_with_a_local_policy_too(
    pair: Pair, what: Exposure, past: list[Exposure]
) -> None:
    without, within = (PolicyLimits(policy).breach(what, Committed(tuple(past))) for policy in pair)

    assert without is None or within is not None


@CALM
@given(pairs(), plans())
def test_a_local_policy_of_another_place_changes_no_answer(pair: Pair, what: Plan) -> None:
    far = what.but(company=2, steps=tuple(s.but(exposure=s.exposure.but(company=2)) for s in what.steps))

    without, within = (judged(far, policy, (), 1) for policy in pair)

    assert within.but(policy_digest=without.policy_digest) == without


def test_the_search_finds_plans_that_are_asked_of_others_with_a_local_policy(tmp_path: Path) -> None:
    """The property above is not empty: here the same plan has another answer, of another role."""
    base = BASE + '[[rule]]\nname = "a"\nactions = ["stock.*"]\nthen = "ask"\nrole = "lead"\n'
    local = 'version = 1\n[[rule]]\nname = "m"\nactions = ["stock.*"]\nthen = "ask"\nrole = "manager"\n'
    pair = Pair(*(load(written(tmp_path, base, files), CATALOGUE) for files in ({}, {"1/3.toml": local})))

    without, within = (judged(plan(exposure(amount=gbp(1), warehouse=3)), policy, (), 0) for policy in pair)

    assert [ask.role for ask in (*without.asks, *within.asks)] == ["lead", "manager"]
