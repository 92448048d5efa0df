"""Plans, people and policies with everything a test is not about filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from domain.exposures import Dimension, Exposure, Risk
from domain.money import Money
from domain.people import Person
from domain.plans import Plan, RollbackPlan, Step
from domain.verdicts import Verdict
from guardrails.gate import judge
from guardrails.loading import DEFAULT_POLICY, load
from guardrails.policy import Policy

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CATALOGUE = frozenset(
    {
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
        "stockout",
    }
)
KNOWN = CATALOGUE | {"notice"}
"""What the default policy may name; whatever else is written here leaves notices out."""
ROLLBACK = RollbackPlan(words="cancel it", calls=("stock.picking.action_cancel",))

BASE = """version = 1
default_role = "manager"
[roles.lead]
groups = ["stock.group_stock_manager"]
limits = "5000 GBP"
actions = ["stock.*"]
[roles.buyer]
groups = ["purchase.group_purchase_user"]
limits = "5000 GBP"
actions = ["purchase.*"]
[roles.manager]
groups = ["purchase.group_purchase_manager"]
limits = "25000 GBP"
actions = ["*"]
[autonomy]
stockout = "auto"
[scopes]
stockout = ["stock.transfer", "purchase.create_rfq", "mail.note", "mail.activity"]
[caps]
step = "50000 GBP"
"""
SMALL = """[[rule]]
name = "small"
actions = ["stock.*"]
max_amount = "500 GBP"
then = "allow"
"""


@dataclass(frozen=True)
class Committed:
    """What was committed some time ago, as a list that is added up."""

    past: tuple[Exposure, ...] = ()
    ago: timedelta = timedelta(0)

    def _same(self, dimension: Dimension, exposure: Exposure, within: timedelta) -> list[Exposure]:
        return [one for one in self.past if dimension.of(one) == dimension.of(exposure) and self.ago < within]

    def amount(self, dimension: Dimension, exposure: Exposure, within: timedelta) -> Money:
        return sum(
            (one.amount for one in self._same(dimension, exposure, within)), Money.zero(exposure.amount.currency)
        )

    def times(self, dimension: Dimension, exposure: Exposure, within: timedelta) -> int:
        return len(self._same(dimension, exposure, within))

    def quantity(self, dimension: Dimension, exposure: Exposure, within: timedelta) -> Decimal:
        return sum((one.quantity for one in self._same(dimension, exposure, within)), Decimal(0))


def gbp(amount: str | int | Decimal) -> Money:
    return Money(amount=Decimal(amount), currency="GBP")


def exposure(action: str = "stock.transfer", amount: str | Money = "100", **changes: object) -> Exposure:
    money = amount if isinstance(amount, Money) else gbp(amount)
    given = Exposure(action=action, company=1, amount=money, product=7, risk=Risk.REVERSIBLE)
    return given.but(**changes)


def step(of: Exposure, **changes: object) -> Step:
    given = Step(action=of.action, params={}, words="move it", exposure=of, touches=(), rollback=ROLLBACK)
    return given.but(**changes)


def plan(*exposures: Exposure, **changes: object) -> Plan:
    direction = "undo" if changes.get("purpose") == "rollback" else "do"
    given = Plan(
        case="C1",
        version=1,
        kind="stockout",
        company=1,
        option="transfer:3",
        title="move 12",
        reason="cheapest",
        planner="rules",
        confidence=Decimal("0.9"),
        requested_by="desk",
        money_at_risk=gbp(1000),
        cost=gbp(10),
        risk_removed=gbp(900),
        rejected=(),
        evidence_digest="0" * 64,
        evidence_at=NOW,
        steps=tuple(step(one, direction=direction) for one in exposures),
    )
    return given.but(**changes)


def person(uid: int = 7, *, roles: Iterable[str] = (), companies: tuple[int, ...] = (1,)) -> Person:
    return Person(uid=uid, login=f"user{uid}", name=f"User {uid}", companies=companies, roles=tuple(roles))


def policy_of(folder: Path, text: str) -> Policy:
    """The policy that a file with this text holds."""
    file = folder / "test.toml"
    file.write_text(text, encoding="utf-8")
    return load(file, CATALOGUE)


def written(folder: Path, text: str, local: Mapping[str, str]) -> Path:
    """A policy file, and beside it whatever else is named by its path from there."""
    for name, words in {"test.toml": text, **local}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words, encoding="utf-8")
    return folder / "test.toml"


def default() -> Policy:
    return load(DEFAULT_POLICY, KNOWN)


def whose(verdict: Verdict) -> list[str]:
    """The roles whose word is needed, in the order of the steps they are asked about."""
    return [ask.role for ask in verdict.asks]


def verdict_on(given: Plan, policy: Policy, *past: Exposure, now: datetime = NOW) -> Verdict:
    return judge(given, Committed(past), policy, CATALOGUE, now)
