"""A verdict in plain lines: which rule decided, and what would have changed the answer."""

from collections.abc import Iterator, Sequence

from domain.verdicts import Ruling, Verdict
from guardrails.rules import STRICTNESS


def explain(verdict: Verdict) -> tuple[str, ...]:
    """The answer first, then every ruling, the strictest on top."""
    ordered = sorted(verdict.rulings, key=lambda ruling: -STRICTNESS[ruling.outcome])
    return (_answer(verdict), *(line for ruling in ordered for line in _told(ruling)))


def _answer(verdict: Verdict) -> str:
    match verdict.outcome:
        case "allow":
            return f"allow: {verdict.reason}"
        case "refuse":
            return f"refuse: {verdict.reason}"
        case "ask":
            eyes = ", and nobody who edits the plan" if verdict.four_eyes else ""
            return f"ask {whom(verdict)} within {verdict.expires_in_s // 3600} h{eyes}: {verdict.reason}"


def whom(verdict: Verdict) -> str:
    """The roles whose word is needed, each with its steps where there are several."""
    if len(verdict.asks) == 1:
        return verdict.asks[0].role
    return " and ".join(f"{ask.role} about {_steps(ask.steps)}" for ask in verdict.asks)


def _steps(indexes: Sequence[int]) -> str:
    return ("step " if len(indexes) == 1 else "steps ") + ", ".join(str(index + 1) for index in indexes)


def _told(ruling: Ruling) -> Iterator[str]:
    step = "plan" if ruling.step is None else f"step {ruling.step + 1}"
    yield f"  {step}: {ruling.outcome} by {ruling.rule}: {ruling.reason}"
    if ruling.otherwise:
        yield f"    otherwise: {ruling.otherwise}"
