"""Why policy decided as it did: which rule, step by step, and what would have changed the answer."""

from domain.values import Value
from domain.verdicts import Verdict
from guardrails.explaining import explain
from memory.store import Store


class Explained(Value):
    """The verdict on a case's newest plan, in data and in words."""

    case: str
    title: str
    plan_version: int
    verdict: Verdict | None
    """None where no plan was judged yet."""
    lines: tuple[str, ...]


def explained(store: Store, case_id: str) -> Explained:
    """What policy said of the case's newest plan; raises NotFound."""
    case = store.cases.get(case_id)
    verdict = store.plans.verdict(case.id, case.plan_version) if case.plan_version else None
    told = explain(verdict) if verdict else (f"no plan of it was judged; it is {case.state}: {case.why}",)
    return Explained(
        case=case.id,
        title=case.title,
        plan_version=case.plan_version,
        verdict=verdict,
        lines=(f"{case.id}  {case.title}, plan {case.plan_version}", *told),
    )
