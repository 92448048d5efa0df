"""Why policy decided as it did: which rule, step by step, and what would have changed the answer."""

from collections.abc import Sequence

from domain.values import Value
from domain.verdicts import Verdict
from guardrails.explaining import explain
from guardrails.policy import Policy
from memory.requests import Request
from memory.store import Store

CHANGED = (
    "the policy changed since: this is what it said then, and a request that waits is judged anew when it is answered"
)
UNUSABLE = "the policy in force cannot be used, so nothing is decided or done; see python app.py policy check"


class Explained(Value):
    """The verdict on a case's newest plan, in data and in words."""

    case: str
    title: str
    plan_version: int
    verdict: Verdict | None
    """None where no plan was judged yet."""
    outdated: str | None
    """Why the policy in force may say something else by now."""
    lines: tuple[str, ...]


def explained(store: Store, case_id: str, policy: Policy | None) -> Explained:
    """What policy said of the case's newest plan, and whether it is the one in force (None: unusable).

    Raises NotFound.
    """
    case = store.cases.get(case_id)
    verdict = store.plans.verdict(case.id, case.plan_version) if case.plan_version else None
    outdated = changed_since(verdict, policy) if verdict else None
    told = explain(verdict) if verdict else (f"no plan of it was judged; it is {case.state}: {case.why}",)
    return Explained(
        case=case.id,
        title=case.title,
        plan_version=case.plan_version,
        verdict=verdict,
        outdated=outdated,
        lines=(f"{case.id}  {case.title}, plan {case.plan_version}", *([outdated] if outdated else []), *told),
    )


def changed_since(verdict: Verdict, policy: Policy | None) -> str | None:
    """Why a verdict is not to be taken for what the policy in force says; None where it is just that."""
    if policy is None:
        return UNUSABLE
    return CHANGED if policy.digest != verdict.policy_digest else None


def asked_before(requests: Sequence[Request], policy: Policy | None) -> str | None:
    """What to know of requests that wait while the policy changed, or cannot be used; None where all is well."""
    if policy is None:
        return UNUSABLE
    older = [one.id for one in requests if one.policy_digest != policy.digest]
    return f"asked under another policy, and judged anew when answered: {', '.join(older)}" if older else None
