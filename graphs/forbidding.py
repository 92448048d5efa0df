"""What the policy refuses or a person paused is asked of nobody: to lack the rights for it is no way round the gate."""

from datetime import timedelta
from decimal import Decimal

from domain.cases import Case
from domain.exposures import Dimension, Exposure
from domain.money import Money
from domain.people import DESK
from domain.plans import Evidence, Option, Plan, Step
from graphs.state import Services
from guardrails.gate import judge
from tools.catalogue import CATALOGUE


def forbidden(services: Services, case: Case, evidence: Evidence, option: Option, step: Step) -> bool:
    """Whether the gate would refuse this step of an option to everybody, or a person paused its action."""
    if any(pause.scope == f"action:{step.action}" for pause in services.store.pauses.active()):
        return True
    known = frozenset(CATALOGUE) | frozenset(services.kinds)
    plan = _as_planned(case, evidence, option, step)
    return judge(plan, _NothingYet(), services.policy, known, services.clock.now()).outcome == "refuse"


def _as_planned(case: Case, evidence: Evidence, option: Option, step: Step) -> Plan:
    return Plan(
        case=case.id,
        version=case.plan_version + 1,
        kind=case.kind,
        company=case.company,
        option=option.name,
        title=option.title,
        reason="the desk's user may not do it",
        planner=DESK,
        confidence=option.confidence,
        requested_by=DESK,
        money_at_risk=case.money_at_risk,
        cost=option.cost,
        risk_removed=option.risk_removed,
        rejected=(),
        evidence_digest=evidence.digest,
        evidence_at=evidence.taken_at,
        steps=(step,),
    )


class _NothingYet:
    """What people do in Odoo by themselves uses up no limit of the desk, so each step counts by itself."""

    def amount(self, dimension: Dimension, exposure: Exposure, within: timedelta) -> Money:  # noqa: ARG002
        return Money.zero(exposure.amount.currency)

    def times(self, dimension: Dimension, exposure: Exposure, within: timedelta) -> int:  # noqa: ARG002
        return 0

    def quantity(self, dimension: Dimension, exposure: Exposure, within: timedelta) -> Decimal:  # noqa: ARG002
        return Decimal(0)
